"""What the pages of the front door have in common."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from intake.ask.conversation import Answer, Conversation
from intake.people.forms_of_address import in_their_form, pick
from organisations.front_door.configuration import FrontDoor
from organisations.partnerships.models import Partnership


class PageForm(forms.Form):
    """One page: its fields speak u or je, and what was answered before stands in them.

    Subclasses add their fields in `build`; `answer` gives what the conversation keeps (JSON), and
    `shown` turns a kept answer into initial values.
    """

    page_template = "intake/ask/pages/plain.html"

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        conversation: Conversation,
        front: FrontDoor,
        partnership: Partnership,
        answer: Answer,
        unsent: Mapping[str, list[str]] | None = None,
    ) -> None:
        super().__init__(data, initial=self.shown(answer))
        self.conversation, self.front, self.partnership = conversation, front, partnership
        self.je = conversation.says_je
        self.kept = answer
        self.build()
        if unsent is not None:
            self._put_back(unsent)

    def _put_back(self, unsent: Mapping[str, list[str]]) -> None:
        """What stood in the fields when the page was left, unticked boxes included."""
        typed = QueryDict(mutable=True)
        for name, values in unsent.items():
            typed.setlist(name, values)
        for name, form_field in self.fields.items():
            self.initial[name] = form_field.widget.value_from_datadict(
                typed, MultiValueDict(), name
            )

    def typed(self) -> dict[str, list[str]]:
        """What was sent for the fields of this page, as it was typed."""
        sent = self.data
        assert isinstance(sent, QueryDict)
        return {name: sent.getlist(name) for name in self.fields if any(sent.getlist(name))}

    def build(self) -> None:
        """Add the fields; the conversation, the front door and `je` are known."""
        raise NotImplementedError

    @classmethod
    def shown(cls, answer: Answer) -> dict[str, Any]:
        """A kept answer as the initial values of the fields."""
        return dict(answer)

    def answer(self) -> Answer:
        """What this page adds to the conversation, once it is valid."""
        return dict(self.cleaned_data)

    def say(self, polite: str, informal: str) -> str:
        """The sentence in the form that this page speaks."""
        return pick(self.je, polite, informal)

    def own(self, text: str) -> str:
        """A text of the partnership's own, in the language and the form that this page speaks."""
        return in_their_form(text, je=self.je)

    def question(self, name: str) -> None:
        """Make this field the question of the page: its label is the heading."""
        self.fields[name].as_question = True  # type: ignore[attr-defined]

    def without_optional(self, *names: str) -> None:
        """These may stay empty and say so in their own words."""
        for name in names:
            self.fields[name].says_optional = False  # type: ignore[attr-defined]

    def ask_about_danger(self) -> None:
        """The tick that brings the numbers forward and tells whoever is on duty.

        Not for who said so on the danger page: an empty box would contradict them. There they can
        also say that it is over.
        """
        if not self.conversation.danger:
            self.fields["danger"] = forms.BooleanField(
                label=_("Er is nu gevaar, voor mij of voor iemand anders"), required=False
            )


def subject_named(about: str, *, je: bool) -> str:
    """The person it is about, as the pages say it: "uw kind"."""
    return {
        "child": pick(je, _("uw kind"), _("je kind")),
        "parent": pick(je, _("uw vader of moeder"), _("je vader of moeder")),
        "partner": pick(je, _("uw partner"), _("je partner")),
    }.get(about, _("deze persoon"))

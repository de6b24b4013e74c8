"""The base form of the pages of the public form."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from intake.ask.conversation import Answer, Conversation, Step
from intake.people.forms_of_address import in_their_form, pick
from organisations.front_door.configuration import FrontDoor
from organisations.partnerships.models import Partnership


class PageForm(forms.Form):
    """One page: its fields say u or je and show what was answered before.

    Subclasses add their fields in `build`; `answer` returns what the conversation keeps (JSON),
    and `shown` turns a kept answer into initial values.
    """

    page_template = "intake/ask/pages/plain.html"
    picture = ""  # of welzijn/design_system/pictures.py, beside the number of the page

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        conversation: Conversation,
        front: FrontDoor,
        partnership: Partnership,
        answer: Answer,
        unsent: Mapping[str, list[str]] | None = None,
        step: Step | None = None,
    ) -> None:
        super().__init__(data, initial=self.shown(answer))
        self.step = step or Step.START
        self.conversation, self.front, self.partnership = conversation, front, partnership
        self.je = conversation.says_je
        self.kept = answer
        self.build()
        if unsent is not None:
            self._put_back(unsent)

    def _put_back(self, unsent: Mapping[str, list[str]]) -> None:
        """Restore the fields as they were when the page was left, unticked boxes included."""
        typed = QueryDict(mutable=True)
        for name, values in unsent.items():
            typed.setlist(name, values)
        for name, form_field in self.fields.items():
            self.initial[name] = form_field.widget.value_from_datadict(
                typed, MultiValueDict(), name
            )

    def typed(self) -> dict[str, list[str]]:
        """Return what was sent for the fields of this page, as typed."""
        sent = self.data
        assert isinstance(sent, QueryDict)
        return {name: sent.getlist(name) for name in self.fields if any(sent.getlist(name))}

    def build(self) -> None:
        """Add the fields; the conversation, the front door and `je` are known.

        Each page overrides this. Raises NotImplementedError where one does not.
        """
        raise NotImplementedError

    @classmethod
    def shown(cls, answer: Answer) -> dict[str, Any]:
        """Return the initial values of the fields for a kept answer."""
        return dict(answer)

    def answer(self) -> Answer:
        """Return what this page adds to the conversation. Call only when valid."""
        return dict(self.cleaned_data)

    def say(self, polite: str, informal: str) -> str:
        """Return the sentence in the form of address of this page."""
        return pick(self.je, polite, informal)

    def own(self, text: str) -> str:
        """Return a text of the partnership in the language and form of address of this page."""
        return in_their_form(text, je=self.je)

    def question(self, name: str) -> None:
        """Make this field the question of the page: its label becomes the heading."""
        self.fields[name].as_question = True  # type: ignore[attr-defined]

    def without_optional(self, *names: str) -> None:
        """Show no "optional" marker at these fields: their own texts say it."""
        for name in names:
            self.fields[name].says_optional = False  # type: ignore[attr-defined]

    def ask_about_danger(self) -> None:
        """Add the tick that shows the emergency numbers first and alerts whoever is on duty.

        Left out for those who reported danger on the danger page: an empty box would contradict
        them, and there they can also say that the danger is over.
        """
        if not self.conversation.danger:
            self.fields["danger"] = forms.BooleanField(
                label=_("Er is nu gevaar, voor mij of voor iemand anders"), required=False
            )


def subject_named(about: str, *, je: bool) -> str:
    """Return how the pages refer to the person it is about: "uw kind"."""
    return {
        "child": pick(je, _("uw kind"), _("je kind")),
        "parent": pick(je, _("uw vader of moeder"), _("je vader of moeder")),
        "partner": pick(je, _("uw partner"), _("je partner")),
    }.get(about, _("deze persoon"))

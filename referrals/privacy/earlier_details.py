"""What was known of a resident before it was put right, for the privacy officer.

    read(officer=, member=, question=, now=) -> [Earlier]

From the history that the database keeps of each change. The look is logged, so the resident reads
it too. Nothing of another whom the question is about.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.utils.translation import gettext as _

from intake.people import contact_choices
from intake.people.details import OF_PERSON, OF_WISH
from intake.people.models import ContactDetail, ContactWish, Person
from intake.questions.models import Question
from organisations.roles.models import Membership
from welzijn.accounts.models import User
from welzijn.audit import access_log
from welzijn.audit.models import AccessEvent
from welzijn.audit.reasons import Reason
from welzijn.core.contact_details import display_phone

_QUESTION = ("about", "postcode", "neighbourhood")


@dataclass(frozen=True, slots=True)
class Earlier:
    """One value as it was, until a moment."""

    until: datetime
    what: str
    value: str


def read(*, officer: User, member: Membership, question: Question, now: datetime) -> list[Earlier]:
    """Return the earlier values of a question's asker, latest first, and log the look.

    `question` is one of the officer's partnership, with its asker.
    """
    with transaction.atomic():
        access_log.record(
            access_log.event(
                now=now,
                partnership_id=member.partnership_id,
                actor=officer,
                organisation_id=member.organisation_id,
                role=member.role,
                action=AccessEvent.Action.READ,
                what="question",
                question_id=question.pk,
                person_id=question.asker_id,
                reason=Reason.EARLIER_DETAILS,
            )
        )
        asker = question.asker
        wish = ContactWish.objects.filter(person=asker).first()
        found = [
            *_differences(_events(Person, pgh_obj=asker.pk), asker, (*OF_PERSON, "age_band")),
            *_differences(_events(ContactWish, person_id=asker.pk), wish, OF_WISH),
            *_differences(_events(Question, pgh_obj=question.pk), question, _QUESTION),
            *_numbers(question),
            *_domains(question),
        ]
    return sorted(found, key=lambda one: one.until, reverse=True)


def _events(model: type[models.Model], **where: Any) -> list[Any]:
    history = apps.get_model(model._meta.app_label, f"{model.__name__}Event")
    return list(history._default_manager.filter(**where).order_by("pgh_id"))


def _differences(
    events: list[Any], current: models.Model | None, names: tuple[str, ...]
) -> Iterator[Earlier]:
    """Yield each value that the next version of the row no longer has."""
    for old, new in zip(events, [*events[1:], current], strict=False):
        for name in names:
            if new is not None and getattr(old, name) == getattr(new, name):
                continue
            field = old._meta.get_field(name)
            yield Earlier(old.pgh_created_at, _label(name), _shown(old, field))


def _numbers(question: Question) -> Iterator[Earlier]:
    """Yield numbers and addresses that are no longer there."""
    known = set(question.asker.contact_details.values_list("kind", "value"))
    for old in _events(ContactDetail, person_id=question.asker_id):
        if (old.kind, old.value) in known:
            continue
        value = display_phone(old.value) if old.kind == ContactDetail.Kind.PHONE else old.value
        yield Earlier(old.pgh_created_at, str(ContactDetail.Kind(old.kind).label), value)


def _domains(question: Question) -> Iterator[Earlier]:
    history = apps.get_model("intake", "QuestionLifeDomainEvent")
    removed = history._default_manager.filter(question_id=question.pk)
    for old in removed.select_related("life_domain"):
        yield Earlier(old.pgh_created_at, _("leefgebied"), old.life_domain.for_staff)


def _label(name: str) -> str:
    return {
        "name": _("naam"),
        "called": _("aanspreken als"),
        "age_band": _("leeftijd"),
        "ways": _("bereikbaar via"),
        "may_leave_message": _("mag bericht inspreken"),
        "may_say_who": _("mag zeggen wie u bent"),
        "no_post": _("geen post"),
        "times": _("wanneer"),
        "times_note": _("opmerking bij de tijden"),
        "language": _("taal"),
        "interpreter": _("tolk"),
        "about": _("gaat over"),
        "postcode": _("postcode"),
        "neighbourhood": _("wijk of kern"),
    }[name]


def _shown(old: Any, field: Any) -> str:
    """Return a value as staff read it elsewhere."""
    value = getattr(old, field.name)
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    if value is None:
        return _("nog niet gevraagd") if field.name in OF_WISH else _("niet bekend")
    if isinstance(value, list):
        words = dict(contact_choices.WAYS + contact_choices.PARTS_OF_THE_DAY)
        return ", ".join(str(words.get(one, one)) for one in value) or _("niets gekozen")
    if field.choices:
        return str(dict(field.flatchoices).get(value, value)) or _("niet bekend")
    return str(value) or _("niet bekend")

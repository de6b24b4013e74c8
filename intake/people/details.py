"""Put right what is known of a person: what they are called, and how they may be reached.

    known(person) -> Details            what is known now
    change(person, changes) -> [Detail]  save what differs; what really changed

The old values stay in the history, which the privacy officer reads.
"""

from collections.abc import Iterable
from typing import Any, TypedDict

from django.db import models
from django.utils.translation import gettext_lazy as _

from intake.people.models import ContactDetail, ContactWish, Person

OF_PERSON = ("name", "called")
OF_WISH = (
    "ways",
    "may_leave_message",
    "may_say_who",
    "no_post",
    "times",
    "times_note",
    "language",
    "interpreter",
)


class Detail(models.TextChoices):
    """What can be put right of a person or a question, as the resident reads it."""

    NAME = "name", _("uw naam")
    CALLED = "called", _("hoe wij u noemen")
    PHONE = "phone", _("uw telefoonnummer")
    EMAIL = "email", _("uw e-mailadres")
    POST = "post", _("uw postadres")
    REACH = "reach", _("hoe wij u mogen bereiken")
    TIMES = "times", _("wanneer wij u mogen bereiken")
    LANGUAGE = "language", _("uw taal")
    ABOUT = "about", _("over wie uw vraag gaat")
    AGE = "age", _("de leeftijd")
    PLACE = "place", _("waar u woont")
    DOMAINS = "domains", _("waar uw vraag over gaat")


_DETAIL_OF = {
    "name": Detail.NAME,
    "called": Detail.CALLED,
    "phone": Detail.PHONE,
    "email": Detail.EMAIL,
    "post": Detail.POST,
    "ways": Detail.REACH,
    "may_leave_message": Detail.REACH,
    "may_say_who": Detail.REACH,
    "no_post": Detail.REACH,
    "times": Detail.TIMES,
    "times_note": Detail.TIMES,
    "language": Detail.LANGUAGE,
    "interpreter": Detail.LANGUAGE,
}


class Details(TypedDict, total=False):
    """Cleaned values by name. `phone` is E.164; `post` is an address in one line or more.

    None for a wish that nobody asked about. What isn't given stays as it is.
    """

    name: str
    called: str
    phone: str
    email: str
    post: str
    ways: list[str]
    may_leave_message: bool | None
    may_say_who: bool | None
    no_post: bool | None
    times: list[str]
    times_note: str
    language: str
    interpreter: bool


def known(person: Person) -> Details:
    """Return what is known of a person; two queries. A closed address is shown too."""
    wish = _wish_of(person)
    details = {d.kind: d.value for d in person.contact_details.order_by("-bounced_at", "id")}
    found: dict[str, Any] = {name: getattr(person, name) for name in OF_PERSON}
    found |= {name: getattr(wish, name) for name in OF_WISH}
    found |= {kind: details.get(kind, "") for kind in ContactDetail.Kind.values}
    return Details(**found)  # type: ignore[typeddict-item]


def change(person: Person, changes: Details) -> list[Detail]:
    """Save what differs from what is known; return what changed, in the order of Detail.

    For a verb that holds the question's lock, in its transaction. A new number or address is not
    confirmed and not closed: what waits to be sent goes there (notifications ask at each sweep).
    """
    before = known(person)
    new = {name: value for name, value in changes.items() if before.get(name) != value}
    _set(person, new, OF_PERSON)
    _set(_wish_of(person), new, OF_WISH)
    for kind in ContactDetail.Kind:
        if kind.value in new:
            _set_detail(person, kind, str(new[kind.value]))
    changed = {_DETAIL_OF[name] for name in new}
    return [detail for detail in Detail if detail in changed]


def _wish_of(person: Person) -> ContactWish:
    wish = ContactWish.objects.filter(person=person).first()
    return wish or ContactWish(person=person)


def _set(row: Person | ContactWish, new: dict[str, Any], names: Iterable[str]) -> None:
    fields = [name for name in names if name in new]
    if not fields:
        return
    for name in fields:
        setattr(row, name, new[name])
    row.save()


def _set_detail(person: Person, kind: ContactDetail.Kind, value: str) -> None:
    """Make `value` the only one of its kind; "" leaves none."""
    rows = list(ContactDetail.objects.filter(person=person, kind=kind).order_by("id"))
    kept = next((row for row in rows if row.value == value), rows[0] if rows and value else None)
    for row in rows:
        if row is not kept:
            row.delete()
    if not value:
        return
    kept = kept or ContactDetail(person=person, kind=kind)
    kept.value = value
    kept.confirmed_at = kept.bounced_at = kept.texts_closed_at = None
    kept.save()

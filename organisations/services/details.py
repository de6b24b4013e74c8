"""What a resident needs to go to a service, in the language of the page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time

from django.utils import formats
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from organisations.directory.capacity import count_open_work
from organisations.directory.models import Service
from organisations.front_door.configuration import FrontDoor
from organisations.partnerships.translations import translate
from organisations.routing.facts import AGE_BANDS
from welzijn.core.dates import dated

_FREE = "0.00"


def rows_of(found: Service, door: FrontDoor) -> list[tuple[str, str]]:
    """Return what the page of a service tells, as heading and text."""
    about = translate(found.organisation.description).text
    rows = [
        (_("Van wie?"), "\n".join(filter(None, [found.organisation.name, about]))),
        (_("Voor wie?"), capfirst(audience_words(found))),
        *_going_there(found),
        (_("Is er plek?"), _room(found, door)),
    ]
    checked = dated(found.confirmed_on)
    if door.is_confirmed(found):
        return [*rows, (_("Nagekeken"), checked)]
    unsure = _("Op {day}. Dat is lang geleden. Bel even of het nog klopt.").format(day=checked)
    return [*rows, (_("Nagekeken"), unsure)]


def _going_there(found: Service) -> Iterator[tuple[str, str]]:
    places = ", ".join(place.name for place in found.neighbourhoods.all())
    if found.place or places:
        yield _("Waar?"), "\n".join(filter(None, [found.place, places]))
    if found.moments:
        yield _("Wanneer?"), "\n".join(capfirst(moment_words(one)) for one in found.moments)
    if found.coming:
        yield _("Hoe komt u?"), _coming(found)
    if found.cost:
        yield _("Wat kost het?"), cost_words(found)


def _coming(found: Service) -> str:
    if found.coming == Service.Coming.WALK_IN:
        return _("U kunt gewoon binnenlopen. Aanmelden hoeft niet.")
    if found.coming == Service.Coming.THROUGH_US:
        return _("Stel eerst uw vraag. Dan maken wij kennis en spreken wij iets af.")
    if found.organisation.phone:
        return _("Meld u eerst aan. Bel {who}: {phone}.").format(
            who=found.organisation.name, phone=found.organisation.phone
        )
    return _("Meld u eerst aan.")


def _room(found: Service, door: FrontDoor) -> str:
    if found.waiting_weeks:
        return ngettext(
            "U wacht nu ongeveer %(weeks)s week.",
            "U wacht nu ongeveer %(weeks)s weken.",
            found.waiting_weeks,
        ) % {"weeks": found.waiting_weeks}
    if found.capacity is None or _has_room(found, door):
        return _("U kunt er zo terecht.")
    return _("Er is nu geen plek. Stel uw vraag wel: wij kijken samen met u wat kan.")


def _has_room(found: Service, door: FrontDoor) -> bool:
    return door.service_now(found, count_open_work(door.partnership_id)).has_room


def moment_words(moment: str) -> str:
    """Return a weekday and its times: "dinsdag van 10.00 tot 12.00 uur"."""
    day, _space, slot = moment.partition(" ")
    begin, _dash, end = slot.partition("-")
    return _("{day} van {begin} tot {end} uur").format(
        day=WEEKDAYS[int(day) - 1], begin=_clock(begin), end=_clock(end)
    )


def _clock(written: str) -> str:
    language = (get_language() or "nl")[:2]
    form = "G.i" if language in {"nl", "en"} else "G:i"
    return str(formats.time_format(time.fromisoformat(written), form))


def cost_words(found: Service) -> str:
    """Return what a resident pays; '' where nobody said."""
    if not found.cost:
        return ""
    if found.cost == _FREE:
        return _("Gratis")
    amount = found.cost if get_language() in {"en", "ar"} else found.cost.replace(".", ",")
    return _("€ {amount} per keer").format(amount=amount)


def in_short(found: Service) -> str:
    """Return the fixed times and the cost in one line, for a list; '' where nothing is fixed."""
    return " · ".join(filter(None, [*map(moment_words, found.moments), cost_words(found)]))


def audience_words(service: Service) -> str:
    """Describe the audience, with adjacent age bands joined: '12 tot en met 26 jaar'."""
    bands = [band for band in AGE_BANDS if band in service.audience]
    if not bands or len(bands) == len(AGE_BANDS):
        return _("iedereen")
    order = list(AGE_BANDS)
    spans: list[list[str]] = []
    for band in bands:
        if spans and order.index(band) == order.index(spans[-1][-1]) + 1:
            spans[-1].append(band)
        else:
            spans.append([band])
    return _(" en ").join(_span(span[0], span[-1]) for span in spans)


def _span(first: str, last: str) -> str:
    youngest = first.rstrip("+").split("-")[0]
    if last.endswith("+"):
        return _("{age} jaar en ouder").format(age=youngest)
    oldest = last.split("-")[1]
    if youngest == "0":
        return _("tot en met {age} jaar").format(age=oldest)
    return _("{first} tot en met {last} jaar").format(first=youngest, last=oldest)

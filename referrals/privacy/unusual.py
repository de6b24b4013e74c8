"""Looks that stand out, each by a rule that the page states. A sign, never a proof.

    of(partnership, now) -> the looks of the last DAYS days that a rule matched, latest day first

No home address of a colleague is kept, so "own street" is told from what they open: several
questions of one street (a postcode with its letters) on which they did no work.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from intake.questions.models import Question, TimelineEntry
from organisations.partnerships.models import Partnership
from referrals.casework_base.models import ContactMoment
from welzijn.accounts.models import User
from welzijn.audit.models import AccessEvent
from welzijn.core.name_matching import fold
from welzijn.core.working_days import local_date

DAYS = 30
MANY_A_DAY = 40
SAME_STREET = 3
DAYS_WITHOUT_WORK = 3
SHORTEST_NAME = 4
# In front of a Dutch family name; they say nothing about whose it is.
_PREFIXES = frozenset({"van", "de", "den", "der", "het", "ten", "ter", "te", "el", "al", "la"})


@dataclass(frozen=True, slots=True)
class Unusual:
    """One match: who, by which rule, on which latest day, about which questions."""

    rule: str
    who: User
    on: date
    references: list[str]
    number: int

    @property
    def key(self) -> str:
        """What a finding about it names."""
        return f"unusual:{self.rule}:{self.who.pk}:{self.on.isoformat()}"

    @property
    def says(self) -> str:
        """The match in words."""
        return {
            "many": _("opende {n} verschillende vragen op één dag"),
            "name": _("opende {n} keer een vraag van iemand met dezelfde achternaam"),
            "street": _("opende {n} vragen uit dezelfde straat zonder er iets aan te doen"),
            "no_work": _("opende een vraag op {n} dagen zonder er iets aan te doen"),
        }[self.rule].format(n=self.number)


def rules() -> list[str]:
    """Return the rules as the page states them."""
    return [
        _("Veel: op één dag meer dan {n} verschillende vragen geopend.").format(n=MANY_A_DAY),
        _("Eigen naam: de vrager of degene om wie het gaat heeft dezelfde achternaam."),
        _(
            "Eigen straat: {n} of meer vragen met dezelfde postcode (cijfers en letters), "
            "zonder er iets aan te doen. Adressen van medewerkers bewaren wij niet."
        ).format(n=SAME_STREET),
        _(
            "Geen werk: een vraag op {n} of meer dagen geopend, zonder dat die is toegewezen "
            "en zonder dat er iets is opgeschreven."
        ).format(n=DAYS_WITHOUT_WORK),
    ]


def of(*, partnership: Partnership, now: datetime) -> list[Unusual]:
    """Return every match of the last DAYS days."""
    events = AccessEvent.objects.filter(
        partnership=partnership,
        at__gt=now - timedelta(days=DAYS),
        action__in=[AccessEvent.Action.READ, AccessEvent.Action.EXPORT, AccessEvent.Action.PRINT],
        actor__isnull=False,
        question_id__isnull=False,
    ).values_list("actor_id", "question_id", "at")
    days: dict[tuple[UUID, UUID], set[date]] = defaultdict(set)
    for actor, question, at in events.iterator():
        assert actor is not None
        assert question is not None
        days[actor, question].add(local_date(at))
    people = User.objects.in_bulk({actor for actor, _question in days})
    questions = {
        row.pk: row
        for row in Question.objects.filter(pk__in={question for _actor, question in days})
        .select_related("asker", "subject")
        .only("reference", "postcode", "assigned_to", "asker__name", "subject__name")
    }
    work = _work(questions)
    found: list[Unusual] = []
    by_person: dict[UUID, dict[UUID, set[date]]] = defaultdict(dict)
    for (actor, question), when in days.items():
        if question in questions:
            by_person[actor][question] = when
    for actor, opened in by_person.items():
        found += _of_one(people[actor], opened, questions, work)
    return sorted(found, key=lambda one: (one.on, one.rule, str(one.who.pk)), reverse=True)


def _of_one(
    who: User,
    opened: dict[UUID, set[date]],
    questions: dict[UUID, Question],
    work: set[tuple[UUID, UUID]],
) -> list[Unusual]:
    found = []
    by_day: dict[date, list[UUID]] = defaultdict(list)
    streets: dict[str, list[UUID]] = defaultdict(list)
    family = _family_name(who.name)
    namesakes = []
    for question, when in opened.items():
        row = questions[question]
        for day in when:
            by_day[day].append(question)
        if family and family in {_family_name(row.asker.name), _family_name(row.subject.name)}:
            namesakes.append(question)
        if (who.pk, question) in work or row.assigned_to_id == who.pk:
            continue
        if len(row.postcode) == 6:
            streets[row.postcode].append(question)
        if len(when) >= DAYS_WITHOUT_WORK:
            found.append(Unusual("no_work", who, max(when), [row.reference], len(when)))
    for day, several in by_day.items():
        if len(several) > MANY_A_DAY:
            found.append(Unusual("many", who, day, [], len(several)))
    found += [
        _several("street", who, several, opened, questions)
        for several in streets.values()
        if len(several) >= SAME_STREET
    ]
    if namesakes:
        found.append(_several("name", who, namesakes, opened, questions))
    return found


def _several(
    rule: str,
    who: User,
    several: list[UUID],
    opened: dict[UUID, set[date]],
    questions: dict[UUID, Question],
) -> Unusual:
    latest = max(max(opened[question]) for question in several)
    references = sorted(questions[question].reference for question in several)
    return Unusual(rule, who, latest, references, len(several))


def _work(questions: Iterable[UUID]) -> set[tuple[UUID, UUID]]:
    """Return (colleague, question) for all who wrote something down there."""
    examined = list(questions)
    wrote = TimelineEntry.objects.filter(question__in=examined, actor__isnull=False)
    spoke = ContactMoment.objects.filter(question__in=examined)
    wrote_there = {(a, q) for a, q in wrote.values_list("actor_id", "question_id")}
    return wrote_there | set(spoke.values_list("by_id", "question_id"))


def _family_name(name: str) -> str:
    """Return the last word of a full name, folded; '' if it is too short or the only one."""
    words = [word for word in fold(name).split() if word not in _PREFIXES]
    return words[-1] if len(words) > 1 and len(words[-1]) >= SHORTEST_NAME else ""

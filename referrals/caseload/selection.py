"""Which questions the caseload shows: what a user may list, narrowed by filters."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from intake.questions.models import Question, QuestionLifeDomain
from organisations.front_door import configuration as front_door
from organisations.partnerships.models import Partnership
from referrals.caseload import numbers
from referrals.caseload.numbers import Numbers, late_before
from welzijn.accounts.models import User
from welzijn.core.working_days import Calendar

UNKNOWN = "onbekend"
TEAM = "team:"  # before the slug of a team, where an organisation could stand
OPEN, EVERYTHING = "open", "alles"


@dataclass(frozen=True, slots=True)
class CaseloadFilter:
    """Which rows to show, in which order and from where; values as they stand in the URL."""

    status: str = OPEN
    organisation: str = ""
    neighbourhood: str = ""
    life_domain: str = ""
    channel: str = ""
    worker: UUID | None = None
    late: bool = False
    order: str = "termijn"
    after: str = ""
    before: str = ""
    numbers: Numbers = field(default_factory=Numbers)
    chosen: tuple[UUID, ...] | None = None  # only these; None: all

    def only(self, ids: Iterable[UUID]) -> "CaseloadFilter":
        """Return the same with only these questions, whatever their status."""
        return replace(self, chosen=tuple(ids))


def select(
    *, user: User, partnership: Partnership, filters: CaseloadFilter, on: date, calendar: Calendar
) -> QuerySet[Question]:
    """Return the questions of the list: only what `user` may list."""
    listed = Question.objects.listed_for(user, on)
    questions = listed.filter(partnership=partnership).not_set_aside()
    front = front_door.of(partnership)
    if filters.status == OPEN:
        questions = questions.open()
    elif filters.status in Question.Status.values:
        questions = questions.filter(status=filters.status)
    # Ids where they are at hand: then PostgreSQL knows how many rows to expect.
    if filters.organisation.startswith(TEAM):
        questions = questions.filter(lead_team__slug=filters.organisation.removeprefix(TEAM))
    elif filters.organisation in front.organisations:
        # What a team of theirs has stands under that team, as in the division of the work.
        lead = front.organisations[filters.organisation]
        questions = questions.filter(lead=lead, lead_team__isnull=True)
    elif filters.organisation:
        questions = questions.filter(lead__slug=filters.organisation)
    if filters.neighbourhood == UNKNOWN:
        questions = questions.filter(neighbourhood__isnull=True)
    elif filters.neighbourhood in front.place_by_slug:
        questions = questions.filter(neighbourhood=front.place_by_slug[filters.neighbourhood].id)
    elif filters.neighbourhood:
        questions = questions.filter(neighbourhood__slug=filters.neighbourhood)
    if filters.life_domain:
        links = QuestionLifeDomain.objects.filter(question=OuterRef("pk"))
        if filters.life_domain in front.domain_by_slug:
            links = links.filter(life_domain=front.domain_by_slug[filters.life_domain].id)
        elif filters.life_domain != UNKNOWN:
            links = links.filter(life_domain__slug=filters.life_domain)
        unknown = filters.life_domain == UNKNOWN
        questions = questions.filter(~Exists(links) if unknown else Exists(links))
    if filters.channel:
        questions = questions.filter(channel=filters.channel)
    if filters.worker:
        questions = questions.filter(assigned_to=filters.worker)
    if filters.late:
        questions = questions.open().filter(due_on__lt=late_before(on))
    if filters.chosen is not None:
        questions = questions.filter(pk__in=filters.chosen)
    return questions.filter(numbers.condition(filters.numbers, on, calendar))

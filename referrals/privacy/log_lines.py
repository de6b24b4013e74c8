"""All lines of the access log, for two questions of the privacy officer.

"What did this colleague open?" and "who opened this question?", over any period. Opening is apart
from being seen in a list or a search. References only; each look of the officer is logged itself.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from intake.questions.models import Question
from organisations.roles.models import Membership
from referrals.privacy.log_sampling import SampledEvent
from welzijn.accounts.models import User
from welzijn.audit import access_log, reasons
from welzijn.audit.models import AccessEvent
from welzijn.audit.reasons import Reason
from welzijn.core.working_days import local_moment

PAGE = 100
SEEN_IN_A_LIST = (AccessEvent.Action.LIST, AccessEvent.Action.SEARCH)


@dataclass(frozen=True, slots=True)
class LinesFilter:
    """The lines wanted; both days inclusive, None: from the beginning, until today."""

    since: date | None = None
    until: date | None = None
    colleague: User | None = None
    question: UUID | None = None
    lists: bool = False  # seen in a list or a search, instead of opened


def page_of(
    *, officer: User, member: Membership, filters: LinesFilter, number: str | None, now: datetime
) -> tuple[Page[AccessEvent], list[SampledEvent]]:
    """Return one page of lines, latest first; the officer's own look is logged with it."""
    with transaction.atomic():
        page = Paginator(_lines(member, filters), PAGE).get_page(number)
        lines = _with_references(page.object_list)
        _record(officer, member, AccessEvent.Action.LIST, now)
    return page, lines


def rows(
    *, officer: User, member: Membership, filters: LinesFilter, now: datetime
) -> Iterator[list[object]]:
    """Return every line for a file, with a heading; the export is logged."""
    with transaction.atomic():
        _record(officer, member, AccessEvent.Action.EXPORT, now)
        lines = _with_references(_lines(member, filters))
    yield [
        _("Wanneer"),
        _("Wie"),
        _("Organisatie"),
        _("Rol"),
        _("Wat"),
        _("Kenmerk"),
        _("Grondslag"),
        _("Reden"),
        _("Noodtoegang"),
    ]
    for line in lines:
        event = line.event
        yield [
            localtime(event.at).strftime("%Y-%m-%d %H:%M:%S"),
            event.actor.name if event.actor else event.get_actor_kind_display(),
            str(event.organisation or ""),
            line.role,
            event.get_action_display(),
            line.reference,
            line.basis,
            reasons.in_words(event.reason),
            _("ja") if event.emergency else _("nee"),
        ]


def _lines(member: Membership, filters: LinesFilter) -> QuerySet[AccessEvent]:
    events = AccessEvent.objects.filter(partnership=member.partnership_id)
    if filters.since is not None:
        events = events.filter(at__gte=local_moment(filters.since))
    if filters.until is not None:
        events = events.filter(at__lt=local_moment(filters.until + timedelta(days=1)))
    if filters.colleague is not None:
        events = events.filter(actor=filters.colleague)
    if filters.question is not None:
        events = events.filter(question_id=filters.question)
    if filters.lists:
        events = events.filter(action__in=SEEN_IN_A_LIST)
    else:
        events = events.exclude(action__in=SEEN_IN_A_LIST)
    return events.select_related("actor", "organisation").order_by("-at", "-id")


def _with_references(events: Iterable[AccessEvent]) -> list[SampledEvent]:
    found = list(events)
    references = dict(
        Question.objects.filter(pk__in={e.question_id for e in found if e.question_id}).values_list(
            "pk", "reference"
        )
    )
    return [
        SampledEvent(e, references.get(e.question_id, "") if e.question_id else "") for e in found
    ]


def _record(officer: User, member: Membership, action: AccessEvent.Action, now: datetime) -> None:
    access_log.record(
        access_log.event(
            now=now,
            partnership_id=member.partnership_id,
            actor=officer,
            organisation_id=member.organisation_id,
            role=member.role,
            action=action,
            what="log",
            reason=Reason.LOG_SAMPLE,
        )
    )

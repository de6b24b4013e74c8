"""Retention, figures and what is deleted by time: a hundred rows, one that can't be worked off."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.test import override_settings
from django.utils import timezone

from intake.ask.models import Draft
from intake.ask.tasks import delete_expired_rows
from intake.attachments.models import DraftAttachment
from intake.questions.models import Question
from intake.resident_access.models import AccessAttempt
from organisations.partnerships.models import Partnership
from organisations.roles.models import Membership, Role
from organisations.roles.tasks import notify_of_duty_gaps, notify_of_granted_roles
from organisations.services.tasks import ask_keepers_of_services
from referrals.reports import publishing
from referrals.reports.models import ReportPublication
from referrals.reports.quarters import Block
from referrals.reports.tasks import publish_figures
from referrals.retention.run import retain
from tests.invariants.one_bad_row.faults import MANY, Step
from tests.referrals.retention.expired import LATER, old
from tests.referrals.retention.full_case import with_terms
from tests.support import factories as make
from welzijn.audit.chain.tasks import anchor_access_log, seal_access_log
from welzijn.audit.models import AccessEvent, UnsealedEvent
from welzijn.notifications.models import Message
from welzijn.sweeps.models import SetAside
from welzijn.sweeps.tasks import forget_old_failures

NOW = make.TUESDAY
Case = tuple[Step, Callable[[], Any], Callable[[], int]]


def delete_questions() -> Iterator[Case]:
    """Questions whose term is over."""
    make.fresh_front_doors()
    here = with_terms(make.world())
    ids = [old(here).pk for _ in range(MANY)]

    def gone() -> int:
        return MANY - Question.objects.filter(pk__in=ids).count()

    for step in [
        Step("messages", "welzijn.notifications.erasure.delete_about",
             lambda found, **_options: ids[0] in found),
        Step("history", "referrals.retention.history.erase",
             lambda found: any(ids[0] in group for group in found.values())),
        Step("the question", table="intake_question", statement="DELETE", key=ids[0]),
    ]:  # fmt: skip
        yield step, lambda: retain(now=LATER), gone


def retention_of_partnerships() -> Iterator[Case]:
    """A question at each of two partnerships; the round of the first breaks off."""
    make.fresh_front_doors()
    first, second = with_terms(make.world("aa")), with_terms(make.world("bb"))
    old(first)
    [pk] = [old(second).pk]

    def others() -> int:
        return MANY - 1 if not Question.objects.filter(pk=pk).exists() else 0

    def of_the_first(*_arguments: Any, partnership: Partnership, **_options: Any) -> bool:
        return partnership.pk == first.partnership.pk

    for step in [
        Step("groups", "referrals.retention.run.groups", of_the_first),
        Step("log", "referrals.retention.log.delete_batch", of_the_first),
        Step("unlinked", "referrals.retention.log.delete_orphans", of_the_first),
    ]:
        yield step, lambda: retain(now=LATER), others


def figures_of_partnerships() -> Iterator[Case]:
    """A hundred partnerships, each with its figures."""
    bad, *_others = [make.partnership(f"figures{number}") for number in range(MANY)]
    counted: list[UUID] = []

    def count(partnership: Partnership, **_options: Any) -> None:
        counted.append(partnership.pk)

    def work() -> None:
        counted.clear()
        publish_figures()

    def by_keyword(*_arguments: Any, partnership: Partnership, **_options: Any) -> bool:
        return _seen(partnership)

    def _seen(partnership: Partnership, **_options: Any) -> bool:
        if partnership.pk == bad.pk:
            return True
        counted.append(partnership.pk)
        return False

    for step in [
        Step("compact", "referrals.reports.tasks.compact", _seen),
        Step("publish", "referrals.reports.tasks.publish", by_keyword),
    ]:
        yield step, work, lambda: len(set(counted))


def figures_of_quarters() -> Iterator[Case]:
    """A hundred quarters of one partnership that were never published."""
    here = make.world("quarters")
    quarters = [date(2000 + n // 4, 1 + 3 * (n % 4), 1) for n in range(MANY)]
    blocks = [Block("GM0273", quarter) for quarter in quarters]
    real_missing, real_tables = publishing._missing, publishing.make_tables

    def of_bad(_partnership: object, requested: Collection[Block]) -> bool:
        return blocks[0] in requested

    def work() -> None:
        publishing._missing = lambda *_arguments: iter(blocks)
        try:
            publishing.publish(partnership=here.partnership, now=NOW)
        finally:
            publishing._missing = real_missing

    assert real_tables is publishing.make_tables
    yield (
        Step("tables", "referrals.reports.publishing.make_tables", of_bad),
        work,
        lambda: ReportPublication.objects.filter(partnership=here.partnership).count(),
    )


def duty_gaps_of_partnerships() -> Iterator[Case]:
    """A hundred partnerships in which nobody is on duty."""
    worlds = [make.world(f"duty{number}") for number in range(MANY)]
    for here in worlds:
        make.member(here, Role.ADMINISTRATOR)
    bad = worlds[0].partnership

    def of_bad(*, partnership: Partnership, **_options: Any) -> bool:
        return partnership.pk == bad.pk

    yield (
        Step("gaps", "organisations.roles.duty.gaps", of_bad),
        notify_of_duty_gaps,
        lambda: Message.objects.filter(template="duty_gap").count(),
    )


def granted_roles() -> Iterator[Case]:
    """A hundred roles that no screen told the privacy officer of."""
    here = make.world()
    make.member(here, Role.PRIVACY_OFFICER)
    bad = make.member(here, Role.ADMINISTRATOR)
    for _ in range(MANY - 1):
        make.member(here, Role.ADMINISTRATOR)

    def of_bad(granted: Membership, _now: Any) -> bool:
        return granted.user_id == bad.pk

    yield (
        Step("telling", "organisations.roles.proposal_notices.notify_privacy_officers", of_bad),
        notify_of_granted_roles,
        # The officer's own role is told of too.
        lambda: Message.objects.filter(template="role_granted").count() - 1,
    )


def services_of_partnerships() -> Iterator[Case]:
    """A hundred partnerships with a service that nobody confirmed for long."""
    worlds = [make.world(f"kept{number}") for number in range(MANY)]
    Partnership.objects.update(live=True)
    for here in worlds:
        make.member(here, Role.ADMINISTRATOR)
        make.service(here, "stimenz", "geld", confirmed_on=date(2025, 1, 1))
    bad = worlds[0].partnership

    def of_bad(partnership: Partnership, _today: date) -> bool:
        return partnership.pk == bad.pk

    yield (
        Step("services", "organisations.services.maintainer_mails.due_by_maintainer", of_bad),
        ask_keepers_of_services,
        lambda: Message.objects.filter(template="service_due").count(),
    )


def delete_expired() -> Iterator[Case]:
    """Drafts that nobody touched for long, and attempts that no limit looks at."""
    long_ago = timezone.now() - timedelta(days=30)
    Draft.objects.bulk_create(
        Draft(id=bytes([number] * 32), payload=b"x", touched_at=long_ago) for number in range(MANY)
    )
    AccessAttempt.objects.bulk_create(
        AccessAttempt(subject=bytes([number]), at=long_ago) for number in range(MANY)
    )
    DraftAttachment.objects.bulk_create(
        DraftAttachment(
            bundle=bytes([number] * 32), slot=1, about=b"x", payload=b"x" * 32, touched_at=long_ago
        )
        for number in range(MANY)
    )
    letter = DraftAttachment.objects.order_by("pk")[0]
    attempt = AccessAttempt.objects.order_by("pk")[0]
    yield (
        Step("draft", table="intake_draft", statement="DELETE", key=f"\\x{'00' * 32}"),
        delete_expired_rows.run,
        lambda: MANY - Draft.objects.count(),
    )
    yield (
        Step("letter", table="intake_draftattachment", statement="DELETE", key=letter.pk),
        delete_expired_rows.run,
        lambda: MANY - DraftAttachment.objects.count(),
    )
    yield (
        Step("attempt", table="intake_accessattempt", statement="DELETE", key=attempt.pk),
        delete_expired_rows.run,
        lambda: MANY - AccessAttempt.objects.count(),
    )
    yield (
        Step("all drafts", "intake.ask.draft.delete_expired", lambda **_options: True),
        delete_expired_rows.run,
        lambda: MANY - 1 - AccessAttempt.objects.count(),
    )


def _hundred_looks() -> None:
    partnership = make.partnership("looks")
    AccessEvent.objects.bulk_create(
        AccessEvent(
            at=NOW, partnership=partnership, actor_kind="resident", action="read", what="question"
        )
        for _number in range(MANY)
    )


def _sealed() -> int:
    return MANY - UnsealedEvent.objects.count()


def seal() -> Iterator[Case]:
    """Lines of the access log, one of which can't be taken from the queue."""
    _hundred_looks()
    bad = UnsealedEvent.objects.order_by("pk")[40].pk
    step = Step(
        "queue", table="audit_unsealedevent", statement="DELETE", column="event_id", key=bad
    )
    yield step, seal_access_log.run, _sealed


def anchor() -> Iterator[Case]:
    """The day's anchor, where its file can't be written."""
    _hundred_looks()

    def work() -> None:
        with override_settings(LOG_ANCHORS="anchors"):
            anchor_access_log()

    step = Step("file", "welzijn.audit.chain.anchors._append", lambda *_given: True)
    yield step, work, _sealed


def forget() -> Iterator[Case]:
    """What was set aside long ago."""
    long_ago = timezone.now() - timedelta(days=60)
    moments = {"first_at": long_ago, "last_at": long_ago, "held_until": long_ago}
    rows = SetAside.objects.bulk_create(
        SetAside(sweep="old", key=str(number), error="x", **moments) for number in range(MANY)
    )
    yield (
        Step("row", table="sweeps_setaside", statement="DELETE", key=rows[0].pk),
        forget_old_failures.run,
        lambda: MANY - SetAside.objects.filter(sweep="old").count(),
    )

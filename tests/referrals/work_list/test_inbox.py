"""Everything that asks something of somebody stands in one list of theirs."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from intake.questions import timeline
from intake.questions.models import Question, TimelineEntry
from organisations.roles.memberships import memberships_of
from referrals.casework import assign, pick_up, support
from referrals.casework_base.grounds import Ground
from referrals.conferences import minutes as conference_minutes
from referrals.conferences.models import Participant
from referrals.consultations import services as consultation_services
from referrals.desk_messages import services as desk_services
from referrals.follow_ups import services as follow_up_services
from referrals.follow_ups.models import FollowUp
from referrals.follow_ups.sentences import JUDGE
from referrals.notices import marks
from referrals.work_list import inbox
from referrals.work_list.inbox_rows import InboxKind, InboxRow
from tests.referrals.conferences.family_conference import Family
from tests.referrals.handovers.case import Case
from tests.support import factories as make
from tests.support.factories import World
from tests.support.signing_in import signed_in
from welzijn.accounts.models import User
from welzijn.accounts.sessions import LAST_SEEN_AT
from welzijn.audit.models import AccessEvent
from welzijn.audit.reasons import Reason
from welzijn.notifications.models import Message

pytestmark = pytest.mark.django_db
NOW = make.TUESDAY
LATER = NOW + timedelta(minutes=1)


def of(user: User, here: World, now: Any = LATER, seen_at: Any = None) -> list[InboxRow]:
    return inbox.rows(
        user=user,
        partnership=here.partnership,
        roles=[m for m in memberships_of(user) if m.partnership_id == here.partnership.pk],
        now=now,
        seen_at=seen_at,
    )


def the(rows: list[InboxRow], asks: InboxKind) -> InboxRow:
    (found,) = [row for row in rows if row.asks is asks]
    return found


def test_a_new_question_stands_with_all_who_read_new_until_one_picks_it_up(
    here: World, worker: User, question: Question
) -> None:
    colleague = make.intake_worker(here, "stimenz")
    without_new = make.professional(here, "stimenz")
    for user in (worker, colleague):
        row = the(of(user, here), InboxKind.NEW)
        assert (row.reference, row.hat, row.mine) == (question.reference, "Stimenz", False)
        assert row.pick_up == f"/vraagstuk/{question.pk}/oppakken/"
    assert of(without_new, here) == []
    pick_up.pick_up(question=question, by=worker, now=NOW)
    assert InboxKind.NEW not in {row.asks for row in of(colleague, here)}


def test_what_a_coordinator_gives_somebody_is_there_until_they_work_on_it(
    here: World, worker: User, question: Question
) -> None:
    colleague = make.professional(here, "stimenz")
    pick_up.pick_up(question=question, by=worker, now=NOW)
    assign.assign(question=question, to=colleague, by=worker, now=LATER)
    row = the(of(colleague, here), InboxKind.REBALANCED)
    assert (row.reference, row.mine, row.since) == (question.reference, True, LATER)
    timeline.by_staff(
        question=question,
        kind=TimelineEntry.Kind.NOTE,
        user=colleague,
        organisation=here["stimenz"],
        sentence=JUDGE(),
        for_resident=False,
        now=LATER + timedelta(minutes=1),
    )
    assert InboxKind.REBALANCED not in {row.asks for row in of(colleague, here)}


def test_a_message_from_the_desk(here: World, worker: User, question: Question) -> None:
    pick_up.pick_up(question=question, by=worker, now=NOW)
    desk_services.pass_on(
        question=question,
        kind=desk_services.Kind.CALL_BACK,
        who="de inwoner",
        about="de brief",
        when="",
        by=make.desk_worker(here),
        now=NOW,
    )
    row = the(of(worker, here), InboxKind.DESK)
    assert (row.mine, row.due_on) == (True, date(2026, 11, 25))


def test_help_asked_along_stands_with_all_who_read_new_there(
    here: World, worker: User, question: Question
) -> None:
    helper = make.intake_worker(here, "jeugd-punt")
    pick_up.pick_up(question=question, by=worker, now=NOW)
    support.bring_in(
        question=question, organisation=here["jeugd-punt"], ground=Ground(), by=worker, now=NOW
    )
    row = the(of(helper, here), InboxKind.SUPPORT)
    assert (row.hat, row.mine) == ("Jeugd-Punt", False)
    step = FollowUp.objects.get(organisation=here["jeugd-punt"])
    assert row.pick_up == f"/vraagstuk/{question.pk}/afspraak/{step.pk}/"


def test_a_consultation(here: World, worker: User, question: Question) -> None:
    colleague = make.professional(here, "jeugd-punt")
    pick_up.pick_up(question=question, by=worker, now=NOW)
    consultation_services.ask(
        question=question, to=here["jeugd-punt"], text="Wat zou jij doen?", by=worker, now=NOW
    )
    row = the(of(colleague, here), InboxKind.CONSULTATION)
    assert (row.what, row.hat) == ("Stimenz vraagt om raad", "Jeugd-Punt")


def test_what_a_resident_writes_is_there_until_somebody_answers(
    here: World, worker: User, question: Question
) -> None:
    pick_up.pick_up(question=question, by=worker, now=NOW)
    timeline.words_of_resident(
        question=question,
        kind=TimelineEntry.Kind.ADDED,
        sentence=JUDGE(),
        now=LATER,
    )
    row = the(of(worker, here), InboxKind.ANSWER)
    assert (row.since, row.mine) == (LATER, True)


def test_danger_stands_first_for_all_who_read_it(
    here: World, worker: User, question: Question
) -> None:
    colleague = make.intake_worker(here, "stimenz")
    pick_up.pick_up(question=question, by=worker, now=NOW)
    follow_up_services.make(
        question=question,
        kind=FollowUp.Kind.DUTY,
        what=JUDGE(),
        due_on=date(2026, 12, 1),
        organisation=here["stimenz"],
        worker=worker,
        now=NOW,
    )
    make.question(here, "geld", now=NOW - timedelta(days=30))
    for user in (worker, colleague):
        rows = of(user, here)
        assert rows[0].asks is InboxKind.DANGER
        assert rows[0].since == NOW


def test_a_handover_stands_with_the_receiver_and_then_with_who_meets() -> None:
    case = Case()
    handover = case.offered()
    rows = of(case.receiver, case.here, now=NOW)
    row = the(rows, InboxKind.HANDOVER)
    assert row.hat == str(handover.receiver)
    assert "/overdracht/" in row.path


def test_the_mdo_of_tomorrow_and_an_invitation() -> None:
    family = Family()
    conference = family.planned()
    row = the(of(family.youth, family.here, now=family.now), InboxKind.CONFERENCE)
    assert row.what == "zeg of u komt"
    Participant.objects.filter(user=family.youth).update(comes=True)
    assert conference.starts_at is not None
    near = conference.starts_at - timedelta(hours=20)
    row = the(of(family.youth, family.here, now=near), InboxKind.CONFERENCE)
    assert row.what == "bereid u voor"


def test_an_action_of_the_mdo_is_there_before_its_day() -> None:
    family = Family()
    family.planned()
    mine = {p.user_id: p for p in Participant.objects.all()}[family.worker.pk]
    conference_minutes.add_action(
        item=family.item(),
        what="de verhuurder bellen",
        participant=mine,
        due_on=date(2026, 12, 24),
        by=family.worker,
        now=family.now,
    )
    FollowUp.objects.filter(kind="action").update(created_by=family.youth)
    rows = of(family.worker, family.here, now=family.now)
    assert "de verhuurder bellen" in [row.what for row in rows if row.asks is InboxKind.DUE]


def test_new_is_what_came_after_the_mark(here: World, worker: User, question: Question) -> None:
    assert [row.is_new for row in of(worker, here)] == [True]
    assert [row.is_new for row in of(worker, here, seen_at=LATER)] == [False]


def test_it_takes_the_same_few_queries_at_any_size(here: World, worker: User) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            of(worker, here)
        return len(captured)

    make.question(here, "geld")
    of(worker, here)
    few = queries()
    for _n in range(6):
        make.question(here, "geld")
    assert queries() == few == 7


@pytest.mark.usefixtures("on_tuesday", "no_second_factor")
class TestPage:
    """The list, the bell and the choices, as a browser asks for them."""

    def test_the_list_names_nobody_and_what_is_planned_is_a_look(
        self, here: World, worker: User, question: Question
    ) -> None:
        client = signed_in(worker)
        page = client.get("/werk/gevraagd/").content.decode()
        assert question.reference in page
        assert "Zeynep" not in page
        assert not AccessEvent.objects.filter(actor=worker, reason=Reason.WORK_LIST).exists()
        pick_up.pick_up(question=question, by=worker, now=timezone.now())
        client.get("/werk/gevraagd/")
        assert not AccessEvent.objects.filter(actor=worker, reason=Reason.WORK_LIST).exists()
        FollowUp.objects.filter(question=question).update(due_on=date(2026, 11, 24))
        client.get("/werk/gevraagd/")
        assert AccessEvent.objects.filter(actor=worker, reason=Reason.WORK_LIST).exists()

    def test_the_bell_counts_what_is_new_and_the_button_ends_that(
        self, worker: User, question: Question, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        client = signed_in(worker)
        assert client.get("/werk/gevraagd/aantal/").json() == {"new": 1, "browser": False}
        assert client.post("/werk/gevraagd/gezien/", {"tot": NOW.isoformat()}).status_code == 302
        assert client.get("/werk/gevraagd/aantal/").json() == {"new": 0, "browser": False}

    def test_asking_for_the_count_does_not_keep_a_session_alive(
        self, worker: User, settings: Any
    ) -> None:
        client = signed_in(worker)
        client.get("/werk/gevraagd/")
        session = client.session
        session[LAST_SEEN_AT] = old = session.get(LAST_SEEN_AT, 0) - 120
        session.save()
        client.get("/werk/gevraagd/aantal/")
        assert client.session[LAST_SEEN_AT] == old
        # Nor does it end one that is over: whoever comes back is told why.
        session = client.session
        session[LAST_SEEN_AT] = old - settings.STAFF_IDLE_SECONDS
        session.save()
        assert client.get("/werk/gevraagd/aantal/").status_code == 204
        signed_out = client.get("/werk/", follow=True)
        assert "U deed hier een tijd niets." in signed_out.content.decode()

    def test_mail_comes_daily_at_once_or_not(
        self, here: World, worker: User, question: Question
    ) -> None:
        client = signed_in(worker)
        colleague = make.professional(here, "stimenz")
        pick_up.pick_up(question=question, by=worker, now=NOW)

        def channel() -> list[str]:
            Message.objects.all().delete()
            assign.assign(question=question, to=colleague, by=worker, now=NOW)
            assign.assign(question=question, to=worker, by=colleague, now=NOW)
            return sorted(
                m.channel for m in Message.objects.filter(recipient_key=f"user:{worker.pk}")
            )

        assert channel() == ["digest", "email"]  # the line, and the mail that will hold it
        client.post("/werk/gevraagd/keuze/", {"mail": "meteen", "in_browser": "on"})
        assert marks.mail_choice(worker) == "meteen"
        assert marks.of(worker, here.partnership).in_browser
        assert channel() == ["email"]
        client.post("/werk/gevraagd/keuze/", {"mail": "niet"})
        assert marks.mail_choice(worker) == "niet"
        client.post("/werk/gevraagd/keuze/", {"mail": "dagelijks"})
        assert marks.mail_choice(worker) == "dagelijks"

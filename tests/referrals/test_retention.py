"""Data goes when its time is over, in every copy, with a proof that holds no person."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any
from unittest import mock

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError, ProgrammingError
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from intake import household
from intake.asked import Reachable
from intake.models import Decision, Household, Person, Question, TimelineEntry
from organisations.models import Partnership
from referrals.conference import prepare
from referrals.models import Conference, Correction, DeletionProof, FollowUp, ReportCell
from referrals.pick_up import pick_up
from referrals.reports import counting
from referrals.retention import due, erase, history, log
from referrals.retention.run import retain
from referrals.tasks import retain_what_is_due
from tests import factories as make
from tests.referrals import traces
from tests.referrals.traces import WORD, ended, everything, with_terms
from welzijn.audit import look
from welzijn.audit.models import AccessEvent, Withholding
from welzijn.workdays import local_date

pytestmark = pytest.mark.django_db
THEN = make.TUESDAY
LATER = THEN + timedelta(days=366 * 2 + 30)  # past two years, not past five
FAR_AHEAD = date(2100, 1, 1)


@pytest.fixture
def here() -> make.World:
    return with_terms(make.world())


def round_at(now: datetime = LATER, **options: Any) -> int:
    """A round in a later transaction than the questions'; how many questions went."""
    connection.check_constraints()
    return retain(now=now, **options).questions


def old(here: make.World, *domains: str, at: datetime = THEN, **fields: Any) -> Question:
    """A question that was withdrawn at that moment."""
    return ended(make.question(here, *domains or ("geld",), now=at, **fields), at)


# --- Every copy -----------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_nothing_of_a_question_is_left_anywhere_once_its_time_is_over() -> None:
    here = with_terms(make.world())
    question = everything(here)
    planted = traces.plant(question)
    ended(question, THEN)
    assert {"intake.Question.words", "referrals.ContactMoment.note"} <= planted
    needles = [WORD, *traces.ids_of(question).values()]
    before = traces.traces(needles)
    assert {needle for _table, needle in before} == set(needles)
    assert {"intake_questionevent", "notifications_demomail"} <= {table for table, _n in before}

    assert retain(now=LATER).questions == 1

    assert traces.traces(needles) == []
    # What was asked of it elsewhere in the family is there still, whole.
    assert Question.objects.count() == 1
    # One is no household: it went, and the link of who is left with it.
    assert not Household.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_part_that_would_be_forgotten_is_found() -> None:
    """The search above is worth something: without any one part it finds what is left."""
    here = with_terms(make.world())
    question = everything(here)
    traces.plant(question)
    ended(question, THEN)
    needles = [WORD, *traces.ids_of(question).values()]
    left: dict[str, set[str]] = {}
    parts: dict[str, Any] = {
        "history.erase": Counter(),
        "forgetting.about": {},
        "forgetting.of_subjects": {},
        "_out_of_the_log": {},
        "_empty": set(),
        "_unnamed": set(),
    }
    for part, instead in parts.items():
        target = f"referrals.retention.erase.{part}"
        with transaction.atomic(), mock.patch(target, return_value=instead):
            assert retain(now=LATER).questions == 1
            left[part] = {table for table, _needle in traces.traces(needles)}
            transaction.set_rollback(True)
    assert left.pop("history.erase") > {"intake_personevent", "intake_questionevent"}
    assert left == {
        "forgetting.about": {"notifications_message", "notifications_demomail"},
        "forgetting.of_subjects": {"notifications_message"},
        "_out_of_the_log": {"audit_accessevent", "audit_withholding"},
        "_empty": {
            "referrals_conference",
            "referrals_participant",
            "referrals_conferenceevent",
            "notifications_message",
        },
        "_unnamed": {
            "intake_person",
            "intake_contactdetail",
            "intake_contactwish",
            "intake_householdlink",
            "intake_personevent",
            "intake_contactdetailevent",
            "intake_contactwishevent",
        },
    }


def test_every_history_is_known_to_retention() -> None:
    known = set(history.LEADS) | history.OF_STAFF
    assert {model._meta.label for model in history.histories()} == known


def test_the_log_still_says_that_somebody_looked_but_not_at_what(here: make.World) -> None:
    question = old(here)
    worker = make.intake_worker(here, "stimenz")
    with transaction.atomic():
        look.record(
            look.event(
                now=THEN,
                partnership_id=here.partnership.pk,
                actor=worker,
                organisation_id=here["stimenz"].pk,
                action=AccessEvent.Action.READ,
                what="question",
                question_id=question.pk,
                person_id=question.asker_id,
                reason="een reden met een naam",
            )
        )
    round_at()
    line = AccessEvent.objects.get(actor=worker)
    assert (line.question_id, line.person_id, line.reason) == (None, None, "")
    assert (line.organisation, line.action) == (here["stimenz"], "read")


def test_the_log_goes_at_its_own_term_that_of_open_questions_too(here: make.World) -> None:
    question = make.question(here, "geld")
    for years, what in ((4, "kept"), (6, "gone")):
        with transaction.atomic():
            look.record(
                look.event(
                    now=LATER - timedelta(days=366 * years),
                    partnership_id=here.partnership.pk,
                    actor_kind=AccessEvent.Kind.RESIDENT,
                    action=AccessEvent.Action.READ,
                    what=what,
                    question_id=question.pk,
                )
            )
    assert log.over(partnership=here.partnership, now=LATER) == 1
    connection.check_constraints()
    assert retain(now=LATER).log == 1
    assert set(AccessEvent.objects.values_list("what", flat=True)) & {"kept", "gone"} == {"kept"}
    proof = DeletionProof.objects.get(kind="log")
    assert (proof.questions, proof.rows) == (0, {"audit.AccessEvent": 1})


def test_a_browser_that_had_it_open_forgets_it_within_hours(here: make.World) -> None:
    client = Client()
    receipt = make.submitted(here, "geld", now=timezone.now())
    client.post(
        "/volg/",
        {"reference": receipt.reference, "code": receipt.code},
        headers={"host": "putten.localhost"},
    )
    assert Session.objects.count() == 1
    round_at()
    assert Session.objects.count() == 1
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    round_at()
    assert Session.objects.count() == 0


# --- What is shared -------------------------------------------------------------------------------
def test_somebody_with_another_question_stays_until_the_last_one_goes(here: make.World) -> None:
    first, second = old(here, name="Sanne"), make.question(here, "geld")
    Question.objects.filter(pk=second.pk).update(asker=first.asker, subject=first.asker)
    assert round_at() == 1
    assert Person.objects.get(pk=first.asker_id).name == "Sanne"
    second.refresh_from_db()
    ended(second, THEN)
    assert round_at() == 1
    assert not Person.objects.exists()


def test_a_household_loses_who_has_gone_and_goes_where_one_is_left(here: make.World) -> None:
    recent = LATER - timedelta(days=1)
    one, other, third = old(here), old(here, at=recent), old(here, at=recent)
    household.link(question=one, other=other, now=THEN)
    household.link(question=other, other=third, now=THEN)
    for question, at in ((one, THEN), (other, recent), (third, recent)):
        ended(question, at)
    assert round_at() == 1
    left = Household.objects.get().links.values_list("person", flat=True)
    assert set(left) == {other.asker_id, third.asker_id}
    Question.objects.filter(pk=third.pk).update(last_activity_at=LATER + timedelta(days=300))
    third.timeline.update(at=LATER + timedelta(days=300))
    assert round_at(LATER + timedelta(days=366 * 2 - 1)) == 1
    assert not Household.objects.exists()
    assert Person.objects.filter(pk=third.asker_id).exists()


def test_a_conference_with_another_question_on_its_agenda_stays(here: make.World) -> None:
    worker = make.intake_worker(here, "stimenz")
    first, second = make.question(here, "geld"), make.question(here, "geld")
    for question in (first, second):
        pick_up(question=question, by=worker, now=THEN)
    conference = prepare.propose(question=first, why="Samen.", by=worker, now=THEN)
    prepare.add_question(conference=conference, question=second, why="Ook.", by=worker, now=THEN)
    prepare.invite_outside(
        conference=conference,
        name="Meester Bo",
        works_at="School",
        email="bo@voordeur.example",
        by=worker,
        now=THEN,
    )
    ended(first, THEN)
    assert round_at() == 1
    assert conference.agenda.get().question == second
    assert conference.participants.filter(email="bo@voordeur.example").exists()
    ended(second, THEN)
    assert round_at() == 1
    assert not Conference.objects.exists()
    assert traces.traces(["bo@voordeur.example"]) == []


# --- When -----------------------------------------------------------------------------------------
def test_an_open_question_never_goes_however_old(here: make.World) -> None:
    question = make.question(here, "geld")
    Question.objects.filter(pk=question.pk).update(
        last_activity_at=datetime(1990, 1, 1, tzinfo=UTC)
    )
    assert round_at() == 0


def test_it_goes_the_day_after_its_last_day_by_clocks_in_amsterdam(here: make.World) -> None:
    # Half past midnight in Amsterdam on 2 June; still 1 June in UTC.
    old(here, at=datetime(2026, 6, 1, 22, 30, tzinfo=UTC))
    assert round_at(datetime(2028, 6, 2, 21, 59, tzinfo=UTC)) == 0
    assert round_at(datetime(2028, 6, 2, 22, 1, tzinfo=UTC)) == 1


@pytest.mark.parametrize(
    ("kind", "years"),
    [("welfare", 2), ("wmo", 15), ("debts", 5), ("debts_threat", 5), ("youth_care", 20)],
)
def test_each_kind_has_its_own_term(here: make.World, kind: str, years: int) -> None:
    question = old(here)
    Question.objects.filter(pk=question.pk).update(kind=kind)
    over = THEN.replace(year=THEN.year + years)
    assert round_at(over) == 0
    assert round_at(over + timedelta(days=1)) == 1


def test_advice_without_a_person_goes_the_next_day_and_with_one_it_is_welfare_work(
    here: make.World,
) -> None:
    reached = old(here)
    nobody = old(here, reach=Reachable())
    named = old(here, reach=Reachable(), name="Sanne")
    Question.objects.update(kind="advice")
    assert round_at(THEN) == 0
    assert round_at(THEN + timedelta(days=1)) == 1
    assert set(Question.objects.all()) == {reached, named}
    assert nobody.pk not in Question.objects.values_list("pk", flat=True)
    assert round_at(LATER) == 2


def test_the_organisation_that_led_last_may_have_a_term_of_its_own(here: make.World) -> None:
    with_terms(here, organisations={"stimenz": {"welfare": 1}})
    shorter, other = old(here, "geld"), old(here, "vervoer")
    assert round_at(THEN + timedelta(days=367)) == 1
    assert Question.objects.get() == other
    proof = DeletionProof.objects.get()
    assert (proof.organisation, proof.years) == (here["stimenz"], 1)
    assert shorter.lead == here["stimenz"]


def test_a_partnership_without_terms_deletes_nothing_and_says_so() -> None:
    old(make.world())
    connection.check_constraints()
    tally = retain(now=LATER)
    assert (tally.questions, tally.without_terms) == (0, ["putten"])


def test_what_has_still_to_come_keeps_a_question_until_its_day(here: make.World) -> None:
    question = old(here)
    FollowUp.objects.create(
        partnership=here.partnership,
        question=question,
        kind=FollowUp.Kind.REVIEW,
        what="terugkijken",
        organisation=here["stimenz"],
        due_on=local_date(LATER),
        created_at=THEN,
    )
    assert round_at() == 0
    assert round_at(LATER + timedelta(days=1)) == 1


def test_what_a_person_left_counts_as_activity_and_what_the_system_did_does_not(
    here: make.World,
) -> None:
    ours, theirs = old(here), old(here)
    for question, actor in ((ours, "system"), (theirs, "resident")):
        TimelineEntry.objects.create(
            question=question,
            at=LATER - timedelta(days=9),
            kind=TimelineEntry.Kind.CODE,
            actor_kind=actor,
        )
    assert round_at() == 1
    assert Question.objects.get() == theirs


class ActivityKeeps(TestCase):
    """Whatever happened when: exactly the ended ones without activity since the cutoff go."""

    @settings(
        max_examples=25, deadline=None, suppress_health_check=[HealthCheck.differing_executors]
    )
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["new", "closed", "withdrawn"]),
                st.sampled_from(["welfare", "debts_threat", "wmo"]),
                st.integers(0, 6000),
                st.none() | st.integers(0, 6000),
            ),
            min_size=1,
            max_size=5,
        )
    )
    def test_exactly_those(self, rows: list[tuple[str, str, int, int | None]]) -> None:
        make.fresh_front_doors()
        here = with_terms(make.world())
        years = {"welfare": 2, "debts_threat": 5, "wmo": 15}
        today = local_date(LATER)
        stay = set()
        for status, kind, days, touched in rows:
            last = LATER - timedelta(days=days)
            question = ended(
                make.question(here, "geld"), last, status if status != "new" else "closed"
            )
            if status == "new":
                Question.objects.filter(pk=question.pk).update(
                    status="new", closed_at=None, result=""
                )
            Question.objects.filter(pk=question.pk).update(kind=kind)
            if touched is not None:
                at = LATER - timedelta(days=touched)
                last = max(last, at)
                TimelineEntry.objects.create(
                    question=question, at=at, kind="added", actor_kind="resident"
                )
            limit = today.replace(year=today.year - years[kind])
            if status == "new" or local_date(last) >= limit:
                stay.add(question.pk)
        round_at()
        assert set(Question.objects.values_list("pk", flat=True)) == stay


# --- What goes on without it ----------------------------------------------------------------------
def test_figures_go_on_counting_as_they_did(here: make.World) -> None:
    ended(make.question(here, "geld"), THEN, "closed")
    ended(make.question(here, "geld", "vervoer"), THEN, "closed")
    totals = {
        (c.life_domain, c.several): c.helped for c in ReportCell.objects.all() if c.helped > 0
    }
    round_at()
    gone = ReportCell.objects.filter(departed=True, helped__gt=0)
    assert {(c.life_domain, c.several): c.helped for c in gone} == totals
    rollup = counting.rolled_up(here.partnership, make.LONG_AGO, FAR_AHEAD)
    assert rollup == counting.recount(here.partnership) == {}


def test_the_decision_stays_without_its_question_and_its_correction_with_it(
    here: make.World,
) -> None:
    decision = Decision.objects.get(question=old(here))
    Correction.objects.create(
        decision=decision,
        partnership=here.partnership,
        from_organisation=here["stimenz"],
        to_organisation=here["actief"],
        why=Correction.Why.NO_ROOM,
        by=make.user(),
        at=THEN,
    )
    round_at()
    decision.refresh_from_db()
    assert decision.question is None
    assert decision.rule_key == "geld"
    assert decision.corrections.count() == 1


# --- The proof ------------------------------------------------------------------------------------
def test_the_proof_says_what_went_and_of_whom_it_says_nothing(here: make.World) -> None:
    questions = [old(here, "geld"), old(here, "geld"), old(here, "vervoer")]
    needles = [v for q in questions for v in (q.reference, str(q.pk), str(q.asker_id))]
    round_at()
    money, transport = DeletionProof.objects.order_by("-questions")
    assert (money.organisation, money.kind, money.questions) == (here["stimenz"], "welfare", 2)
    assert (transport.organisation, transport.questions) == (here["welzijn"], 1)
    assert (money.years, money.rule, money.at) == (2, due.RULE, LATER)
    assert money.before == local_date(LATER).replace(year=LATER.year - 2)
    assert money.rows["intake.Question"] == 2
    assert money.rows["intake.Person"] == 2
    assert set(money.rows.values()) <= set(range(1, 50))
    assert traces.traces(needles) == []


def test_a_proof_can_not_be_changed_or_taken_away(here: make.World) -> None:
    old(here)
    round_at()
    for act in (
        lambda: DeletionProof.objects.update(questions=9),
        lambda: DeletionProof.objects.all().delete(),
    ):
        with pytest.raises((InternalError, ProgrammingError)), transaction.atomic():
            act()


@pytest.mark.parametrize(
    "wrong", [{"questions": 0}, {"kind": "log"}, {"organisation": None}, {"kind": "sanne"}]
)
def test_the_database_refuses_a_proof_of_nothing(here: make.World, wrong: Any) -> None:
    right = {
        "partnership": here.partnership,
        "organisation": here["stimenz"],
        "kind": "welfare",
        "years": 2,
        "before": THEN.date(),
        "at": THEN,
        "rule": "1",
        "questions": 1,
        "rows": {},
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        DeletionProof.objects.create(**right | wrong)


# --- Round after round ----------------------------------------------------------------------------
def test_a_round_goes_on_batch_after_batch_and_a_second_finds_nothing(here: make.World) -> None:
    for _n in range(5):
        old(here)
    assert round_at(size=2) == 5
    assert round_at() == 0
    assert sorted(DeletionProof.objects.values_list("questions", flat=True)) == [1, 2, 2]


def test_one_that_will_not_go_holds_up_no_other_and_stands_in_the_log_without_a_name(
    here: make.World, caplog: pytest.LogCaptureFixture
) -> None:
    stuck, *_others = (old(here) for _n in range(3))
    connection.check_constraints()
    really = erase._erase

    def refuses(going: list[Question]) -> Any:
        if stuck in going:
            raise IntegrityError(f"row of {stuck.reference}")
        return really(going)

    with mock.patch.object(erase, "_erase", refuses):
        tally = retain(now=LATER)
    assert (tally.questions, tally.failed) == (2, 1)
    assert Question.objects.get() == stuck
    assert "IntegrityError" in caplog.text
    assert stuck.reference not in caplog.text


def test_a_round_out_of_time_says_that_there_is_more(here: make.World) -> None:
    old(here)
    connection.check_constraints()
    tally = retain(now=LATER, seconds=0)
    assert (tally.questions, tally.more) == (0, True)


def test_the_night_asks_for_another_round_only_where_there_is_more(
    here: make.World, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(retain_what_is_due, "apply_async", lambda **o: asked.append(o))
    retain_what_is_due()
    assert asked == []
    monkeypatch.setattr("referrals.tasks.ROUND_SECONDS", 0.0)
    retain_what_is_due()
    assert len(asked) == 1


# --- The command ----------------------------------------------------------------------------------
def said(*arguments: str) -> str:
    out = StringIO()
    call_command("retain", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def long_over(here: make.World) -> Question:
    return old(here, name="Sanne", at=timezone.now() - timedelta(days=366 * 3))


def test_a_dry_run_counts_by_organisation_and_kind_and_deletes_nothing(
    long_over: Question,
) -> None:
    told = said("--dry-run")
    assert "putten: stimenz, welfare, 2 jaar: 1\n" in told
    assert "putten: 1 vragen, " in told
    assert "Sanne" not in told
    assert long_over.reference not in told
    assert Question.objects.count() == 1
    assert not DeletionProof.objects.exists()


def test_the_command_deletes_at_one_partnership(long_over: Question) -> None:
    elsewhere = with_terms(make.world("elders"))
    old(elsewhere, at=timezone.now() - timedelta(days=366 * 3))
    connection.check_constraints()
    assert "Gewist: 1 vragen" in said("--partnership", "putten")
    assert Question.objects.get().partnership == elsewhere.partnership


def test_the_command_says_where_there_are_no_terms(here: make.World) -> None:
    Partnership.objects.update(retention={})
    assert "putten: geen bewaartermijnen" in said()
    assert "putten: geen bewaartermijnen" in said("--dry-run")


def test_the_command_ends_with_1_where_something_would_not_go(
    long_over: Question, capsys: pytest.CaptureFixture[str]
) -> None:
    connection.check_constraints()
    with mock.patch.object(erase, "_erase", side_effect=IntegrityError), pytest.raises(SystemExit):
        said()
    assert "Niet gelukt: 1 vragen" in capsys.readouterr().err
    assert Question.objects.get() == long_over


def test_withheld_lines_go_with_their_reason(here: make.World) -> None:
    question = old(here)
    with transaction.atomic():
        event = look.event(
            now=THEN,
            partnership_id=here.partnership.pk,
            actor_kind=AccessEvent.Kind.RESIDENT,
            action=AccessEvent.Action.READ,
            what="question",
            question_id=question.pk,
        )
        look.record(event)
    Withholding.objects.create(
        event=event,
        reason="de partner leest mee",
        requested_by=make.user(),
        requested_at=THEN,
        review_on=THEN.date(),
    )
    round_at()
    assert not Withholding.objects.exists()
    assert AccessEvent.objects.filter(pk=event.pk).exists()

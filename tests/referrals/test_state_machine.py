"""Random days in a partnership: whatever people do, in whatever order, the invariants hold.

Everybody tries everything: the lead, the receiver, triage, a coordinator, a stranger of another
partnership, the resident. What they may not do is refused with a sentence; after each step the
database is checked against invariants 1 to 6, 8 and 9 of DESIGN section 4. By hand, for longer:
STATE_MACHINE_EXAMPLES=500.
"""

import os
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.http import Http404
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from intake import rules as intake_rules
from intake.models import Question, SharingBasis
from intake.reading import open_question
from intake.status import WrongMomentError
from referrals import (
    assign,
    clock,
    close,
    consult,
    contact,
    follow_ups,
    handover,
    handover_steps,
    pick_up,
    reminders,
    reopen,
    revoke,
    standing,
    support,
    withdraw,
)
from referrals.assign import Ground
from referrals.models import ContactMoment, Correction, FollowUp, Handover, Referral
from tests import factories as make
from welzijn.accounts.models import User
from welzijn.audit.models import AccessEvent
from welzijn.notifications.models import Message
from welzijn.workdays import local_date

pytestmark = pytest.mark.django_db
NAME = "Zonnebloem"
WORDS = "Het geheim van de vraag."
REFUSALS = (WrongMomentError, PermissionDenied, ValidationError, Http404)
HOWS = st.sampled_from([SharingBasis.How.PHONE, SharingBasis.How.ONLINE])
Kind = FollowUp.Kind


class Cast:
    """The people of two partnerships; made once, the examples roll back to it."""

    def __init__(self) -> None:
        self.here, self.there = make.world(), make.world("oss")
        here = self.here
        self.users: list[User] = [
            make.intake_worker(here, "stimenz"),
            make.professional(here, "stimenz"),
            make.intake_worker(here, "jeugd-punt"),
            make.intake_worker(here, "jeugd-punt"),
            make.intake_worker(here, "actief"),
            make.triagist(here, "welzijn"),
            make.triagist(here, "stimenz"),
            make.coordinator(here),
            make.desk_worker(here),
            make.intake_worker(self.there, "stimenz"),
            make.coordinator(self.there),
        ]
        self.strangers = self.users[-2:]
        self.organisations = ["stimenz", "jeugd-punt", "actief", "welzijn"]


class Days(RuleBasedStateMachine):
    """One partnership, some questions, and time."""

    cast: Cast
    reached: Counter[str]
    set_clock: Callable[[datetime], None]

    @initialize(start=st.sampled_from(["new", "picked_up", "proposed", "offered", "accepted"]))
    def begin(self, start: str) -> None:
        """A morning with one question, some way on: from "new" alone a walk seldom comes far."""
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.now = make.TUESDAY
        self.set_clock(self.now)
        self.questions: list[Any] = []
        # What the last step was about: the only rows that it can have broken.
        self.touched: list[Any] = []
        self.ask(domain="geld", shares=True, danger=False, mail=True, kind=Question.Kind.WELFARE)
        if start != "new":
            self.picks_up(q=0, u=-1)
        if start in {"proposed", "offered", "accepted"}:
            self.proposes(q=0, u=-1, o=1, yes=start != "proposed", stays=False)
        if start == "accepted":
            self.answers_the_handover(q=0, u=-1, how="accept")

    def teardown(self) -> None:
        """Everything of this example goes."""
        if hasattr(self, "atomic"):
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    # --- What is drawn ---------------------------------------------------------------------------
    def question(self, number: int) -> Question:
        self.touched = [self.questions[number % len(self.questions)]]
        return Question.objects.get(pk=self.touched[0])

    def user(self, number: int, question: Question | None = None) -> User:
        """Somebody; below zero the one who has it, or who could."""
        if number >= 0 or question is None:
            return self.cast.users[number % len(self.cast.users)]
        if question.assigned_to is not None:
            return question.assigned_to
        for user in self.cast.users:
            if standing.leading_as(user, question, local_date(self.now)):
                return user
        return self.cast.users[0]

    def receiver(self, number: int, offered: Handover) -> User:
        """Somebody; below zero an intake worker of the receiver."""
        if number < 0:
            for user in self.cast.users:
                if handover_steps.receiving_as(user, offered, local_date(self.now)):
                    return user
        return self.user(abs(number))

    def organisation(self, number: int) -> Any:
        names = self.cast.organisations
        return self.cast.here[names[number % len(names)]]

    def handover(self, number: int) -> Handover | None:
        """The latest handover of a question, also one that is over."""
        return self.question(number).handovers.order_by("-proposed_at", "-id").first()

    def attempt(self, act: Callable[[], object]) -> bool:
        """Do it; a refusal changes nothing."""
        before = Message.objects.count()
        try:
            with transaction.atomic():
                act()
        except REFUSALS:
            assert Message.objects.count() == before
            # Rolled back to what was checked after the step before.
            self.touched = []
            return False
        return True

    # --- What people do --------------------------------------------------------------------------
    asked = precondition(lambda self: bool(getattr(self, "questions", None)))
    numbers = st.integers(0, 30)
    # Mostly the one who has it, so that a walk gets somewhere; else anybody.
    who = st.one_of(st.just(-1), st.just(-1), st.just(-1), numbers)
    mostly = st.sampled_from([True, True, True, False])

    @precondition(lambda self: len(self.questions) < 2)
    @rule(
        domain=st.sampled_from(["geld", "opgroeien", ""]),
        shares=st.booleans(),
        danger=st.booleans(),
        mail=st.booleans(),
        kind=st.sampled_from([Question.Kind.WELFARE, Question.Kind.DEBTS]),
    )
    def ask(self, domain: str, shares: bool, danger: bool, mail: bool, kind: Any) -> None:
        reach = make.Reachable(
            phone="+31612345678",
            email="thuis@voordeur.example" if mail else "",
            ways=("phone", "email") if mail else ("phone",),
            may_say_who=mail,
        )
        made = make.question(
            self.cast.here,
            *([domain] if domain else []),
            shares=None if danger else shares,
            danger=danger,
            reach=reach,
            name=NAME,
            words=WORDS,
            kind=kind,
            now=self.now,
        )
        self.questions.append(made.pk)
        self.touched = [made.pk]

    @asked
    @rule(q=numbers, u=who)
    def picks_up(self, q: int, u: int) -> None:
        self.attempt(
            lambda: pick_up.pick_up(
                question=self.question(q), by=self.user(u, self.question(q)), now=self.now
            )
        )

    @asked
    @rule(q=numbers, u=who)
    def puts_back(self, q: int, u: int) -> None:
        self.attempt(
            lambda: pick_up.put_back(
                question=self.question(q),
                by=self.user(u, self.question(q)),
                why="vol",
                now=self.now,
            )
        )

    @asked
    @rule(q=numbers, u=who, to=numbers)
    def assigns(self, q: int, u: int, to: int) -> None:
        self.attempt(
            lambda: assign.assign(
                question=self.question(q),
                to=self.user(to),
                by=self.user(u, self.question(q)),
                now=self.now,
            )
        )

    @asked
    @rule(q=numbers, u=who, o=numbers, yes=st.booleans(), triage=st.booleans())
    def moves(self, q: int, u: int, o: int, yes: bool, triage: bool) -> None:
        self.attempt(
            lambda: assign.move_lead(
                question=self.question(q),
                to=None if triage else self.organisation(o),
                by=self.user(u, self.question(q)),
                ground=Ground() if yes else None,
                why=Correction.Why.WRONG_DOMAIN,
                now=self.now,
            )
        )

    @asked
    @rule(q=numbers, u=who, outcome=st.sampled_from(list(ContactMoment.Outcome)))
    def speaks(self, q: int, u: int, outcome: Any) -> None:
        self.attempt(
            lambda: contact.log_contact(
                question=self.question(q),
                way=ContactMoment.Way.PHONE,
                outcome=outcome,
                by=self.user(u, self.question(q)),
                agreed="Wij bellen weer.",
                now=self.now,
            )
        )

    @asked
    @rule(q=numbers, u=who, days=st.integers(-1, 9))
    def plans(self, q: int, u: int, days: int) -> None:
        self.attempt(
            lambda: follow_ups.plan(
                question=self.question(q),
                what="bellen",
                due_on=local_date(self.now) + timedelta(days=days),
                by=self.user(u, self.question(q)),
                now=self.now,
            )
        )

    @asked
    @rule(q=numbers, u=who, days=st.integers(0, 9), does=st.booleans())
    def minds_what_is_due(self, q: int, u: int, days: int, does: bool) -> None:
        due = FollowUp.objects.filter(question=self.question(q)).order_by("-id").first()
        if due is None:
            return
        day = local_date(self.now) + timedelta(days=days)
        if does:
            self.attempt(
                lambda: follow_ups.done(
                    follow_up=due, by=self.user(u, self.question(q)), now=self.now
                )
            )
        else:
            self.attempt(
                lambda: follow_ups.move(
                    follow_up=due, due_on=day, by=self.user(u, self.question(q)), now=self.now
                )
            )

    @asked
    @rule(q=numbers, u=who, o=numbers, yes=mostly, stays=st.booleans())
    def proposes(self, q: int, u: int, o: int, yes: bool, stays: bool) -> None:
        self.attempt(
            lambda: handover.propose(
                question=self.question(q),
                to=self.organisation(o),
                why="Zij kunnen dit goed.",
                summary="Iemand met vragen over geld.",
                by=self.user(u, self.question(q)),
                yes_how=SharingBasis.How.PHONE if yes else None,
                sender_stays=stays,
                now=self.now,
            )
        )

    @asked
    @rule(q=numbers, yes=mostly, how=HOWS)
    def resident_answers(self, q: int, yes: bool, how: Any) -> None:
        offered = self.handover(q)
        if offered is not None:
            self.attempt(
                lambda: handover.resident_says(handover=offered, yes=yes, how=how, now=self.now)
            )

    @asked
    @rule(
        q=numbers,
        u=who,
        how=st.sampled_from(["accept", "accept", "accept", "decline", "ask", "answer"]),
    )
    def answers_the_handover(self, q: int, u: int, how: str) -> None:
        offered = self.handover(q)
        if offered is None:
            return
        lead = Question.objects.get(pk=offered.question_id).lead_id
        by = self.user(u, self.question(q)) if how == "answer" else self.receiver(u, offered)
        acts: dict[str, Callable[[], object]] = {
            "accept": lambda: handover.accept(handover=offered, by=by, now=self.now),
            "decline": lambda: handover.decline(
                handover=offered, reason="vol", by=by, now=self.now
            ),
            "ask": lambda: handover.ask(handover=offered, text="Hoe dan?", by=by, now=self.now),
            "answer": lambda: handover.answer(handover=offered, text="Zo.", by=by, now=self.now),
        }
        self.attempt(acts[how])
        assert Question.objects.get(pk=offered.question_id).lead_id == lead

    @asked
    @rule(q=numbers, u=who, by_resident=st.booleans())
    def they_meet(self, q: int, u: int, by_resident: bool) -> None:
        offered = self.handover(q)
        if offered is not None:
            self.attempt(
                lambda: handover.met(
                    handover=offered,
                    how="online" if by_resident else "phone",
                    recorded_by=None if by_resident else self.user(u, self.question(q)),
                    now=self.now,
                )
            )

    @asked
    @rule(q=numbers, u=who, by_resident=st.booleans())
    def stops_the_handover(self, q: int, u: int, by_resident: bool) -> None:
        offered = self.handover(q)
        if offered is None:
            return
        if by_resident:
            self.attempt(lambda: handover.resident_stops(handover=offered, now=self.now))
        else:
            self.attempt(
                lambda: handover.withdraw(
                    handover=offered, by=self.user(u, self.question(q)), now=self.now
                )
            )

    @asked
    @rule(q=numbers, u=who, o=numbers)
    def brings_in(self, q: int, u: int, o: int) -> None:
        self.attempt(
            lambda: support.bring_in(
                question=self.question(q),
                organisation=self.organisation(o),
                ground=Ground(),
                by=self.user(u, self.question(q)),
                now=self.now,
            )
        )

    @asked
    @rule(q=numbers, which=numbers)
    def resident_revokes(self, q: int, which: int) -> None:
        question = self.question(q)
        bases = list(question.sharing_bases.order_by("valid_from", "id"))
        basis = bases[which % len(bases)]
        done = self.attempt(lambda: revoke.revoke(question=question, basis=basis, now=self.now))
        if done:
            # The door is shut at once, whoever asks.
            assert not SharingBasis.objects.filter(pk=basis.pk, ended_at=None).exists()

    @asked
    @rule(q=numbers, what=st.sampled_from(["withdraw", "add", "reopen", "happy", "unhappy"]))
    def resident_acts(self, q: int, what: str) -> None:
        question, now = self.question(q), self.now
        acts: dict[str, Callable[[], object]] = {
            "withdraw": lambda: withdraw.withdraw(question=question, now=now),
            "add": lambda: withdraw.add_words(question=question, words="Nog iets.", now=now),
            "reopen": lambda: reopen.resident_reopens(question=question, now=now),
            "happy": lambda: close.give_verdict(question=question, verdict=5, now=now),
            "unhappy": lambda: close.give_verdict(question=question, verdict=1, now=now),
        }
        self.attempt(acts[what])

    @asked
    @rule(
        q=numbers,
        u=who,
        result=st.sampled_from([Question.Result.HELPED, Question.Result.NO_CONTACT]),
    )
    def closes(self, q: int, u: int, result: Any) -> None:
        self.attempt(
            lambda: close.close(
                question=self.question(q),
                result=result,
                words="Klaar.",
                by=self.user(u, self.question(q)),
                now=self.now,
            )
        )

    @asked
    @rule(q=numbers, u=who, danger=st.booleans())
    def judges(self, q: int, u: int, danger: bool) -> None:
        self.attempt(
            lambda: clock.judge(
                question=self.question(q),
                danger=danger,
                by=self.user(u, self.question(q)),
                now=self.now,
            )
        )

    @asked
    @rule(q=numbers, u=who, kind=st.sampled_from(list(Question.Kind)))
    def says_the_kind(self, q: int, u: int, kind: Any) -> None:
        self.attempt(
            lambda: clock.set_kind(
                question=self.question(q),
                kind=kind,
                by=self.user(u, self.question(q)),
                now=self.now,
            )
        )

    @asked
    @rule(q=numbers, u=who, o=numbers)
    def consults(self, q: int, u: int, o: int) -> None:
        self.attempt(
            lambda: consult.ask(
                question=self.question(q),
                to=self.organisation(o),
                text="Past dit bij jullie?",
                by=self.user(u, self.question(q)),
                now=self.now,
            )
        )

    @asked
    @rule(q=numbers, u=who)
    def opens(self, q: int, u: int) -> None:
        """Invariant 6: who reads stands in the log; who may not, reads nothing."""
        user, question = self.user(u), self.question(q)
        before = AccessEvent.objects.filter(question_id=question.pk, actor=user).count()
        allowed = Question.objects.visible_to(user, local_date(self.now)).contains(question)
        read = self.attempt(
            lambda: open_question(
                user=user,
                partnership=self.cast.here.partnership,
                question_id=question.pk,
                why="geopend",
                now=self.now,
            )
        )
        after = AccessEvent.objects.filter(question_id=question.pk, actor=user).count()
        assert (read, after - before) == (allowed, int(allowed))

    @rule(hours=st.sampled_from([1, 6, 24, 72, 24 * 9]))
    def time_passes(self, hours: int) -> None:
        """And the beat sweeps, twice at each moment."""
        self.touched = list(self.questions)
        self.now += timedelta(hours=hours)
        self.set_clock(self.now)
        reminders.sweep(now=self.now)
        told = Message.objects.count()
        reminders.sweep(now=self.now)
        assert Message.objects.count() == told

    # --- What always holds -----------------------------------------------------------------------
    @invariant()
    def one_lead_with_its_referral_and_basis(self) -> None:
        """Invariants 1 and 3 for the lead."""
        for question in Question.objects.filter(pk__in=self.touched):
            leads = Referral.objects.filter(question=question, part="lead", until=None)
            assert [r.organisation_id for r in leads] == [question.lead_id]
            if question.is_open:
                valid = SharingBasis.objects.filter(question=question, ended_at=None)
                if question.lead_team_id:
                    assert valid.filter(team_id=question.lead_team_id).count() == 1
                else:
                    assert valid.filter(organisation_id=question.lead_id).count() == 1
            for helping in Referral.objects.filter(question=question, part="support", until=None):
                assert SharingBasis.objects.filter(
                    question=question, organisation=helping.organisation, ended_at=None
                ).exists()
            assert question.decisions.exclude(facts={}).exists()

    @invariant()
    def the_sender_leads_until_they_have_met(self) -> None:
        """Invariant 2."""
        for offered in Handover.objects.filter(
            question__in=self.touched, status__in=Handover.OPEN
        ).select_related("question"):
            assert offered.question.lead_id == offered.sender_id
            assert offered.question.is_open
            assert offered.due_for == handover_steps.TURN[Handover.Status(offered.status)]
            if offered.status != Handover.Status.ACCEPTED:
                assert offered.basis is None

    @invariant()
    def nobody_reads_without_a_basis_that_holds(self) -> None:
        """Invariants 3 and 8: who has a basis is known, and visible_to says as the rules say."""
        for question in Question.objects.filter(pk__in=self.touched):
            for basis in question.sharing_bases.filter(ended_at=None):
                assert self._is_expected(question, basis), basis.organisation or basis.team
            for user in self.cast.users:
                sees = (
                    Question.objects.visible_to(user, local_date(self.now))
                    .filter(pk=question.pk)
                    .exists()
                )
                assert sees == bool(intake_rules.reads(user, question))
                if user in self.cast.strangers:
                    assert not sees

    @staticmethod
    def _is_expected(question: Question, basis: SharingBasis) -> bool:
        if basis.team_id is not None:
            return basis.team_id == question.lead_team_id or not question.is_open
        if basis.organisation_id == question.lead_id and question.lead_team_id is None:
            return True
        helps = Referral.objects.filter(
            question=question, organisation=basis.organisation, until=None
        ).exists()
        receives = Handover.objects.filter(basis=basis, status="accepted").exists()
        return helps or receives

    @invariant()
    def nothing_due_is_lost(self) -> None:
        """Invariant 5."""
        for question in Question.objects.filter(pk__in=self.touched):
            due = list(FollowUp.objects.filter(question=question, status="open"))
            kinds = {f.kind for f in due}
            if question.status == Question.Status.NEW:
                assert Kind.PICK_UP in kinds
            if question.status == Question.Status.PICKED_UP:
                assert Kind.PICK_UP not in kinds
                assert Kind.QUIET in kinds
                assert Kind.FIRST_CONTACT in kinds or question.first_contact_at
            if not question.is_open:
                assert kinds <= {Kind.CHECK}
            waiting = question.handovers.filter(status__in=Handover.OPEN).first()
            assert (Kind.HANDOVER in kinds) == (waiting is not None)
            involved = set(
                Referral.objects.filter(question=question, until=None).values_list(
                    "organisation_id", flat=True
                )
            )
            for row in due:
                self._somebody_has_it(question, row, waiting, involved)
            self.reached[question.status] += 1
            if waiting is not None:
                self.reached[waiting.status] += 1

    def _somebody_has_it(
        self,
        question: Question,
        row: FollowUp,
        waiting: Handover | None,
        involved: set[Any],
    ) -> None:
        if row.kind == Kind.HANDOVER and waiting is not None:
            expected = (
                waiting.receiver_id
                if waiting.due_for == handover_steps.RECEIVER
                else waiting.sender_id
            )
            assert row.organisation_id == expected
            assert row.due_on == waiting.due_on
        elif row.kind in (Kind.PICK_UP, Kind.FIRST_CONTACT, Kind.QUIET, Kind.DUTY, Kind.CLOCK):
            assert row.organisation_id == question.lead_id
            assert row.team_id == question.lead_team_id
        elif row.kind == Kind.AGREED:
            accepted = waiting is not None and waiting.status == Handover.Status.ACCEPTED
            allowed = involved | ({waiting.receiver_id} if accepted and waiting else set())
            team = question.lead_team_id is not None and row.team_id == question.lead_team_id
            assert row.organisation_id in allowed or team
        if row.kind in (Kind.PICK_UP, Kind.FIRST_CONTACT, Kind.AGREED):
            assert row.remind_at is not None or row.escalation > 0

    @invariant()
    def messages_are_single_and_say_nothing(self) -> None:
        """Invariants 5 and 9."""
        seen = set()
        for message in Message.objects.filter(about_id__in=self.touched):
            key = (
                message.subject_kind,
                message.subject_id,
                message.due_version,
                message.recipient_key,
            )
            assert key not in seen
            seen.add(key)
            text = f"{message.context} {message.calendar}"
            assert NAME not in text
            assert "geheim" not in text
            if message.recipient_kind == "resident":
                assert message.template in {"news", "check", "appointment"}
                assert set(message.context) <= {"path"}
                assert message.context.get("path", "/volg/").startswith("/volg/")

    @invariant()
    def the_database_agrees(self) -> None:
        """Invariant 8: every deferred constraint, the wall among them, checked now."""
        connection.check_constraints()


def test_whatever_people_do_the_invariants_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    make.fresh_front_doors()
    cast = Cast()

    class Here(Days):
        pass

    Here.cast = cast
    Here.reached = Counter()
    Here.set_clock = staticmethod(
        lambda moment: monkeypatch.setattr(timezone, "now", lambda: moment)
    )
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=int(os.environ.get("STATE_MACHINE_EXAMPLES", "12")),
            stateful_step_count=40,
            deadline=None,
            derandomize="STATE_MACHINE_EXAMPLES" not in os.environ,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    make.fresh_front_doors()
    # A walk that never came anywhere would prove nothing.
    assert {"new", "picked_up", "offered", "accepted", "closed"} <= set(Here.reached), Here.reached

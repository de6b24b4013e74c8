"""Asking, picking up, what is due, closing, and what the resident does alone."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from intake.access_log.open_question import open_question
from intake.danger import listening
from intake.danger.models import HeardDanger
from intake.questions.models import Question, SharingBasis
from referrals.casework import (
    assign as casework_assign,
)
from referrals.casework import (
    close as casework_close,
)
from referrals.casework import (
    contact_moments,
    pick_up,
)
from referrals.casework import (
    reopen as casework_reopen,
)
from referrals.casework import (
    support as casework_support,
)
from referrals.casework import (
    withdraw as casework_withdraw,
)
from referrals.casework_base.grounds import Ground
from referrals.casework_base.models import ContactMoment
from referrals.consultations import services as consultation_services
from referrals.follow_ups import legal_clock
from referrals.follow_ups import staff_actions as follow_up_actions
from referrals.follow_ups.models import FollowUp
from referrals.resident_portal import consent_withdrawal
from referrals.routing_review.models import Correction
from tests.referrals.state_machine.surroundings import NAME, WORDS, Around, numbers, requested, who
from tests.support import factories as make
from welzijn.audit.models import AccessEvent
from welzijn.audit.reasons import Reason
from welzijn.core.working_days import local_date

RESIDENTS_ACTS = ("withdraw", "add", "danger", "danger now", "reopen", "happy", "unhappy")


class Questions(Around):
    """What happens with one question."""

    @precondition(lambda self: len(self.questions) < 3)
    @rule(
        domain=st.sampled_from(["geld", "opgroeien", ""]),
        shares=st.booleans(),
        danger=st.booleans(),
        mail=st.booleans(),
        kind=st.sampled_from([Question.Kind.WELFARE, Question.Kind.DEBTS]),
        age=st.sampled_from(["", "", "16-17"]),
    )
    def ask(
        self, domain: str, shares: bool, danger: bool, mail: bool, kind: Any, age: str = ""
    ) -> None:
        reach = make.ContactChoices(
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
            age_band=age,
            postcode="3881",
            now=self.now,
        )
        self.questions.append(made.pk)
        self.touched = [made.pk]

    @requested
    @rule(q=numbers, u=who)
    def picks_up(self, q: int, u: int) -> None:
        self.attempt(
            lambda: pick_up.pick_up(
                question=self.question(q), by=self.user(u, self.question(q)), now=self.now
            )
        )

    @requested
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

    @requested
    @rule(q=numbers, u=who, to=numbers)
    def assigns(self, q: int, u: int, to: int) -> None:
        self.attempt(
            lambda: casework_assign.assign(
                question=self.question(q),
                to=self.user(to),
                by=self.user(u, self.question(q)),
                now=self.now,
                reason="drukte",
            )
        )

    @requested
    @rule(q=numbers, u=who, o=numbers, yes=st.booleans(), triage=st.booleans())
    def moves(self, q: int, u: int, o: int, yes: bool, triage: bool) -> None:
        self.attempt(
            lambda: casework_assign.move_lead(
                question=self.question(q),
                to=None if triage else self.cast.organisation(o),
                by=self.user(u, self.question(q)),
                ground=Ground() if yes else None,
                why=Correction.Why.WRONG_DOMAIN,
                now=self.now,
            )
        )

    @requested
    @rule(q=numbers, u=who, outcome=st.sampled_from(list(ContactMoment.Outcome)))
    def speaks(self, q: int, u: int, outcome: Any) -> None:
        self.attempt(
            lambda: contact_moments.log_contact(
                question=self.question(q),
                way=ContactMoment.Way.PHONE,
                outcome=outcome,
                by=self.user(u, self.question(q)),
                agreed="Wij bellen weer.",
                now=self.now,
            )
        )

    @requested
    @rule(q=numbers, u=who, days=st.integers(-1, 9))
    def plans(self, q: int, u: int, days: int) -> None:
        self.attempt(
            lambda: follow_up_actions.plan(
                question=self.question(q),
                what="bellen",
                due_on=local_date(self.now) + timedelta(days=days),
                by=self.user(u, self.question(q)),
                now=self.now,
            )
        )

    @requested
    @rule(q=numbers, u=who, days=st.integers(0, 9), does=st.booleans())
    def minds_what_is_due(self, q: int, u: int, days: int, does: bool) -> None:
        due = FollowUp.objects.filter(question=self.question(q)).order_by("-id").first()
        if due is None:
            return
        day = local_date(self.now) + timedelta(days=days)
        if does:
            self.attempt(
                lambda: follow_up_actions.done(
                    follow_up=due, by=self.user(u, self.question(q)), now=self.now
                )
            )
        else:
            self.attempt(
                lambda: follow_up_actions.move(
                    follow_up=due, due_on=day, by=self.user(u, self.question(q)), now=self.now
                )
            )

    @requested
    @rule(q=numbers, u=who, o=numbers)
    def brings_in(self, q: int, u: int, o: int) -> None:
        self.attempt(
            lambda: casework_support.bring_in(
                question=self.question(q),
                organisation=self.cast.organisation(o),
                ground=Ground(),
                by=self.user(u, self.question(q)),
                now=self.now,
            )
        )

    @requested
    @rule(q=numbers, which=numbers)
    def resident_revokes(self, q: int, which: int) -> None:
        question = self.question(q)
        bases = list(question.sharing_bases.order_by("valid_from", "id"))
        basis = bases[which % len(bases)]
        done = self.attempt(
            lambda: consent_withdrawal.revoke(question=question, basis=basis, now=self.now)
        )
        if done:
            # The door is shut at once, whoever asks.
            assert not SharingBasis.objects.filter(pk=basis.pk, ended_at=None).exists()

    @requested
    @rule(q=numbers, what=st.sampled_from(RESIDENTS_ACTS))
    def resident_acts(self, q: int, what: str) -> None:
        question, now = self.question(q), self.now
        acts: dict[str, Callable[[], object]] = {
            "withdraw": lambda: casework_withdraw.withdraw(question=question, now=now),
            "add": lambda: casework_withdraw.add_words(
                question=question, words="Nog iets.", now=now
            ),
            "danger": lambda: casework_withdraw.add_words(
                question=question, words="mijn man slaat mij", now=now
            ),
            "danger now": lambda: listening.answer_of(
                question=question, heard=None, answer=HeardDanger.Answer.NOW, now=now
            ),
            "reopen": lambda: casework_reopen.resident_reopens(question=question, now=now),
            "happy": lambda: casework_close.give_verdict(question=question, verdict=5, now=now),
            "unhappy": lambda: casework_close.give_verdict(question=question, verdict=1, now=now),
        }
        self.attempt(acts[what])

    @requested
    @rule(
        q=numbers,
        u=who,
        result=st.sampled_from([Question.Result.HELPED, Question.Result.NO_CONTACT]),
    )
    def closes(self, q: int, u: int, result: Any) -> None:
        self.attempt(
            lambda: casework_close.close(
                question=self.question(q),
                result=result,
                words="Klaar.",
                by=self.user(u, self.question(q)),
                now=self.now,
            )
        )

    @requested
    @rule(q=numbers, u=who, danger=st.booleans())
    def judges(self, q: int, u: int, danger: bool) -> None:
        self.attempt(
            lambda: legal_clock.judge(
                question=self.question(q),
                danger=danger,
                by=self.user(u, self.question(q)),
                now=self.now,
            )
        )

    @requested
    @rule(q=numbers, u=who, kind=st.sampled_from(list(Question.Kind)))
    def says_the_kind(self, q: int, u: int, kind: Any) -> None:
        self.attempt(
            lambda: legal_clock.set_kind(
                question=self.question(q),
                kind=kind,
                by=self.user(u, self.question(q)),
                now=self.now,
            )
        )

    @requested
    @rule(q=numbers, u=who, o=numbers)
    def consults(self, q: int, u: int, o: int) -> None:
        self.attempt(
            lambda: consultation_services.ask(
                question=self.question(q),
                to=self.cast.organisation(o),
                text="Past dit bij jullie?",
                by=self.user(u, self.question(q)),
                now=self.now,
            )
        )

    @requested
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
                why=Reason.OPENED,
                now=self.now,
            )
        )
        after = AccessEvent.objects.filter(question_id=question.pk, actor=user).count()
        assert (read, after - before) == (allowed, int(allowed))

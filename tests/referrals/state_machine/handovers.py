"""The warm handover, with what the receiver asks first."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from intake.questions.models import Question, SharingBasis
from referrals.handovers import clarifications
from referrals.handovers import completion as handover_completion
from referrals.handovers import services as handover_services
from referrals.handovers.models import HandoverTalk
from tests.referrals.state_machine.surroundings import Around, mostly, numbers, requested, who

HOWS = st.sampled_from([SharingBasis.How.PHONE, SharingBasis.How.ONLINE])


class Handovers(Around):
    """From the lead to another organisation."""

    @requested
    @rule(q=numbers, u=who, o=numbers, yes=mostly, stays=st.booleans())
    def proposes(self, q: int, u: int, o: int, yes: bool, stays: bool) -> None:
        self.attempt(
            lambda: handover_services.propose(
                question=self.question(q),
                to=self.cast.organisation(o),
                why="Zij kunnen dit goed.",
                summary="Iemand met vragen over geld.",
                by=self.user(u, self.question(q)),
                yes_how=SharingBasis.How.PHONE if yes else None,
                sender_stays=stays,
                now=self.now,
            )
        )

    @requested
    @rule(q=numbers, yes=mostly, how=HOWS)
    def resident_answers(self, q: int, yes: bool, how: Any) -> None:
        offered = self.handover(q)
        if offered is not None:
            self.attempt(
                lambda: handover_services.resident_says(
                    handover=offered, yes=yes, how=how, now=self.now
                )
            )

    @requested
    @rule(
        q=numbers,
        u=who,
        how=st.sampled_from(["accept", "accept", "accept", "decline", "ask", "answer"]),
        notified=st.booleans(),
    )
    def answers_the_handover(self, q: int, u: int, how: str, notified: bool = False) -> None:
        offered = self.handover(q)
        if offered is None:
            return
        lead = Question.objects.get(pk=offered.question_id).lead_id
        by = self.user(u, self.question(q)) if how == "answer" else self.receiver(u, offered)
        acts: dict[str, Callable[[], object]] = {
            "accept": lambda: handover_services.accept(handover=offered, by=by, now=self.now),
            "decline": lambda: handover_services.decline(
                handover=offered, reason="vol", by=by, now=self.now
            ),
            "ask": lambda: clarifications.ask(
                handover=offered, text="Hoe dan?", by=by, now=self.now
            ),
            "answer": lambda: clarifications.answer(
                handover=offered,
                text="Zo.",
                yes_how=SharingBasis.How.PHONE if notified else None,
                by=by,
                now=self.now,
            ),
        }
        self.attempt(acts[how])
        assert Question.objects.get(pk=offered.question_id).lead_id == lead

    @requested
    @rule(q=numbers, yes=mostly, how=HOWS)
    def resident_reads_the_answer(self, q: int, yes: bool, how: Any) -> None:
        """Invariant 3: what is said about them, they have said yes to."""
        talk = HandoverTalk.objects.filter(handover=self.handover(q), needs_yes=True).last()
        if talk is not None:
            self.attempt(
                lambda: clarifications.resident_says(talk=talk, yes=yes, how=how, now=self.now)
            )

    @requested
    @rule(q=numbers, u=who, hours=st.integers(-1, 200))
    def plans_the_meeting(self, q: int, u: int, hours: int) -> None:
        """The three choose a moment."""
        offered = self.handover(q)
        if offered is not None:
            self.attempt(
                lambda: handover_completion.plan_meeting(
                    handover=offered,
                    at=self.now + timedelta(hours=hours),
                    where="Het Trefpunt",
                    by=self.user(u, self.question(q)),
                    now=self.now,
                )
            )

    @requested
    @rule(q=numbers, u=who, by_resident=st.booleans())
    def they_meet(self, q: int, u: int, by_resident: bool) -> None:
        offered = self.handover(q)
        if offered is not None:
            self.attempt(
                lambda: handover_completion.met(
                    handover=offered,
                    how="online" if by_resident else "phone",
                    recorded_by=None if by_resident else self.user(u, self.question(q)),
                    now=self.now,
                )
            )

    @requested
    @rule(q=numbers, u=who, by_resident=st.booleans())
    def stops_the_handover(self, q: int, u: int, by_resident: bool) -> None:
        offered = self.handover(q)
        if offered is None:
            return
        if by_resident:
            self.attempt(lambda: handover_services.resident_stops(handover=offered, now=self.now))
        else:
            self.attempt(
                lambda: handover_services.withdraw(
                    handover=offered, by=self.user(u, self.question(q)), now=self.now
                )
            )

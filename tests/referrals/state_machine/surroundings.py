"""What is drawn, and how something is tried."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition

from intake.questions.models import Question
from intake.questions.status import WrongMomentError
from referrals.casework_base import acting_membership
from referrals.conferences.models import Conference
from referrals.handovers import state_machine as handover_state_machine
from referrals.handovers.models import Handover
from referrals.reminders import sweep as reminder_sweep
from tests.referrals.state_machine.cast import Cast
from tests.support import factories as make
from welzijn.accounts.models import User
from welzijn.core.working_days import local_date
from welzijn.notifications import delivery
from welzijn.notifications.models import Message

NAME = "Zonnebloem"
WORDS = "Het geheim van de vraag."
REFUSALS = (WrongMomentError, PermissionDenied, ValidationError, Http404)

requested = precondition(lambda self: bool(getattr(self, "questions", None)))
numbers = st.integers(0, 30)
# Mostly the one who has it, so that a walk gets somewhere; else anybody.
who = st.one_of(st.just(-1), st.just(-1), st.just(-1), numbers)
mostly = st.sampled_from([True, True, True, False])


class Around(RuleBasedStateMachine):
    """One partnership, some questions, and time."""

    cast: Cast
    reached: Counter[str]
    set_clock: Callable[[datetime], None]

    def begins(self) -> None:
        """A Tuesday morning; nobody has asked anything."""
        self.now = make.TUESDAY
        self.set_clock(self.now)
        self.questions: list[Any] = []
        # What the last step was about: the only rows that it can have broken.
        self.touched: list[Any] = []
        mail.outbox.clear()

    def teardown(self) -> None:
        """Everything of this walk goes."""
        self.cast.clear()

    # --- What is drawn ---------------------------------------------------------------------------
    def question(self, number: int) -> Question:
        """One of those asked."""
        self.touched = [self.questions[number % len(self.questions)]]
        return Question.objects.get(pk=self.touched[0])

    def user(self, number: int, question: Question | None = None) -> User:
        """Somebody; below zero the one who has it, or who could."""
        if number >= 0 or question is None:
            return self.cast.users[number % len(self.cast.users)]
        if question.assigned_to is not None:
            return question.assigned_to
        for user in self.cast.users:
            if acting_membership.leading_as(user, question, local_date(self.now)):
                return user
        return self.cast.users[0]

    def receiver(self, number: int, offered: Handover, *, another: bool = False) -> User:
        """Somebody; below zero an intake worker of the receiver (`another`: the last one)."""
        if number >= 0:
            return self.user(number, offered.question)
        on = local_date(self.now)
        fitting = [
            u for u in self.cast.users if handover_state_machine.receiving_as(u, offered, on)
        ]
        return fitting[-1 if another else 0] if fitting else self.user(0)

    def handover(self, number: int) -> Handover | None:
        """The latest handover of a question, also one that is over."""
        return self.question(number).handovers.order_by("-proposed_at", "-id").first()

    def conference(self, number: int) -> Conference | None:
        """One of the MDOs, also one that is over; what it touches is its questions."""
        found = list(Conference.objects.order_by("proposed_at", "id"))
        if not found:
            return None
        chosen = found[number % len(found)]
        self.touched = list(chosen.agenda.values_list("question_id", flat=True))
        return chosen

    def organiser(self, number: int, conference: Conference) -> User:
        """Somebody; below zero who works on its first question."""
        item = conference.agenda.order_by("added_at", "id").first()
        return self.user(number, item.question if item else None)

    # --- How it is tried -------------------------------------------------------------------------
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

    def pass_time(self, hours: int) -> None:
        """The beat sweeps, twice at each moment, and what is due is sent once."""
        self.touched = list(self.questions)
        self.now += timedelta(hours=hours)
        self.set_clock(self.now)
        reminder_sweep.sweep(now=self.now)
        notified = Message.objects.count()
        reminder_sweep.sweep(now=self.now)
        assert Message.objects.count() == notified
        delivery.sweep(now=self.now)
        delivery.sweep(now=self.now)
        sent = [m.extra_headers["Message-ID"] for m in mail.outbox]
        assert len(sent) == len(set(sent))

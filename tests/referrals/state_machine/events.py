"""Events of the whole partnership: a worker falls ill, time passes, the retention task runs."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from intake.questions.models import Question, SharingBasis, TimelineEntry
from referrals.casework import absence
from referrals.follow_ups.models import FollowUp
from referrals.retention.models import DeletionProof
from referrals.retention.run import retain
from tests.referrals.state_machine.surroundings import NAME, WORDS, Around, numbers, requested, who
from tests.support import factories as make
from welzijn.notifications.models import Message


class Events(Around):
    """What no single question is asked about."""

    @requested
    @rule(u=who, who_leaves=numbers, to=numbers, back=st.booleans())
    def hands_on_everything(self, u: int, who_leaves: int, to: int, back: bool) -> None:
        """Somebody falls ill: all of their work goes to a colleague or back to the mailbox."""
        worker = self.user(who_leaves)
        self.touched = list(self.questions)
        self.attempt(
            lambda: absence.hand_on_everything(
                worker=worker,
                to=None if back else self.user(to),
                partnership=self.cast.here.partnership,
                by=self.cast.users[7] if u < 0 else self.user(u),
                now=self.now,
                reason="ziek",
            )
        )

    @rule(hours=st.sampled_from([1, 6, 24, 72, 24 * 9]))
    def time_passes(self, hours: int) -> None:
        """See `pass_time`."""
        self.pass_time(hours)

    @requested
    @rule(years=st.sampled_from([1, 3]))
    def retention_runs(self, years: int) -> None:
        """Invariant 10: what is over goes, whole; what is open or younger stays."""
        ended = Question.objects.exclude(status__in=["new", "picked_up"])
        self.now += timedelta(days=366 * years)
        self.set_clock(self.now)
        # The term is two years; whoever was heard of since then keeps it longer.
        old = self.now - timedelta(days=366 * 2 + 2)
        heard = TimelineEntry.objects.exclude(actor_kind="system").filter(at__gte=old)
        expected = set(
            ended.filter(last_activity_at__lt=old)
            .exclude(pk__in=heard.values("question"))
            .exclude(follow_ups__status="open")
            .filter(kind__in=[Question.Kind.WELFARE, Question.Kind.ADVICE])
            .values_list("pk", flat=True)
        )
        # Lines of the log have a term and a proof of their own.
        proved = DeletionProof.objects.exclude(kind="log")
        proofs = proved.count()
        retain(now=self.now)
        gone = set(self.questions) - set(Question.objects.values_list("pk", flat=True))
        assert expected <= gone
        assert bool(gone) == (proved.count() > proofs)
        for rows in (FollowUp, TimelineEntry, SharingBasis):
            assert not rows.objects.filter(question__in=gone).exists()
        assert not Message.objects.filter(about_id__in=gone).exists()
        self.reached["gone"] += len(gone)
        for place, pk in enumerate(self.questions):
            if pk in gone:
                # Somebody else asks, so that what is drawn later never depends on who is left.
                self._asks_anew(place)
        self.touched = list(self.questions)

    def _asks_anew(self, place: int) -> None:
        self.questions[place] = make.question(
            self.cast.here, "geld", name=NAME, words=WORDS, postcode="3881", now=self.now
        ).pk

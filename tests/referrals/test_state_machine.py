"""Random days in a partnership: whatever people do, in whatever order, the invariants hold.

Everybody tries everything: the lead, the receiver, triage, a coordinator, the wijkaanjager, a
stranger of another partnership, the resident; with handover, follow-up, household and MDO, and two
of them at the same moment in real transactions. What they may not do is refused with a sentence;
after each step the database is checked against invariants 1 to 6, 8 and 9 of DESIGN section 4.
By hand, for thousands of steps: STATE_MACHINE=thousands, or another number of walks.
"""

import os
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, run_state_machine_as_test

from intake.models import Question
from tests import factories as make
from tests.referrals.days.cast import Cast
from tests.referrals.days.family import Families
from tests.referrals.days.handovers import Handovers
from tests.referrals.days.invariants import Invariants
from tests.referrals.days.question import Questions
from tests.referrals.days.together import Together, close_connections
from welzijn.notifications import outbox

pytestmark = pytest.mark.django_db(transaction=True)
WALKS = {"": 7, "thousands": 150}
STEPS = 40
STARTS = [
    "new",
    "picked_up",
    "proposed",
    "offered",
    "answered",
    "accepted",
    "family",
    "mdo",
    "mdo planned",
]


class Days(Questions, Handovers, Families, Together, Invariants):
    """One partnership, some questions, and time."""

    @initialize(start=st.sampled_from(STARTS))
    def begin(self, start: str) -> None:
        """A morning with one question, some way on: from "new" alone a walk seldom comes far."""
        self.begins()
        self.ask(domain="geld", shares=True, danger=False, mail=True, kind=Question.Kind.WELFARE)
        if start != "new":
            self.picks_up(q=0, u=-1)
        if start in {"proposed", "offered", "answered", "accepted"}:
            self.proposes(q=0, u=-1, o=1, yes=start != "proposed", stays=False)
        if start == "answered":
            self.answers_the_handover(q=0, u=-1, how="ask")
            self.answers_the_handover(q=0, u=-1, how="answer")
        if start == "accepted":
            self.answers_the_handover(q=0, u=-1, how="accept")
        if start in {"family", "mdo", "mdo planned"}:
            self.ask(
                domain="opgroeien",
                shares=True,
                danger=False,
                mail=False,
                kind=Question.Kind.WELFARE,
                age="16-17" if start == "mdo" else "",
            )
            self.picks_up(q=1, u=-1)
            self.links(q=0, other=1, u=-1, by_resident=True)
        if start in {"mdo", "mdo planned"}:
            self.asks_for_an_mdo(q=0, u=-1, by_resident=False)
            self.invites(c=0, u=-1, whom=2, outside=False)
            self.shares(c=0, i=0, u=-1, o=1)
        if start == "mdo planned":
            self.plans_the_mdo(c=0, u=-1, hours=50, place="Hier")
        self.touched = list(self.questions)


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    pool = ThreadPoolExecutor(2)
    yield pool
    close_connections(pool)


def test_whatever_people_do_the_invariants_hold(
    monkeypatch: pytest.MonkeyPatch, threads: ThreadPoolExecutor
) -> None:
    # The test sweeps by itself; no worker listens.
    monkeypatch.setattr(outbox, "nudge", lambda: None)
    monkeypatch.setattr(outbox, "_nudge", lambda: None)
    make.fresh_front_doors()

    class Here(Days):
        pass

    Here.cast = Cast()
    Here.reached = Counter()
    Here.threads = threads
    Here.set_clock = staticmethod(
        lambda moment: monkeypatch.setattr(timezone, "now", lambda: moment)
    )
    wanted = os.environ.get("STATE_MACHINE", "")
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=WALKS.get(wanted) or int(wanted),
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=not wanted,
            database=None,
            suppress_health_check=list(HealthCheck),
            print_blob=False,
            # Of two at once another comes first each time: shrinking would look for what is gone.
            phases=[Phase.generate],
        ),
    )
    make.fresh_front_doors()
    print(dict(Here.reached))  # noqa: T201 - shown with -s, and when it fails
    if wanted:
        return
    # Walks that never came anywhere would prove nothing; those of the suite are always the same.
    assert {"new", "picked_up", "two at once"} <= set(Here.reached), Here.reached
    further = {"offered", "answered", "accepted", "closed", "household", "mdo proposed"}
    assert len(further & set(Here.reached)) >= 3, Here.reached

"""Two people at the same moment: exactly one outcome, as if they had come one after the other.

Both orders are first tried and taken back; then both people act at once, in transactions of their
own. What they are told and what stands in the database afterwards has to be that of one of the
orders. A deadlock, a constraint that answers instead of a sentence, or a mixture of both fails.
"""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection, transaction
from hypothesis import strategies as st
from hypothesis.stateful import rule

from referrals.reminders import sweep as reminder_sweep
from tests.referrals.state_machine.actions import Act, acts_on
from tests.referrals.state_machine.snapshot import picture
from tests.referrals.state_machine.surroundings import REFUSALS, Around, requested


class Together(Around):
    """Two at once."""

    threads: ThreadPoolExecutor

    @requested
    @rule(q=st.integers(0, 30), first=st.integers(0, 200), second=st.integers(0, 200))
    def two_at_once(self, q: int, first: int, second: int) -> None:
        """Whatever two people do at the same moment, it is as if one had come first."""
        question = self.question(q)
        acts = acts_on(self, question.pk)
        names = sorted(acts)
        pair = (names[first % len(names)], names[second % len(names)])
        one, two = (acts[name] for name in pair)
        self.touched = list(self.questions)
        answers_first, after_first = self._in_order(one, two)
        answers_second, after_second = self._in_order(two, one)
        expected = [(answers_first, after_first), (answers_second[::-1], after_second)]
        barrier = Barrier(2)
        running = [self.threads.submit(_run, act, barrier) for act in (one, two)]
        shown = [task.result(timeout=120) for task in running]
        self._settle()
        found = (shown, picture())
        assert "refused without a sentence" not in shown, pair
        assert found in expected, (pair, shown, [_difference(found[1], e[1]) for e in expected])
        self.reached["two at once"] += 1
        if "ok" in shown and set(shown) != {"ok"}:
            self.reached["one of two refused"] += 1

    # A walk leaves some of its rules out; these are to be in most.
    @requested
    @rule(q=st.integers(0, 30), first=st.integers(0, 200), second=st.integers(0, 200))
    def two_others_at_once(self, q: int, first: int, second: int) -> None:
        """As above."""
        self.two_at_once(q, first, second)

    @requested
    @rule(q=st.integers(0, 30), first=st.integers(0, 200))
    def the_same_twice_at_once(self, q: int, first: int) -> None:
        """A double click."""
        self.two_at_once(q, first, first)

    def _in_order(self, one: Act, two: Act) -> tuple[list[str], dict[str, Any]]:
        with transaction.atomic():
            shown = [_outcome(one), _outcome(two)]
            self._settle()
            seen = picture()
            transaction.set_rollback(True)
        return shown, seen

    def _settle(self) -> None:
        """A sweep passes over what somebody else holds; the next one finds it."""
        reminder_sweep.sweep(now=self.now)


def _outcome(act: Act) -> str:
    try:
        with transaction.atomic():
            act()
    except REFUSALS as error:
        return type(error).__name__ if str(error) else "refused without a sentence"
    return "ok"


def _run(act: Act, barrier: Barrier) -> str:
    barrier.wait(timeout=120)
    return _outcome(act)


def _difference(found: dict[str, Any], wanted: dict[str, Any]) -> dict[str, Any]:
    return {
        name: (found[name] - wanted[name], wanted[name] - found[name])
        if isinstance(found[name], Counter)
        else (found[name], wanted[name])
        for name in found
        if found[name] != wanted[name]
    }


def close_connections(threads: ThreadPoolExecutor) -> None:
    """Each thread ends its own connection; then the threads end."""
    barrier = Barrier(2)

    def leave() -> None:
        barrier.wait(timeout=120)
        connection.close()

    for task in [threads.submit(leave), threads.submit(leave)]:
        task.result(timeout=120)
    threads.shutdown()

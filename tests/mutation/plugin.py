"""A pytest plugin that runs the tests it is given once as they are, and then against mutants.

    pytest -p tests.mutation.plugin --mutate-with PLAN.json TESTS    all mutants of a plan, in forks
    pytest -p tests.mutation.plugin --mutant PLAN.json TESTS         one mutant, from its import on

The first way is quick: Django, the tests and their database are ready, and a mutant runs only the
tests that pass through its lines, until one fails. What survives is tried again the second way.
"""

import json
import os
import signal
import sys
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from coverage import Coverage
from hypothesis import Phase, settings

from tests.mutation.operators import Mutant
from tests.mutation.patching import Substitute, put_in_place

KILLED, SURVIVED, TIMED_OUT = 1, 0, 2
_PATIENCE = 10.0
"""Seconds that one test of a mutant may take beyond five times the test without it."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the two ways."""
    parser.addoption("--mutate-with", default=None, help="a plan with mutants")
    parser.addoption("--mutant", default=None, help="a plan with one mutant")


def pytest_configure(config: pytest.Config) -> None:
    """Mutate before anything of ours is imported, or register what runs the mutants."""
    if plan := config.getoption("--mutate-with"):
        config.pluginmanager.register(_Runner(Path(plan)), "mutants")
        # A mutant is dead at the first example that fails; the smallest one is of no use.
        settings.register_profile("mutants", phases=[Phase.explicit, Phase.generate])
        settings.load_profile("mutants")


def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """The conftest imports the product: the one mutant goes first."""
    plan = early_config.known_args_namespace.mutant
    if plan:
        [mutant] = _read(Path(plan))
        sys.meta_path.insert(0, Substitute(mutant.path, mutant.source))


def _read(plan: Path) -> list[Mutant]:
    return [Mutant(**{**one, "lines": tuple(one["lines"])}) for one in json.loads(plan.read_text())]


class _Runner:
    """Runs the tests, remembers which lines each passes through, and then each mutant in a fork."""

    def __init__(self, plan: Path) -> None:
        self._plan, self._mutants = plan, _read(plan)
        self._files = {str(Path(m.path).resolve()): m.path for m in self._mutants}
        self._through: dict[tuple[str, int], set[int]] = defaultdict(set)
        self._seconds: dict[int, float] = {}
        self._kills: Counter[int] = Counter()

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Take the place of pytest's own loop."""
        failed = self._as_they_are(session)
        if failed:
            session.shouldfail = f"{failed} tests fail without any mutant"
            raise session.Failed(session.shouldfail)
        self._control(session)
        with self._plan.with_suffix(".results").open("w") as results:
            for number, mutant in enumerate(self._mutants):
                tests = self._tests_of(mutant)
                outcome, why = self._in_a_fork(session, [mutant], tests)
                by = why.partition("\n")[0]
                self._kills.update(n for n in tests if session.items[n].nodeid == by)
                line = {
                    "number": number,
                    "outcome": outcome,
                    "by": by,
                    "tried": len(tests),
                    "at_import": not self._passing(mutant),
                }
                results.write(json.dumps(line) + "\n")
                results.flush()
        return True

    def _control(self, session: pytest.Session) -> None:
        """Run all tests in a fork with every module put in place unchanged: none may fail."""
        same = [
            Mutant(path, "", 0, (0, 0), "", "", Path(path).read_text())
            for path in self._files.values()
        ]
        outcome, why = self._in_a_fork(session, same, list(self._seconds))
        if outcome != SURVIVED:
            sys.stderr.write(f"unchanged modules fail in a fork: {why}\n")
            raise session.Failed("the control fails")

    def _as_they_are(self, session: pytest.Session) -> int:
        failed = 0
        measured = Coverage(data_file=None, include=list(self._files), config_file=False)
        measured.start()
        for number, item in enumerate(session.items):
            measured.switch_context(str(number))
            began = time.monotonic()
            reports = _run(session, number)
            self._seconds[number] = time.monotonic() - began
            if any(report.failed for report in reports):
                failed += 1
                sys.stderr.write(f"fails without a mutant: {item.nodeid}\n")
        measured.stop()
        for file, path in self._files.items():
            for line, tests in measured.get_data().contexts_by_lineno(file).items():
                self._through[path, line] |= {int(number) for number in tests if number}
        return failed

    def _in_a_fork(
        self, session: pytest.Session, mutants: list[Mutant], tests: list[int]
    ) -> tuple[int, str]:
        """Give the outcome, and which test failed and how."""
        from django.db import connections

        allowed = {n: 5 * self._seconds[n] + _PATIENCE for n in tests}
        connections.close_all()
        sys.stdout.flush()
        sys.stderr.flush()
        with tempfile.TemporaryFile() as shown:
            child = os.fork()
            if child == 0:
                os._exit(_be_the_mutant(session, mutants, allowed, shown.fileno()))
            outcome = _wait(child)
            shown.seek(0)
            why = shown.read().decode(errors="replace")
        if outcome == TIMED_OUT:
            _empty_database(session)
        return outcome, why

    def _passing(self, mutant: Mutant) -> set[int]:
        """The tests that pass through its lines; none for what runs at import only."""
        lines = range(mutant.lines[0], mutant.lines[1] + 1)
        return set().union(*(self._through.get((mutant.path, line), set()) for line in lines))

    def _tests_of(self, mutant: Mutant) -> list[int]:
        """The tests that pass through its lines, all of them where none does; the likeliest first.

        That is the one that killed most mutants before, then the quickest.

        A line that runs at import only (a constant, a default) is passed by no test.
        """
        found = self._passing(mutant) or set(self._seconds)
        return sorted(found, key=lambda n: (-self._kills[n], self._seconds[n]))


class _Session:
    """Looks like a next test that shares only the session, so that its database stays."""

    def __init__(self, session: pytest.Session) -> None:
        self._session = session

    def listchain(self) -> list[pytest.Session]:
        """What of the fixtures' owners is still needed."""
        return [self._session]


def _run(session: pytest.Session, number: int) -> list[pytest.TestReport]:
    following: Any = _Session(session)
    return runtestprotocol(session.items[number], log=False, nextitem=following)


def _be_the_mutant(
    session: pytest.Session, mutants: list[Mutant], allowed: dict[int, float], writer: int
) -> int:
    """In the fork: 1 where a test fails, 0 where none does. `allowed`: seconds by test, in order.

    A test that takes longer ends the fork by SIGALRM, so that one that hangs costs its own time
    and not that of all tests that would follow.
    """
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.dup2(null, 2)
    try:
        for mutant in mutants:
            put_in_place(mutant.path, mutant.source)
    except Exception as error:  # noqa: BLE001 - a module that can't be imported is noticed by all
        os.write(writer, f"at import: {type(error).__name__}".encode())
        return KILLED
    for number, seconds in allowed.items():
        signal.setitimer(signal.ITIMER_REAL, seconds)
        for report in _run(session, number):
            if report.failed:
                why = f"{session.items[number].nodeid}\n{report.longreprtext}"
                os.write(writer, why.encode())
                return KILLED
    return SURVIVED


def _wait(child: int) -> int:
    _child, ended = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(ended)
    if code == -signal.SIGALRM:
        return TIMED_OUT
    return SURVIVED if code == SURVIVED else KILLED


def _empty_database(session: pytest.Session) -> None:
    """What a mutant that hung may have written for good, in a test with real transactions."""
    from django.core.management import call_command
    from pytest_django.plugin import blocking_manager_key

    with session.config.stash[blocking_manager_key].unblock():
        call_command("flush", verbosity=0, interactive=False)

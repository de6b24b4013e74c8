"""`manage.py bench` runs what it was asked for, and refuses what makes no sense."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from welzijn.devtools.bench import isolated_run
from welzijn.devtools.bench.registry import BENCHES


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """What would have run in isolation."""
    calls: list[tuple[Any, ...]] = []

    def run(*given: Any) -> dict[str, Any]:
        calls.append(given)
        return {"goals": {"all": True}}

    monkeypatch.setattr(isolated_run, "run", run)
    return calls


@pytest.mark.parametrize(
    "given",
    [
        [],
        ["niets"],
        ["submit", "--rounds", "0"],
        ["submit", "--rounds", "veel"],
        ["submit", "--questions", "10"],
        ["caseload", "--questions", "-5"],
        ["caseload", "--questions", "1000"],
        ["caseload", "--few", "2000000"],
        ["caseload", "--questions", "900000000000"],
        ["caseload", "--rounds", "3"],
        ["report", "--few", "10"],
        ["report", "--keep", "/nergens/dan/ook"],
        ["routing", "--questions", "5"],
        ["routing", "--keep", "ergens"],
        ["words", "--due", "5"],
        ["reminders", "--due", "0"],
        ["reminders", "--keep", "ergens"],
        ["submit", "caseload"],
        ["submit", "--loud"],
        ["flood", "--count", "0"],
        ["flood", "--due", "5"],
        ["submit", "--rate", "5"],
    ],
)
def test_nonsense_is_refused(given: list[str], ran: list[tuple[Any, ...]]) -> None:
    with pytest.raises(CommandError):
        call_command("bench", *given)
    assert not ran


def test_a_folder_of_something_else_is_left_alone(
    tmp_path: Path, ran: list[tuple[Any, ...]]
) -> None:
    (tmp_path / "brieven").write_text("van iemand")
    with pytest.raises(CommandError, match="something else"):
        call_command("bench", "submit", "--keep", str(tmp_path))
    with pytest.raises(CommandError, match="no folder"):
        call_command("bench", "submit", "--keep", str(tmp_path / "brieven"))
    assert not ran


def test_a_bench_gets_its_own_options_and_no_others(
    tmp_path: Path, ran: list[tuple[Any, ...]], capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("bench", "submit", "--json")
    call_command("bench", "caseload", "--questions", "50000", "--keep", str(tmp_path / "nieuw"))
    assert ran == [
        ("submit", {"rounds": 8}, None),
        ("caseload", {"questions": 50_000, "few": 10_000}, tmp_path / "nieuw"),
    ]
    assert '{"goals": {"all": true}}' in capsys.readouterr().out


def test_every_bench_of_the_design_is_there() -> None:
    assert set(BENCHES) == {
        "submit",
        "caseload",
        "report",
        "disclosure",
        "routing",
        "words",
        "reminders",
        "outbox",
        "flood",
        "log-chain",
    }

"""Reads the hand-written demo data: `questions/<partnership>.toml` and `questions/phrases.toml`."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from intake.questions.models import Question

_FOLDER = Path(__file__).with_name("questions")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step in the handling of a question. `after`: working days since it was received."""

    action: Literal[
        "pick_up",
        "contact",
        "no_answer",
        "follow_up",
        "propose",
        "offer",
        "accept",
        "decline",
        "close",
        "withdraw",
    ]
    after: int = 0
    text: str = ""
    note: str = ""
    to: str = ""
    result: str = Question.Result.HELPED
    verdict: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoQuestion:
    """One question; most fields are those of `intake.submission.submission.Asked` and `Reachable`.

    `working_days_ago` counts back from the day on which the demo is loaded; `time` is local time.
    """

    key: str
    working_days_ago: int
    time: str = "10:20"
    words: str = ""
    life_domains: tuple[str, ...] = ()
    age_band: str = ""
    postcode: str = ""
    neighbourhood: str = ""
    name: str = ""
    phone: str = ""
    email: str = ""
    channel: str = Question.Channel.ONLINE
    about: str = Question.About.SELF
    subject_name: str = ""
    subject_knows: str = ""
    consent: Literal["yes", "no", "not_asked"] = "yes"
    danger: bool = False
    soon: bool = False
    kind: str = Question.Kind.WELFARE
    may_leave_message: bool = False
    may_say_who: bool = False
    language: str = "nl"
    interpreter: bool = False
    times: tuple[str, ...] = ()
    times_note: str = ""
    opening_answers: tuple[tuple[str, str], ...] = ()
    brought_by: str = ""
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoSignal:
    """A signal from practice. `bundle`: the key of the bundle it was sent in, if any."""

    working_days_ago: int
    organisation: str
    kind: str
    text: str
    municipalities: tuple[str, ...]
    bundle: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoBundle:
    """A bundle of signals that was sent. `meeting_in`: working days from today, may be negative."""

    key: str
    municipality: str
    working_days_ago: int
    meeting_in: int
    title: str
    text: str
    asks: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class DemoData:
    """The hand-written data of one partnership, in the order of its file."""

    questions: tuple[DemoQuestion, ...] = ()
    signals: tuple[DemoSignal, ...] = ()
    bundles: tuple[DemoBundle, ...] = ()


@dataclass(frozen=True, slots=True)
class Phrases:
    """Texts of generated questions: phrases by life domain, each followed by an ending."""

    general: tuple[str, ...]
    endings: tuple[str, ...]
    life_domains: Mapping[str, tuple[str, ...]]

    def of(self, life_domain: str) -> Sequence[str]:
        """The phrases of a life domain; the general ones where it has none of its own."""
        return self.life_domains.get(life_domain, self.general)


@cache
def load(slug: str) -> DemoData:
    """Read the data of a partnership; empty for a partnership without a file.

    Raises TypeError for an unknown or missing field.
    """
    file = _FOLDER / f"{slug}.toml"
    if not file.exists():
        return DemoData()
    tables = _read(file)
    return DemoData(
        questions=tuple(_question(table) for table in tables.get("questions", ())),
        signals=tuple(DemoSignal(**table) for table in tables.get("signals", ())),
        bundles=tuple(DemoBundle(**table) for table in tables.get("bundles", ())),
    )


@cache
def load_phrases() -> Phrases:
    """Read the phrases that generated questions are made of."""
    return Phrases(**_read(_FOLDER / "phrases.toml"))


def _question(table: dict[str, Any]) -> DemoQuestion:
    steps = tuple(Step(**step) for step in table.pop("steps", ()))
    return DemoQuestion(**table, steps=steps)


def _read(file: Path) -> dict[str, Any]:
    return {key: _frozen(value) for key, value in tomllib.loads(file.read_text("utf-8")).items()}


def _frozen(value: Any) -> Any:
    """Lists become tuples, at any depth, so that the dataclasses are hashable."""
    if isinstance(value, list):
        return tuple(_frozen(item) for item in value)
    if isinstance(value, dict):
        return {key: _frozen(item) for key, item in value.items()}
    return value

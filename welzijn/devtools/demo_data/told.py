"""The shape of a question as somebody in the demo asked it, written by hand."""

from dataclasses import dataclass, field
from typing import Literal

from intake.questions.models import Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something that happened with it afterwards, so many working days after it came in."""

    does: Literal[
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
class Told:
    """One question. `ago` is in working days before the demo is loaded; `at` is local time."""

    key: str
    ago: int
    at: str = "10:20"
    words: str = ""
    domains: tuple[str, ...] = ()
    age: str = ""
    postcode: str = ""
    place: str = ""
    name: str = ""
    phone: str = ""
    email: str = ""
    channel: str = Question.Channel.ONLINE
    about: str = Question.About.SELF
    subject: str = ""
    knows: str = ""
    yes: bool | None = True
    danger: bool = False
    soon: bool = False
    kind: str = Question.Kind.WELFARE
    message: bool = False
    who: bool = False
    language: str = "nl"
    interpreter: bool = False
    times: tuple[str, ...] = ()
    times_note: str = ""
    answers: tuple[tuple[str, str], ...] = ()
    brought_by: str = ""
    steps: tuple[Step, ...] = field(default=())


def picked_up(after: int = 1, *more: Step) -> tuple[Step, ...]:
    """Somebody picked it up so many working days later, and what happened after that."""
    return (Step(does="pick_up", after=after), *more)


def spoken(after: int, text: str, note: str = "") -> Step:
    """Somebody spoke to the resident: what was agreed, and what colleagues know besides."""
    return Step(does="contact", after=after, text=text, note=note)

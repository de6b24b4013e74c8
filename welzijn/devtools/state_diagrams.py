"""State diagrams from the transition tables, for docs/handover.md and docs/mdo.md.

`manage.py draw_states` writes them between two markers; a test holds the pages to the tables.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from django.conf import settings

from intake.questions import status
from intake.questions.models import Question
from referrals.conferences import state_machine as conference_state_machine
from referrals.conferences.models import Conference
from referrals.handovers import state_machine as handover_state_machine
from referrals.handovers.models import Handover

_DOCS = Path(settings.BASE_DIR) / "docs"
_WHO = {
    handover_state_machine.SENDER: "gever",
    handover_state_machine.RECEIVER: "ontvanger",
    handover_state_machine.RESIDENT: "inwoner",
    handover_state_machine.SYSTEM: "vanzelf",
}


def of_the_handover() -> str:
    """The handover: each state with whose turn it is, each move with who makes it."""
    lines = ["stateDiagram-v2", "    direction TB"]
    for state in Handover.Status:
        turn = handover_state_machine.TURN.get(state)
        label = f"{state.label} ({_WHO[turn]} is aan zet)" if turn else str(state.label)
        lines.append(f'    state "{label}" as {state.value}')
    lines.append(f"    [*] --> {Handover.Status.PROPOSED.value}: gever stelt voor")
    for step in handover_state_machine.STEPS:
        who = ", ".join(_WHO[w] for w in step.who)
        lines.append(f"    {step.source} --> {step.target}: {step.label} [{who}]")
    lines += [
        f"    {state.value} --> [*]" for state in Handover.Status if state not in Handover.OPEN
    ]
    return "\n".join(lines)


def of_the_question() -> str:
    """The question: its four states."""
    lines = ["stateDiagram-v2", "    direction LR"]
    lines += [f'    state "{state.label}" as {state.value}' for state in Question.Status]
    lines.append(f"    [*] --> {Question.Status.NEW.value}: komt binnen")
    for source, targets in status.MOVES.items():
        lines += [
            f"    {source} --> {target}"
            for target in sorted(targets, key=list(Question.Status.values).index)
        ]
    return "\n".join(lines)


def of_the_conference() -> str:
    """The MDO: its four states. Planning again moves its time."""
    lines = ["stateDiagram-v2", "    direction LR"]
    lines += [f'    state "{state.label}" as {state.value}' for state in Conference.Status]
    lines.append(f"    [*] --> {Conference.Status.PROPOSED.value}: voorgesteld")
    for source, targets in conference_state_machine.MOVES.items():
        lines += [
            f"    {source} --> {target}{': verzet' if source == target else ''}"
            for target in sorted(targets, key=list(Conference.Status.values).index)
        ]
    lines += [
        f"    {state} --> [*]"
        for state, targets in conference_state_machine.MOVES.items()
        if not targets
    ]
    return "\n".join(lines)


Drawn = Callable[[], str]
PAGES: dict[Path, dict[str, Drawn]] = {
    _DOCS / "handover.md": {"overdracht": of_the_handover, "vraag": of_the_question},
    _DOCS / "mdo.md": {"mdo": of_the_conference},
}


def filled_in(page: str, diagrams: Mapping[str, Drawn]) -> str:
    """The page with these diagrams as the tables are now. Raises ValueError without the markers."""
    for name, draw in diagrams.items():
        diagram = draw()
        begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
        before, found, rest = page.partition(begin)
        _old, found_end, after = rest.partition(end)
        if not found or not found_end:
            raise ValueError(f"the page has no markers for {name}")
        page = f"{before}{begin}\n```mermaid\n{diagram}\n```\n{end}{after}"
    return page

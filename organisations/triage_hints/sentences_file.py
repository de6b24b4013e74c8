"""The labelled sentences: what words and patterns are tuned on, learned from and measured with."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_HERE = Path(__file__).parent
_SETS = _HERE / "sentences.tsv"
_PERSONAS = _HERE / "personas.tsv"
_SAID = _HERE / "said.txt"

PERSONAS = "personas"
STRANGERS_ONE = "strangers_one"
"""300 sentences of an author who saw neither words nor patterns; learned from since."""
STRANGERS_TWO = "strangers_two"
"""As many, sealed until it was measured on 24 November 2026 (77 % heard, 8 % false alarms);
learned from since."""
STRANGERS = (STRANGERS_ONE, STRANGERS_TWO)
SEALED = "strangers_three"
"""200 sentences of a third author, measured once on 24 November 2026, after all that is learned
from was written. Only measured: nobody who writes words, patterns or sentences reads it."""

_KIND = {"threat": "violence", "exploitation": "violence", "neglect": "acute"}
"""The author's kinds of danger that are another kind here."""
_LIFE_DOMAINS = {
    "violence": "veiligheid,relaties",
    "threat": "veiligheid",
    "exploitation": "veiligheid,geld",
    "suicide": "welbevinden",
    "child": "veiligheid,opvoeden,opgroeien",
    "neglect": "veiligheid,ouder-worden,zorgen-voor-een-ander",
    "money": "geld,regels",
    "housing": "wonen",
    "growing-up": "opvoeden,opgroeien",
    "loneliness": "contact,meedoen",
    "sport": "bewegen",
    "carer": "zorgen-voor-een-ander,ouder-worden",
    "health": "welbevinden,bewegen",
    "school": "school",
    "work": "meedoen,regels,geld",
    "transport": "vervoer",
    "relationship": "relaties",
    "meals": "contact,ouder-worden",
    "volunteer": "meedoen",
    "language": "school,meedoen",
    "meaning": "welbevinden,relaties,contact",
}
"""Putten's life domains that would be right for the author's kinds. Chosen from the kinds' names
alone, by us: the author labelled a kind, no life domain."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence. `half` is the set it is of; `danger` a DangerKind or "";
    `life_domains` the slugs of Putten's life domains that would be right, the best first."""

    half: str
    danger: str
    life_domains: tuple[str, ...]
    text: str


def sentences(half: str = "") -> list[Sentence]:
    """Read the sentences of one set, or all of our own; those of the other author only by name."""
    if half in (*STRANGERS, SEALED):
        return _of_strangers(half)
    rows = [row.split("\t") for row in _rows(_SETS)]
    rows += [[PERSONAS, *row.split("\t")] for row in _rows(_PERSONAS)]
    return [
        Sentence(own, danger.strip("-"), tuple(domains.split(",")), text)
        for own, danger, domains, text in rows
        if half in {"", own}
    ]


def _of_strangers(half: str) -> list[Sentence]:
    """The sentences of the other author, with our kinds and life domains for theirs."""
    found = [json.loads(row) for row in _rows(_HERE / f"{half}.jsonl")]
    return [
        Sentence(
            half,
            _KIND.get(one["kind"], one["kind"]) if one["danger"] else "",
            tuple(_LIFE_DOMAINS.get(one["kind"], "").split(",")),
            one["text"],
        )
        for one in found
    ]


def labelled(*, without: str = "") -> list[tuple[str, str]]:
    """All that the second ear learns from: kind of danger ("" for calm), and the text.

    Nothing that is only measured: not "report", "later" or "personas". `without` leaves one set
    of the other author out, so that it can be measured on.
    """
    halves = [half for half in ("tune", *STRANGERS) if half != without]
    tuned = [one for half in halves for one in sentences(half)]
    return [(one.danger, one.text) for one in tuned] + said()


def said() -> list[tuple[str, str]]:
    """What only the second ear learns from: kind of danger ("" for calm), and the sentence."""
    result, kind = [], ""
    for row in _rows(_SAID):
        if row.startswith("["):
            kind = row.strip("[]").replace("calm", "")
        else:
            result.append((kind, row))
    return result


def _rows(path: Path) -> Iterator[str]:
    """The lines of a file that say something."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line

"""The labelled sentences: what the model is learned from, and what it is measured with.

Learned from: "tune", `said.txt`, `phrases.txt`, `plain.jsonl`, both sets of outside
authors, and the `learned_*` files of the other languages. Measured only: "report", "later",
"personas", and the sealed sets, which nobody reads who writes sentences to learn from.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SENTENCES = Path(__file__).with_name("sentences")

PERSONAS = "personas"
OURS = ("tune", "report", "later")
OUTSIDE_AUTHORS = ("strangers_one", "strangers_two")
"""300 sentences each of an author who saw neither words nor patterns; learned from since."""
OUTSIDE_AUTHORS_THREE = "strangers_three"
"""200 sentences of a third author; measured, never learned from."""
LANGUAGES = ("en", "tr", "ar", "pl", "uk")
SEALED = tuple(f"sealed_{language}" for language in ("nl", *LANGUAGES))
"""By yet another author, blind to all that is learned from."""
LEARNED = ("tune", *OUTSIDE_AUTHORS, *(f"learned_{language}" for language in LANGUAGES))
"""Whole sentences as residents write them, that are learned from."""

SAID_MORE = "said_more"
"""Dutch lines for what the model missed; the weights of Dutch words are better without them."""

NOTHING = "nothing"
"""The subject of a text that says nothing yet: "help", "bel mij"."""
MUNICIPALITY = "municipality"
"""The subject of what the municipality's own desk does: bulky waste, a passport."""

_KIND = {"threat": "violence", "exploitation": "violence", "neglect": "acute"}
"""The outside authors' kinds of danger that are another kind here."""
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
"""Putten's life domains that would be right for the outside authors' kinds; chosen from the kinds'
names alone, by us."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence. `half` is the set it is of; `danger` a DangerKind or "" (None: not told);
    `life_domains` the slugs of Putten's life domains that would be right, the best first."""

    half: str
    danger: str | None
    life_domains: tuple[str, ...]
    text: str
    language: str = "nl"


def sentences(half: str) -> list[Sentence]:
    """Read the sentences of one set."""
    if half in OURS or half == PERSONAS:
        return [one for one in _ours() if one.half == half]
    language = half.partition("_")[2] if half.startswith(("learned_", "sealed_")) else "nl"
    return [
        Sentence(half, *_labels(fields), fields["text"], language)
        for fields in map(json.loads, _rows(SENTENCES / f"{half}.jsonl"))
    ]


def learned(*, without: str = "") -> list[Sentence]:
    """Give all that is learned from; `without` leaves one set out, so that it can be measured."""
    found = [one for half in LEARNED if half != without for one in sentences(half)]
    return found + spoken() + phrases() + sentences("plain")


def measured(half: str) -> list[Sentence]:
    """Give the sentences of a set that don't stand among the learned ones too, by chance."""
    texts = {one.text for one in learned(without=half)}
    return [one for one in sentences(half) if one.text not in texts]


def spoken() -> list[Sentence]:
    """Lines written along the vocabulary of each kind of danger, and calm ones: no life domain."""
    files = {"nl": "said.txt"} | {language: f"said_{language}.txt" for language in LANGUAGES}
    found = [
        Sentence("said", kind.replace("calm", ""), (), text, language)
        for language, file in files.items()
        for kind, text in _sections(SENTENCES / file)
    ]
    return found + [
        Sentence(SAID_MORE, kind.replace("calm", ""), (), text)
        for kind, text in _sections(SENTENCES / f"{SAID_MORE}.txt")
    ]


def phrases() -> list[Sentence]:
    """Give what people say about each life domain in a few words; of danger it tells nothing."""
    return [
        Sentence("phrases", None, tuple(domains.split(",")), text)
        for domains, text in _sections(SENTENCES / "phrases.txt")
    ]


def _labels(fields: dict[str, object]) -> tuple[str, tuple[str, ...]]:
    kind = str(fields["kind"])
    danger = _KIND.get(kind, kind) if fields["danger"] else ""
    named = fields.get("domains")
    if isinstance(named, list):
        return danger, tuple(map(str, named)) or (NOTHING,)
    return danger, tuple(filter(None, _LIFE_DOMAINS.get(kind, "").split(",")))


def _ours() -> Iterator[Sentence]:
    rows = [row.split("\t") for row in _rows(SENTENCES / "ours.tsv")]
    rows += [[PERSONAS, *row.split("\t")] for row in _rows(SENTENCES / "personas.tsv")]
    for half, danger, domains, text in rows:
        yield Sentence(half, danger.strip("-"), tuple(domains.split(",")), text)


def _sections(path: Path) -> Iterator[tuple[str, str]]:
    section = ""
    for row in _rows(path):
        if row.startswith("["):
            section = row.strip("[]")
        else:
            yield section, row


def _rows(path: Path) -> Iterator[str]:
    """Give the lines of a file that say something."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line

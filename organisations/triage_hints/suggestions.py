"""From a resident's words to a proposal of life domains and services.

PostgreSQL does the matching: the Dutch stemmer for words ("schulden" is "schuld"), full-text
phrases for what is said in several words, pg_trgm for slips of spelling and for compounds
("huurachterstand"). What residents say and lists call otherwise comes from `meanings.toml`.
Every proposal says which words it came from. The person chooses; nothing is decided by it, and
the text is neither stored nor logged here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import connection

from organisations.partnerships.models import Partnership
from organisations.triage_hints.danger_patterns import Danger, find_danger
from organisations.triage_hints.meanings import Meanings, meanings
from organisations.triage_hints.spelling import words_of
from organisations.triage_hints.statements import BRIDGES, HITS, LEXEMES, LINKS, NAMES

MAX_TYPED = 80
"""More different words than this are not looked at."""

OF_SERVICE = 0.3
"""How much of what a service earns counts for each of its life domains."""
OF_MEANING = 0.9
"""How much a word that means the same counts beside a word of the list itself."""
OF_DANGER = 1.5
"""How much words that may mean danger count for the life domain of that danger."""
ALIKE = 0.5
"""How alike, by trigrams, a slip of spelling must be."""
WEAK = 0.4
"""How much a word that says little counts."""
STRONG = 1.5
"""How much a word that says nearly everything counts."""
LEAST = 0.25
"""A proposal with less than this is none."""
_NEAR = 3
"""How many words on the next word of a phrase is looked for."""


class How(StrEnum):
    """How a word was recognised."""

    SAME = "same"
    PART = "part"
    SLIP = "slip"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A life domain or service, with the words as they were typed that it came from."""

    id: UUID
    slug: str
    name: str
    score: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposals:
    """What is proposed for a text, best first, and what may mean danger in it."""

    life_domains: tuple[Proposal, ...]
    services: tuple[Proposal, ...]
    danger: Danger | None


@dataclass(slots=True)
class _Score:
    """What one target earned, by the words it came from.

    `passed_on` are the words that it has from its services only.
    """

    total: float = 0.0
    by_word: dict[str, float] = field(default_factory=dict)
    passed_on: set[str] = field(default_factory=set)

    def add(self, typed: str, amount: float, *, from_service: bool = False) -> None:
        """Count a typed word once, at its best."""
        if from_service and typed not in self.by_word:
            self.passed_on.add(typed)
        more = amount - self.by_word.get(typed, 0.0)
        if more > 0:
            self.total += more
            self.by_word[typed] = amount

    def told(self) -> set[str]:
        """The words that the resident is shown: what a service passed on only where all is."""
        return set(self.by_word) - self.passed_on or set(self.by_word)


@dataclass(frozen=True, slots=True)
class _Directory:
    """What the proposal needs of a partnership's directory, at one version of it."""

    names: Mapping[UUID, tuple[str, str, str]]
    links: tuple[tuple[UUID, UUID], ...]
    shares: Mapping[int, Mapping[UUID, float]]


_directories: dict[UUID, tuple[int, _Directory]] = {}
_lexemes: list[str | None] = []


def suggest(*, partnership: Partnership, text: str, limit: int = 3) -> Proposals:
    """Propose life domains and services for what a resident wrote.

    Reads only the directory of the partnership (one statement, three more after a change to
    it); stores nothing. A text in which nothing is recognised gives empty proposals. Words that
    may mean danger also count for the life domain they belong to.
    """
    danger = find_danger(text)
    every = words_of(text)
    typed = list(dict.fromkeys(every))[:MAX_TYPED]
    if not typed:
        return Proposals((), (), danger)
    known = meanings()
    directory = _directory(partnership, known)
    with connection.cursor() as cursor:
        hits = _rows(
            cursor,
            HITS,
            {
                "partnership": partnership.pk,
                "typed": typed,
                "text": " ".join(every),
                "said_of": list(known.said_of),
                "said": list(known.said),
                "lexemes": _stems(cursor, known),
                "alike": ALIKE,
            },
        )
    scores = _scores(hits, directory.shares, known)
    if danger is not None:
        for meaning in {known.danger[kind] for kind in danger.kinds if kind in known.danger}:
            for target, share in directory.shares.get(meaning, {}).items():
                scores[target].add(" ".join(danger.words), OF_DANGER * share)
    names = directory.names
    domains = {key: score for key, score in scores.items() if names[key][0] == "domain"}
    services = {key: score for key, score in scores.items() if names[key][0] == "service"}
    for service, domain in directory.links:
        if service in services:
            earned = domains.setdefault(domain, _Score())
            for word, amount in services[service].by_word.items():
                earned.add(word, amount * OF_SERVICE, from_service=True)
    return Proposals(
        life_domains=_best(domains, names, every, limit),
        services=_best(services, names, every, limit),
        danger=danger,
    )


def _directory(partnership: Partnership, known: Meanings) -> _Directory:
    """Give the directory as it is now: database triggers raise its version with every change."""
    found = _directories.get(partnership.pk)
    if found is not None and found[0] == partnership.config_version:
        return found[1]
    own = {"partnership": partnership.pk}
    with connection.cursor() as cursor:
        bridges = _rows(
            cursor,
            BRIDGES,
            own | {"means_of": list(known.means_of), "means": list(known.means)},
        )
        directory = _Directory(
            names={row[0]: (row[1], row[2], row[3]) for row in _rows(cursor, NAMES, own)},
            links=tuple((row[0], row[1]) for row in _rows(cursor, LINKS, own)),
            shares=_shares(bridges),
        )
    _directories[partnership.pk] = (partnership.config_version, directory)
    return directory


def _stems(cursor: Any, known: Meanings) -> list[str | None]:
    """Give the stems of what residents say, asked of PostgreSQL once a process."""
    if not _lexemes:
        _lexemes.extend(_rows(cursor, LEXEMES, {"words": list(known.said)})[0][0])
    return _lexemes


def _rows(cursor: Any, statement: str, parameters: Mapping[str, Any]) -> list[Any]:
    cursor.execute(statement, parameters)
    return list(cursor.fetchall())


def _shares(bridges: Iterable[tuple[int, UUID, str, int]]) -> dict[int, dict[UUID, float]]:
    """Give to which targets a meaning leads, and how surely: the share of its words they have."""
    counts: dict[tuple[int, str], dict[UUID, int]] = defaultdict(dict)
    for meaning, target, kind, count in bridges:
        counts[meaning, kind][target] = count
    shares: dict[int, dict[UUID, float]] = defaultdict(dict)
    for (meaning, _kind), found in counts.items():
        most = max(found.values())
        for target, count in found.items():
            share = count / most
            if share >= 0.5:
                shares[meaning][target] = share * share
    return shares


def _scores(
    hits: Iterable[tuple[UUID | None, int | None, str, str, float]],
    shares: Mapping[int, Mapping[UUID, float]],
    known: Meanings,
) -> dict[UUID, _Score]:
    """Add up what each target earns; a word that many targets share counts less for each."""
    direct: dict[tuple[str, str], dict[UUID, float]] = defaultdict(dict)
    scores: dict[UUID, _Score] = defaultdict(_Score)
    for target, meaning, entry, typed, strength in hits:
        worth = strength
        if entry in known.weak:
            worth *= WEAK
        elif entry in known.strong:
            worth *= STRONG
        if target is not None:
            found = direct[entry, typed]
            found[target] = max(found.get(target, 0.0), worth)
        elif meaning is not None:
            for towards, share in shares.get(meaning, {}).items():
                scores[towards].add(typed, worth * OF_MEANING * share)
    for (_entry, typed), found in direct.items():
        for target, worth in found.items():
            scores[target].add(typed, worth / len(found) ** 0.5)
    return scores


def _best(
    scores: Mapping[UUID, _Score],
    names: Mapping[UUID, tuple[str, str, str]],
    every: Sequence[str],
    limit: int,
) -> tuple[Proposal, ...]:
    place = {word: index for index, word in enumerate(dict.fromkeys(every))}
    found = [
        Proposal(
            id=key,
            slug=names[key][1],
            name=names[key][2],
            score=round(score.total, 3),
            words=tuple(
                sorted(
                    {_as_typed(words, every) for words in score.told()},
                    key=lambda w: (place.get(w.split()[0], 0), w),
                )
            ),
        )
        for key, score in scores.items()
        if score.total >= LEAST
    ]
    found.sort(key=lambda proposal: (-proposal.score, proposal.slug))
    return tuple(found[:limit])


def _as_typed(words: str, every: Sequence[str]) -> str:
    """A phrase as the resident typed it.

    PostgreSQL finds a phrase by the stems of its words and skips the smallest of them: "school doet
    niets" is found in "op school doet iedereen gemeen". Nobody is told that they wrote what they
    did not write, so only those of its words stay that stand in the text, in their own form.
    """
    if f" {words} " in f" {' '.join(every)} ":
        return words
    kept: list[str] = []
    after = 0
    for word in words.split():
        near = every[after : after + _NEAR] if kept else every
        found = next((n for n, typed in enumerate(near) if _same_stem(typed, word)), None)
        if found is not None:
            after += found + 1
            kept.append(near[found])
    return " ".join(kept) or words


def _same_stem(typed: str, word: str) -> bool:
    """Whether both are one word in another form, told by how they begin: "schulden", "schuld"."""
    if typed == word:
        return True
    least = min(len(typed), len(word))
    same_beginning = typed[: least - 1] == word[: least - 1]
    return least >= 4 and same_beginning and abs(len(typed) - len(word)) < 4

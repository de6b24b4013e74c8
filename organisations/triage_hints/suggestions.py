"""From a resident's words to a proposal of life domains and services.

The model says what a text is about, in any of its languages; the partnership's own lists of words
count beside it, matched by PostgreSQL. Every proposal says why: the words it came from in Dutch,
else the nearest part of its own description. Where nothing is likely, nothing is proposed. The
person chooses; the text is neither stored nor logged here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np
from django.db import connection

from organisations.partnerships.models import Partnership
from organisations.triage_hints.corpus import MUNICIPALITY, NOTHING
from organisations.triage_hints.danger import Danger, danger_of
from organisations.triage_hints.directory import Directory, directory_of
from organisations.triage_hints.languages import language_of
from organisations.triage_hints.model import Floats, Model, Reading, model, read, sigmoid
from organisations.triage_hints.statements import HITS
from organisations.triage_hints.texts import stretches, words_of
from organisations.triage_hints.word_reasons import telling_words

MAX_TYPED = 80
"""More different words than this are not looked at in the lists."""
FLOOR = 0.3
"""A life domain that is less likely than this is not proposed."""
BESIDE = 0.35
"""Nor one that is so much less likely than the first."""
OF_LIST = 0.5
"""How likely a word of its list alone makes a life domain."""
OF_MODEL = 0.1
"""From so likely on a part of a word, or a misspelt one, counts in full."""
CARRIED = 0.6
"""From so likely on the first proposal is carried on where the resident chose nothing."""
LIKE = 0.05
"""The least nearness at which a text is likened to a part of a description."""
LIKE_SERVICE = 0.42
"""And at which a service is proposed for its meaning alone."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A life domain or service, and why: the words as typed, or what of its description is like it.

    Both are empty where the text may mean danger: that is not said back on a screen.
    """

    id: UUID
    slug: str
    name: str
    score: float
    words: tuple[str, ...] = ()
    like: str = ""


@dataclass(frozen=True, slots=True)
class Proposals:
    """What is proposed for a text, best first, and what may mean danger in it.

    `of_municipality`: it is the municipality's own desk that does this.
    """

    life_domains: tuple[Proposal, ...]
    services: tuple[Proposal, ...]
    danger: Danger | None
    of_municipality: bool = False
    language: str = ""

    @property
    def carried(self) -> str:
        """The slug of the life domain to go on with where nothing was chosen; "" for none.

        Not where the words may mean danger: a person judges those.
        """
        if self.danger or not self.life_domains or self.life_domains[0].score < CARRIED:
            return ""
        return self.life_domains[0].slug


@dataclass(frozen=True, slots=True)
class _Hit:
    """A word of a list that was typed."""

    typed: str
    strength: float
    exact: bool


_Hits = dict[UUID, list[_Hit]]


def suggest(*, partnership: Partnership, text: str, limit: int = 3) -> Proposals:
    """Propose life domains and services for what a resident wrote.

    Reads only the directory of the partnership (one statement, two more after a change to it);
    stores nothing. A text in which nothing is recognised gives empty proposals.
    """
    parts = stretches(text)
    if not parts:
        return Proposals((), (), None)
    known = model()
    reading = read(parts, known) if known else None
    danger = danger_of(text, reading, known)
    language = language_of(text)
    directory = directory_of(partnership, known)
    hits = _hits(partnership, text)
    about = _about(reading, known)
    of_municipality = False
    chances = _chances(directory, hits, about, known)
    best = max(chances.values(), default=0.0)
    if about and about[NOTHING] >= max(best, 0.5):
        chances = {}
    if about and about[MUNICIPALITY] >= max(best, 0.5) and danger is None:
        chances, of_municipality = {}, True
    vector = _vector(reading)
    ranked = sorted(chances.items(), key=lambda one: (-one[1], directory.names[one[0]][0]))
    kept = [(key, p) for key, p in ranked if p >= FLOOR and p >= BESIDE * ranked[0][1]][:limit]
    clauses = directory.clauses.nearest(vector)
    domains = []
    for key, chance in kept:
        words: tuple[str, ...] = ()
        like = ""
        if danger is None:
            listed = {hit.typed for hit in hits.get(key, []) if hit.exact}
            if language in ("nl", ""):
                words = telling_words(text, listed, directory, key, known)
            near, clause = clauses.get(key, (0.0, ""))
            like = clause if not words and near >= LIKE else ""
        domains.append(_proposal(directory, key, chance, words, like))
    services = () if of_municipality else _services(directory, hits, vector, danger, limit)
    return Proposals(tuple(domains), services, danger, of_municipality, language)


def nearest_services(*, partnership: Partnership, text: str, limit: int = 3) -> list[UUID]:
    """Give the services whose descriptions mean most nearly what was written, in any language."""
    known, parts = model(), stretches(text)
    if known is None or not parts:
        return []
    near = directory_of(partnership, known).offers.nearest(_vector(read(parts, known)))
    ranked = sorted(near.items(), key=lambda one: -one[1][0])
    return [key for key, (nearness, _text) in ranked[:limit] if nearness >= LIKE_SERVICE]


def _hits(partnership: Partnership, text: str) -> _Hits:
    every = words_of(text)
    typed = list(dict.fromkeys(every))[:MAX_TYPED]
    parameters: dict[str, Any] = {
        "partnership": partnership.pk,
        "typed": typed,
        "text": " ".join(every),
    }
    found: _Hits = {}
    with connection.cursor() as cursor:
        cursor.execute(HITS, parameters)
        for key, word, strength, exact in cursor.fetchall():
            found.setdefault(key, []).append(_Hit(word, strength, exact))
    return found


def _about(reading: Reading | None, known: Model | None) -> dict[str, float]:
    """Give how likely each subject of the model is: what one stretch says, and what more say."""
    if reading is None or known is None:
        return {}
    subjects, places = known.columns("about")
    chances = np.sort(sigmoid(reading.scores[:, places]), axis=0)[::-1]
    found = 0.7 * chances[0] + 0.3 * chances[:3].mean(axis=0)
    return dict(zip(subjects, found.tolist(), strict=True))


def _chances(
    directory: Directory, hits: _Hits, about: dict[str, float], known: Model | None
) -> dict[UUID, float]:
    """Say how likely each life domain is."""
    if known is None:
        # Without the model nothing weighs a word of a list: nothing is proposed.
        return {}
    subjects, _places = known.columns("about")
    likely = np.array([about[subject] for subject in subjects])
    by_model = 1.0 - np.prod(1.0 - np.clip(directory.covers * likely, 0, 0.999), axis=1)
    found = {}
    for key, chance in zip(directory.domains, by_model.tolist(), strict=True):
        listed = hits.get(key, [])
        worth = sum(
            hit.strength * (1.0 if hit.exact else min(1.0, chance / OF_MODEL)) for hit in listed
        )
        found[key] = 1.0 - (1.0 - chance) * (1.0 - OF_LIST * min(1.0, worth))
    return found


def _services(
    directory: Directory, hits: _Hits, vector: Floats, danger: Danger | None, limit: int
) -> tuple[Proposal, ...]:
    near = directory.offers.nearest(vector)
    found = []
    for key in directory.services_of:
        listed = [hit for hit in hits.get(key, []) if hit.exact]
        nearness, text = near.get(key, (0.0, ""))
        if listed or nearness >= LIKE_SERVICE:
            score = nearness + min(1.0, sum(hit.strength for hit in listed))
            words = () if danger else tuple(sorted(hit.typed for hit in listed))
            like = "" if danger or words else text.partition(".")[0]
            found.append(_proposal(directory, key, score, words, like))
    found.sort(key=lambda one: (-one.score, one.slug))
    return tuple(found[:limit])


def _vector(reading: Reading | None) -> Floats:
    """Give one row for the whole text: the mean of the stretches that were embedded."""
    if reading is None:
        return np.zeros(0, dtype=np.float32)
    mean: Floats = reading.vectors[reading.embedded].mean(axis=0)
    return mean / max(float(np.linalg.norm(mean)), 1e-6)


def _proposal(
    directory: Directory, key: UUID, score: float, words: tuple[str, ...], like: str
) -> Proposal:
    slug, name = directory.names[key]
    return Proposal(key, slug, name, round(score, 3), words, like)

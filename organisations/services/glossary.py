"""The glossary of a partnership, and which of its terms a text uses."""

from __future__ import annotations

import re
from dataclasses import dataclass

from organisations.partnerships.models import Partnership


@dataclass(frozen=True, slots=True)
class Term:
    """A term with its agreed meaning. `forms` are its spellings and inflections."""

    term: str
    meaning: str
    forms: tuple[str, ...]

    def used_in(self, text: str) -> bool:
        """Whether a text contains one of its forms as a whole word, in any case."""
        return any(
            re.search(rf"(?<!\w){re.escape(form)}(?!\w)", text, re.IGNORECASE)
            for form in self.forms
        )


def terms_of(partnership: Partnership) -> list[Term]:
    """Return all terms of a partnership, in the order of its file."""
    return [
        Term(item["term"], item["meaning"], (item["term"], *item.get("also", [])))
        for item in partnership.glossary
    ]


def terms_in(partnership: Partnership, *texts: str) -> list[Term]:
    """Return the terms used in these texts, to explain them on the same page."""
    together = "\n".join(texts)
    return [term for term in terms_of(partnership) if term.used_in(together)]

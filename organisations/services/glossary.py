"""The words that a partnership has agreed on, found where they are used."""

from __future__ import annotations

import re
from dataclasses import dataclass

from organisations.partnerships.models import Partnership


@dataclass(frozen=True, slots=True)
class Term:
    """A word with its agreed meaning; `forms` are all ways in which it is written."""

    term: str
    meaning: str
    forms: tuple[str, ...]

    def used_in(self, text: str) -> bool:
        """Whether one of its forms stands in a text as a whole word, capitals aside."""
        return any(
            re.search(rf"(?<!\w){re.escape(form)}(?!\w)", text, re.IGNORECASE)
            for form in self.forms
        )


def terms_of(partnership: Partnership) -> list[Term]:
    """Give all words of the partnership, in the order of its file."""
    return [
        Term(item["term"], item["meaning"], (item["term"], *item.get("also", [])))
        for item in partnership.glossary
    ]


def terms_in(partnership: Partnership, *texts: str) -> list[Term]:
    """Give the words that are used in these texts: those are explained on the same page."""
    together = "\n".join(texts)
    return [term for term in terms_of(partnership) if term.used_in(together)]

"""Refuse passwords that are little more than words anybody here would think of."""

import re
import unicodedata
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_OF_THE_PRODUCT = {
    *("voordeur", "welzijn", "hulpvraag", "gemeente", "samenwerking", "inwoner", "wijkteam"),
    *("wachtwoord", "password", "beheer", "balie", "coordinator", "medewerker"),
}
_SHORTEST = 4  # of a name's words; "van" and "op" are no clue
_AT_LEAST = 6  # letters and digits that have to be left


class ContextWordsValidator:
    """Counts what is left of a password without the words of the product and of one's work."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError where too little is left."""
        left = _plain(password)
        words = _OF_THE_PRODUCT | _of_work(user)
        for word in sorted(words, key=len, reverse=True):
            left = left.replace(word, "")
        if left != _plain(password) and len(left) < _AT_LEAST:
            raise ValidationError(
                _("Dit wachtwoord is vooral een woord van uw werk. Dat raadt een ander snel."),
                code="context_words",
            )

    def get_help_text(self) -> str:
        """Return the rule in a sentence."""
        return _("Kies geen woord van uw werk, zoals de naam van uw organisatie of gemeente.")


def _plain(text: str) -> str:
    """Lower case letters and digits, without accents."""
    folded = unicodedata.normalize("NFKD", text.lower())
    return re.sub(r"[^a-z0-9]", "", folded)


def _of_work(user: Any) -> set[str]:
    """The words in the names of the organisations and partnerships where somebody has a role."""
    if user is None or user.pk is None:
        return set()
    names = user.memberships.values_list("organisation__name", "partnership__name")
    found = {_plain(word) for row in names for name in row for word in name.split()}
    return {word for word in found if len(word) >= _SHORTEST}

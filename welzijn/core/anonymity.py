"""What obviously identifies a person in a text.

Nobody can prove that a text is anonymous; this finds what should never stand in one, and says what
to do instead.
"""

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from welzijn.core.name_matching import fold

# E-mail and street look back from the @ and from "straat": reading ahead from each letter would
# take time squared.
_EMAIL = re.compile(r"(?<=[\w.+-])@[\w-]+\.[\w-]")
# Not a year or an amount before a short word: "in 2026 en", "1500 in de la".
_POSTCODE = re.compile(
    r"\b[1-9]\d{3}(?!\s(?:af|al|de|en|er|ik|in|is|je|na|nu|of|om|op|te|ze|zo)\b)"
    r"\s?[A-Za-z]{2}\b"
)
# Eight digits or more in any grouping: a phone number, a BSN, a bank account.
_NUMBER = re.compile(r"(?:\+|\b)\d(?:[\s./()-]{0,2}\d){7,}")
_DATE = re.compile(r"\b\d{1,2}[-/. ]\d{1,2}[-/. ](?:19|20)\d{2}\b")
_STREET = re.compile(
    r"(?<=[\w'-]{3})(?:straat|laan|weg|plein|dijk|hof|steeg|kade|singel|gracht|pad)\s+\d",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{2,}")
# Parts of names that are common words as well.
_PARTICLES = frozenset(
    """van de den der het ten ter te la le el al in op aan bij voor
    mevrouw meneer mijnheer mw dhr familie fam""".split()  # noqa: SIM905 - a list is a page long
)
# Shorter parts of names may be ordinary words too ("bo", "an").
_SHORTEST = 3


def giveaways(text: str, names: Iterable[str]) -> list[str]:
    """Return sentences for the screen about what identifies a person; empty if nothing does.

    `names` are those of the people that it might be about.
    """
    found = []
    if any(_names(text, name) for name in names):
        found.append(_("Er staat een naam in. Schrijf bijvoorbeeld: een moeder, een man van 60."))
    if _EMAIL.search(text):
        found.append(_("Er staat een e-mailadres in. Haal dat weg."))
    without_dates = _DATE.sub(" ", text)
    if _NUMBER.search(without_dates):
        found.append(_("Er staat een telefoonnummer of ander nummer in. Haal dat weg."))
    if without_dates != text:
        found.append(
            _("Er staat een datum in die van iemand kan zijn. Schrijf liever een leeftijd.")
        )
    if _POSTCODE.search(text) or _STREET.search(text):
        found.append(_("Er staat een adres of postcode in. Noem hooguit de wijk."))
    return found


def _names(text: str, name: str) -> bool:
    written = _WORD.findall(text)
    words = {fold(word) for word in written}
    # A short part ("Bo") is also a piece of ordinary words, so it counts with its capital only.
    capitalised = {fold(word) for word in written if word[0].isupper()}
    for part in {fold(part) for part in _WORD.findall(name)} - _PARTICLES:
        if part in (words if len(part) >= _SHORTEST else capitalised):
            return True
    whole = fold(name)
    return bool(whole) and re.search(rf"\b{re.escape(whole)}\b", fold(text)) is not None

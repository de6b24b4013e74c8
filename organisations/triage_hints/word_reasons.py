"""Which typed words a proposal came from, as the model's letters weigh them."""

from __future__ import annotations

import re
from uuid import UUID

from organisations.triage_hints.directory import Directory
from organisations.triage_hints.features import letters_of
from organisations.triage_hints.model import Model
from organisations.triage_hints.texts import words_of

MOST = 4
MOST_WORDS = 80
OF_BEST = 0.4
"""A word that says so much less than the most telling one is not named."""
LEAST = 0.2
_SAY_NOTHING = frozenset(
    re.findall(
        r"\S+",
        """
    aan als bij dan dat de den der deze die dit doe doen doet door dus een en er ga gaan gaat geen
    had heb hebben heeft hem het hij hoe hun iemand iets ik in is je jij jullie kan kunnen kunt
    maar me mee meer men met mij mijn mn moet moeten mag naar niet nie niks niets nog nu of om ook
    op over steeds te tegen tot uit u van veel voor waar was wat we weer weet weten wel wie wij
    wil willen word worden wordt zal ze zelf zich zij zijn zn zo zonder zou alles altijd alle al
    echt heel erg toch want omdat toen daar hier kom komt komen krijg krijgt krijgen
    """,
    )
)


def telling_words(
    text: str, listed: set[str], directory: Directory, domain: UUID, known: Model | None
) -> tuple[str, ...]:
    """Give the words that led to a life domain, as typed, in their order.

    `listed` are words of the life domain's own list.
    """
    every = words_of(text)
    phrases = [entry for entry in listed if " " in entry]
    typed = [word for word in dict.fromkeys(every) if word not in _SAY_NOTHING][:MOST_WORDS]
    typed = [word for word in typed if len(word) > 2 and not word.isdigit()]
    chosen = {word for word in typed if word in listed}
    if known is not None and typed:
        _subjects, places = known.columns("about")
        covers = directory.covers[directory.domains.index(domain)]
        weights = known.letters[:, places] @ covers.astype("float32")
        says = dict(zip(typed, (letters_of(typed) @ weights).tolist(), strict=True))
        best = max(says.values())
        ranked = sorted(says, key=lambda word: -says[word])[:MOST]
        chosen |= {w for w in ranked if says[w] >= max(LEAST, OF_BEST * best)}
    ordered = [word for word in typed if word in chosen]
    kept = [word for word in ordered if not any(word in phrase.split() for phrase in phrases)]
    place = {word: number for number, word in enumerate(every)}
    found = sorted([*phrases, *kept], key=lambda word: place.get(word.split()[0], 0))
    return tuple(found[:MOST])

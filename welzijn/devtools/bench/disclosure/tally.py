"""How often an attack was right, beside how often guessing was."""

from collections import Counter
from collections.abc import Mapping

MEMBERSHIP = "membership"
"""The secret whether somebody belongs to a measure; the attack is named after the measure."""


class Tally:
    """Right guesses by secret and attack. An advantage is a share of right guesses above guessing.

    Guessing takes the commonest value, without any figure.
    """

    def __init__(self) -> None:
        self._asked: Counter[tuple[str, str]] = Counter()
        self._gained: Counter[tuple[str, str]] = Counter()

    def add(
        self, attack: tuple[str, str], true: str, shares: Mapping[str, float], *, right: bool
    ) -> None:
        """Count one attack, named by its secret and its own name."""
        guessed = max(shares, key=lambda name: shares[name]) == true
        self._asked[attack] += 1
        self._gained[attack] += right - guessed

    def advantages(self) -> dict[str, dict[str, float]]:
        """Return the advantage of each attack, by secret."""
        found: dict[str, dict[str, float]] = {}
        for (about, name), asked in self._asked.items():
            found.setdefault(about, {})[name] = round(self._gained[about, name] / asked, 3)
        return found

    def most(self) -> dict[str, float]:
        """Return the largest advantage of each attack over all secrets."""
        found: dict[str, float] = {}
        for about, attacks in self.advantages().items():
            for attack, gained in attacks.items():
                name = f"{MEMBERSHIP}_{attack}" if about == MEMBERSHIP else attack
                found[name] = max(found.get(name, -1.0), gained)
        return found

"""A parameter that is told in a sentence of its own, where a label would be a word of staff."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from intake.questions.sentence_parameters import Choice, Names, Number


@dataclass(frozen=True)
class ChoiceSentence(Choice):
    """A value of an enumeration, shown by a sentence: `says` has one for each value."""

    says: Mapping[Any, str]

    def show(self, stored: Any, names: Names) -> str:
        """The sentence, marked for translation; the label where there is none."""
        return gettext(self.says[stored]) if stored in self.says else super().show(stored, names)

    def show_to_staff(self, stored: Any, names: Names) -> str:
        """The label."""
        return super().show(stored, names)


@dataclass(frozen=True)
class NumberInWords(Number):
    """A number of a short scale, as the words that were chosen; staff read the number."""

    says: Mapping[int, str]

    def show(self, stored: Any, names: Names) -> str:
        """The words, marked for translation; the number where there are none."""
        return gettext(self.says[stored]) if stored in self.says else super().show(stored, names)

    def show_to_staff(self, stored: Any, names: Names) -> str:
        """In digits."""
        return super().show(stored, names)

"""The types of parameters of a sentence: how each is stored, checked and shown.

Stored is what stays true in every language: an id, a day, the value of a choice. `Free`, `OwnWords`
and `PartnershipText` hold words, because somebody wrote them.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import models
from django.utils.timezone import is_aware
from django.utils.translation import get_language

from intake.people.forms_of_address import JE, in_je, in_their_form
from organisations.directory.display_names import display_name
from organisations.directory.models import Organisation, Team
from organisations.front_door.configuration import FrontDoor
from welzijn.accounts.models import User
from welzijn.core import dates

T = TypeVar("T")
D = TypeVar("D", date, datetime)


class SentenceError(ValueError):
    """A sentence that is not declared, or with parameters that it doesn't take."""


@dataclass(frozen=True)
class Names:
    """What ids are called: from the front door, and one query where it doesn't have it."""

    front: FrontDoor
    nested: Callable[[Mapping[str, Any], "Names"], str]

    def organisation(self, pk: UUID) -> Organisation:
        """An organisation of the partnership. Raises SentenceError for one that is gone."""
        known = next((one for one in self.front.organisations.values() if one.pk == pk), None)
        return _must_exist(known or Organisation.objects.filter(pk=pk).first(), pk)

    def team(self, pk: UUID) -> Team:
        """A team of the partnership. Raises SentenceError for one that is gone."""
        known = next((team for team in self.front.teams.values() if team.pk == pk), None)
        return _must_exist(known or Team.objects.filter(pk=pk).first(), pk)

    def user(self, pk: UUID) -> User:
        """A colleague: the front door knows none. Raises SentenceError for one that is gone."""
        return _must_exist(User.objects.filter(pk=pk).first(), pk)


def _must_exist(found: T | None, pk: UUID) -> T:
    if found is None:
        raise SentenceError(f"nothing has the id {pk}")
    return found


class Parameter(ABC):
    """One type of parameter."""

    @abstractmethod
    def store(self, what: str, value: Any) -> Any:
        """The JSON that is stored for a value; `what` names the parameter in an error."""

    @abstractmethod
    def check(self, what: str, stored: Any) -> None:
        """Raise SentenceError where this can't have been stored by `store`."""

    @abstractmethod
    def show(self, stored: Any, names: Names) -> str:
        """What stands in the sentence, in the language of now."""

    def show_to_staff(self, stored: Any, names: Names) -> str:
        """What stands in a sentence for staff."""
        return self.show(stored, names)


def _must(holds: bool, what: str, value: object) -> None:
    if not holds:
        # The type alone: the value may be words of a person.
        raise SentenceError(f"{what} can't be a {type(value).__name__}")


@dataclass(frozen=True)
class Party(Parameter):
    """An organisation or a team. `article`: a team is named with its article, "het team"."""

    article: bool = True

    def store(self, what: str, value: Any) -> dict[str, str]:
        """{"organisation": id} or {"team": id}."""
        _must(isinstance(value, Organisation | Team), what, value)
        return {"team" if isinstance(value, Team) else "organisation": str(value.pk)}

    def check(self, what: str, stored: Any) -> None:
        """One of the two, with an id."""
        _must(isinstance(stored, dict) and len(stored) == 1, what, stored)
        [(model, pk)] = stored.items()
        _must(model in ("team", "organisation") and _is_id(pk), what, stored)

    def show(self, stored: Any, names: Names) -> str:
        """The name, as a sentence names it."""
        if "team" not in stored:
            return in_their_form(names.organisation(UUID(stored["organisation"])).name)
        team = names.team(UUID(stored["team"]))
        return in_their_form(display_name(team.organisation, team) if self.article else team.name)


@dataclass(frozen=True)
class Colleague(Parameter):
    """A member of staff, by name."""

    def store(self, what: str, value: Any) -> str:
        """The id of the user."""
        _must(isinstance(value, User), what, value)
        return str(value.pk)

    def check(self, what: str, stored: Any) -> None:
        """An id."""
        _must(_is_id(stored), what, stored)

    def show(self, stored: Any, names: Names) -> str:
        """Their name."""
        return str(names.user(UUID(stored)))


@dataclass(frozen=True)
class Day(Parameter):
    """A day: "donderdag 26 november"."""

    def store(self, what: str, value: Any) -> str:
        """ISO 8601."""
        _must(isinstance(value, date) and not isinstance(value, datetime), what, value)
        return str(value.isoformat())

    def check(self, what: str, stored: Any) -> None:
        """ISO 8601."""
        _parsed(date, what, stored)

    def show(self, stored: Any, names: Names) -> str:
        """Weekday and day."""
        return dates.named_day(date.fromisoformat(stored))


@dataclass(frozen=True)
class Moment(Parameter):
    """A moment: "donderdag 26 november, 14.30", to which a sentence adds "uur"."""

    def store(self, what: str, value: Any) -> str:
        """ISO 8601 in UTC."""
        _must(isinstance(value, datetime) and is_aware(value), what, value)
        return str(value.astimezone(UTC).isoformat())

    def check(self, what: str, stored: Any) -> None:
        """ISO 8601 with its offset."""
        _must(is_aware(_parsed(datetime, what, stored)), what, stored)

    def show(self, stored: Any, names: Names) -> str:
        """Weekday, day and time in the Netherlands."""
        return dates.named_moment(datetime.fromisoformat(stored))


def _parsed(kind: type[D], what: str, stored: Any) -> D:
    try:
        return kind.fromisoformat(stored)
    except (TypeError, ValueError):
        raise SentenceError(f"{what} is no {kind.__name__}") from None


@dataclass(frozen=True)
class Choice(Parameter):
    """A value of an enumeration, shown by its label."""

    of: type[models.Choices]

    def store(self, what: str, value: Any) -> Any:
        """The value."""
        _must(value in self.of.values, what, value)
        return self.of(value).value

    def check(self, what: str, stored: Any) -> None:
        """One of the values."""
        _must(stored in self.of.values, what, stored)

    def show(self, stored: Any, names: Names) -> str:
        """The label."""
        label = str(self.of(stored).label)
        return in_je(label) if get_language() == JE else label


@dataclass(frozen=True)
class Choices(Parameter):
    """Some values of an enumeration, shown by their labels with commas."""

    of: type[models.Choices]

    def store(self, what: str, value: Any) -> list[Any]:
        """The values, at least one."""
        _must(isinstance(value, list | tuple) and bool(value), what, value)
        return [Choice(self.of).store(what, one) for one in value]

    def check(self, what: str, stored: Any) -> None:
        """Values of the enumeration."""
        self.store(what, stored)

    def show(self, stored: Any, names: Names) -> str:
        """The labels."""
        return ", ".join(Choice(self.of).show(one, names) for one in stored)


@dataclass(frozen=True)
class Number(Parameter):
    """A whole number."""

    def store(self, what: str, value: Any) -> int:
        """The number."""
        _must(isinstance(value, int) and not isinstance(value, bool), what, value)
        return int(value)

    def check(self, what: str, stored: Any) -> None:
        """A number."""
        self.store(what, stored)

    def show(self, stored: Any, names: Names) -> str:
        """In digits."""
        return str(stored)


@dataclass(frozen=True)
class Words(Parameter, ABC):
    """Words as somebody wrote them."""

    def store(self, what: str, value: Any) -> str:
        """The words as they are."""
        _must(isinstance(value, str), what, value)
        return str(value)

    def check(self, what: str, stored: Any) -> None:
        """Text."""
        self.store(what, stored)


@dataclass(frozen=True)
class Free(Words):
    """What a colleague or partner wrote: as it was written, and je on a page that says je."""

    def show(self, stored: Any, names: Names) -> str:
        """The words."""
        return in_je(stored) if get_language() == JE else str(stored)


@dataclass(frozen=True)
class OwnWords(Words):
    """What the resident wrote: never changed."""

    def show(self, stored: Any, names: Names) -> str:
        """The words."""
        return str(stored)


@dataclass(frozen=True)
class PartnershipText(Words):
    """A text of the partnership's file, whose catalogue may have its English."""

    def show(self, stored: Any, names: Names) -> str:
        """The text in the language of the page, where a catalogue has it."""
        return in_their_form(stored)


@dataclass(frozen=True)
class NestedSentence(Parameter):
    """Another sentence, such as what was due."""

    def store(self, what: str, value: Any) -> Any:
        """Its key and parameters."""
        _must(hasattr(value, "as_json"), what, value)
        return value.as_json()

    def check(self, what: str, stored: Any) -> None:
        """A key and parameters; whether the kind exists is looked at when it is shown."""
        _must(isinstance(stored, dict) and set(stored) == {"sentence", "parameters"}, what, stored)

    def show(self, stored: Any, names: Names) -> str:
        """The sentence."""
        return names.nested(stored, names)


def _is_id(value: object) -> bool:
    try:
        UUID(str(value))
    except ValueError:
        return False
    return True

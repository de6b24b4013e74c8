"""Find people by their name as it is heard and typed, by an index.

`intake/migrations/sql/name_search.sql` holds the functions on which the index stands.
Accents, capitals, van and de, and one or two words are forgiven; `nearly` also forgives one letter
too many, too few, wrong or swapped in each word, and what sounds the same.
"""

from django.db.models import BooleanField, Func, QuerySet, TextField, Value

from intake.people.models import Person
from organisations.partnerships.models import Partnership

_KEYS = "intake_name_keys"


def _asks(function: str, typed: str) -> Func:
    return Func(
        Func("name", "called", function=_KEYS),
        Func(Value(typed, output_field=TextField()), function=function),
        template="(%(expressions)s)",
        arg_joiner=" @@ ",
        output_field=BooleanField(),
    )


def called(typed: str, partnership: Partnership) -> QuerySet[Person]:
    """Return the people with each typed word in their name, or a word that begins with it."""
    return Person.objects.filter(_asks("intake_name_exact", typed), partnership=partnership)


def nearly(typed: str, partnership: Partnership) -> QuerySet[Person]:
    """Return the people whose name is nearly so; those of `called` as well."""
    return Person.objects.filter(_asks("intake_name_like", typed), partnership=partnership)

"""Who can be the second of two people who decide; the same in SQL (`role_is_second`).

An administrator appoints other administrators alone. So one of those is no second person beside
who appointed them, or beside another whom the same person appointed. Coordinators are, unless they
appointed the first: their role took two people. So are administrators whom the command line made
(`invite_administrator --also`).
"""

from datetime import datetime

from django.db.models import BooleanField, DateField, F, Func, QuerySet, UUIDField, Value

from organisations.partnerships.models import Partnership
from welzijn.accounts.models import User
from welzijn.core.working_days import local_date


def beside(
    first: User, people: QuerySet[User], *, partnership: Partnership, on: datetime
) -> QuerySet[User]:
    """Return who of `people` can decide on what `first` asked or proposed."""
    second = Func(
        Value(partnership.pk, output_field=UUIDField()),
        Value(first.pk, output_field=UUIDField()),
        F("pk"),
        Value(local_date(on), output_field=DateField()),
        function="role_is_second",
        output_field=BooleanField(),
    )
    return people.alias(is_second=second).filter(is_second=True)

"""The caseload as a user gets it."""

from typing import Any

from referrals.caseload import listing
from referrals.caseload.selection import CaseloadFilter
from tests.support import factories as make
from welzijn.accounts.models import User


def show(here: make.World, user: User, **filters: Any) -> listing.Page:
    return listing.show(
        user=user,
        partnership=here.partnership,
        filters=CaseloadFilter(**filters),
        now=make.TUESDAY,
    )


def references(page: listing.Page) -> list[str]:
    return [row.question.reference for row in page.rows]

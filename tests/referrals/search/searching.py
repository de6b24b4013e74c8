"""A search as a user gets it."""

from intake.submission.submission import ContactChoices
from referrals.search import results
from tests.support import factories as make
from welzijn.accounts.models import User


def reached(*, phone: str = "", email: str = "") -> ContactChoices:
    """Return how an asker can be reached."""
    return ContactChoices(phone=phone, email=email, ways=("phone",) if phone else ("email",))


def search(here: make.World, user: User, text: str) -> results.Results:
    return results.find(
        user=user,
        partnership=here.partnership,
        search=text,
        most=results.ON_A_PAGE,
        now=make.TUESDAY,
    )


def found(here: make.World, user: User, text: str) -> dict[str, list[str]]:
    """Return the references that were found, by group."""
    groups = search(here, user, text).groups
    return {str(group): [row.question.reference for row in rows] for group, _t, rows in groups}

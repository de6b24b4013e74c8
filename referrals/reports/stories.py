"""What partners say about a goal in a quarter, and what the municipality answers.

tell(...)     by a coordinator: their organisation's story; names no person
answer(...)   by a policy officer of that municipality, once
"""

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from intake.questions.status import WrongMomentError
from organisations.partnerships.models import Partnership
from organisations.roles.models import Membership, Role
from organisations.roles.permissions import roles_at
from referrals.casework_base import anonymity_check
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.reports.categories import successors
from referrals.reports.models import GoalStory
from welzijn.accounts.models import User

Check = Callable[[str], None]


def check(text: str) -> None:
    """Raise ValidationError if a text identifies a person."""
    anonymity_check.check_for(text, [])


def add_story(
    *,
    partnership: Partnership,
    municipality: str,
    quarter: date,
    goal: str,
    text: str,
    by: User,
    now: datetime,
) -> GoalStory:
    """Record what an organisation says about a goal.

    Raises NotAllowedError for who is no coordinator, ValidationError for a text about a person.
    """
    member = next((m for m in roles_at(by, partnership) if m.role == Role.COORDINATOR), None)
    if member is None:
        raise NotAllowedError(_("U heeft hier geen rol voor."))
    check(text)
    return GoalStory.objects.create(
        partnership=partnership,
        municipality=municipality,
        quarter=quarter,
        goal=goal,
        text=text.strip(),
        organisation=member.organisation,
        written_by=by,
        written_at=now,
    )


def answer(*, story: GoalStory, text: str, by: User, now: datetime) -> GoalStory:
    """Record the municipality's answer.

    Raises NotAllowedError for another's municipality, WrongMomentError where there is one already.
    """
    check(text)
    with transaction.atomic():
        story = GoalStory.objects.select_for_update(of=("self",)).get(pk=story.pk)
        if not may_answer(by, story):
            raise NotAllowedError(_("U heeft hier geen rol voor."))
        if story.answer:
            raise WrongMomentError(_("Er is intussen al een antwoord."))
        story.answer, story.answered_by, story.answered_at = text.strip(), by, now
        story.save(update_fields=["answer", "answered_by", "answered_at"])
    return story


def may_answer(user: User, story: GoalStory) -> bool:
    """Return whether this user speaks for the municipality of a story."""
    counts_as = successors(story.partnership)

    def speaks(member: Membership) -> bool:
        code = member.municipality_id or ""
        return member.role == Role.MUNICIPALITY and counts_as.get(code, code) == story.municipality

    return any(speaks(member) for member in roles_at(user, story.partnership))

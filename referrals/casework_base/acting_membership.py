"""In what capacity a user acts on a question: their membership, and the basis it rests on.

Every verb of this app asks here after it has locked the question, so that a basis which ended a
moment ago counts as ended. `permissions.py` declares the same answers for the views.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from intake.consent import bases as sharing_bases
from intake.desk import lookup as desk_lookup
from intake.questions.models import Question, SharingBasis
from intake.questions.models.querysets import CASE_ROLES
from intake.questions.permissions import opens
from intake.questions.status import WrongMomentError
from organisations.directory import participation
from organisations.directory.models import Organisation
from organisations.partnerships.models import Partnership
from organisations.roles import availability
from organisations.roles.models import Membership, Role
from welzijn.accounts.models import User
from welzijn.core.working_days import local_date


class NotAllowedError(PermissionDenied):
    """The user may not do this (any more). `args[0]` is a sentence for the screen."""


@dataclass(frozen=True, slots=True)
class ActingMembership:
    """A membership with the basis by which it reads the question."""

    membership: Membership
    basis: SharingBasis

    @property
    def organisation(self) -> Organisation:
        """The organisation that the user acts for."""
        return self.membership.organisation


def memberships(user: User, question: Question, on: date) -> list[Membership]:
    """Return the memberships of `user` in the question's partnership on that day."""
    if not user.is_active:
        return []
    return list(
        Membership.objects.active(on)
        .filter(user=user, partnership_id=question.partnership_id)
        .with_absent(on)
        .select_related("organisation")
        .order_by("granted_at", "id")
    )


def acting_memberships(user: User, question: Question, on: date) -> list[ActingMembership]:
    """Return every capacity in which `user` may read and work on `question` on that day."""
    valid = SharingBasis.objects.filter(question=question, ended_at__isnull=True)
    return acting_memberships_among(question, memberships(user, question, on), valid)


def acting_memberships_among(
    question: Question, mine: Iterable[Membership], valid: Iterable[SharingBasis]
) -> list[ActingMembership]:
    """The same, from roles in the question's partnership and valid bases that are at hand.

    In the order of `intake.consent.bases.in_order`, so that a verb acts on the basis that a look is
    logged under.
    """
    mine = list(mine)
    return [
        ActingMembership(m, basis)
        for basis in sharing_bases.in_order(valid)
        for m in mine
        if opens(m, basis, question)
    ]


def working_as(user: User, question: Question, on: date) -> ActingMembership | None:
    """Return how `user` works on `question`, the lead's side first; None if not at all."""
    mine = acting_memberships(user, question, on)
    return _first_for_lead(mine, question) or (mine[0] if mine else None)


def leading_as(user: User, question: Question, on: date) -> ActingMembership | None:
    """Return how `user` acts for the lead of `question`, or None."""
    return _first_for_lead(acting_memberships(user, question, on), question)


def leading_among(
    question: Question, mine: Iterable[Membership], valid: Iterable[SharingBasis]
) -> ActingMembership | None:
    """`leading_as`, from roles in the question's partnership and valid bases that are at hand."""
    return _first_for_lead(acting_memberships_among(question, mine, valid), question)


def coordinating_as(user: User, question: Question, on: date) -> Membership | None:
    """Return the role by which `user` coordinates the question's partnership, or None.

    It gives the person-free row and the right to move and assign; not the question itself.
    """
    mine = memberships(user, question, on)
    return next((m for m in mine if m.role == Role.COORDINATOR), None)


def triaging_as(user: User, question: Question, on: date) -> Membership | None:
    """Return the role by which `user` handles a question of the triage team, or None."""
    triage = question.partnership.triage_team_id
    if question.lead_team_id is None or question.lead_team_id != triage:
        return None
    found = leading_as(user, question, on)
    return found.membership if found and found.membership.team_id == triage else None


def _first_for_lead(mine: list[ActingMembership], question: Question) -> ActingMembership | None:
    return next((s for s in mine if acts_for_lead(s, question)), None)


def acts_for_lead(acting: ActingMembership, question: Question) -> bool:
    """Whether this is a membership of the organisation or team that leads."""
    if question.lead_team_id is not None:
        return acting.basis.team_id == question.lead_team_id
    return acting.basis.organisation_id == question.lead_id


def must_work(user: User, question: Question, now: datetime) -> ActingMembership:
    """`working_as`, or NotAllowedError."""
    found = working_as(user, question, local_date(now))
    if found is None:
        raise NotAllowedError(_("U werkt niet (meer) aan deze vraag."))
    return found


def must_lead(user: User, question: Question, now: datetime) -> ActingMembership:
    """`leading_as`, or NotAllowedError."""
    found = leading_as(user, question, local_date(now))
    if found is None:
        raise NotAllowedError(_("Uw organisatie heeft niet (meer) de regie over deze vraag."))
    return found


def must_place(user: User, question: Question, now: datetime) -> Membership:
    """Return the role by which `user` may change the lead, or raise NotAllowedError.

    Coordinators may, and members of the triage team what lies with triage.
    """
    on = local_date(now)
    found = triaging_as(user, question, on) or coordinating_as(user, question, on)
    if found is None:
        raise NotAllowedError(_("Alleen een coördinator of het toegangsteam kan dit doen."))
    return found


def works_or_logged(
    user: User, question: Question, now: datetime, *, at_any_time: bool = False
) -> Organisation | None:
    """Return for which organisation the user works on the question, or just logged it at a desk.

    The desk adds to what it wrote down and puts it right, on the day itself and the working day
    after: later what the resident gave since is none of its business. `at_any_time`: also later,
    for taking away what one added oneself. None for everybody else.
    """
    today = local_date(now)
    acting = working_as(user, question, today)
    if acting is not None:
        return acting.organisation
    if question.logged_by_id != user.pk:
        return None
    if not at_any_time and not desk_lookup.is_of_this_desk_day(question, now):
        return None
    mine = memberships(user, question, today)
    return next((m.organisation for m in mine if m.role == Role.FRONT_DESK), None)


def must_work_or_have_logged(
    user: User, question: Question, now: datetime, *, at_any_time: bool = False
) -> Organisation:
    """Return what `works_or_logged` does. Raises NotAllowedError where it is None."""
    found = works_or_logged(user, question, now, at_any_time=at_any_time)
    if found is None:
        raise NotAllowedError(_("U werkt niet (meer) aan deze vraag."))
    return found


def can_be_assigned(user: User, question: Question, on: date) -> Membership | None:
    """Return the membership by which `user` could be assigned the question, or None.

    Somebody of the leading organisation with a part in the casework, or of the leading team as far
    as the basis names their organisation.
    """
    return assignable_among(question, memberships(user, question, on), basis_of_lead(question))


def present(to: User, question: Question, on: date) -> User:
    """Return `to`, or who stands in for them on that day and may have the question."""
    stand_in = availability.stand_in(user=to, partnership_id=question.partnership_id, on=on)
    if stand_in is None or can_be_assigned(stand_in, question, on) is None:
        return to
    return stand_in


def assignable_among(
    question: Question, mine: Iterable[Membership], lead_basis: SharingBasis | None
) -> Membership | None:
    """`can_be_assigned`, from roles in the question's partnership and a basis that are at hand."""
    if lead_basis is None:
        return None
    for membership in mine:
        if lead_basis.team_id is not None:
            if (
                membership.role == Role.TEAM_MEMBER
                and membership.team_id == lead_basis.team_id
                and membership.organisation_id in lead_basis.team_organisations
            ):
                return membership
        elif membership.organisation_id == question.lead_id and membership.role in CASE_ROLES:
            return membership
    return None


def basis_of_lead(question: Question) -> SharingBasis | None:
    """Return the valid basis on which the lead reads the question."""
    valid = SharingBasis.objects.filter(question=question, ended_at__isnull=True)
    if question.lead_team_id is not None:
        return valid.filter(team_id=question.lead_team_id).first()
    return valid.filter(organisation_id=question.lead_id).first()


def must_take_part(partnership: Partnership, organisation: Organisation, now: datetime) -> None:
    """Raise WrongMomentError unless the organisation picks questions up here on this day."""
    if not participation.picking_up(partnership.pk, local_date(now)).contains(organisation):
        raise WrongMomentError(_("Deze organisatie pakt hier geen vragen op."))

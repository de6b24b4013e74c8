"""The statuses of an MDO, who may organise it, and who may read which question of it."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils.translation import gettext as _

from intake.questions.models import Question
from intake.questions.status import WrongMomentError
from organisations.directory.models import Organisation
from organisations.roles.memberships import memberships_of
from organisations.roles.models import Membership, Role
from referrals.casework_base import acting_membership
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.conferences.models import AgendaItem, Conference, Participant
from welzijn.accounts.models import User
from welzijn.core.working_days import local_date

S = Conference.Status
# Allowed transitions. Planning again changes the time.
MOVES: dict[str, frozenset[str]] = {
    S.PROPOSED: frozenset({S.PLANNED, S.CANCELLED}),
    S.PLANNED: frozenset({S.PLANNED, S.HELD, S.CANCELLED}),
    S.HELD: frozenset(),
    S.CANCELLED: frozenset(),
}


def lock(conference: Conference) -> Conference:
    """Reload and lock the MDO; always before its questions, to prevent deadlocks."""
    return Conference.objects.select_for_update(no_key=True, of=("self",)).get(pk=conference.pk)


def move(conference: Conference, to: str) -> None:
    """Set the status of a locked MDO; the caller saves. Raises WrongMomentError."""
    if to not in MOVES[conference.status]:
        raise WrongMomentError(_("Dat kan nu niet meer: dit MDO is al gehouden of afgezegd."))
    conference.status = to


def may_propose_as(user: User, question: Question, on: date) -> Membership | None:
    """Return the membership by which `user` may propose an MDO about a question, or None.

    The wijkaanjager of its neighbourhood and a coordinator do so without reading the question.
    """
    working = acting_membership.working_as(user, question, on)
    if working is not None:
        return working.membership
    for membership in acting_membership.memberships(user, question, on):
        if membership.role == Role.COORDINATOR:
            return membership
        if (
            membership.role == Role.NEIGHBOURHOOD_LEAD
            and question.neighbourhood_id is not None
            and membership.neighbourhood_id == question.neighbourhood_id
        ):
            return membership
    return None


def organising_as(user: User, conference: Conference, on: date) -> Membership | None:
    """Return the membership by which `user` organises this MDO, or None."""
    for item in conference.agenda.select_related("question__partnership"):
        found = may_propose_as(user, item.question, on)
        if found is not None:
            return found
    return None


def must_organise(user: User, conference: Conference, now: datetime) -> Membership:
    """`organising_as`, or NotAllowedError."""
    found = organising_as(user, conference, local_date(now))
    if found is None:
        raise NotAllowedError(_("U organiseert dit MDO niet (meer)."))
    return found


def takes_part(participant: Participant, on: date) -> bool:
    """Whether a participant still works at their organisation: no role, no invitation."""
    if participant.removed_at is not None:
        return False
    return participant.user is None or any(
        m.organisation_id == participant.organisation_id
        and m.partnership_id == participant.conference.partnership_id
        for m in memberships_of(participant.user, on)
    )


def missing(item: AgendaItem, participants: Iterable[Participant], on: date) -> list[Organisation]:
    """Return the invited organisations whose participant may not read this question yet."""
    found = {
        p.organisation.pk: p.organisation
        for p in participants
        if p.organisation is not None and p.user is not None and not reads_item(p.user, item, p, on)
    }
    return list(found.values())


def reads_item(user: User, item: AgendaItem, participant: Participant | None, on: date) -> bool:
    """Whether `user` may read what this MDO says about this question.

    Who works on the question does; a participant does on a basis of their own organisation, or of a
    team that they are in. Being invited is no basis.
    """
    if acting_membership.working_as(user, item.question, on) is not None:
        return True
    if participant is None or participant.user_id != user.pk or participant.removed_at is not None:
        return False
    mine = acting_membership.memberships(user, item.question, on)
    if all(m.organisation_id != participant.organisation_id for m in mine):
        return False
    for basis in item.question.sharing_bases.filter(ended_at__isnull=True):
        if basis.organisation_id == participant.organisation_id:
            return True
        if basis.team_id is not None and any(
            m.team_id == basis.team_id and m.organisation_id in basis.team_organisations
            for m in mine
        ):
            return True
    return False

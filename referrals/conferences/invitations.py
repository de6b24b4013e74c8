"""Who takes part in an MDO: invite colleagues and outsiders, take them off, record who comes.

    invite(conference=, member=, by=, now=)
    invite_outside(conference=, name=, works_at=, email=, by=, now=)
    remove(participant=, by=, now=)
    answer(participant=, comes=, now=)

Each locks the conference first. An invitation shows time and place, nothing of a question.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from intake.questions.status import WrongMomentError
from organisations.directory.models import Organisation
from organisations.roles.models import Membership
from referrals.conferences import closing, notifications, state_machine
from referrals.conferences.models import Conference, Participant
from welzijn.accounts.models import User
from welzijn.core.working_days import local_date


def invite(*, conference: Conference, member: Membership, by: User, now: datetime) -> Participant:
    """Invite somebody of an organisation that takes part; they see time and place, no more.

    Raises NotAllowedError, and WrongMomentError for a role that has ended.
    """
    with transaction.atomic():
        conference = _open(conference, by, now)
        active = Membership.objects.active(local_date(now)).filter(pk=member.pk)
        if not active.filter(partnership=conference.partnership_id).exists():
            raise WrongMomentError(_("Deze collega werkt hier niet (meer)."))
        known = conference.participants.filter(user=member.user).first()
        off = known is not None and known.removed_at is not None
        who = take_part(conference, member.user, member.organisation, now)
        if known is None or off:
            notifications.participant(conference, who, now, back=off)
    return who


def invite_outside(
    *, conference: Conference, name: str, works_at: str, email: str, by: User, now: datetime
) -> Participant:
    """Invite somebody without an account: a mail with time and place, and a page to say yes or no.

    They read nothing of a question here. Raises NotAllowedError, WrongMomentError.
    """
    with transaction.atomic():
        conference = _open(conference, by, now)
        email = email.strip().lower()
        known = conference.participants.filter(email=email).first()
        who = known or Participant(conference=conference, email=email, invited_at=now)
        off = who.removed_at is not None
        _back(who)
        who.name, who.works_at = name.strip(), works_at.strip()
        who.save()
        if known is None or off:
            notifications.participant(conference, who, now, back=off)
    return who


def remove(*, participant: Participant, by: User, now: datetime) -> None:
    """Take somebody off the list; a planned appointment leaves their calendar.

    The last of an organisation takes its basis along, where it only talked along.
    """
    with transaction.atomic():
        conference = _open(participant.conference, by, now)
        participant = Participant.objects.select_for_update(of=("self",)).get(pk=participant.pk)
        if participant.removed_at is not None:
            return
        participant.removed_at = now
        participant.save(update_fields=["removed_at"])
        if conference.status == Conference.Status.PLANNED:
            notifications.participant(conference, participant, now)
        if participant.organisation_id is not None:
            closing.end_all_participation(conference=conference, now=now)


def answer(*, participant: Participant, comes: bool, now: datetime) -> Participant:
    """A participant comes or doesn't. Raises WrongMomentError where it is over."""
    with transaction.atomic():
        conference = state_machine.lock(participant.conference)
        participant = Participant.objects.select_for_update(of=("self",)).get(pk=participant.pk)
        over = not conference.is_open or conference.has_been(now)
        if over or participant.removed_at is not None:
            raise WrongMomentError(_("Dit overleg is al geweest of gaat niet door."))
        participant.comes, participant.answered_at = comes, now
        participant.save(update_fields=["comes", "answered_at"])
    return participant


def take_part(
    conference: Conference, user: User, organisation: Organisation, now: datetime
) -> Participant:
    """A member of staff as participant, back again where they had been taken off."""
    known = conference.participants.filter(user=user).first()
    if known is None:
        return Participant.objects.create(
            conference=conference, user=user, organisation=organisation, invited_at=now
        )
    _back(known)
    known.organisation = organisation
    known.save()
    return known


def _back(who: Participant) -> None:
    """Forget that they were taken off, and with it what they had answered."""
    if who.removed_at is not None:
        who.removed_at = who.comes = who.answered_at = None


def _open(conference: Conference, by: User, now: datetime) -> Conference:
    conference = state_machine.lock(conference)
    state_machine.must_organise(by, conference, now)
    if not conference.is_open:
        raise WrongMomentError(_("Dit MDO is al gehouden of afgezegd."))
    return conference

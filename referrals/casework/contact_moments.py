"""Record conversations with the resident, and failed attempts.

log_contact(question=, way=, outcome=, by=, now=, agreed="", note="", done=(), next_on=None,
            next_what="")
write(question=, text=, by=, now=)  an answer on the resident's own page
failed_tries(question) -> how many tries since the last conversation
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from intake.questions import status, timeline
from intake.questions.models import Question, TimelineEntry
from intake.questions.sentences import Sentence
from referrals.casework import sentences
from referrals.casework_base import acting_membership, notify
from referrals.casework_base.models import ContactMoment
from referrals.follow_ups import sentences as follow_up_sentences
from referrals.follow_ups import services as follow_up_services
from referrals.follow_ups import staff_actions as follow_up_actions
from referrals.follow_ups.models import FollowUp
from referrals.handovers import endings as handover_endings
from referrals.handovers.models import Handover
from welzijn.accounts.models import User

# After so many tries without a conversation a question may be closed as "no contact", and a
# handover that waits for the resident goes back to the sender.
TRIES = 3


def failed_tries(question: Question, since: datetime | None = None) -> int:
    """Return the failed attempts since the resident was last spoken to (and since a moment)."""
    spoken = question.contact_moments.filter(outcome=ContactMoment.Outcome.SPOKEN).aggregate(
        last=Max("at")
    )["last"]
    tries = question.contact_moments.exclude(outcome=ContactMoment.Outcome.SPOKEN)
    for moment in (spoken, since):
        if moment is not None:
            tries = tries.filter(at__gt=moment)
    return tries.count()


def log_contact(
    *,
    question: Question,
    way: ContactMoment.Way,
    outcome: ContactMoment.Outcome,
    by: User,
    now: datetime,
    agreed: str = "",
    note: str = "",
    done: Iterable[FollowUp] = (),
    next_on: date | None = None,
    next_what: str = "",
) -> ContactMoment:
    """Record a conversation or attempt. The resident reads `agreed`; `note` is for staff.

    `done` are appointments or terms of the law that it did away with.
    The first conversation is the first contact: it ends that follow-up. `next_on` plans the next
    step in the same transaction. The third failed try in a row sends a handover that waits for the
    resident back to its sender. Raises NotAllowedError, WrongMomentError.
    """
    with transaction.atomic():
        question = status.lock(question)
        acting = acting_membership.must_work(by, question, now)
        follow_up_services.must_be_open(question)
        moment = ContactMoment.objects.create(
            question=question,
            by=by,
            organisation=acting.organisation,
            at=now,
            way=way,
            outcome=outcome,
            agreed=agreed,
            note=note,
        )
        spoken = outcome == ContactMoment.Outcome.SPOKEN
        question.last_activity_at = now
        if spoken:
            if question.first_contact_at is None:
                question.first_contact_at = now
            follow_up_services.close_open(
                question, [FollowUp.Kind.FIRST_CONTACT], done=True, now=now
            )
        question.save()
        entry = timeline.by_staff(
            question=question,
            kind=TimelineEntry.Kind.CONTACT,
            user=by,
            organisation=acting.organisation,
            sentence=_resident_sentence(moment, agreed),
            note=note,
            now=now,
        )
        if way == ContactMoment.Way.PAGE:
            notify.resident(question, entry, now)
        for planned in done:
            follow_up_actions.done(follow_up=planned, by=by, now=now, for_resident=False)
        if next_on is not None:
            follow_up_actions.plan(
                question=question,
                what=next_what or follow_up_sentences.CONTACT_AGAIN(),
                due_on=next_on,
                by=by,
                now=now,
            )
        follow_up_services.next_step(question)
        if not spoken:
            _three_tries(question, now)
    return moment


def write(*, question: Question, text: str, by: User, now: datetime) -> ContactMoment:
    """Post an answer on the resident's own page; it counts as a conversation.

    For who gave no number or address and looks with their code. Where they may be mailed they hear
    that there is news. Raises NotAllowedError, WrongMomentError.
    """
    return log_contact(
        question=question,
        way=ContactMoment.Way.PAGE,
        outcome=ContactMoment.Outcome.SPOKEN,
        agreed=text,
        by=by,
        now=now,
    )


def _resident_sentence(moment: ContactMoment, agreed: str) -> Sentence:
    """Return the sentence that the resident reads."""
    if moment.way == ContactMoment.Way.PAGE:
        return sentences.ANSWER_WRITTEN(text=agreed)
    first, with_more = {
        ContactMoment.Outcome.SPOKEN: (
            sentences.SPOKEN,
            sentences.SPOKEN_AGREED,
        ),
        ContactMoment.Outcome.NOT_REACHED: (
            sentences.NOT_REACHED,
            sentences.NOT_REACHED_AGREED,
        ),
        ContactMoment.Outcome.MESSAGE_LEFT: (
            sentences.MESSAGE_LEFT,
            sentences.MESSAGE_LEFT_AGREED,
        ),
    }[ContactMoment.Outcome(moment.outcome)]
    return with_more(agreed=agreed) if agreed else first()


def _three_tries(question: Question, now: datetime) -> None:
    state = Handover.Status
    waiting = Handover.objects.filter(
        question=question, status__in=[state.PROPOSED, state.ANSWERED, state.ACCEPTED]
    ).first()
    if waiting is None:
        return
    since = waiting.answered_at or waiting.proposed_at
    if waiting.status == state.ANSWERED:
        since = waiting.talk.latest("at").at
    if failed_tries(question, since) >= TRIES:
        handover_endings.lapse(handover=waiting, now=now)

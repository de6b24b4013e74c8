"""Record conversations with the resident, and failed attempts.

log_contact(question=, way=, outcome=, by=, now=, at=None, agreed="", note="", done=(),
            next_on=None, next_what="")
add_note(question=, text=, by=, now=)  for colleagues, without a contact
write(question=, text=, by=, now=)  an answer on the resident's own page
failed_tries(question) -> how many tries since the last conversation
"""

from collections.abc import Iterable
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from intake.questions import status, timeline
from intake.questions.models import Question, TimelineEntry
from intake.questions.sentences import Sentence
from intake.questions.status import WrongMomentError
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
from welzijn.core.working_days import local_date

# After so many tries without a conversation a question may be closed as "no contact", and a
# handover that waits for the resident goes back to the sender.
TRIES = 3

_Outcome = ContactMoment.Outcome
# (outcome, something was agreed, on an earlier day than it was written down)
_CONTACTS = {
    (_Outcome.SPOKEN, False, False): sentences.SPOKEN,
    (_Outcome.SPOKEN, True, False): sentences.SPOKEN_AGREED,
    (_Outcome.SPOKEN, False, True): sentences.SPOKEN_ON,
    (_Outcome.SPOKEN, True, True): sentences.SPOKEN_ON_AGREED,
    (_Outcome.NOT_REACHED, False, False): sentences.NOT_REACHED,
    (_Outcome.NOT_REACHED, True, False): sentences.NOT_REACHED_AGREED,
    (_Outcome.NOT_REACHED, False, True): sentences.NOT_REACHED_ON,
    (_Outcome.NOT_REACHED, True, True): sentences.NOT_REACHED_ON_AGREED,
    (_Outcome.MESSAGE_LEFT, False, False): sentences.MESSAGE_LEFT,
    (_Outcome.MESSAGE_LEFT, True, False): sentences.MESSAGE_LEFT_AGREED,
    (_Outcome.MESSAGE_LEFT, False, True): sentences.MESSAGE_LEFT_ON,
    (_Outcome.MESSAGE_LEFT, True, True): sentences.MESSAGE_LEFT_ON_AGREED,
}


def failed_tries(question: Question, since: datetime | None = None) -> int:
    """Return the failed attempts since the resident was last spoken to (and since a moment)."""
    counted = question.contact_moments.counted()
    spoken = counted.filter(outcome=ContactMoment.Outcome.SPOKEN).aggregate(last=Max("at"))["last"]
    tries = counted.exclude(outcome=ContactMoment.Outcome.SPOKEN)
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
    next_at: time | None = None,
    next_what: str = "",
    at: datetime | None = None,
) -> ContactMoment:
    """Record a conversation or attempt. The resident reads `agreed`; `note` is for staff.

    `at` is when it was, if not now: between the day the question came in and now.
    `done` are appointments or terms of the law that it did away with.
    The first conversation is the first contact: it ends that follow-up. `next_on` plans the next
    step in the same transaction. The third failed try in a row sends a handover that waits for the
    resident back to its sender. Raises NotAllowedError, WrongMomentError.
    """
    with transaction.atomic():
        question = status.lock(question)
        acting = acting_membership.must_work(by, question, now)
        follow_up_services.must_be_open(question)
        at = _moment_of(question, at, now)
        spoken = outcome == ContactMoment.Outcome.SPOKEN
        question.last_activity_at = now
        if spoken:
            if question.first_contact_at is None or at < question.first_contact_at:
                question.first_contact_at = at
            follow_up_services.close_open(
                question, [FollowUp.Kind.FIRST_CONTACT], done=True, now=now
            )
        question.save()
        entry = timeline.by_staff(
            question=question,
            kind=TimelineEntry.Kind.CONTACT,
            user=by,
            organisation=acting.organisation,
            sentence=_resident_sentence(way, outcome, agreed, _earlier_day(at, now)),
            note=note,
            now=now,
        )
        moment = ContactMoment.objects.create(
            question=question,
            entry=entry,
            by=by,
            organisation=acting.organisation,
            at=at,
            way=way,
            outcome=outcome,
            agreed=agreed,
            note=note,
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
                at_time=next_at,
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


def add_note(*, question: Question, text: str, by: User, now: datetime) -> TimelineEntry:
    """Write a note for colleagues, without a contact. Raises NotAllowedError.

    Also on a closed question: what comes in afterwards has to be written down somewhere.
    """
    with transaction.atomic():
        question = status.lock(question)
        acting = acting_membership.must_work(by, question, now)
        question.last_activity_at = now
        question.save(update_fields=["last_activity_at"])
        return timeline.by_staff(
            question=question,
            kind=TimelineEntry.Kind.NOTE,
            user=by,
            organisation=acting.organisation,
            sentence=sentences.NOTE(text=text),
            for_resident=False,
            now=now,
        )


def _moment_of(question: Question, at: datetime | None, now: datetime) -> datetime:
    """Return when the contact was. Raises WrongMomentError for a day that can't be."""
    if at is None:
        return now
    if at > now:
        raise WrongMomentError(_("Dit moment moet nog komen. Kies wanneer het contact was."))
    if local_date(at) < local_date(question.received_at):
        raise WrongMomentError(_("Toen was deze vraag er nog niet. Kies een latere dag."))
    return at


def _earlier_day(at: datetime, now: datetime) -> date | None:
    day = local_date(at)
    return day if day != local_date(now) else None


def _resident_sentence(
    way: ContactMoment.Way, outcome: ContactMoment.Outcome, agreed: str, day: date | None
) -> Sentence:
    """Return the sentence that the resident reads; with the day where it was another."""
    if way == ContactMoment.Way.PAGE:
        return sentences.ANSWER_WRITTEN(text=agreed)
    sentence_kind = _CONTACTS[outcome, bool(agreed), day is not None]
    values: dict[str, object] = {"agreed": agreed} if agreed else {}
    if day is not None:
        values["day"] = day
    return sentence_kind(**values)


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

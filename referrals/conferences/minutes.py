"""The outcome of an MDO: a plan in the resident's own words, minutes and actions."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from intake.questions import status, timeline
from intake.questions.models import TimelineEntry
from intake.questions.sentences import Sentence
from intake.questions.status import WrongMomentError
from referrals.casework_base import acting_membership, notify
from referrals.conferences import notifications, sentences, state_machine
from referrals.conferences.models import AgendaItem, Conference, ConferenceAction, Participant
from referrals.follow_ups import sentences as follow_up_sentences
from referrals.follow_ups import services as follow_up_services
from referrals.follow_ups import staff_actions as follow_up_actions
from referrals.follow_ups.models import FollowUp
from welzijn.accounts.models import User
from welzijn.core import dates
from welzijn.core.working_days import local_date

DEFAULT_QUESTIONS = ("Wat wil je?", "Wat kun je?", "Wat heb je nodig?")
DEFAULT_CLOSING = "Is dit de beste oplossing?"


def opening_questions(conference: Conference, *, je: bool = False) -> list[str]:
    """The partnership's own three questions, or those of the Samenwerkwijze.

    `je`: as they are put to somebody who is "je".
    """
    own = conference.partnership.opening_questions
    wordings = [str((je and q.get("informal")) or q["question"]) for q in own]
    return wordings or list(DEFAULT_QUESTIONS)


def closing_question(conference: Conference) -> str:
    """Return the question that closes a plan."""
    return conference.partnership.closing_question or DEFAULT_CLOSING


def write(
    *,
    item: AgendaItem,
    answers: Sequence[tuple[str, str]],
    plan: str,
    best: str,
    best_words: str,
    minutes: str,
    by: User,
    now: datetime,
) -> AgendaItem:
    """Write plan and minutes of one question, once the MDO has begun: then it counts as held.

    The resident reads them on their page, participants as far as they may read the question; a
    message only says that there are minutes. Raises NotAllowedError, WrongMomentError before the
    MDO has begun.
    """
    with transaction.atomic():
        conference = state_machine.lock(item.conference)
        question = status.lock(item.question)
        acting = acting_membership.must_work(by, question, now)
        item = AgendaItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
        item.question, item.conference = question, conference
        if conference.status not in (state_machine.S.PLANNED, state_machine.S.HELD):
            raise WrongMomentError(_("Kies eerst een dag voor dit MDO."))
        assert conference.starts_at is not None
        if conference.starts_at > now:
            raise WrongMomentError(
                _("Dit MDO is nog niet geweest. Het verslag kan vanaf {moment} uur.").format(
                    moment=dates.named_moment(conference.starts_at)
                )
            )
        if conference.status == state_machine.S.PLANNED:
            state_machine.move(conference, state_machine.S.HELD)
            conference.save(update_fields=["status"])
        item.answers = [list(pair) for pair in answers]
        item.plan, item.best, item.best_words = plan, best, best_words
        item.minutes = minutes
        item.written_at, item.written_by = now, by
        item.version += 1
        item.save()
        question.last_activity_at = now
        question.save(update_fields=["last_activity_at"])
        entry = timeline.by_staff(
            question=question,
            kind=TimelineEntry.Kind.CONFERENCE,
            user=by,
            organisation=acting.organisation,
            sentence=sentences.WRITTEN(),
            now=now,
        )
        notify.resident(question, entry, now)
        notifications.minutes(item, by, now)
    return item


def add_action(
    *,
    item: AgendaItem,
    what: str,
    participant: Participant | None,
    due_on: date,
    by: User,
    now: datetime,
) -> ConferenceAction:
    """Agree on an action on a working day: a follow-up. Without a participant it is the resident's.

    It is due for the participant where they work on the question; else for `by`, who asks after it.
    Raises NotAllowedError, WrongMomentError for a day that is over or a closed question.
    """
    with transaction.atomic():
        question = status.lock(item.question)
        acting = acting_membership.must_work(by, question, now)
        follow_up_services.must_be_open(question)
        day = follow_up_actions.plannable(due_on, now)
        if participant is not None and participant.conference_id != item.conference_id:
            raise WrongMomentError(_("Diegene doet niet mee aan dit MDO."))
        owner = participant.user if participant is not None else None
        works = acting_membership.working_as(owner, question, local_date(now)) if owner else None
        follow_up = follow_up_services.make(
            question=question,
            kind=FollowUp.Kind.ACTION,
            what=follow_up_sentences.AGREED(what=what.strip())
            if works
            else _ask_after(participant, what.strip()),
            due_on=day,
            organisation=works.organisation if works else acting.organisation,
            team=works.basis.team if works else acting.basis.team,
            worker=owner if works else by,
            waits_for=FollowUp.WaitsFor.US if participant else FollowUp.WaitsFor.RESIDENT,
            by=by,
            now=now,
        )
        action = ConferenceAction.objects.create(
            item=item, what=what.strip(), participant=participant, follow_up=follow_up
        )
        follow_up_services.next_step(question)
    return action


def _ask_after(participant: Participant | None, what: str) -> Sentence:
    """What a worker has to ask, and whom: a colleague, a guest without an account, the resident."""
    if participant is None:
        return sentences.ASK_RESIDENT(what=what)
    if participant.user is None:
        return sentences.ASK_GUEST(who=participant.name, what=what)
    return sentences.ASK_COLLEAGUE(who=participant.user, what=what)

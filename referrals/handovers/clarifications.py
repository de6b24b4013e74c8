"""Clarifications: the receiver asks, the sender answers with what the resident consents to.

    ask(handover=, text=, by=, now=)                        the receiver asks the sender
    answer(handover=, text=, by=, now=, yes_how=None)       the sender answers
    resident_says(talk=, yes=, how=, now=, recorded_by=None)
                                                            the resident reads the answer first
    waiting(handover)                                       what lies with the resident now

An answer is about the resident, so it reaches the receiver only after their yes (invariant 3): on
their page, or told to the worker who wrote it. A no is no end: the sender writes another one.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from intake.questions.models import SharingBasis
from intake.questions.status import WrongMomentError
from organisations.directory.models import Organisation
from referrals.casework_base import acting_membership, anonymity_check, notify
from referrals.handovers import notifications, sentences, state_machine
from referrals.handovers.models import Handover, HandoverTalk
from referrals.handovers.state_machine import S
from welzijn.accounts.models import User


@dataclass(frozen=True, slots=True)
class Waiting:
    """An answer that waits for the resident's consent, and the question it answers."""

    question: str
    answer: HandoverTalk


def ask(*, handover: Handover, text: str, by: User, now: datetime) -> HandoverTalk:
    """Ask the sender a question; the deadline now runs for the sender.

    Raises NotAllowedError, WrongMomentError.
    """
    with transaction.atomic():
        question, handover = state_machine.lock(handover)
        member = state_machine.must_receive(by, handover, now)
        state_machine.transition(handover, question, S.QUESTION, now)
        talk = HandoverTalk.objects.create(
            handover=handover, at=now, by=by, organisation=member.organisation, text=text
        )
        entry = state_machine.record(
            handover,
            question,
            by,
            member.organisation,
            sentences.QUESTION_ASKED(),
            now,
            note=text,
        )
        notify.staff(question, entry, [notify.responsible(question)], "handover_question", now)
    return talk


def answer(
    *,
    handover: Handover,
    text: str,
    by: User,
    now: datetime,
    yes_how: SharingBasis.How | None = None,
) -> HandoverTalk:
    """Answer the receiver, without identifying the person.

    With `yes_how` the resident has said yes to these sentences just now to `by`: they go to the
    receiver, whose clock starts anew. Else they lie with the resident first, who is told that there
    is news. Raises ValidationError for an answer with the person in it, NotAllowedError,
    WrongMomentError.
    """
    with transaction.atomic():
        question, handover = state_machine.lock(handover)
        acting = acting_membership.must_lead(by, question, now)
        anonymity_check.check(text, question)
        # The transition table alone would take consent to an answer for consent to the handover,
        # or to the answer that already waits for the resident.
        if handover.status != S.QUESTION:
            raise state_machine.state_changed_error(handover)
        state_machine.transition(
            handover, question, S.ANSWERED if yes_how is None else S.OFFERED, now
        )
        talk = HandoverTalk(
            handover=handover,
            at=now,
            by=by,
            organisation=acting.organisation,
            text=text,
            needs_yes=True,
        )
        if yes_how is not None:
            _yes(talk, handover, yes_how, by, acting.organisation, now)
            return talk
        talk.save()
        entry = state_machine.record(
            handover,
            question,
            by,
            acting.organisation,
            # Leave the text out: after accepting, the receiver reads the timeline even if the
            # resident refuses this answer.
            sentences.ANSWER_PROPOSED(who=handover.receiver),
            now,
        )
        notify.resident(question, entry, now)
    return talk


def resident_says(
    *,
    talk: HandoverTalk,
    yes: bool,
    how: SharingBasis.How,
    now: datetime,
    recorded_by: User | None = None,
) -> HandoverTalk:
    """Record the resident's consent or refusal of an answer, online or through a worker.

    Raises NotAllowedError for a worker outside the work, WrongMomentError where these sentences no
    longer wait: it was said already, the receiver answered meanwhile, or it is over.
    """
    with transaction.atomic():
        question, handover = state_machine.lock(talk.handover)
        talk = HandoverTalk.objects.select_for_update(of=("self",)).get(pk=talk.pk)
        organisation = state_machine.recording_organisation(recorded_by, question, now)
        if handover.status != S.ANSWERED or not talk.waits_for_resident:
            raise WrongMomentError(_("Dit antwoord ligt niet meer bij de inwoner."))
        if yes:
            state_machine.transition(handover, question, S.OFFERED, now)
            _yes(talk, handover, how, recorded_by, organisation, now)
            return talk
        talk.refused_at = now
        talk.save()
        state_machine.transition(handover, question, S.QUESTION, now)
        entry = state_machine.record(
            handover,
            question,
            recorded_by,
            organisation,
            sentences.ANSWER_REFUSED(sender=handover.sender),
            now,
        )
        notify.staff(
            question,
            entry,
            [notify.responsible(question)],
            "resident_reacted",
            now,
            exclude=recorded_by,
        )
    return talk


def _yes(
    talk: HandoverTalk,
    handover: Handover,
    how: SharingBasis.How,
    recorded_by: User | None,
    organisation: Organisation | None,
    now: datetime,
) -> None:
    talk.resident_yes_at = now
    talk.resident_yes_how = how
    talk.resident_yes_recorded_by = recorded_by
    talk.save()
    state_machine.record(
        handover,
        handover.question,
        recorded_by,
        organisation,
        sentences.ANSWER_AGREED(who=handover.receiver),
        now,
        note=talk.text,
    )
    notifications.offer(handover, handover.question, "handover_offered", now)


def waiting(handover: Handover | None) -> Waiting | None:
    """Return the answer that waits for the resident, with its question; None if there is none."""
    if handover is None or handover.status != S.ANSWERED:
        return None
    talk = list(handover.talk.order_by("-at", "-id"))
    last = next((t for t in talk if t.waits_for_resident), None)
    if last is None:
        return None
    return Waiting(next((t.text for t in talk if not t.needs_yes), ""), last)

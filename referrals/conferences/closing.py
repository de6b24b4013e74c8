"""Clean up after an MDO ends, and cancel an MDO whose questions are all closed.

close_planning_task(conference=, now=, done=)    "choose a day" is no longer due
end_participation(question=, organisations=, now=)    those with no other part in the question
uninvite_residents_of_closed(now=)    for the sweep: one of its questions is closed
cancel_abandoned(now=)    for the sweep: all its questions are closed
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from intake.consent import bases as sharing_bases
from intake.questions import status, timeline
from intake.questions.models import Question, SharingBasis, TimelineEntry
from organisations.directory.models import Organisation
from referrals.conferences import notifications, sentences, state_machine
from referrals.conferences.causes import Because
from referrals.conferences.models import AgendaItem, Conference, Participant
from referrals.follow_ups import services as follow_up_services
from referrals.follow_ups.models import FollowUp
from referrals.handovers.models import Handover
from welzijn.sweeps import rows, set_aside

INVITED, ABANDONED = "invited residents", "abandoned conferences"


def close_planning_task(*, conference: Conference, now: datetime, done: bool) -> None:
    """End the task to choose a day: a day was set (`done`) or the MDO was cancelled."""
    FollowUp.objects.filter(
        question__in=conference.agenda.values("question"),
        kind=FollowUp.Kind.ACTION,
        status=FollowUp.Status.OPEN,
        conference_action__isnull=True,
    ).update(
        status=FollowUp.Status.DONE if done else FollowUp.Status.CANCELLED,
        done_at=now,
        remind_at=None,
    )


def end_participation(
    *, question: Question, organisations: Iterable[Organisation], now: datetime
) -> None:
    """End the basis of organisations that only talked along; the question is locked.

    The resident said yes to talking along (invariant 3): without an MDO, a part in the help or a
    handover that they accepted, nothing is left to read it for.
    """
    for organisation in organisations:
        if _works_or_talks(question, organisation):
            continue
        bases = SharingBasis.objects.filter(
            question=question,
            organisation=organisation,
            kind=SharingBasis.Kind.CONSENT,
            ended_at__isnull=True,
        )
        # Only an accepted handover still needs the basis: the basis now ends with it.
        accepted = question.handovers.filter(
            receiver=organisation, status=Handover.Status.ACCEPTED
        ).first()
        for basis in bases:
            if accepted is None:
                sharing_bases.end(basis=basis, why="conference_over", now=now)
                follow_up_services.return_to_lead(question, organisation)
                follow_up_services.next_step(question)
            else:
                accepted.basis = basis
                accepted.save(update_fields=["basis"])


def end_participation_at_closing(*, question: Question, now: datetime) -> None:
    """End the bases of a closed question, except the lead's. The question is locked."""
    others = SharingBasis.objects.filter(
        question=question,
        organisation__isnull=False,
        kind=SharingBasis.Kind.CONSENT,
        ended_at__isnull=True,
    )
    if question.lead_team_id is None:
        others = others.exclude(organisation=question.lead)
    for basis in others:
        sharing_bases.end(basis=basis, why="conference_over", now=now)


def _works_or_talks(question: Question, organisation: Organisation) -> bool:
    """Whether the organisation leads, supports, or takes part in an open MDO."""
    if question.lead_team_id is None and question.lead_id == organisation.pk:
        return True
    talks = Participant.objects.filter(
        organisation=organisation,
        removed_at__isnull=True,
        conference__agenda__question=question,
    ).exclude(conference__status=Conference.Status.CANCELLED)
    helps = question.referrals.filter(organisation=organisation, until__isnull=True)
    return helps.exists() or talks.exists()


def end_all_participation(*, conference: Conference, now: datetime) -> None:
    """`end_participation` for every question of an MDO that is off; locks them, in one order."""
    for question in Question.objects.filter(agenda_items__conference=conference).order_by("pk"):
        end_participation(
            question=status.lock(question),
            organisations=Organisation.objects.filter(
                pk__in=conference.participants.filter(organisation__isnull=False).values(
                    "organisation"
                )
            ),
            now=now,
        )


def uninvite_residents_of_closed(*, now: datetime) -> int:
    """Uninvite the resident of a closed question from a future MDO.

    It goes on about the other questions of its agenda; where there are none it is called off
    (`cancel_abandoned`). What stands in their calendar leaves it, and their page says so.
    """
    over = AgendaItem.objects.filter(
        resident_invited=True,
        question__status__in=Question.ENDED_STATUSES,
        conference__status=Conference.Status.PLANNED,
        conference__starts_at__gt=now,
    )

    def uninvite(keys: Sequence[tuple[UUID, UUID]]) -> int:
        count = 0
        for pk, conference in keys:
            if not Conference.objects.select_for_update(no_key=True, skip_locked=True).filter(
                pk=conference
            ):
                continue
            item = over.select_related("conference", "question__asker").filter(pk=pk).first()
            if item is None:
                continue
            item.resident_invited = False
            item.not_invited_because = Because.QUESTIONS_ENDED
            item.save(update_fields=["resident_invited", "not_invited_because"])
            entry = timeline.by_system(
                question=item.question,
                kind=TimelineEntry.Kind.CONFERENCE,
                sentence=sentences.NO_LONGER(),
                now=now,
            )
            notifications.not_invited(item, entry, now)
            count += 1
        return count

    free = set_aside.without_held(over, INVITED, now=now).values_list("pk", "conference")
    return rows.work_off(
        INVITED, list(free[:100]), uninvite, now=now, key_of=lambda key: key[0]
    ).done


def cancel_abandoned(*, now: datetime) -> int:
    """Cancel MDOs about questions that are all closed or withdrawn.

    By the sweep rather than by closing: an MDO is locked before its questions. Gives how many.
    """
    still = AgendaItem.objects.filter(
        conference=OuterRef("pk"), question__status__in=Question.OPEN_STATUSES
    )
    abandoned = Conference.objects.filter(~Exists(still), status__in=Conference.OPEN)

    def cancel(keys: Sequence[UUID]) -> int:
        count = 0
        for pk in keys:
            conference = (
                abandoned.select_for_update(no_key=True, of=("self",), skip_locked=True)
                .filter(pk=pk)
                .first()
            )
            if conference is None:
                continue
            state_machine.move(conference, state_machine.S.CANCELLED)
            conference.cancelled_because = Because.QUESTIONS_ENDED
            conference.sequence += 1
            conference.save()
            close_planning_task(conference=conference, now=now, done=False)
            notifications.everybody(conference, None, None, now)
            end_all_participation(conference=conference, now=now)
            count += 1
        return count

    free = set_aside.without_held(abandoned, ABANDONED, now=now).values_list("pk", flat=True)
    return rows.work_off(ABANDONED, list(free[:100]), cancel, now=now).done

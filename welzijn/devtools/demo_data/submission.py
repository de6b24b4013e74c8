"""Submits the hand-written demo questions through the product's own domain functions."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta

from django.db.models import F

from intake.questions.models import Question, SharingBasis
from intake.submission.routing_preview import preview
from intake.submission.submission import ContactChoices, EnteredBy, Submission
from intake.submission.submit import submit
from organisations.directory.models import Organisation
from organisations.front_door import configuration as front_door
from organisations.partnerships.models import Partnership
from organisations.roles.models import Membership, Role
from welzijn.accounts.models import User
from welzijn.core.working_days import local_date, local_moment
from welzijn.devtools.demo_data.casework_steps import apply_steps
from welzijn.devtools.demo_data.demo_questions import DemoQuestion
from welzijn.devtools.demo_data.staff import Staff
from welzijn.notifications.models import Message, Status

_KEYS = uuid.UUID("7d1b0a5e-1c1f-5b53-9d1e-6f2b6c0e7a11")
_ALREADY_READ = timedelta(hours=20)
_AT_A_DESK = {
    Question.Channel.WALK_IN: SharingBasis.How.SPOKEN,
    Question.Channel.PHONE: SharingBasis.How.PHONE,
    Question.Channel.OUTREACH: SharingBasis.How.SPOKEN,
}


def submission_key(partnership: Partnership, question: DemoQuestion) -> uuid.UUID:
    """The submission key of a demo question: always the same, so that it is submitted once."""
    return uuid.uuid5(_KEYS, f"{partnership.slug}/{question.key}")


def submit_questions(*, staff: Staff, questions: Sequence[DemoQuestion], now: datetime) -> int:
    """Submit the missing questions with the steps taken since; return how many were submitted.

    Questions are submitted in order of time. Messages older than `_ALREADY_READ` are marked as
    sent, so that the demo's mailbox shows only recent ones.
    """
    partnership = staff.partnership
    keys = {submission_key(partnership, one): one for one in questions}
    known = set(
        Question.objects.filter(submission_key__in=keys).values_list("submission_key", flat=True)
    )
    new = sorted(
        ((_received_at(one, partnership, now), key, one) for key, one in keys.items()),
        key=lambda row: row[0],
    )
    submitted = [
        _submit(staff, one, key, received_at, now)
        for received_at, key, one in new
        if key not in known
    ]
    _mark_old_messages_sent(submitted, now)
    return len(submitted)


def _submit(
    staff: Staff, one: DemoQuestion, key: uuid.UUID, received_at: datetime, now: datetime
) -> Question:
    partnership = staff.partnership
    entered_by = _entered_by(staff, one)
    submission = _submission(one, key)
    if one.consent == "yes":
        named = preview(
            partnership=partnership, submission=submission, now=received_at, entered_by=entered_by
        )
        submission = _submission(one, key, shares_with=named.shares_with)
    receipt = submit(
        partnership=partnership, submission=submission, now=received_at, entered_by=entered_by
    )
    question = Question.objects.get(pk=receipt.question.pk)
    apply_steps(staff=staff, question=question, demo=one, received_at=received_at, now=now)
    return question


def _submission(one: DemoQuestion, key: uuid.UUID, shares_with: str = "") -> Submission:
    ways = tuple(way for way, value in (("phone", one.phone), ("email", one.email)) if value)
    shared_how = _AT_A_DESK.get(Question.Channel(one.channel), SharingBasis.How.ONLINE)
    if one.channel == Question.Channel.PARTNER:
        shared_how = SharingBasis.How.PARTNER
    return Submission(
        submission_key=key,
        channel=one.channel,
        words=one.words,
        opening_answers=one.opening_answers,
        about=one.about,
        subject_knows=one.subject_knows,
        subject_name=one.subject_name,
        age_band=one.age_band,
        life_domains=one.life_domains,
        postcode=one.postcode,
        neighbourhood=one.neighbourhood,
        danger=one.danger,
        soon=one.soon,
        kind=one.kind,
        name=one.name,
        reach=ContactChoices(
            phone=f"+31{one.phone[1:]}" if one.phone else "",
            email=one.email,
            ways=ways,
            may_leave_message=one.may_leave_message,
            may_say_who=one.may_say_who,
            times=one.times,
            times_note=one.times_note,
            language=one.language,
            interpreter=one.interpreter,
        ),
        shares={"no": False, "yes": True if shares_with else None}.get(one.consent),
        shares_with=shares_with,
        shared_how=shared_how,
    )


def _entered_by(staff: Staff, one: DemoQuestion) -> EnteredBy:
    """Who enters the question: the resident, the front desk or an external partner."""
    if one.channel == Question.Channel.PARTNER:
        partner = Organisation.objects.get(slug=one.brought_by)
        return EnteredBy(
            user=_partner_user(staff, partner), organisation=partner, brought_by=partner
        )
    if one.channel in _AT_A_DESK:
        return EnteredBy(user=staff.desk[0], organisation=staff.desk_organisation)
    return EnteredBy()


def _partner_user(staff: Staff, partner: Organisation) -> User:
    return (
        Membership.objects.filter(
            partnership=staff.partnership, organisation=partner, role=Role.PARTNER_DOOR
        )
        .select_related("user")
        .earliest("granted_at")
        .user
    )


def _received_at(one: DemoQuestion, partnership: Partnership, now: datetime) -> datetime:
    """The question's moment of receipt, at least five minutes before `now`."""
    calendar = front_door.of(partnership).calendar
    day = local_date(now)
    if not calendar.is_working_day(day):
        day = calendar.add_working_days(day, -1)
    if one.working_days_ago:
        day = calendar.add_working_days(day, -one.working_days_ago)
    return min(local_moment(day, time.fromisoformat(one.time)), now - timedelta(minutes=5))


def _mark_old_messages_sent(questions: Iterable[Question], now: datetime) -> None:
    Message.objects.filter(
        about_id__in=[q.id for q in questions],
        status=Status.WAITING,
        created_at__lt=now - _ALREADY_READ,
    ).update(status=Status.SENT, sent_at=F("created_at"))

"""Brings hand-written questions in by the product's own way in: nothing is inserted by hand."""

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
from welzijn.devtools.demo_data.afterwards import happen
from welzijn.devtools.demo_data.staff import Staff
from welzijn.devtools.demo_data.told import Told
from welzijn.notifications.models import Message, Status

_KEYS = uuid.UUID("7d1b0a5e-1c1f-5b53-9d1e-6f2b6c0e7a11")
_ALREADY_READ = timedelta(hours=20)
_AT_A_DESK = {
    Question.Channel.WALK_IN: SharingBasis.How.SPOKEN,
    Question.Channel.PHONE: SharingBasis.How.PHONE,
    Question.Channel.OUTREACH: SharingBasis.How.SPOKEN,
}


def key_of(partnership: Partnership, told: Told) -> uuid.UUID:
    """The submission key of a told question: the same each time, so it is told once."""
    return uuid.uuid5(_KEYS, f"{partnership.slug}/{told.key}")


def tell(*, staff: Staff, told: Sequence[Told], now: datetime) -> int:
    """Submit what isn't there yet and let happen what happened since; gives how many are new.

    Questions come in in the order of their moments. Messages about what lies more than a day back
    count as sent then, so that the demo's mailbox begins with today's.
    """
    partnership = staff.partnership
    keys = {key_of(partnership, one): one for one in told}
    known = set(
        Question.objects.filter(submission_key__in=keys).values_list("submission_key", flat=True)
    )
    new = sorted(
        ((_moment(one.ago, one.at, partnership, now), key, one) for key, one in keys.items()),
        key=lambda row: row[0],
    )
    questions = []
    for moment, key, one in new:
        if key not in known:
            questions.append(_ask(staff, one, key, moment, now))
    _count_as_sent(questions, now)
    return len(questions)


def _ask(staff: Staff, one: Told, key: uuid.UUID, moment: datetime, now: datetime) -> Question:
    partnership = staff.partnership
    entered_by = _entered_by(staff, one)
    submission = _submission(one, key)
    if one.yes:
        named = preview(
            partnership=partnership, submission=submission, now=moment, entered_by=entered_by
        )
        submission = _submission(one, key, shares_with=named.shares_with)
    receipt = submit(
        partnership=partnership, submission=submission, now=moment, entered_by=entered_by
    )
    question = Question.objects.get(pk=receipt.question.pk)
    happen(staff=staff, question=question, told=one, asked_at=moment, now=now)
    return question


def _submission(one: Told, key: uuid.UUID, shares_with: str = "") -> Submission:
    ways = tuple(way for way, value in (("phone", one.phone), ("email", one.email)) if value)
    shared_how = _AT_A_DESK.get(Question.Channel(one.channel), SharingBasis.How.ONLINE)
    if one.channel == Question.Channel.PARTNER:
        shared_how = SharingBasis.How.PARTNER
    return Submission(
        submission_key=key,
        channel=one.channel,
        words=one.words,
        opening_answers=one.answers,
        about=one.about,
        subject_knows=one.knows,
        subject_name=one.subject,
        age_band=one.age,
        life_domains=one.domains,
        postcode=one.postcode,
        neighbourhood=one.place,
        danger=one.danger,
        soon=one.soon,
        kind=one.kind,
        name=one.name,
        reach=ContactChoices(
            phone=f"+31{one.phone[1:]}" if one.phone else "",
            email=one.email,
            ways=ways,
            may_leave_message=one.message,
            may_say_who=one.who,
            times=one.times,
            times_note=one.times_note,
            language=one.language,
            interpreter=one.interpreter,
        ),
        shares=one.yes if not one.yes or shares_with else None,
        shares_with=shares_with,
        shared_how=shared_how,
    )


def _entered_by(staff: Staff, one: Told) -> EnteredBy:
    """Who typed it in: nobody but the resident, the desk, or an outside partner."""
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


def _moment(ago: int, at: str, partnership: Partnership, now: datetime) -> datetime:
    """So many working days ago at a local time; never later than a few minutes ago."""
    calendar = front_door.of(partnership).calendar
    day = local_date(now)
    if not calendar.is_working_day(day):
        day = calendar.add_working_days(day, -1)
    if ago:
        day = calendar.add_working_days(day, -ago)
    return min(local_moment(day, time.fromisoformat(at)), now - timedelta(minutes=5))


def _count_as_sent(questions: Iterable[Question], now: datetime) -> None:
    Message.objects.filter(
        about_id__in=[q.id for q in questions],
        status=Status.WAITING,
        created_at__lt=now - _ALREADY_READ,
    ).update(status=Status.SENT, sent_at=F("created_at"))

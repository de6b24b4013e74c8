"""Keep open questions readable for the team that has them, when that team changes.

    renew(partnerships=, now=) -> how many

A partnership can give its access (triage) to another team, or a team other organisations. First
handling is the controller's own basis: it is renewed for the team as it is now, and the resident
is told. A consent named the organisations of that day: a new one is listed for the lead to ask the
resident about. Where nobody of a consent is left in the team, the question goes to triage.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from intake.consent import bases as sharing_bases
from intake.questions import timeline
from intake.questions.models import Question, SharingBasis, TimelineEntry
from intake.questions.models.question_status import OPEN_STATUSES
from intake.questions.sentences import Sentence
from organisations.directory.models import Organisation, Team
from organisations.partnerships.models import Partnership
from referrals.casework import sentences
from referrals.casework_base import notify
from referrals.follow_ups import services as follow_up_services
from referrals.follow_ups.models import FollowUp
from referrals.leads import assignment as lead_assignment
from welzijn.core.working_days import local_date
from welzijn.sweeps import rows, set_aside

SWEEP = "team bases"
BATCH = 500
FIRST_HANDLING = SharingBasis.Kind.FIRST_HANDLING


def renew(*, partnerships: Iterable[Partnership], now: datetime) -> int:
    """Renew or list every team's basis that doesn't fit the team any more; return the count."""
    teams = {
        team.pk: frozenset(one.pk for one in team.organisations.all())
        for partnership in partnerships
        for team in partnership.teams.prefetch_related("organisations")
    }
    triage = {partnership.triage_team_id for partnership in partnerships}

    def work(keys: Sequence[UUID]) -> None:
        for pk in keys:
            _renew_one(pk, now)

    questions = Question.objects.filter(pk__in=_stale(teams, triage))
    free = set_aside.without_held(questions, SWEEP, now=now)
    # In any order: some stay listed (a stop by the resident, an unanswered question), and the same
    # ones each time would keep the others waiting.
    keys = list(free.order_by("?").values_list("pk", flat=True)[:BATCH])
    return rows.work_off(SWEEP, keys, work, now=now).done


def _stale(teams: dict[UUID, frozenset[UUID]], triage: set[UUID | None]) -> list[UUID]:
    """Return the open questions with a team's basis that differs from the team."""
    found = (
        SharingBasis.objects.filter(
            team__in=list(teams), ended_at__isnull=True, question__status__in=OPEN_STATUSES
        )
        .order_by("question_id")
        .values_list("question_id", "team_id", "team_organisations", "kind")
    )
    return [
        question
        for question, team, organisations, kind in found.iterator()
        if (
            (kind == FIRST_HANDLING and team not in triage)
            or not teams[team] <= frozenset(organisations)
            or (kind == FIRST_HANDLING and teams[team] != frozenset(organisations))
            or not teams[team] & frozenset(organisations)
        )
    ]


def _renew_one(pk: UUID, now: datetime) -> None:
    question = (
        Question.objects.select_for_update(no_key=True, of=("self",), skip_locked=True)
        .select_related("partnership__triage_team", "lead", "lead_team")
        .filter(pk=pk, status__in=OPEN_STATUSES)
        .first()
    )
    if question is None:
        return
    valid = question.sharing_bases.filter(ended_at__isnull=True, team__isnull=False)
    for basis in valid.select_related("team__organisation"):
        assert basis.team is not None
        if basis.kind == FIRST_HANDLING and basis.team_id != question.partnership.triage_team_id:
            _pass_to_triage(question, basis, now)
        elif basis.kind == FIRST_HANDLING:
            _renew_first_handling(question, basis, basis.team, now)
        else:
            _list_consent(question, basis, basis.team, now)


def _pass_to_triage(question: Question, basis: SharingBasis, now: datetime) -> None:
    """Give what the basis's team was sorting out to the access team of today."""
    triage = question.partnership.triage_team
    assert triage is not None
    sharing_bases.end(basis=basis, why="team_changed", now=now)
    if question.lead_team_id != basis.team_id:
        return
    sharing_bases.first_handling(question=question, partnership=question.partnership, now=now)
    lead_assignment.assign_lead(
        question=question, organisation=triage.organisation, team=triage, now=now
    )
    _notify(question, sentences.TEAM_PASSED(who=triage), now)


def _renew_first_handling(
    question: Question, basis: SharingBasis, team: Team, now: datetime
) -> None:
    readers = sharing_bases.readers_of(question, team)
    if set(readers) == set(basis.team_organisations):
        return
    sharing_bases.renew(basis=basis, organisations=readers, why="team_changed", now=now)
    if question.lead_team_id == team.pk and question.lead_id != team.organisation_id:
        lead_assignment.assign_lead(
            question=question, organisation=team.organisation, team=team, now=now
        )
    _notify(question, sentences.TEAM_CHANGED(who=team), now)


def _list_consent(question: Question, basis: SharingBasis, team: Team, now: datetime) -> None:
    """List the organisations that a consent to a team didn't name, for the lead to ask about."""
    named = set(basis.team_organisations)
    present = {one.pk: one for one in team.organisations.all()}
    if not named & present.keys():
        triage = question.partnership.triage_team
        sharing_bases.end(basis=basis, why="team_changed", now=now)
        if question.lead_team_id == team.pk and triage is not None:
            sharing_bases.first_handling(
                question=question, partnership=question.partnership, now=now
            )
            lead_assignment.assign_lead(
                question=question, organisation=triage.organisation, team=triage, now=now
            )
            _notify(question, sentences.TEAM_PASSED(who=triage), now)
        return
    if question.lead_team_id != team.pk:
        return
    own = set(
        question.sharing_bases.filter(organisation__in=present).values_list(
            "organisation", flat=True
        )
    )
    for pk, organisation in present.items():
        if pk not in named | own:
            _ask_about(question, team, organisation, now)


def _ask_about(question: Question, team: Team, organisation: Organisation, now: datetime) -> None:
    """Make asking the resident due, once for each organisation."""
    what = sentences.TEAM_TO_ASK(who=organisation, team=team)
    if question.follow_ups.filter(sentence=what.key, parameters=what.parameters).exists():
        return
    calendar = follow_up_services.calendar_of(question)
    follow_up_services.make(
        question=question,
        kind=FollowUp.Kind.AGREED,
        what=what,
        due_on=calendar.add_working_days(local_date(now), question.partnership.contact_within),
        organisation=question.lead,
        team=team,
        worker=question.assigned_to,
        now=now,
    )


def _notify(question: Question, sentence: Sentence, now: datetime) -> None:
    entry = timeline.by_system(
        question=question, kind=TimelineEntry.Kind.MOVED, sentence=sentence, now=now
    )
    notify.resident(question, entry, now)
    notify.staff(question, entry, [notify.lead_mailbox(question)], "question_moved", now)

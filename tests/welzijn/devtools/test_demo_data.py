"""A synthesised history is one that the product could have made: held against its own rules."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import Count, F, Q

from intake.questions.models import Decision, Question, SharingBasis, TimelineEntry
from organisations.front_door import configuration as front_door
from organisations.routing import Facts
from referrals.casework_base.models import ContactMoment, Referral
from referrals.follow_ups.models import FollowUp
from referrals.handovers.models import Handover
from referrals.reports import counting
from referrals.reports.models import ReportCell
from tests.support import factories as make
from welzijn.devtools.demo_data.generator import Generated, synthesise

pytestmark = pytest.mark.django_db
QUESTIONS = 600


@pytest.fixture
def here() -> make.World:
    made_here = make.world()
    make.desk_worker(made_here)
    return made_here


def _synthesise(here: make.World, questions: int = QUESTIONS, seed: int = 7) -> Generated:
    return synthesise(
        partnership=here.partnership, questions=questions, seed=seed, now=make.TUESDAY
    )


def _orphans() -> dict[str, int]:
    """Rows that point at nothing, by foreign key: none was checked while they were written."""
    found = {}
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT c.conname, c.conrelid::regclass::text, c.confrelid::regclass::text,
                (SELECT string_agg(format('a.%I = b.%I', ka.attname, kb.attname), ' AND ')
                    FROM unnest(c.conkey, c.confkey) AS k (x, y)
                    JOIN pg_attribute ka ON ka.attrelid = c.conrelid AND ka.attnum = k.x
                    JOIN pg_attribute kb ON kb.attrelid = c.confrelid AND kb.attnum = k.y),
                (SELECT string_agg(format('a.%I IS NOT NULL', ka.attname), ' AND ')
                    FROM unnest(c.conkey) AS k (x)
                    JOIN pg_attribute ka ON ka.attrelid = c.conrelid AND ka.attnum = k.x)
            FROM pg_constraint c WHERE c.contype = 'f'"""
        )
        for name, table, other, joined, filled in cursor.fetchall():
            cursor.execute(
                f"SELECT count(*) FROM {table} a WHERE {filled}"  # noqa: S608 - names of the catalogue
                f" AND NOT EXISTS (SELECT 1 FROM {other} b WHERE {joined})"
            )
            (number,) = cursor.fetchone()
            if number:
                found[name] = number
    return found


def test_every_row_points_at_something(here: make.World) -> None:
    made = _synthesise(here)
    assert Question.objects.count() == made.questions == QUESTIONS
    assert _orphans() == {}


def test_the_figures_are_those_of_a_full_recount(here: make.World) -> None:
    _synthesise(here)
    rollup = counting.rolled_up(here.partnership, make.LONG_AGO, make.TUESDAY.date())
    assert rollup == counting.recount(here.partnership)
    assert sum(count.received for count in rollup.values()) == QUESTIONS
    assert 0 < sum(count.helped for count in rollup.values()) < QUESTIONS


def test_the_lead_of_every_question_has_one_referral_and_a_valid_basis(here: make.World) -> None:
    _synthesise(here)
    leads = Referral.objects.filter(part="lead", until__isnull=True)
    assert leads.count() == QUESTIONS
    assert not leads.exclude(organisation=F("question__lead")).exists()
    valid = SharingBasis.objects.filter(ended_at__isnull=True)
    for_the_lead = valid.filter(
        Q(team__isnull=True, organisation=F("question__lead"))
        | Q(team__isnull=False, team=F("question__lead_team"))
    )
    assert for_the_lead.values("question").distinct().count() == QUESTIONS


def test_every_status_occurs_and_fits_what_happened(here: make.World) -> None:
    _synthesise(here)
    statuses = dict(Question.objects.order_by().values_list("status").annotate(n=Count("*")))
    assert set(statuses) == {"new", "picked_up", "closed", "withdrawn"}
    assert statuses["closed"] > QUESTIONS * 0.8
    assert not Question.objects.filter(received_at__gt=make.TUESDAY).exists()
    assert not Question.objects.filter(closed_at__gt=make.TUESDAY).exists()
    assert not Question.objects.filter(closed_at__lt=F("received_at")).exists()
    assert not Question.objects.filter(first_contact_at__lt=F("received_at")).exists()
    spoken = ContactMoment.objects.filter(outcome="spoken").values("question")
    assert not Question.objects.filter(first_contact_at__isnull=False).exclude(pk__in=spoken)
    assert not ContactMoment.objects.filter(at__gt=make.TUESDAY).exists()
    assert Handover.objects.filter(status="completed").exists()


def test_what_is_due_is_what_the_triggers_and_verbs_would_have_left(here: make.World) -> None:
    _synthesise(here)
    waiting = Question.objects.filter(status="new")
    due = FollowUp.objects.filter(kind="pick_up", status="open")
    assert set(due.values_list("question", flat=True)) == set(waiting.values_list("pk", flat=True))
    assert not FollowUp.objects.filter(status="open", remind_at__lte=make.TUESDAY).exists()
    for question in Question.objects.open():
        first = min(
            question.follow_ups.filter(
                status="open", kind__in=["pick_up", "first_contact", "agreed", "clock", "quiet"]
            ).values_list("due_on", flat=True)
        )
        assert question.due_on == first
        assert here_calendar(here).is_working_day(question.due_on)
    ended = Question.objects.filter(status__in=["closed", "withdrawn"])
    left = FollowUp.objects.filter(question__in=ended, status="open").exclude(kind="check")
    assert not left.exists()


def here_calendar(here: make.World):
    return front_door.of(here.partnership).calendar


def test_each_decision_is_what_the_rules_decide_on_its_facts(here: make.World) -> None:
    _synthesise(here)
    rules = front_door.of(here.partnership).rules
    assert Decision.objects.count() == QUESTIONS
    for decision in Decision.objects.select_related("organisation", "question")[:200]:
        outcome = rules.decide(Facts.from_json(decision.facts), on=make.TUESDAY.date())
        assert (decision.rule_key, decision.organisation.slug) == (
            outcome.rule or "",
            outcome.organisation,
        )
        assert decision.question is not None
        chosen = {link.life_domain.slug for link in decision.question.domain_links.all()}
        assert set(decision.facts["life_domains"]) == chosen


def test_who_works_on_it_may_read_it(here: make.World) -> None:
    _synthesise(here, questions=150)
    on = make.TUESDAY.date()
    for question in Question.objects.exclude(assigned_to=None).select_related("assigned_to"):
        assert question.assigned_to is not None
        assert Question.objects.visible_to(question.assigned_to, on).filter(pk=question.pk)


def test_the_timeline_begins_with_the_question_and_names_the_staff(here: make.World) -> None:
    _synthesise(here, questions=150)
    for kind in ("received", "decided"):
        assert TimelineEntry.objects.filter(kind=kind).count() == 150
    entries = TimelineEntry.objects.filter(at__gt=make.TUESDAY)
    assert not entries.exists()


def test_the_same_seed_makes_the_same_history_and_never_twice(here: make.World) -> None:
    _synthesise(here, questions=50)
    before = list(Question.objects.order_by("pk").values())
    again = _synthesise(here, questions=50)
    assert again.already_there
    assert list(Question.objects.order_by("pk").values()) == before
    _synthesise(here, questions=50, seed=8)
    assert Question.objects.count() == 100
    assert ReportCell.objects.count() > 0


def test_a_question_of_before_goes_on_as_any_other(here: make.World) -> None:
    """Triggers work again: what somebody does now counts in the figures."""
    _synthesise(here, questions=50)
    question = Question.objects.filter(status="picked_up").first()
    assert question is not None
    question.status, question.result, question.closed_at = "closed", "helped", make.TUESDAY
    question.save()
    rollup = counting.rolled_up(here.partnership, make.LONG_AGO, make.TUESDAY.date())
    assert rollup == counting.recount(here.partnership)


def test_the_command_says_how_fast_it_was(
    here: make.World, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("synthesise", "--partnership", "putten", "--questions", "20", "--seed", "3")
    assert "20 questions" in capsys.readouterr().out
    call_command("synthesise", "--partnership", "putten", "--questions", "20", "--seed", "3")
    assert "nothing was done" in capsys.readouterr().out

"""Who would pick a question up, before anything is written."""

from datetime import date, timedelta

import pytest

from intake.questions.models import Question
from intake.submission.routing_preview import clause_of, placed, preview
from tests.support import factories as make

pytestmark = pytest.mark.django_db


def test_it_says_who_and_by_when_and_writes_nothing() -> None:
    here = make.world()
    found = preview(
        partnership=here.partnership,
        submission=make.submission(here, "geld"),
        now=make.TUESDAY,
    )
    assert (found.organisation, found.team, found.to_triage) == (here["stimenz"], None, False)
    assert (found.shares_with, found.team_organisations) == ("stimenz", ())
    assert (found.due_on, found.promised_on) == (date(2026, 11, 26), date(2026, 11, 27))
    assert not Question.objects.exists()


def test_where_no_rule_fits_it_is_triage_with_all_its_organisations() -> None:
    here = make.world()
    found = preview(
        partnership=here.partnership, submission=make.submission(here), now=make.TUESDAY
    )
    assert (found.team, found.to_triage) == (here.triage, True)
    assert found.shares_with == "team:toegang"
    assert set(found.team_organisations) == set(here.organisations.values())


def test_another_team_is_not_triage() -> None:
    here = make.world()
    team = make.Team.objects.create(
        partnership=here.partnership, slug="wijk", name="Wijkteam", organisation=here["actief"]
    )
    team.organisations.set([here["actief"]])
    rules = make.RuleSet.objects.create(partnership=here.partnership, version=2)
    make.rule(rules, "wijk", {"is": "life_domains_any", "values": ["geld"]}, team)
    make.RuleSet.objects.filter(version=1).update(status=make.RuleSet.Status.ARCHIVED)
    rules.status, rules.published_at = make.RuleSet.Status.PUBLISHED, make.TUESDAY
    rules.save()
    found = preview(
        partnership=here.partnership,
        submission=make.submission(here, "geld", shares=None),
        now=make.TUESDAY,
    )
    assert (found.team, found.to_triage, found.shares_with) == (team, False, "team:wijk")
    assert found.team_organisations == (here["actief"],)


def test_what_is_soon_is_due_the_next_working_day() -> None:
    here = make.world()
    friday = make.TUESDAY + timedelta(days=3)
    found = preview(
        partnership=here.partnership,
        submission=make.submission(here, "geld", soon=True),
        now=friday,
    )
    assert found.due_on == date(2026, 11, 30)
    assert found.facts.urgency == "soon"


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        ("", "Uw vraag ligt bij Stimenz."),
        ("het over geld gaat", "Uw vraag ligt bij Stimenz, omdat het over geld gaat."),
        ("omdat het over geld gaat.", "Uw vraag ligt bij Stimenz, omdat het over geld gaat."),
        ("Zij kennen u al.", "Uw vraag ligt bij Stimenz. Zij kennen u al."),
    ],
)
def test_a_reason_is_a_clause_or_a_sentence_of_its_own(reason: str, expected: str) -> None:
    assert placed(make.world()["stimenz"], None, reason) == expected


@pytest.mark.parametrize(
    ("reason", "clause"),
    [
        ("omdat het over geld gaat.", "het over geld gaat"),
        ("Jeugd-Punt helpt jongeren.", ""),
        ("سؤالك مستعجل", "سؤالك مستعجل"),
        ("سؤالك مستعجل.", ""),
        ("18 jaar en ouder", ""),
        ("", ""),
    ],
)
def test_a_clause_is_told_from_a_sentence_in_letters_without_capitals_too(
    reason: str, clause: str
) -> None:
    assert clause_of(reason) == clause

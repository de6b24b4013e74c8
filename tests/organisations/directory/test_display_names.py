"""A team is named with its article wherever a sentence says who has a question."""

import pytest
from django.utils.translation import override

from intake.desk.consent_step import sentence
from intake.submission.routing_preview import placed, preview
from organisations.directory.display_names import display_name
from organisations.directory.models import Organisation, Team
from tests.support import factories as make

STIMENZ = Organisation(name="Stimenz")


@pytest.mark.parametrize(
    ("name", "dutch", "english"),
    [
        ("Toegangsteam Beekdaelen", "het Toegangsteam Beekdaelen", "the Toegangsteam Beekdaelen"),
        ("De Dorpstafel", "de Dorpstafel", "de Dorpstafel"),
        ("het Wijkteam", "het Wijkteam", "het Wijkteam"),
    ],
)
def test_a_team_gets_the_article_that_it_has_not_got(name: str, dutch: str, english: str) -> None:
    with override("nl"):
        assert display_name(STIMENZ, Team(name=name)) == dutch
    with override("en"):
        assert display_name(STIMENZ, Team(name=name)) == english


def test_an_organisation_goes_by_its_name() -> None:
    assert display_name(STIMENZ) == "Stimenz"
    assert placed(STIMENZ, None, "het over geld gaat") == (
        "Uw vraag ligt bij Stimenz, omdat het over geld gaat."
    )


@pytest.mark.django_db
def test_what_is_read_aloud_at_the_desk_begins_with_the_article() -> None:
    here = make.world()
    submission = make.submission(here, shares=None)
    chosen = preview(partnership=here.partnership, submission=submission, now=make.TUESDAY)
    assert chosen.to_triage
    assert sentence(chosen).startswith(f"Het {here.triage.name} leest uw vraag")

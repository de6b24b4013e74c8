"""From words to a proposal of life domains and services, and the words it came from."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from organisations.directory.models import LifeDomain, Service
from organisations.partnerships.models import Partnership
from organisations.triage_hints.corpus import measured
from organisations.triage_hints.evaluation import measure
from organisations.triage_hints.suggestions import suggest
from tests.organisations.triage_hints.directory import directory_of
from tests.support import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def putten() -> Partnership:
    return directory_of("putten")


def slugs(partnership: Partnership, text: str) -> list[str]:
    return [found.slug for found in suggest(partnership=partnership, text=text).life_domains]


def test_a_word_of_the_list_in_another_form_proposes_its_life_domain(putten: Partnership) -> None:
    found = suggest(partnership=putten, text="Ik heb schulden").life_domains
    assert (found[0].slug, found[0].words) == ("geld", ("schulden",))


def test_a_slip_of_spelling_and_a_compound_are_recognised(putten: Partnership) -> None:
    found = suggest(partnership=putten, text="brief van een deurwarder").life_domains[0]
    assert (found.slug, "deurwarder" in found.words) == ("geld", True)
    assert slugs(putten, "huurschulden")[0] == "geld"


def test_what_residents_call_otherwise_is_understood(putten: Partnership) -> None:
    assert slugs(putten, "er belt elke dag een incassobureau")[0] == "geld"
    assert (
        slugs(putten, "wie past op mijn vrouw zodat ik even weg kan")[0] == "zorgen-voor-een-ander"
    )


def test_the_same_words_serve_a_partnership_with_other_life_domains() -> None:
    oss = directory_of("oss")
    assert slugs(oss, "ik kan de rekening niet betalen")[0] == "geld"
    assert slugs(oss, "wij willen familie laten overkomen uit syrie")[0] == "nieuw-in-nederland"
    asten = directory_of("asten-someren")
    assert slugs(asten, "traplift nodig")[0] == "thuis-wonen"


def test_nobody_is_told_that_they_wrote_what_they_did_not_write(putten: Partnership) -> None:
    text = "kan mijn huur niet betalen, en de energierekening ook niet"
    for proposal in suggest(partnership=putten, text=text).life_domains:
        assert proposal.words
        assert set(proposal.words) <= set(text.replace(",", "").split())


def test_another_language_is_told_what_of_the_description_is_like_it(putten: Partnership) -> None:
    found = suggest(partnership=putten, text="evde cok yalnizim, kimse gelmiyor")
    assert found.language == "tr"
    assert found.life_domains[0].slug == "contact"
    assert (found.life_domains[0].words, found.life_domains[0].like) != ((), "")
    assert found.life_domains[0].words == ()


def test_what_may_mean_danger_is_not_said_back(putten: Partnership) -> None:
    found = suggest(partnership=putten, text="mijn man slaat me en ik heb schulden")
    assert found.danger is not None
    assert all((p.words, p.like) == ((), "") for p in (*found.life_domains, *found.services))


def test_services_are_proposed_with_their_words(putten: Partnership) -> None:
    found = suggest(partnership=putten, text="hulp bij schulden, er is al een deurwaarder")
    assert found.services[0].slug == "schuldhulp"
    assert "deurwaarder" in found.services[0].words


def test_danger_comes_with_the_proposal_and_points_to_its_life_domain(putten: Partnership) -> None:
    found = suggest(partnership=putten, text="mijn man slaat me")
    assert found.danger is not None
    assert found.life_domains[0].slug == "veiligheid"


@pytest.mark.parametrize("text", ["", "   ", "?!", "\0\0", "asdf qwer", "\U0001f600", "de het een"])
def test_nothing_recognised_proposes_nothing(putten: Partnership, text: str) -> None:
    found = suggest(partnership=putten, text=text)
    assert (found.life_domains, found.services, found.danger) == ((), (), None)


def test_no_more_than_asked_for_and_best_first(putten: Partnership) -> None:
    text = "geld brief huis kind ruzie school sport vervoer eenzaam somber"
    found = suggest(partnership=putten, text=text, limit=3).life_domains
    assert len(found) == 3
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_another_partnership_is_never_proposed(putten: Partnership) -> None:
    other = factories.partnership("elders")
    LifeDomain.objects.create(partnership=other, slug="geld-elders", name="Geld", words=["schuld"])
    assert "geld-elders" not in slugs(putten, "schuld")
    assert slugs(other, "schuld") == ["geld-elders"]


def test_a_change_in_the_directory_is_seen_at_once(putten: Partnership) -> None:
    assert "vliegeren" not in slugs(putten, "ik wil vliegeren")
    LifeDomain.objects.create(
        partnership=putten, slug="vliegeren", name="Vliegeren", words=["vliegeren"]
    )
    putten.refresh_from_db()
    assert slugs(putten, "ik wil vliegeren")[0] == "vliegeren"


def test_an_ended_service_is_not_proposed(putten: Partnership) -> None:
    Service.objects.filter(partnership=putten, slug="schuldhulp").update(until=factories.LONG_AGO)
    putten.refresh_from_db()
    found = suggest(partnership=putten, text="schulden deurwaarder").services
    assert "schuldhulp" not in [service.slug for service in found]


def test_one_query_once_the_directory_is_known(putten: Partnership) -> None:
    suggest(partnership=putten, text="schuld")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        suggest(partnership=putten, text="ik heb een brief van de deurwaarder")
    assert len(queries) == 1


def test_the_goal_is_met_on_the_half_that_is_only_measured(putten: Partnership) -> None:
    figures = measure(lambda text: slugs(putten, text), measured("report"))
    assert figures.top_3 >= 0.9
    assert figures.top_1 >= 0.8


def test_without_a_model_nothing_is_proposed_and_nothing_breaks(
    putten: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("organisations.triage_hints.suggestions.model", lambda: None)
    for words in ("Ik heb schulden", "وصلتني رسالة لا أفهمها"):
        assert suggest(partnership=putten, text=words).life_domains == ()

"""The five partnerships of the mission: sound rules, Putten's own distribution, B1 reasons."""

import io
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from organisations.front_door import configuration as front_door
from organisations.partnership_file.loading import load
from organisations.partnership_file.reading import read_file
from organisations.partnership_file.rules import rules_of
from organisations.partnerships.models import Partnership
from organisations.routing import Facts
from organisations.routing.analysis.completeness import analyse

FOLDER = Path(settings.BASE_DIR) / "organisations" / "partnerships"
FIVE = ["asten-someren", "beekdaelen", "landerd", "oss", "putten"]
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
ON = date(2026, 11, 24)

pytestmark = pytest.mark.django_db


def opened(slug: str) -> front_door.FrontDoor:
    path = FOLDER / f"{slug}.toml"
    return front_door.of(load(file=read_file(path), source=path.name, now=NOW).partnership)


def decide(door: front_door.FrontDoor, **facts):
    return door.rules.decide(
        Facts.from_json(facts, door.vocabulary), on=ON, offer=door.offer({}, {})
    )


@pytest.mark.parametrize("slug", FIVE)
def test_no_rule_is_dead_and_everybody_who_picks_up_is_reached(slug):
    door = opened(slug)
    found = analyse(door.rules.spec, door.vocabulary, on=ON, offer=door.offer({}, {}))
    assert found.sound, found.dead
    assert found.gone == ()
    assert found.unreached == ()


@pytest.mark.parametrize("slug", FIVE)
def test_a_reason_reads_on_after_omdat_for_u_and_for_je(slug):
    for rule in rules_of(read_file(FOLDER / f"{slug}.toml")):
        words = rule.reason.lower().replace(",", "").split()
        assert not {"u", "uw", "je", "jouw", "omdat"} & set(words), rule.reason
        assert not rule.reason.endswith(".")


@pytest.mark.parametrize(
    ("facts", "organisation"),
    [
        ({"life_domains": ["opgroeien"], "age_band": "12-15"}, "jeugd-punt"),
        ({"life_domains": ["school"], "age_band": "16-17"}, "jeugd-punt"),
        ({"life_domains": ["straat-en-scherm"], "age_band": "18-26"}, "jeugd-punt"),
        ({"life_domains": ["bewegen"], "age_band": "27-66"}, "actief-putten"),
        ({"life_domains": ["geld"], "age_band": "18-26"}, "stimenz"),
        ({"life_domains": ["relaties"]}, "stimenz"),
        ({"life_domains": ["opvoeden"], "age_band": "0-11", "about": "child"}, "stimenz"),
        ({"life_domains": ["regels"]}, "stimenz"),
        ({"kind": "debts_threat"}, "stimenz"),
        ({"life_domains": ["ouder-worden"], "age_band": "67+"}, "stichting-welzijn-putten"),
        ({"life_domains": ["vervoer"]}, "stichting-welzijn-putten"),
        ({"life_domains": ["meedoen"]}, "stichting-welzijn-putten"),
        ({"life_domains": ["zorgen-voor-een-ander"]}, "stichting-welzijn-putten"),
        ({"life_domains": ["contact"], "age_band": "67+"}, "stichting-welzijn-putten"),
    ],
)
def test_in_putten_each_question_finds_its_organisation(facts, organisation):
    outcome = decide(opened("putten"), **facts)
    assert outcome.organisation == organisation
    assert outcome.rule is not None


@pytest.mark.parametrize(
    "facts",
    [
        {"urgency": "danger", "life_domains": ["geld"]},
        {"safety": True, "life_domains": ["opgroeien"], "age_band": "12-15"},
        {"life_domains": ["geld", "wonen", "welbevinden"], "age_band": "27-66"},
        {"life_domains": ["veiligheid"]},
        {},
    ],
)
def test_in_putten_danger_breadth_and_the_unknown_go_to_the_access_team(facts):
    outcome = decide(opened("putten"), **facts)
    assert outcome.team == "toegang"


def test_in_zeeland_what_nobody_offers_goes_to_the_cooperative():
    door = opened("landerd")
    lonely = {"life_domains": ["contact"], "age_band": "67+", "neighbourhood": "zeeland"}
    for door_of in ({}, {"channel": "partner", "brought_by": "huisarts-de-linde"}):
        outcome = decide(door, **lonely, **door_of)
        assert outcome.organisation == "zorgcooperatie-zeeland"
        assert outcome.rule == "vangnet"


def test_in_zeeland_it_makes_no_difference_at_which_door_a_question_comes_in():
    door = opened("landerd")
    assert {"huisarts-de-linde"} <= set(door.partners)
    doors = [{"channel": channel} for channel in ("online", "call_me", "phone", "walk_in", "email")]
    doors += [{"channel": "partner", "brought_by": slug} for slug in door.partners]
    for domain in door.domain_by_slug:
        for kind in ("welfare", "wmo", "debts_threat"):
            requested = {"life_domains": [domain], "kind": kind, "age_band": "67+"}
            landed = {
                (outcome.organisation, outcome.team, outcome.reason)
                for one in doors
                for outcome in [decide(door, neighbourhood="zeeland", **requested, **one)]
            }
            assert len(landed) == 1, (domain, kind, landed)


def test_in_oss_each_neighbourhood_has_its_own_team_of_several_organisations():
    door = opened("oss")
    found = {
        place.slug: decide(door, life_domains=["opvoeden", "geld"], neighbourhood=place.slug).team
        for place in door.places
    }
    assert {"noord-west", "zuid", "west", "ruwaard"} <= set(found)
    assert len({found[slug] for slug in ("noord-west", "zuid", "west", "ruwaard")}) == 4
    for slug in ("noord-west", "zuid", "west", "ruwaard"):
        assert len(door.team_organisations[found[slug]]) > 1, slug


def test_a_wmo_question_goes_to_the_desk_of_ones_own_municipality():
    door = opened("asten-someren")
    assert decide(door, kind="wmo", municipality="GM0743").organisation == "wmo-asten"
    assert decide(door, kind="wmo", municipality="GM0847").organisation == "wmo-someren"


def test_in_oss_a_family_with_two_questions_gets_the_team_of_its_neighbourhood():
    outcome = decide(opened("oss"), life_domains=["opvoeden", "geld"], neighbourhood="ruwaard")
    assert outcome.team == "sociaal-team-ruwaard"


def test_in_beekdaelen_debts_and_raising_children_bring_in_a_second_organisation():
    outcome = decide(opened("beekdaelen"), life_domains=["geld", "opvoeden"])
    assert outcome.organisation == "maatschappelijk-werk-zuid"
    assert outcome.supporting == ("welzijn-beekdaelen",)


def run(*arguments: str) -> dict:
    out = io.StringIO()
    call_command(*arguments, stdout=out)
    return json.loads(out.getvalue())


def test_route_prints_the_decision_and_writes_nothing():
    opened("putten")
    version = Partnership.objects.get().config_version
    found = run(
        "route",
        "--partnership",
        "putten",
        "--facts",
        '{"life_domains": ["geld"], "age_band": "18-26"}',
    )
    assert found["organisation"] == "stimenz"
    assert found["rule"] == "geld"
    assert found["reason"] == "het over geld gaat"
    assert found["rule_set_version"] == 1
    assert found["trace"]["rules"][-1]["key"] == "geld"
    assert Partnership.objects.get().config_version == version


def test_route_knows_the_municipality_of_a_neighbourhood_as_the_front_door_does():
    opened("asten-someren")
    facts = '{"kind": "wmo", "neighbourhood": "lierop"}'
    assert run("route", "--partnership", "asten-someren", "--facts", facts)["rule"] == "wmo-someren"


def test_route_names_each_wrong_fact_and_the_nearest_right_one():
    opened("putten")
    facts = '{"life_domains": ["gled"], "age_band": "18-27"}'
    with pytest.raises(CommandError) as wrong:
        call_command("route", "--partnership", "putten", "--facts", facts)
    assert '--facts life_domains: "gled" is onbekend. Bedoelt u "geld"?' in str(wrong.value)
    assert "--facts age_band" in str(wrong.value)


def test_a_partnership_that_does_not_exist_is_named_with_the_nearest():
    opened("putten")
    with pytest.raises(CommandError, match='Bedoelt u "putten"'):
        call_command("route", "--partnership", "puten", "--facts", "{}")


def test_check_rules_prints_what_only_triage_catches():
    opened("putten")
    found = run("check_rules", "--partnership", "putten")
    assert found["sound"] is True
    assert found["only_triage"]


def test_a_draft_is_asked_for_only_where_there_is_one():
    opened("putten")
    with pytest.raises(CommandError, match="geen concept"):
        call_command("check_rules", "--partnership", "putten", "--draft")

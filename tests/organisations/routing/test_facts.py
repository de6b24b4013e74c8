"""Facts: read with errors that say what would be right, written the same way every time."""

import json

import pytest
from hypothesis import given

from organisations.routing import Facts, FactsError
from tests.organisations.routing import strategies as some


@given(some.facts)
def test_facts_survive_json(facts: Facts) -> None:
    assert Facts.from_json(json.loads(json.dumps(facts.to_json()))) == facts


def test_the_json_of_equal_facts_is_equal_whatever_the_order_they_were_given_in() -> None:
    one = Facts.from_json('{"life_domains": ["werk", "geld"], "channel": "phone"}')
    other = Facts.from_json('{"channel": "phone", "life_domains": ["geld", "werk", "geld"]}')
    assert json.dumps(one.to_json()) == json.dumps(other.to_json())


def test_what_is_left_out_gets_its_default() -> None:
    assert Facts.from_json({"life_domains": ["geld"]}) == Facts(life_domains=frozenset({"geld"}))


@pytest.mark.parametrize(
    ("data", "key", "right"),
    [
        ({"chanel": "online"}, "chanel", 'Bedoelt u "channel"?'),
        ({"channel": "onlin"}, "channel", 'Bedoelt u "online"?'),
        ({"age_band": "18-25"}, "age_band", 'Bedoelt u "18-26"?'),
        ({"age_band": 18}, "age_band", "tekst tussen aanhalingstekens"),
        ({"about": "moeder"}, "about", "Kies uit: self, child, parent, partner, other."),
        ({"urgency": None}, "urgency", "tekst tussen aanhalingstekens"),
        ({"safety": "ja"}, "safety", "true of false"),
        ({"life_domains": "geld"}, "life_domains", '["geld"]'),
        ({"life_domains": ["geldd"]}, "life_domains", 'Bedoelt u "geld"?'),
        ({"life_domains": [1]}, "life_domains", '["geld"]'),
        ({"life_domains": ["x"] * 41}, "life_domains", "hoogstens 40"),
        ({"municipality": "Putten"}, "municipality", '"GM0273"'),
        ({"municipality": "GM9999"}, "municipality", "Kies uit: GM0001, GM0002."),
        ({"neighbourhood": "noort"}, "neighbourhood", 'Bedoelt u "noord"?'),
        ({"language": "Dutch"}, "language", 'zoals "nl"'),
        ({"household_lead": "dd"}, "household_lead", "Kies uit: aa, bb, cc, triage."),
        ({"brought_by": "<script>"}, "brought_by", "korte naam"),
        ({"desk_time": "night"}, "desk_time", "Kies uit: office, evening, weekend."),
    ],
)
def test_a_wrong_fact_is_named_with_what_would_be_right(
    data: dict[str, object], key: str, right: str
) -> None:
    with pytest.raises(FactsError) as caught:
        Facts.from_json(data, some.SMALL)
    assert list(caught.value.problems) == [key]
    assert right in caught.value.problems[key]


def test_every_wrong_fact_is_named_at_once() -> None:
    with pytest.raises(FactsError) as caught:
        Facts.from_json({"channel": "fax", "urgency": "now", "safety": 1})
    assert set(caught.value.problems) == {"channel", "urgency", "safety"}


@pytest.mark.parametrize("data", ["{", "[]", '"online"', 7, None, b"\xff"])
def test_what_is_no_object_of_facts_is_refused(data: object) -> None:
    with pytest.raises(FactsError):
        Facts.from_json(data)


def test_a_child_that_asks_for_itself_is_spoken_to_informally() -> None:
    assert Facts(age_band="12-15").informal
    assert not Facts(age_band="12-15", about="child").informal
    assert not Facts(age_band=None).informal

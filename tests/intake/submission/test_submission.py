"""A question as submitted: the facts for routing, and the rows of its people."""

from typing import Any
from uuid import uuid4

import pytest

from intake.people.models import ContactDetail
from intake.submission.submission import (
    ContactChoices,
    EnteredBy,
    Submission,
    facts_of,
    people_of,
    place_of,
    urgency_of,
)
from organisations.front_door import configuration as front_door
from organisations.partnerships.models import NeighbourhoodPostcode
from tests.support import factories as make


def submission(**fields: Any) -> Submission:
    return Submission(submission_key=uuid4(), channel="online", **fields)


@pytest.mark.parametrize(
    ("fields", "urgency"),
    [
        ({}, "normal"),
        ({"soon": True}, "soon"),
        ({"danger": True}, "danger"),
        ({"danger": True, "soon": True}, "danger"),
        # Words that may mean danger change the day by `soon`, not by themselves.
        ({"maybe_danger": True}, "normal"),
    ],
)
def test_danger_goes_before_soon(fields: dict[str, bool], urgency: str) -> None:
    assert urgency_of(submission(**fields)) == urgency


@pytest.mark.django_db
def test_the_chosen_place_goes_before_the_postcode_and_a_shared_postcode_names_none() -> None:
    here = make.world()
    NeighbourhoodPostcode.objects.create(neighbourhood=here.places["huinen"], postcode="3883")
    NeighbourhoodPostcode.objects.create(neighbourhood=here.places["dorp"], postcode="3883")
    front = front_door.of(here.partnership)

    def slug(**fields: str) -> str | None:
        place = place_of(submission(**fields), front)
        return place.slug if place else None

    assert slug(postcode="3881AB") == "dorp"
    assert slug(postcode="3881AB", neighbourhood="huinen") == "huinen"
    assert slug(postcode="3883AB") is None
    assert slug(postcode="9999AB") is None
    assert slug(neighbourhood="onbekend") is None
    assert slug() is None


@pytest.mark.django_db
def test_routing_gets_choices_and_no_words_or_person() -> None:
    here = make.world()
    front = front_door.of(here.partnership)
    requested = submission(
        words="deurwaarder",
        name="Zeynep",
        subject_name="Riet",
        life_domains=("geld",),
        postcode="3881AB",
        age_band="27-66",
        danger=True,
        reach=ContactChoices(phone="+31612345678", language="ar"),
    )
    facts = facts_of(requested, front, make.TUESDAY)
    assert (facts.neighbourhood, facts.municipality) == ("dorp", "GM0273")
    assert (facts.urgency, facts.safety, facts.language) == ("danger", True, "ar")
    assert (facts.age_band, facts.life_domains) == ("27-66", frozenset({"geld"}))
    assert (facts.brought_by, facts.household_lead) == (None, None)
    for secret in ("deurwaarder", "Zeynep", "Riet", "612345678", "3881"):
        assert secret not in repr(facts)
    school = EnteredBy(brought_by=here["actief"])
    brought = facts_of(submission(), front, make.TUESDAY, school)
    assert (brought.brought_by, brought.age_band, brought.neighbourhood) == ("actief", None, None)


def test_who_asks_for_themselves_is_one_person_with_the_age() -> None:
    asker, subject, wish, details = people_of(
        submission(name="Ria", age_band="27-66"), uuid4(), make.TUESDAY
    )
    assert asker is subject
    assert (asker.name, asker.age_band, wish.person) == ("Ria", "27-66", asker)
    assert details == []


def test_who_asks_for_another_is_not_given_their_age_or_name() -> None:
    asker, subject, wish, _details = people_of(
        submission(about="child", name="Ria", subject_name="Bo", age_band="12-15"),
        uuid4(),
        make.TUESDAY,
    )
    assert (asker.name, asker.age_band) == ("Ria", "")
    assert (subject.name, subject.age_band) == ("Bo", "12-15")
    assert (wish.person, wish.says_je) == (asker, False)


@pytest.mark.parametrize(
    ("age", "chosen", "je"),
    [("12-15", False, True), ("18-26", False, False), ("18-26", True, True), ("", False, False)],
)
def test_a_minor_is_spoken_to_with_je_whoever_typed_it_in(age: str, chosen: bool, je: bool) -> None:
    requested = submission(age_band=age, reach=ContactChoices(says_je=chosen))
    assert people_of(requested, uuid4(), make.TUESDAY)[2].says_je is je


def test_only_given_ways_to_reach_become_details() -> None:
    reach = ContactChoices(phone="+31612345678", email="a@voordeur.example")
    asker, _subject, _wish, details = people_of(submission(reach=reach), uuid4(), make.TUESDAY)
    kind = ContactDetail.Kind
    assert [(d.person, d.kind, d.value) for d in details] == [
        (asker, kind.PHONE, "+31612345678"),
        (asker, kind.EMAIL, "a@voordeur.example"),
    ]

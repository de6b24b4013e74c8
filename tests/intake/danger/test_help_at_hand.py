"""The help of the danger page fits what was heard."""

import pytest

from intake.danger.help_at_hand import Help, fitting, kinds_of


@pytest.mark.parametrize(
    ("kinds", "first"),
    [
        (["violence"], [Help.EMERGENCY, Help.VIOLENCE]),
        (["suicide"], [Help.SUICIDE, Help.EMERGENCY]),
        (["child"], [Help.EMERGENCY, Help.VIOLENCE]),
        (["hunger", "acute"], [Help.FOOD, Help.EMERGENCY]),
        (["carer"], [Help.CARER, Help.EMERGENCY]),
        ([], [Help.EMERGENCY, Help.VIOLENCE]),
        (["something new"], [Help.EMERGENCY]),
    ],
)
def test_the_best_help_comes_first(kinds: list[str], first: list[Help]) -> None:
    assert fitting(kinds, young=False, has_food_bank=True)[: len(first)] == first


def test_without_a_food_bank_there_is_none() -> None:
    found = fitting(["hunger"], young=False, has_food_bank=False)
    assert Help.FOOD not in found
    assert found


@pytest.mark.parametrize("kinds", [["violence"], ["suicide"], ["acute"], []])
def test_who_is_young_can_always_talk_first(kinds: list[str]) -> None:
    assert Help.CHILD in fitting(kinds, young=True, has_food_bank=False)[:3]


@pytest.mark.parametrize(
    ("heard", "text", "kinds"),
    [
        (["acute"], "de kinderen hebben honger", ["hunger", "acute"]),
        (["acute"], "ik zorg voor mijn man en ik kan niet meer", ["carer", "acute"]),
        (["violence"], "hij slaat, en er is niks te eten", ["violence", "hunger"]),
        ([], "de voedselbank is dicht", []),
        (["acute"], "ik ruik gas", ["acute"]),
    ],
)
def test_hunger_and_a_carer_are_told_apart(heard: list[str], text: str, kinds: list[str]) -> None:
    assert kinds_of(heard, text) == kinds

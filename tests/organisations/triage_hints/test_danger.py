"""Danger in other languages, with and without the model, and what whoever judges reads."""

import pytest

from organisations.triage_hints import DangerKind, find_danger
from organisations.triage_hints import danger as danger_module
from organisations.triage_hints.corpus import OURS, OUTSIDE_AUTHORS_THREE, PERSONAS, measured


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("i want to kill myself", DangerKind.SUICIDE),
        ("kocam beni dövüyor", DangerKind.VIOLENCE),
        ("mąż mnie bije", DangerKind.VIOLENCE),
        ("زوجي يضربني", DangerKind.VIOLENCE),
        ("чоловік хоче мене вбити", DangerKind.VIOLENCE),
        ("я не хочу жити", DangerKind.SUICIDE),
        ("suicidaal en de wachtlijst bij de ggz is een half jaar", DangerKind.SUICIDE),
    ],
)
@pytest.mark.parametrize("with_model", [True, False])
def test_the_plainest_words_are_heard_in_each_language_also_without_the_model(
    text: str, kind: DangerKind, with_model: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not with_model:
        monkeypatch.setattr(danger_module, "model", lambda: None)
    assert kind in find_danger(text).kinds


@pytest.mark.parametrize(
    "text",
    [
        "I can't pay my rent and my landlord wants me out",
        "kira bu ay da çok fazla, yardim lazim",
        "szukam kursu niderlandzkiego",
        "шукаю курси нідерландської",
        "اريد تعلم اللغة",
    ],
)
def test_an_ordinary_question_in_another_language_is_left_alone(text: str) -> None:
    assert find_danger(text) is None


def test_who_judges_reads_the_sentence_as_typed_and_the_nearest_labelled_one() -> None:
    found = find_danger("Wij wonen in Putten. Mijn vriend duwt mij steeds tegen de muur.")
    assert [one.sentence for one in found.heard] == ["Mijn vriend duwt mij steeds tegen de muur"]
    assert found.heard[0].kind == DangerKind.VIOLENCE
    assert found.heard[0].like
    assert 0.5 < found.heard[0].probability <= 1


def shares(half: str) -> tuple[float, float]:
    """Give how much danger is heard, and how many calm sentences alarm."""
    every = measured(half)
    calm = [one for one in every if not one.danger]
    heard = sum(find_danger(one.text) is not None for one in every if one.danger)
    false = sum(find_danger(one.text) is not None for one in calm)
    return heard / (len(every) - len(calm)), false / len(calm)


@pytest.mark.parametrize(
    ("half", "at_least", "at_most"),
    [
        (OURS[1], 0.95, 0.05),
        (OURS[2], 0.95, 0.05),
        (PERSONAS, 0.92, 0.09),
        (OUTSIDE_AUTHORS_THREE, 0.94, 0.05),
    ],
)
def test_sets_that_are_not_learned_from_are_heard(
    half: str, at_least: float, at_most: float
) -> None:
    heard, false = shares(half)
    assert heard >= at_least
    assert false <= at_most

"""Words that may mean danger: found wherever they stand, and not where they mean something else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organisations.triage_hints import DangerKind, find_danger
from organisations.triage_hints import danger as danger_module
from organisations.triage_hints.corpus import OURS, PERSONAS, STRANGERS_THREE, measured


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("mijn man slaat me", DangerKind.VIOLENCE),
        ("MIJN MAN SLAAT ME!!", DangerKind.VIOLENCE),
        ("huiselijk gewelt", DangerKind.VIOLENCE),
        ("ik ben bang voor mijn vriend", DangerKind.VIOLENCE),
        ("thuis is het niet veilig", DangerKind.VIOLENCE),
        ("ik wil niet meer leven", DangerKind.SUICIDE),
        ("zelfmoort", DangerKind.SUICIDE),
        ("papa slaat mijn broertje", DangerKind.CHILD),
        ("hij zit aan me", DangerKind.VIOLENCE),
        ("ze gaan mij uithuwelijken", DangerKind.VIOLENCE),
        ("mijn man slaat mij niet maar ik mag niks van hem", DangerKind.VIOLENCE),
        ("mij hij altijd slaan", DangerKind.VIOLENCE),
        ("voor mij hoeft het niet meer", DangerKind.SUICIDE),
        ("was ik er maar niet", DangerKind.SUICIDE),
        ("niemand zou mij missen", DangerKind.SUICIDE),
        ("ik snij in mijn armen", DangerKind.SUICIDE),
        ("wij hebben vannacht geen slaapplek", DangerKind.ACUTE),
        ("ik ruik gas in huis", DangerKind.ACUTE),
        ("mijn zoon hoort stemmen", DangerKind.ACUTE),
    ],
)
def test_danger_is_found_also_where_it_is_misspelt(text: str, kind: DangerKind) -> None:
    found = find_danger(text)
    assert found is not None
    assert kind in found.kinds


@pytest.mark.parametrize(
    "text",
    [
        "",
        "!!!",
        "ik wil graag aan de slag",
        "de verwarming slaat steeds af",
        "dat slaat nergens op",
        "ik verveel me dood",
        "mijn vader is dood en we moeten de uitvaart regelen",
        "een mes en vork en pannen",
        "ik wil niet meer autorijden",
        "boksen voor mijn dochter",
        "mijn kind wordt overgeslagen",
        "ik sla een maaltijd over",
        "mijn hart slaat over van de zenuwen",
        "mijn opa is verslagen met schaken",
        "mijn moeder gaat dood aan ouderdom",
        "mijn kat is dood",
        "de gasrekening is te hoog",
        "mijn psycholoog heeft een wachtlijst",
    ],
)
def test_the_same_words_in_another_meaning_are_left_alone(text: str) -> None:
    assert find_danger(text) is None


def test_it_says_which_words_as_they_were_typed() -> None:
    found = find_danger("Hallo, ik heb een vraag. Mijn Man SLAAGT mij. Groetjes")
    assert found is not None
    assert found.words == ("Mijn Man SLAAGT mij",)


def test_it_is_found_late_in_a_long_text() -> None:
    assert find_danger("ik heb een vraag over de bus " * 280 + "mijn man slaat me") is not None


def test_one_sentence_does_not_run_into_the_next() -> None:
    assert find_danger("De deur slaat dicht. Mij lukt het niet.") is None


@given(st.text(max_size=300))
def test_any_text_is_read_without_an_error(text: str) -> None:
    found = find_danger(text)
    assert found is None or found.words


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
        (OURS[1], 0.75, 0.12),
        (OURS[2], 0.90, 0.06),
        (PERSONAS, 0.75, 0.12),
        (STRANGERS_THREE, 0.85, 0.05),
    ],
)
def test_sets_that_are_not_learned_from_are_heard(
    half: str, at_least: float, at_most: float
) -> None:
    heard, false = shares(half)
    assert heard >= at_least
    assert false <= at_most

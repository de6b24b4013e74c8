"""Dutch words that may mean danger: found wherever they stand, not where they mean otherwise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organisations.triage_hints import DangerKind, find_danger
from organisations.triage_hints.corpus import sentences
from organisations.triage_hints.dutch_classifier import THRESHOLD, ear
from organisations.triage_hints.dutch_patterns import PatternError, _Patterns
from organisations.triage_hints.dutch_spelling import words_of


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
        ("hij zit aan me", DangerKind.CHILD),
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


def test_a_word_that_hardly_ever_means_anything_else_is_heard_among_calm_ones() -> None:
    assert find_danger("suicidaal en de wachtlijst bij de ggz is een half jaar") is not None
    assert find_danger("huiselijk gweld wie bel je") is not None


def test_the_goals_are_met_on_the_half_that_is_only_measured() -> None:
    held_out = sentences("report")
    dangerous = [s for s in held_out if s.danger]
    calm = [s for s in held_out if not s.danger]
    heard = sum(find_danger(s.text) is not None for s in dangerous)
    false = sum(find_danger(s.text) is not None for s in calm)
    assert len(dangerous) >= 30
    assert heard / len(dangerous) >= 0.95
    assert false / len(calm) <= 0.05


def test_no_calm_sentence_of_any_set_is_alarming_more_than_once_in_twenty() -> None:
    sets = ("tune", "report", "later", "personas")
    calm = [s for half in sets for s in sentences(half) if s.danger == ""]
    assert sum(find_danger(s.text) is not None for s in calm) / len(calm) <= 0.05


def best(text: str) -> float:
    heard = ear()
    assert heard is not None
    return max(score for _stretch, score in heard.scores(words_of(text)))


def test_the_second_ear_hears_what_no_pattern_names() -> None:
    assert best("hij wordt woest als ik met iemand praat") > THRESHOLD
    assert best("ik zoek een maatje om mee te wandelen") < 0
    assert find_danger("x") is None


def test_the_second_ear_hears_it_in_the_middle_of_a_long_sentence() -> None:
    calm = "ik heb een vraag over de bus naar ermelo "
    assert best(calm * 4) < THRESHOLD
    assert best(calm * 4 + "hij slaat mij en dreigt dat hij mij dood maakt " + calm) > THRESHOLD


def patterns(*rows: str) -> _Patterns:
    return _Patterns(
        {
            "lists": {"wie": "man, mijn vrouw"},
            "violence": {"rows": list(rows)},
            "suicide": {},
            "child": {},
            "acute": {},
            "spelling": {"also": "", "never": ""},
        }
    )


@pytest.mark.parametrize(
    ("row", "text", "matches"),
    [
        ("een twee", "een twee", True),
        ("een twee", "een drie twee", False),
        ("een ..1 twee", "een drie twee", True),
        ("een ..1 twee", "een . twee", False),
        ("een|drie twee", "drie twee", True),
        ("{wie} slaat", "mijn vrouw slaat", True),
        ("slaa*", "slaande", True),
        ("een? twee", "twee", True),
        ("een? twee", "een twee", True),
        ("een twee? drie", "een drie", True),
        ("een -twee|-drie", "een drie", False),
        ("een -twee|-drie", "een vier", True),
        ("een & twee", "twee dan wel een", True),
        ("een & twee", "een", False),
        ("een", "eend", False),
        ("een <", "een", True),
        ("een <", "een . twee", True),
        ("een <", "een twee", False),
        ("een|op_de_rug twee", "op de rug twee", True),
    ],
)
def test_the_small_language_of_the_data_file(row: str, text: str, matches: bool) -> None:
    [(_kind, compiled)] = patterns(row).compiled
    assert bool(compiled.search(text)) is matches


def test_a_list_that_does_not_exist_is_refused() -> None:
    with pytest.raises(PatternError):
        patterns("{niemand} slaat")


@pytest.mark.parametrize("before", [0, 2_900, 2_996, 3_000, 5_930, 20_000])
def test_danger_is_heard_wherever_it_stands_in_a_long_text(before: int) -> None:
    text = "dag " * before + ". Mijn man slaat mij. " + "dag " * 500
    danger = find_danger(text)
    assert danger is not None
    assert "Mijn man slaat mij" in danger.words

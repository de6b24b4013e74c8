"""A question is found by what somebody remembers of it, in the way they happen to type it."""

import pytest

from intake.questions.models import Question
from tests.referrals.search.searching import found, reached, search
from tests.support import factories as make
from welzijn.accounts.models import User

pytestmark = pytest.mark.django_db

FATMA = "Fatma van der Berg-Y\u0131lmaz"


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        (FATMA, "fatma"),
        (FATMA, "FATMA VAN DER BERG"),
        (FATMA, "Berg"),
        (FATMA, "v.d. Berg"),
        (FATMA, "vd berg"),
        (FATMA, "mevrouw van den Berg"),
        (FATMA, "vanderberg"),
        (FATMA, "yilmaz"),
        (FATMA, "Yilmas"),
        (FATMA, "Jilmaz"),
        (FATMA, "berg, fatma"),
        (FATMA, "F. van der Berg"),
        (FATMA, "fat"),
        (FATMA, "fatima"),
        (FATMA, "fatam berg"),
        ("Björn Ødegård", "bjorn odegard"),
        ("Bo de Wit", "bo"),
        ("Bo de Wit", "de wit"),
        ("Bo de Wit", "DeWit"),
        ("Karin Dekker", "de Kker"),
        ("Joop Vandenberg", "van den Berg"),
        ("Joop Vandenberg", "berg"),
        ("Anne Marie Smit", "annemarie smit"),
        ("Annemarie Smit", "anne marie"),
        ("Mohammed el Amrani", "muhammad amrani"),
        ("Ali Meijer", "meyer"),
        ("Piet Visser", "fisser"),
        ("Thijs 't Hart", "t hart"),
        ("Sean O'Brien", "obrien"),
        ("Nguyễn Thị Hoa", "nguyen thi"),
        ("Zoë Kuijpers", "zoe kuipers"),
        ("Le An", "le an"),
        ("Олена Шевченко", "олена"),
    ],
)
def test_a_name_is_found_as_people_type_it(
    here: make.World, worker: User, name: str, typed: str
) -> None:
    question = make.question(here, "geld", name=name, words="hallo")
    make.question(here, "geld", name="Henk Postma", words="hallo")
    assert found(here, worker, typed) == {"person": [question.reference]}


@pytest.mark.parametrize("typed", ["bob", "fatma postma", "witte", "jansen", "v", "xyz"])
def test_another_name_is_not(here: make.World, worker: User, typed: str) -> None:
    make.question(here, "geld", name="Bo de Wit", words="hallo")
    make.question(here, "geld", name=FATMA, words="hallo")
    assert "person" not in found(here, worker, typed)


def test_who_is_called_exactly_so_stands_before_who_is_nearly(
    here: make.World, worker: User
) -> None:
    right = make.question(here, "geld", name="Fatima Bakker", words="a")
    near = make.question(here, "geld", name="Fatma Bakker", words="b")
    assert found(here, worker, "fatima")["person"] == [right.reference, near.reference]


@pytest.mark.parametrize(
    "typed",
    [
        "0612345678",
        "06-12345678",
        "06 12 34 56 78",
        "(06) 1234 5678",
        "+31612345678",
        "+31 (0)6 12345678",
        "0031 6 12345678",
        "612345678",
        "0612345",
        "45678",
    ],
)
def test_a_number_is_found_in_each_notation_and_by_a_part(
    here: make.World, worker: User, typed: str
) -> None:
    question = make.question(here, "geld", name="A", reach=reached(phone="+31612345678"))
    make.question(here, "geld", name="B", reach=reached(phone="+31687654321"))
    assert found(here, worker, typed) == {"person": [question.reference]}


@pytest.mark.parametrize(
    "typed", ["f.berg@voorbeeld.nl", "F.Berg@Voorbeeld.NL", "f.berg@", "@voorbeeld.nl", "f.berg"]
)
def test_an_address_is_found_whole_and_by_a_part(
    here: make.World, worker: User, typed: str
) -> None:
    question = make.question(
        here, "geld", name="A", reach=reached(email="f.berg@voorbeeld.nl"), words="x"
    )
    make.question(here, "geld", name="B", reach=reached(email="jan@elders.nl"), words="x")
    assert found(here, worker, typed) == {"person": [question.reference]}


def test_a_reference_is_found_whole_and_by_each_part(here: make.World, worker: User) -> None:
    question = make.question(here, "geld")
    reference = question.reference
    plain = reference.replace("-", "")
    for typed in (reference, reference.lower(), plain, f" {reference[:4]} {reference[5:]} "):
        assert found(here, worker, typed)["reference"] == [reference], typed
    for typed in (reference[:3], reference[:4], reference[5:], reference[2:7], plain[2:6]):
        assert reference in found(here, worker, typed)["reference"], typed


@pytest.mark.parametrize("typed", ["deurwaarder", "deurwaarders", "brief deurw", "DEURWAARDER"])
def test_words_are_found_and_a_word_that_goes_on(
    here: make.World, worker: User, typed: str
) -> None:
    question = make.question(here, "geld", name="A", words="een brief van de deurwaarder")
    make.question(here, "geld", name="B", words="ruzie met de buren")
    assert found(here, worker, typed) == {"words": [question.reference]}


def test_what_is_closed_is_found_after_what_is_open(here: make.World, worker: User) -> None:
    open_one = make.question(here, "geld", name="Henk Visser", words="a")
    closed = make.question(here, "geld", name="Henk Visser", words="b")
    Question.objects.filter(pk=closed.pk).update(
        status="closed", result="advised", closed_at=make.TUESDAY
    )
    assert found(here, worker, "visser")["person"] == [open_one.reference, closed.reference]


def test_a_question_stands_in_one_group(here: make.World, worker: User) -> None:
    question = make.question(here, "geld", name="Henk Visser", words="ik ben henk visser")
    assert found(here, worker, "visser") == {"person": [question.reference]}


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "x",
        "\x00",
        "'; --",
        "%",
        "___",
        "!&|()",
        "a" * 200,
        "' & '",
        "\\",
        ":*",
        "@",
        "..",
        "-",
    ],
)
def test_odd_text_finds_nothing_and_breaks_nothing(
    here: make.World, worker: User, typed: str
) -> None:
    make.question(here, "geld", name="Henk Visser", words="hallo")
    assert search(here, worker, typed).groups == []


def test_many_hits_are_searched_from_today_back(
    here: make.World, worker: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    from referrals.search import finding

    asked = [
        make.question(
            here, "geld", name=f"Fatma Smit{n}", words="brief", reach=reached(email=f"a{n}@b.nl")
        )
        for n in range(4)
    ]
    monkeypatch.setattr(finding, "FEW", 2)
    everyone = {question.reference for question in asked}
    for typed, group in (("fatma", "person"), ("brief", "words"), ("@b.nl", "person")):
        assert set(found(here, worker, typed)[group]) == everyone, typed

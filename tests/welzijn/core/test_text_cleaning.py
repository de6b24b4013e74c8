"""Free text: what is taken out, what is refused, and what stays as it was written."""

from __future__ import annotations

import unicodedata

import pytest
from django import forms
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from welzijn.core.form_fields import CleanCharField, CleanTextField, set_choice_messages
from welzijn.core.text_cleaning import clean_text


@pytest.mark.parametrize(
    "text",
    [
        "brief van deurwaarder snap nie",
        "👩‍👩‍👧 en 🇳🇱",
        "مرحبا، أحتاج إلى مساعدة",
        "من \u200c\u200e نیاز به کمک دارم",
        "Zeeuws-Vlaanderen: één café, naïef",
        "regel een\n\nregel twee\tmet tab",
        "<script>alert(1)</script> & 'quotes'",
    ],
)
def test_what_people_write_stays(text) -> None:
    assert clean_text(text) == text


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("a\r\nb\rc\u2028d\x85e", "a\nb\nc\nd\ne"),
        ("\ufeffhallo\x07 daar\x1b[31m", "hallo daar[31m"),
        ("uit \u202egeweld\u202c en \u2066thuis\u2069", "uit geweld en thuis"),
        ("cafe\u0301", "café"),
        ("  ruimte \n ", "ruimte"),
    ],
)
def test_what_nobody_sees_is_taken_out(raw, clean) -> None:
    assert clean_text(raw) == clean


def test_one_line_is_one_line() -> None:
    assert clean_text(" Fatma \n de\t Boer ", one_line=True) == "Fatma de Boer"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("a\x00b", "null_characters_not_allowed"),
        ("half \ud83d emoji", "surrogate"),
        ("x" * 101, "max_length"),
        ("x" * 1_048_576, "max_length"),
    ],
)
def test_what_would_be_lost_is_refused(raw, code) -> None:
    with pytest.raises(ValidationError) as refused:
        clean_text(raw, 100)
    assert refused.value.code == code


def test_too_long_says_by_how_much_and_repeats_nothing() -> None:
    with pytest.raises(ValidationError) as refused:
        clean_text("geheim" * 300_000, 20_000)
    [sentence] = refused.value.messages
    assert "1.800.000" in sentence
    assert "20.000" in sentence
    assert "geheim" not in sentence


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")))
def test_cleaning_twice_is_cleaning_once_and_always_fits_the_database(raw) -> None:
    clean = clean_text(raw)
    assert clean_text(clean) == clean
    assert unicodedata.is_normalized("NFC", clean)
    clean.encode()
    assert not any(ord(c) < 32 and c not in "\n\t" for c in clean)


class Form(forms.Form):
    words = CleanTextField(max_length=1000)
    name = CleanCharField(required=False)


@pytest.mark.parametrize("bad", ["x" * 1_048_576, "a\x00b", "half \ud83d"])
def test_an_error_stands_at_its_field_and_the_rest_is_kept(bad) -> None:
    form = Form({"words": bad, "name": "Özlem Çelik 🌷"})
    assert list(form.errors) == ["words"]
    assert form.cleaned_data == {"name": "Özlem Çelik 🌷"}
    assert form["name"].value() == "Özlem Çelik 🌷"
    assert form["words"].value() == bad


def test_one_sentence_an_error() -> None:
    form = Form({"words": "\x00" * 5000})
    assert len(form.errors["words"]) == 1


def test_a_long_paste_is_not_cut_off_unseen() -> None:
    assert "maxlength" not in str(Form()["words"])
    assert 'maxlength="200"' in str(Form()["name"])


def test_a_missing_answer_is_asked_for_in_a_friendly_way() -> None:
    assert Form({}).errors["words"] == ["Vul dit nog in. Dan kunnen wij verder."]


def test_a_choice_that_is_left_empty_says_what_to_choose() -> None:
    class Form(forms.Form):
        to = forms.ChoiceField(choices=[("", "Kies een collega"), ("a", "Aart")])
        how = forms.ChoiceField(choices=[("a", "aan de telefoon")])
        day = forms.DateField()
        own = forms.DateField(error_messages={"required": "Wanneer belt u?"})
        may_stay_empty = forms.DateField(required=False)

        def __init__(self, *args) -> None:
            super().__init__(*args)
            set_choice_messages(self)

    assert Form({}).errors == {
        "to": ["Kies een collega."],
        "how": ["Kies wat past."],
        "day": ["Kies een dag."],
        "own": ["Wanneer belt u?"],
    }


INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u180e\u200b\u200c\u200d\u200e"
    "\u2060\u2800\u3000\u3164\ufe0f\uffa0\U000e0041"
)


@pytest.mark.parametrize("text", [*INVISIBLE, INVISIBLE, " \n\t "])
def test_what_shows_nothing_is_empty(text: str) -> None:
    assert clean_text(text) == ""
    assert clean_text(f"{text}Bo{text}").strip(INVISIBLE) == "Bo"


@pytest.mark.parametrize("text", ["a", "7", "?", "❤️", "👍🏽", "\N{ARABIC LETTER BEH}", "你", "é"])
def test_what_shows_something_is_not_empty(text: str) -> None:
    assert clean_text(text) != ""


def test_a_required_field_refuses_what_shows_nothing() -> None:
    for field in (CleanCharField(), CleanTextField()):
        with pytest.raises(ValidationError) as refused:
            field.clean(INVISIBLE)
        assert refused.value.error_list[0].code == "required"

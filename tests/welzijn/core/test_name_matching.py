"""Names are the same however their accents are typed."""

import unicodedata

import pytest

from welzijn.core.name_matching import fold


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Y\u0131lmaz", "yilmaz"),
        ("YILMAZ", "Y\u0131lmaz"),
        ("Björk", "Bjork"),
        ("Nguyễn", "Nguyen"),
        ("Şahin", "Sahin"),
        ("Łukasz", "Lukasz"),
        ("Sørensen", "Sorensen"),
        ("Đặng", "Dang"),
        ("José", "jose"),
        ("  Bo   de Wit ", "bo de wit"),
    ],
)
def test_accents_and_capitals_make_no_difference(name: str, typed: str) -> None:
    assert fold(name) == fold(typed)
    assert fold(unicodedata.normalize("NFD", name)) == fold(typed)


def test_other_names_stay_other_names() -> None:
    assert fold("Bo") != fold("Jo")

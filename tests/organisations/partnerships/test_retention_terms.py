"""The retention terms of a partnership."""

from datetime import date
from typing import Any

import pytest

from organisations.partnerships import retention_terms
from organisations.partnerships.models import Partnership

STORED: dict[str, Any] = {
    "advice": 0,
    "welfare": 2,
    "wmo": 15,
    "debts": 5,
    "youth_care": 20,
    "log": 5,
    "organisations": {"stimenz": {"welfare": 4, "wmo": 15}},
}


def terms() -> retention_terms.RetentionTerms:
    found = retention_terms.terms_of(Partnership(retention=STORED))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("kind", "has_person", "term"),
    [
        ("advice", False, "advice"),
        ("advice", True, "welfare"),
        ("debts_threat", True, "debts"),
        ("wmo", True, "wmo"),
    ],
)
def test_the_term_of_a_question_follows_its_kind_and_whether_it_has_a_person(
    kind: str, has_person: bool, term: str
) -> None:
    assert retention_terms.term_kind(kind, has_person=has_person) == term


def test_an_organisation_has_its_own_term_where_it_differs() -> None:
    assert terms().of("welfare", "stimenz") == 4
    assert terms().of("welfare", "actief") == 2
    assert [(one.organisation, one.kind, one.years) for one in terms().own] == [
        ("stimenz", "welfare", 4)
    ]


@pytest.mark.parametrize("missing", ["welfare", "log"])
def test_nothing_is_deleted_while_a_term_is_missing(missing: str) -> None:
    partial = {key: value for key, value in STORED.items() if key != missing}
    assert retention_terms.terms_of(Partnership(retention=partial)) is None
    assert retention_terms.terms_of(Partnership(retention={})) is None


def test_the_last_day_and_the_first_day_deleted_meet() -> None:
    active = date(2024, 2, 29)
    last = retention_terms.last_day(active, 2)
    assert last == date(2026, 2, 28)
    assert retention_terms.deletion_cutoff(last, 2) <= active
    assert retention_terms.deletion_cutoff(date(2026, 3, 1), 2) > active


@pytest.mark.parametrize("missing", ["advice", "welfare", "wmo", "debts", "youth_care", "log"])
def test_with_one_term_missing_there_are_none(missing: str) -> None:
    stored = {kind: years for kind, years in STORED.items() if kind != missing}
    assert retention_terms.terms_of(Partnership(retention=stored)) is None
    assert retention_terms.terms_of(Partnership(retention={})) is None

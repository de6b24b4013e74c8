"""A condition as rows for the editor, and back."""

import pytest
from hypothesis import given

from organisations.routing import ConditionError, Row, RowKind, from_rows, parse, to_rows
from organisations.routing.conditions import All, Condition
from organisations.routing.facts import Facts
from tests.organisations.routing import strategies as some
from tests.organisations.routing.oracle import as_predicate


@given(some.condition, some.facts)
def test_rows_mean_what_the_condition_means(condition: Condition, facts: Facts) -> None:
    again = from_rows(to_rows(condition))
    assert as_predicate(again).test(facts) == as_predicate(condition).test(facts)


def test_a_rule_of_a_coordinator_as_rows() -> None:
    condition = parse(
        {
            "all": [
                {"is": "life_domains_any", "values": ["geld"]},
                {"not": {"is": "age_band", "values": ["0-11"]}},
                {"not": {"any": [{"is": "danger"}, {"is": "household"}]}},
            ]
        }
    )
    rows = to_rows(condition)
    assert [(row.level, row.row, row.kind) for row in rows] == [
        (0, RowKind.ALL, ""),
        (1, RowKind.IS, "life_domains_any"),
        (1, RowKind.IS_NOT, "age_band"),
        (1, RowKind.NONE, ""),
        (2, RowKind.IS, "danger"),
        (2, RowKind.IS, "household"),
    ]
    assert from_rows(rows) == condition


def test_no_rows_mean_always() -> None:
    assert from_rows([]) == All()


@pytest.mark.parametrize(
    ("rows", "where"),
    [
        ([Row(0, RowKind.IS, "danger")], "when.1"),
        ([Row(0, RowKind.ALL), Row(2, RowKind.IS, "danger")], "when.2"),
        ([Row(0, RowKind.ALL), Row(0, RowKind.IS, "danger")], "when.2"),
        ([Row(0, RowKind.ALL), Row(1, RowKind.IS, "danger"), Row(2, RowKind.ANY)], "when.3"),
        ([Row(0, RowKind.ALL), Row(1, RowKind.IS, "age_band")], "when.2"),
        ([Row(0, RowKind.ALL), Row(1, RowKind.IS_NOT, "moon")], "when.2.not.is"),
    ],
)
def test_a_wrong_row_is_named_by_its_number(rows: list[Row], where: str) -> None:
    with pytest.raises(ConditionError) as caught:
        from_rows(rows)
    assert caught.value.problems[0].where == where

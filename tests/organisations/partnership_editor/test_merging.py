"""Loading a file over what was changed in the browser since: taken, kept, or a conflict."""

from organisations.partnership_editor.merging import (
    BROWSER,
    FILE,
    Comparison,
    Disagreement,
    leave_rules,
)
from organisations.partnership_editor.values import ORDER, Change

NAME = ("samenwerkingsverband", "naam")
HOURS = ("leestijden", "tekst")
RULES = ("regels",)


def compared() -> Comparison:
    conflict = Disagreement(NAME, "was", "of the file", "of the browser")
    return Comparison({}, taken=[Change(HOURS, "9-12", "9-17")], conflicts=[conflict])


def test_a_conflict_is_carried_out_only_where_somebody_chose_the_file() -> None:
    found = compared()
    assert found.changes({}) == found.taken
    assert found.changes(found.all_for(BROWSER)) == found.taken
    assert found.changes(found.all_for(FILE)) == [
        *found.taken,
        Change(NAME, "of the browser", "of the file"),
    ]


def test_a_conflict_waits_until_it_is_decided_for_either_side() -> None:
    found = compared()
    (conflict,) = found.conflicts
    assert found.undecided({}) == [conflict]
    assert found.undecided({conflict.key: "something else"}) == [conflict]
    assert found.undecided({conflict.key: BROWSER}) == []
    assert found.undecided({conflict.key: FILE}) == []


def test_the_order_of_rows_is_changed_after_the_rows_themselves() -> None:
    order = Change(("teams", ORDER), ["a"], ["b", "a"])
    row = Change(("teams", "b"), None, {"naam": "b"})
    assert Comparison({}, taken=[order, row]).changes({}) == [row, order]


def test_the_rules_of_an_open_front_door_stay_as_they_are() -> None:
    found = compared()
    assert not leave_rules(found)
    found.taken.append(Change(RULES, ["old"], ["new"]))
    assert leave_rules(found)
    assert [change.path for change in found.taken] == [HOURS]
    assert found.kept == [Change(RULES, ["new"], ["old"])]

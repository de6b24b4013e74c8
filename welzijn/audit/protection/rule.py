"""What a rule about the rows of a table is, and the rules that many tables share."""

from __future__ import annotations

from dataclasses import dataclass

# Opened by retention for the questions that it erases, with their people (erasure.py).
OF_QUESTION = "evidence_erasing(OLD.question_id)"
# Opened when the rehearsal of a partnership is wiped (organisations/rehearsal).
OF_REHEARSAL = "evidence_rehearsal(OLD.partnership_id)"
# History goes with what it tells of, once that is gone.
_GONE = "evidence_gone('{table}', OLD.{column})"


@dataclass(frozen=True)
class Rule:
    """What may be done with the rows of one table, besides adding."""

    table: str
    why: str
    changes: tuple[str, ...] = ()
    """Columns that may change, as long as `final` is not true."""
    once: tuple[str, ...] = ()
    """Columns that are filled once: from empty to a value, and never again."""
    fixed: tuple[str, ...] = ()
    """Given instead of `changes`: only these (and the id) never change; what else changes is no
    proof, or has a history that is."""
    final: str = ""
    """Condition under which nothing changes any more."""
    erase: str = ""
    """Condition under which the row may be deleted; without one nobody deletes it."""
    cleared: tuple[str, ...] = ()
    """Columns that retention empties where `clear` is true."""
    clear: str = ""
    written_by_database: bool = False
    """Only functions of the database add rows: the running role reads."""

    @property
    def changeable(self) -> bool:
        """Whether any column of a row may ever change."""
        return bool(self.changes or self.once or self.fixed or self.cleared)


def history(table: str, of: str, column: str) -> Rule:
    """A history whose rows go once the row of `of` whose id is in `column` is gone."""
    return Rule(table, f"history of {of}", erase=_GONE.format(table=of, column=column))


def of_question(
    table: str,
    why: str,
    *,
    changes: tuple[str, ...] = (),
    once: tuple[str, ...] = (),
    fixed: tuple[str, ...] = (),
) -> Rule:
    return Rule(table, why, changes=changes, once=once, fixed=fixed, erase=OF_QUESTION)

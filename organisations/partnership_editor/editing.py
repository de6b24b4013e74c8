"""One form of the editor: what was opened, what was typed, and what came of saving it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from organisations.partnership_editor import consequences, presentation, values
from organisations.partnership_editor.checking import ProblemsError
from organisations.partnership_editor.forms import TableForm, seal, unseal
from organisations.partnership_editor.permissions import Keeper
from organisations.partnership_editor.saving import ConflictError, UnconfirmedError
from organisations.partnership_editor.sections import Section
from organisations.partnership_editor.submitting import Outcome, submit
from organisations.partnership_editor.values import IDENTITY, ORDER, Change, Plain
from organisations.partnership_file.schema import PartnershipFile
from organisations.partnerships.models import Partnership
from welzijn.accounts.models import User

_OPTIONAL = frozenset({"voedselbank", "bewaartermijnen", "opdracht"})


@dataclass(slots=True)
class Edit:
    """A table, or one row of a list; `name` is the row's, "" for a table, None for a new row."""

    section: Section
    name: str | None
    partnership: Partnership
    user: User
    keeper: Keeper
    tables: Plain
    form: TableForm = field(init=False)
    opened: Plain = field(init=False)
    consequences: list[str] = field(default_factory=list)
    conflicted: bool = False
    given: Plain = field(default_factory=dict)
    """What a new row begins with."""

    def open(self, request: HttpRequest) -> None:
        """Make the form, bound where it was sent."""
        row = self._row_now()
        sent = request.POST if request.method == "POST" else None
        self.opened = row
        if sent is not None:
            found = unseal(sent.get("geopend", ""))
            self.opened = row if found is None else found
        if self.section.key == "leersessies":
            self.form = TableForm(
                sent, table=PartnershipFile, row=row, tables=self.tables, only=("leersessies",)
            )
            return
        self.form = TableForm(
            sent,
            table=self.section.table,
            row=self._own(row),
            tables=self.tables,
            new=self.name is None,
            optional=self.section.key in _OPTIONAL,
            keeps=self._keeps(row),
        )

    def _row_now(self) -> Plain:
        if self.name is None:
            return dict(self.given)
        if self.section.key == "leersessies":
            return {"leersessies": self.tables.get("leersessies", [])}
        path = (self.section.key, self.name) if self.name else (self.section.key,)
        return values.value_at(self.tables, path) or {}

    def _own(self, row: Plain) -> Plain:
        """Fill in the organisation of whoever adds a service of their only one."""
        own = self.keeper.organisations
        if self.name is None and not self.keeper.everything and len(own) == 1:
            return {**row, "organisatie": next(iter(own))}
        return row

    def _keeps(self, row: Plain) -> Any:
        if self.name is None:
            return lambda _key: True
        return lambda key: self.keeper.keeps_key(self.section.key, row, key)

    @property
    def sealed(self) -> str:
        """What was opened, as the form carries it."""
        return seal(self.opened)

    @property
    def confirmation(self) -> str:
        """What the form sends back to say that the consequences were read."""
        return consequences.digest(self.consequences)

    def changes(self) -> list[Change]:
        """Return what differs between what was opened and what was typed."""
        new = self.form.new()
        key = self.section.key
        if self.name is None:
            return [Change((key, str(new.get(IDENTITY[key], ""))), None, new)]
        keys = self.form.changed_keys()
        identity = IDENTITY.get(key)
        if identity in keys and new.get(identity) != self.opened.get(identity):
            return self._renamed(new)
        base = () if key == "leersessies" else (key, self.name) if self.name else (key,)
        return [
            Change((*base, alias), self.opened.get(alias), new.get(alias))
            for alias in keys
            if self.opened.get(alias) != new.get(alias)
        ]

    def _renamed(self, new: Plain) -> list[Change]:
        """Replace a row that is known by what was changed, in the same place of the list."""
        key = self.section.key
        name = str(new.get(IDENTITY[key], ""))
        order = list(values.rows(self.tables, key))
        placed = [name if one == self.name else one for one in order]
        found = [
            Change((key, str(self.name)), self.opened, None),
            Change((key, name), None, new),
        ]
        return [*found, Change((key, ORDER), order, placed)] if key in values.ORDERED else found

    def save(self, *, confirmed: str) -> Outcome | None:
        """Save; None where the form shows what stands in the way."""
        if not self.form.is_valid():
            return None
        changes = self.changes()
        try:
            return submit(
                partnership=self.partnership,
                changes=changes,
                keeper=self.keeper,
                by=self.user,
                now=timezone.now(),
                confirmed=confirmed,
            )
        except ProblemsError as error:
            self.form.show(error.problems, self._place(changes))
        except ConflictError as error:
            self._show_conflicts(error)
        except UnconfirmedError as error:
            self.consequences = error.sentences
        return None

    def _place(self, changes: list[Change]) -> tuple[str | int, ...]:
        """Return where the row stands in the tables that were checked."""
        key = self.section.key
        if key not in IDENTITY:
            return () if key == "leersessies" else (key,)
        after = values.changed(self.tables, changes)
        name = next((c.path[1] for c in changes if len(c.path) == 2 and c.after), self.name)
        listed = list(values.rows(after, key))
        return (key, listed.index(str(name)) if str(name) in listed else len(listed))

    def _show_conflicts(self, error: ConflictError) -> None:
        """Show what stands there now beside what was typed; the next save knows of both."""
        self.conflicted = True
        for one in error.conflicts:
            alias = one.change.path[-1]
            if len(one.change.path) == 2 and self.section.listed:
                self.form.add_error(
                    None,
                    _("Deze regel is intussen weg of veranderd. Open hem opnieuw.")
                    if one.change.before is not None
                    else _("Deze korte naam is er al. Kies een andere."),
                )
                continue
            sentence = _(
                "Een collega heeft dit intussen veranderd. Bij openen stond er: {before}. Nu staat "
                "er: {now}. Slaat u nog eens op, dan komt uw tekst ervoor in de plaats."
            ).format(
                before=presentation.displayed_value(
                    self.section.table, alias, one.change.before, self.tables
                ),
                now=presentation.displayed_value(self.section.table, alias, one.now, self.tables),
            )
            self.form.add_error(alias if alias in self.form.fields else None, sentence)
            self.opened = {**self.opened, alias: one.now}
            if one.now is None:
                self.opened.pop(alias)

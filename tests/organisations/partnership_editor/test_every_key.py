"""Every key of the partnership file has a label, a screen and a widget."""

from pathlib import Path

import pytest
from django.conf import settings

from organisations.partnership_editor import values
from organisations.partnership_editor.checking import checked
from organisations.partnership_editor.forms import TableForm
from organisations.partnership_editor.permissions import tables_of_sections
from organisations.partnership_editor.sections import SECTIONS
from organisations.partnership_editor.widgets import kind_of
from organisations.partnership_file.labels import LABELS
from organisations.partnership_file.labels.choices import CHOICES
from organisations.partnership_file.problems import table_in
from organisations.partnership_file.reading import read_file
from organisations.partnership_file.schema import PartnershipFile
from organisations.partnership_file.schema.base import Table
from tests.support import factories as make

FILES = sorted((Path(settings.BASE_DIR) / "organisations" / "partnerships").glob("*.toml"))


def every_table(model: type[Table] = PartnershipFile) -> set[type[Table]]:
    found: set[type[Table]] = set()
    for field in model.model_fields.values():
        inner = table_in(field.annotation)
        if inner is not None and issubclass(inner, Table):
            found |= {inner} | every_table(inner)
    return found


def edited_tables() -> set[type[Table]]:
    """All but the rules, which have an editor of their own."""
    rules = {tables_of_sections()["regels"]}
    return every_table() - rules - set().union(*(every_table(table) for table in rules))


def test_every_key_of_the_file_is_a_section() -> None:
    assert {field.alias for field in PartnershipFile.model_fields.values()} == set(SECTIONS)


def test_every_key_has_a_label_and_a_widget() -> None:
    wrong: list[tuple[str, ...]] = []
    for table in edited_tables():
        keys = {field.alias or "": field for field in table.model_fields.values()}
        labels = LABELS.get(table, {})
        wrong += [(table.__name__, key) for key in set(keys) ^ set(labels)]
        for alias, field in keys.items():
            key = labels.get(alias)
            if key is None:
                continue
            kind_of(field, key)
            wrong += [(table.__name__, alias, "help")] if str(key.help).endswith(",") else []
            fixed_words = "een van:" in str(field.metadata) + str(field.annotation)
            if fixed_words and key.choices not in CHOICES:
                wrong.append((table.__name__, alias, "choices"))
    assert wrong == []


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_a_form_that_nobody_touched_changes_nothing(path: Path) -> None:
    """What each form shows is what it sends back, for every table and row of the five files."""
    tables = values.of_file(read_file(path))
    for key, table in tables_of_sections().items():
        if key in {"regels", "leersessies"}:
            continue
        rows = values.rows(tables, key) if SECTIONS[key].listed else {"": tables.get(key, {})}
        for name, row in rows.items():
            unbound = TableForm(table=table, row=row, tables=tables, optional=not row)
            form = TableForm(typed(unbound), table=table, row=row, tables=tables, optional=not row)
            assert form.is_valid(), (key, name, form.errors)
            assert values.normal({key: [form.new()]} if name else {key: form.new()}) == (
                {key: [row]} if name else {key: row}
            )


def typed(form: TableForm) -> dict[str, object]:
    """What a browser sends for a form as it is shown."""
    sent: dict[str, object] = {}
    for one in form.every():
        for name in one.fields:
            value = one[name].value()
            if name == "weg" or value in (None, False):
                continue
            sent[one[name].html_name] = "on" if value is True else value
    for nested in form.nested:
        sent[f"{nested.alias}-aantal"] = len(nested.forms)
    return sent


@pytest.mark.django_db
@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_the_database_gives_the_tables_of_the_file(path: Path) -> None:
    from organisations.partnership_file.loading import load

    file = read_file(path)
    partnership = load(file=file, source=path.name, now=make.TUESDAY).partnership
    assert values.differences(values.of_file(file), values.of_partnership(partnership)) == []
    again, problems = checked(values.of_partnership(partnership), day=make.TUESDAY.date())
    assert problems == []
    assert again is not None

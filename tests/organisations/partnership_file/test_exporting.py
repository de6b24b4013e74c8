"""An export loads to the same, into the same database and into an empty one."""

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import transaction
from hypothesis import given, settings

from organisations.partnership_file import conditions
from organisations.partnership_file.exporting import export
from organisations.partnership_file.loading import load
from organisations.partnership_file.problems import FileProblem
from organisations.partnership_file.reading import read, read_file
from organisations.partnership_file.vocabulary import vocabulary_of
from organisations.partnership_file.writing import write
from organisations.partnerships.models import Partnership
from organisations.routing.conditions import All, Any_, Condition, Leaf, Not

FILES = sorted((Path(django_settings.BASE_DIR) / "organisations" / "partnerships").glob("*.toml"))
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
PUTTEN = next(path for path in FILES if path.stem == "putten")


def loaded(path: Path) -> Partnership:
    return load(file=read_file(path), source=path.name, now=NOW).partnership


def load_text(text: str):
    return load(file=read(text.encode(), source="export.toml"), source="export.toml", now=NOW)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_writing_a_file_and_reading_it_gives_the_same_file(path):
    file = read_file(path)
    assert read(write(file).encode(), source="x.toml") == file


@pytest.mark.django_db
@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_loading_an_export_changes_nothing(path):
    partnership = loaded(path)
    version = partnership.config_version
    report = load_text(export(partnership))
    assert report.changes == []
    assert report.partnership.config_version == version


@pytest.mark.django_db
@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_an_export_fills_an_empty_database_with_the_same(path):
    with transaction.atomic():
        text = export(loaded(path))
        transaction.set_rollback(True)
    assert not Partnership.objects.exists()
    assert export(load_text(text).partnership) == text


@pytest.mark.django_db
def test_what_ended_is_exported_with_its_last_day():
    text = PUTTEN.read_text()
    partnership = loaded(PUTTEN)
    start = text.index('[[aanbod]]\nslug = "plusbus"')
    end = text.index("[[aanbod]]", start + 5)
    load_text(text[:start] + text[end:])
    exported = export(partnership)
    assert "tot_en_met = 2026-11-23" in exported
    assert load_text(exported).changes == []


@pytest.mark.django_db
def test_the_command_prints_the_file():
    partnership = loaded(PUTTEN)
    out = io.StringIO()
    call_command("export_partnership", "putten", stdout=out)
    assert out.getvalue() == export(partnership)


@pytest.mark.django_db
def test_the_command_writes_a_file(tmp_path):
    partnership = loaded(PUTTEN)
    call_command("export_partnership", "putten", "--to", str(tmp_path / "uit.toml"))
    assert (tmp_path / "uit.toml").read_text() == export(partnership)


_VOCABULARY = vocabulary_of(read_file(PUTTEN))


def _trees():
    from hypothesis import strategies as st

    leaves = st.one_of(
        st.just(Leaf("danger")),
        st.integers(1, 5).map(lambda n: Leaf("life_domains_at_least", number=n)),
        st.lists(
            st.sampled_from(list(_VOCABULARY.life_domains)),
            min_size=1,
            max_size=3,
            unique=True,
        ).map(lambda v: Leaf("life_domains_any", tuple(v))),
        st.lists(
            st.sampled_from(["12-15", "18-26", "unknown"]), min_size=1, max_size=3, unique=True
        ).map(lambda v: Leaf("age_band", tuple(v))),
        st.lists(st.sampled_from(["debts_threat", "wmo"]), min_size=1, max_size=2, unique=True).map(
            lambda v: Leaf("kind", tuple(v))
        ),
        st.just(Leaf("brought_by", ("gemeente-putten",))),
    )
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.lists(inner, max_size=3).map(lambda parts: All(tuple(parts))),
            st.lists(inner, max_size=3).map(lambda parts: Any_(tuple(parts))),
            inner.map(Not),
        ),
        max_leaves=6,
    )


def _depth(tree: Condition) -> int:
    match tree:
        case Leaf():
            return 1
        case Not(part):
            return 1 + _depth(part)
        case All(parts) | Any_(parts):
            return 1 + max(map(_depth, parts), default=0)


@settings(deadline=None)
@given(tree=_trees().filter(lambda tree: _depth(tree) <= 4))
def test_any_condition_is_written_and_read_back_the_same(tree):
    problems: list[FileProblem] = []
    read_back = conditions.read(conditions.to_file(tree), _VOCABULARY, ("als",), problems)
    assert problems == []
    assert read_back == tree

"""Loading: all of a file or nothing, twice the same, and nobody is deleted."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings

from organisations import front_door
from organisations.models import Partnership
from organisations.partnership_file.loading import load
from organisations.partnership_file.reading import read, read_file

FOLDER = Path(settings.BASE_DIR) / "organisations" / "partnerships"
FILES = sorted(FOLDER.glob("*.toml"))
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def load_text(text: str, **options):
    return load(file=read(text.encode(), source="x.toml"), source="x.toml", now=NOW, **options)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_each_partnership_loads_and_its_front_door_opens(path):
    report = load(file=read_file(path), source=path.name, now=NOW)
    door = front_door.of(report.partnership)
    assert report.created
    assert door.triage_team.slug == read_file(path).responsible.triage_team
    assert len(door.rules.spec.rules) == len(read_file(path).rules)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_a_second_load_writes_nothing(path):
    first = load(file=read_file(path), source=path.name, now=NOW)
    version = Partnership.objects.get(pk=first.partnership.pk).config_version
    second = load(file=read_file(path), source=path.name, now=NOW)
    assert second.changes == []
    assert second.published is None
    assert Partnership.objects.get(pk=first.partnership.pk).config_version == version

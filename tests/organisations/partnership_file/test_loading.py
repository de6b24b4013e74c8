"""Loading: all of a file or nothing, twice the same, and nobody is deleted."""

import io
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.utils import timezone

from organisations.directory.models import Organisation
from organisations.front_door import configuration as front_door
from organisations.partnership_file.loading import load
from organisations.partnership_file.problems import FileProblemsError
from organisations.partnership_file.reading import read, read_file
from organisations.partnerships.models import Partnership
from organisations.routing.models import RuleSet

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


PUTTEN = (FOLDER / "putten.toml").read_text()


def changed(old: str, new: str, text: str = PUTTEN) -> str:
    assert old in text
    return text.replace(old, new, 1)


def without(table: str, slug: str, text: str = PUTTEN) -> str:
    """The file without one table of a list."""
    start = text.index(f'[[{table}]]\nslug = "{slug}"')
    end = text.index("\n[[", start + 2) + 1
    return text[:start] + text[end:]


def later(days: int) -> datetime:
    return NOW + timedelta(days=days)


def test_only_what_is_different_is_written():
    first = load_text(PUTTEN)
    report = load_text(changed("oppakken = 1", "oppakken = 3"))
    assert report.changes == ["samenwerkingsverband: pick_up_within"]
    assert report.partnership.pick_up_within == 3
    assert report.partnership.config_version > first.partnership.config_version


def test_an_organisation_that_is_taken_out_is_ended_the_day_before_and_keeps_its_row():
    partnership = load_text(PUTTEN).partnership
    text = PUTTEN
    for table, slug in [
        ("aanbod", "sportcoach"),
        ("aanbod", "wandelgroep"),
        ("aanbod", "sterk-op-de-been"),
        ("organisaties", "actief-putten"),
    ]:
        text = without(table, slug, text)
    text = changed(', "actief-putten"]', "]", text)
    text = changed('naar = { organisatie = "actief-putten" }', "naar = { triage = true }", text)
    report = load_text(text)
    part = partnership.participations.get(organisation__slug="actief-putten")
    assert part.until == date(2026, 11, 23)
    assert any("Actief Putten doet niet meer mee" in notice for notice in report.notices)
    assert Organisation.objects.filter(slug="actief-putten").exists()
    assert not front_door.of(report.partnership).vocabulary.takes_part(
        "actief-putten", date(2026, 11, 24)
    )
    again = load(file=read(text.encode(), source="x"), source="x", now=later(30))
    assert again.changes == []
    load_text(PUTTEN)
    part.refresh_from_db()
    assert part.until is None


@pytest.mark.parametrize(
    ("table", "slug", "related"),
    [
        ("wijken", "hell", "neighbourhoods"),
        ("aanbod", "plusbus", "services"),
    ],
)
def test_what_is_taken_out_is_ended_and_no_longer_offered(table, slug, related):
    partnership = load_text(PUTTEN).partnership
    before = {s.slug for s in front_door.of(partnership).services} | {
        p.slug for p in front_door.of(partnership).places
    }
    assert slug in before
    # The front door goes by today's date, so the file is read today.
    report = load(
        file=read(without(table, slug).encode(), source="x"), source="x", now=timezone.now()
    )
    door = front_door.of(report.partnership)
    assert getattr(partnership, related).get(slug=slug).until is not None
    assert slug not in {s.slug for s in door.services} | {p.slug for p in door.places}


def test_changed_rules_become_a_new_version_and_the_old_one_stays():
    load_text(PUTTEN)
    report = load_text(changed('reden = "het over geld gaat"', 'reden = "het over euro\'s gaat"'))
    assert report.published == 2
    assert report.changes == ["verdeelregels: versie 2 geldt nu"]
    first, second = RuleSet.objects.order_by("version")
    assert (first.status, second.status) == ("archived", "published")
    assert first.rules.get(key="geld").reason == "het over geld gaat"
    assert (second.why, second.explanation) == ("", "Geladen uit x.toml")


def publish_by_hand(partnership: Partnership) -> RuleSet:
    """As a coordinator does in the browser: the geld rule gets other words."""
    partnership.rule_sets.update(status="archived")
    person = get_user_model().objects.create(email="coordinator@putten.example", name="Noor")
    rule_set = RuleSet.objects.create(partnership=partnership, version=2)
    rule_set.rules.create(
        position=1, key="alles", name="Alles", conditions={"all": []}, target_kind="triage"
    )
    rule_set.status, rule_set.published_at, rule_set.published_by = "published", NOW, person
    rule_set.save()
    rule_set.status, rule_set.published_at, rule_set.published_by = "published", NOW, person
    rule_set.save()
    return rule_set


def test_rules_that_a_coordinator_published_survive_the_old_file():
    partnership = load_text(PUTTEN).partnership
    by_hand = publish_by_hand(partnership)
    report = load_text(PUTTEN)
    by_hand.refresh_from_db()
    assert by_hand.status == "published"
    assert report.published is None
    assert "versie 2 blijft gelden" in report.notices[0]


def test_a_changed_file_goes_over_a_coordinators_rules_only_when_told_to():
    partnership = load_text(PUTTEN).partnership
    publish_by_hand(partnership)
    text = changed('reden = "het over geld gaat"', 'reden = "het over euro\'s gaat"')
    with pytest.raises(FileProblemsError, match="--regels-uit-bestand"):
        load_text(text)
    assert load_text(text, rules_from_file=True).published == 3


def test_a_file_may_not_change_an_organisation_for_another_partnership():
    load_text((FOLDER / "landerd.toml").read_text())
    oss = (FOLDER / "oss.toml").read_text()
    text = changed('telefoon = "088 000 0100"', 'telefoon = "088 000 0199"', oss)
    with pytest.raises(FileProblemsError) as refused:
        load_text(text)
    assert str(refused.value) == (
        'x.toml: organisaties[1].telefoon ("ons-welzijn"): In landerd is dit "088 000 0100". Maak '
        "de bestanden gelijk, of laad met --gedeeld om het daar ook te veranderen."
    )
    assert not Partnership.objects.filter(slug="oss").exists()
    load_text(text, shared=True)
    assert Organisation.objects.get(slug="ons-welzijn").phone == "088 000 0199"


def test_two_partnerships_cannot_have_one_address():
    load_text(PUTTEN)
    text = changed('slug = "putten"', 'slug = "anders"')
    with pytest.raises(FileProblemsError, match="al van Breed Welzijn Putten"):
        load_text(text)


def test_a_load_that_fails_half_way_leaves_nothing(monkeypatch):
    def fails(**_rest):
        raise RuntimeError("the last step fails")

    monkeypatch.setattr("organisations.partnership_file.loading.publish_rules", fails)
    with pytest.raises(RuntimeError):
        load_text(PUTTEN)
    assert not Partnership.objects.exists()
    assert not Organisation.objects.exists()


def test_a_partnership_that_is_not_open_yet_may_leave_the_law_for_later():
    text = changed("dpia = 2025-11-03\n", "", changed("open = true", "open = false"))
    assert load_text(text).partnership.live is False


def test_the_command_says_what_it_did(tmp_path):
    path = tmp_path / "putten.toml"
    path.write_text(PUTTEN)
    shown = []
    for text in (PUTTEN, PUTTEN, changed("oppakken = 1", "oppakken = 3")):
        path.write_text(text)
        out = io.StringIO()
        call_command("load_partnership", str(path), stdout=out)
        shown.append(out.getvalue().splitlines())
    assert shown == [
        ["putten.toml: Breed Welzijn Putten is geladen."],
        ["putten.toml: er was niets veranderd."],
        ["putten.toml: 1 veranderd.", "  samenwerkingsverband: pick_up_within"],
    ]

"""Rules of a file that move questions wait for the yes of who gains or loses: the database too."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from organisations.partnership_file.loading import load
from organisations.partnership_file.problems import FileProblemsError
from organisations.partnership_file.reading import read
from organisations.partnership_file.row_writer import LoadReport
from organisations.roles.models import Role
from organisations.routing.models import RuleSet
from organisations.rule_sets import consent, drafts
from tests.organisations.partnership_editor.here import world_of
from tests.support import factories as make
from welzijn.notifications.models import Message

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
PUTTEN = (Path(settings.BASE_DIR) / "organisations/partnerships/putten.toml").read_text()
RULE = 'leefgebieden = ["school"] }\nnaar = { organisatie = "'
OTHER = PUTTEN.replace(f'{RULE}jeugd-punt"', f'{RULE}stimenz"')


def load_text(text: str) -> LoadReport:
    return load(file=read(text.encode(), source="x.toml"), source="x.toml", now=NOW)


def _publish_unasked(draft: RuleSet) -> None:
    draft.proposals.update(withdrawn_at=NOW)
    draft.save()


def test_a_file_that_moves_questions_waits_for_who_gains_and_who_loses() -> None:
    assert OTHER != PUTTEN
    here = world_of(load_text(PUTTEN).partnership)
    here.partnership.participations.update(coordinator_email="")
    people = {slug: make.member(here, Role.COORDINATOR, slug) for slug in ("stimenz", "jeugd-punt")}
    words = PUTTEN.replace(
        'reden = "het over school of leren gaat"', 'reden = "het over leren gaat"'
    )
    assert load_text(words).published == 2, "other words move no question"

    asked = load_text(OTHER)
    assert asked.published is None
    assert "om een ja is gevraagd aan: Jeugd-Punt, Stimenz" in asked.notices[0]
    draft = RuleSet.objects.get(partnership=here.partnership, status="draft")
    standing = consent.consent_status(draft=draft, now=NOW)
    assert standing is not None
    assert not standing.agreed
    assert Message.objects.filter(template="rules_asked").count() == 2
    assert load_text(OTHER).published is None, "nobody answered yet"
    assert RuleSet.objects.filter(status="draft").count() == 1
    draft.status, draft.published_at = "published", NOW
    with pytest.raises(IntegrityError, match="have not agreed"), transaction.atomic():
        draft.save()
    with pytest.raises(IntegrityError, match="with the yes"), transaction.atomic():
        _publish_unasked(draft)

    for slug, person in people.items():
        consent.answer(
            draft=draft,
            partnership=here.partnership,
            organisation_slug=slug,
            yes=True,
            note="",
            by=person,
            now=NOW + timedelta(hours=1),
        )
    assert load_text(OTHER).published == draft.version
    assert load_text(OTHER).changes == []


def test_the_draft_of_a_coordinator_is_not_replaced_by_a_file() -> None:
    here = world_of(load_text(PUTTEN).partnership)
    boss = make.member(here, Role.COORDINATOR, "stimenz")
    own = drafts.open_draft(partnership=here.partnership, by=boss)
    own.rules.first().delete()
    with pytest.raises(FileProblemsError, match="concept open"):
        load_text(OTHER)
    assert RuleSet.objects.get(status="draft") == own

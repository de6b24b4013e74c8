"""Terms and proofs of deletion, as the privacy officer reads them."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from referrals.retention import overview
from referrals.retention.models import DeletionProof
from tests.referrals.retention.full_case import with_terms
from tests.support import factories as make

pytestmark = pytest.mark.django_db
# Midnight in Amsterdam, in winter: the first moment of 24 November.
MIDNIGHT = datetime(2026, 11, 23, 23, 0, tzinfo=UTC)
DAY = date(2026, 11, 24)


def proof(here: make.World, at: datetime = MIDNIGHT, **fields: Any) -> DeletionProof:
    values = {
        "partnership": here.partnership,
        "organisation": here["stimenz"],
        "kind": "welfare",
        "years": 2,
        "before": DAY,
        "at": at,
        "rule": "1",
        "questions": 1,
        "rows": {"intake.Question": 1},
    }
    return DeletionProof.objects.create(**values | fields)


def test_the_first_and_last_moment_of_a_day_belong_to_it(here: make.World) -> None:
    first = proof(here)
    last = proof(here, MIDNIGHT.replace(day=24, hour=22, minute=59))
    proof(here, MIDNIGHT.replace(hour=22, minute=59))
    proof(here, MIDNIGHT.replace(day=24))
    found = overview.proofs(partnership=here.partnership, since=DAY, until=DAY)
    assert list(found) == [last, first]


def test_an_organisation_a_kind_and_a_partnership_choose(here: make.World) -> None:
    there = with_terms(make.world("oss"))
    mine = proof(here)
    proof(here, organisation=here["actief"])
    proof(here, kind="wmo")
    proof(there, organisation=there["stimenz"])
    found = overview.proofs(
        partnership=here.partnership, organisation=here["stimenz"], kind="welfare"
    )
    assert list(found) == [mine]
    assert overview.proofs(partnership=here.partnership).count() == 3


def test_terms_stand_in_order_with_the_organisations_that_differ_before_the_log() -> None:
    own = {"stimenz": {"wmo": 7}, "verdwenen": {"wmo": 3}}
    here = with_terms(make.world(), organisations=own)
    assert [(t.what, t.organisation, t.years) for t in overview.terms(here.partnership)] == [
        ("advies zonder persoon", "", 0),
        ("welzijn", "", 2),
        ("melding Wmo", "", 15),
        ("schulden", "", 5),
        ("jeugdhulp", "", 20),
        ("melding Wmo", "Stimenz", 7),
        ("inzagelog", "", 5),
    ]


def test_a_partnership_without_terms_has_none() -> None:
    assert overview.terms(make.world().partnership) == []


def test_rows_are_grouped_in_words_the_largest_first(here: make.World) -> None:
    made = proof(
        here,
        questions=2,
        rows={
            "intake.Question": 2,
            "intake.Person": 2,
            "intake.ContactDetail": 3,
            "intake.QuestionEvent": 4,
            "referrals.FollowUp": 1,
            "audit.AccessEvent": 7,
            "intake.Unknown": 6,
        },
    )
    [notified] = overview.describe([made])
    assert notified.kind == "welzijn"
    assert notified.rows == [
        ("regels van het inzagelog losgemaakt", 7),
        ("andere regels", 6),
        ("mensen en hoe zij te bereiken zijn", 5),
        ("oude versies", 4),
        ("wat er te doen was", 1),
    ]


def test_of_the_log_itself_entries_are_erased_and_not_unlinked(here: make.World) -> None:
    made = proof(here, kind="log", organisation=None, questions=0, rows={"audit.AccessEvent": 3})
    [notified] = overview.describe([made])
    assert (notified.kind, notified.rows) == ("inzagelog", [("regels van het inzagelog gewist", 3)])

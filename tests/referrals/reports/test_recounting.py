"""`manage.py recount` repairs the rollup and tells about final months."""

from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from referrals.reports import cubes
from referrals.reports.models import FinalCube, ReportCell
from tests.referrals.reports.reported import equals_recount, make_questions
from tests.support import factories as make

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 9, 20, 9, tzinfo=UTC)


def _told(*options: str) -> str:
    out = StringIO()
    call_command("recount", "--partnership", "putten", *options, stdout=out)
    return out.getvalue()


def test_it_repairs_a_wrong_rollup_and_says_so(here: make.World) -> None:
    make_questions(here, 3, "geld")
    cell = ReportCell.objects.latest("pk")
    ReportCell.objects.filter(pk=cell.pk).update(received=40)
    ReportCell.objects.exclude(pk=cell.pk).first().delete()
    with pytest.raises(CommandError, match="differ from the questions"):
        _told("--check")
    assert not equals_recount(here)
    assert "1 different, repaired" in _told()
    assert equals_recount(here)
    assert "0 different;" in _told()


def test_it_tells_about_final_months_and_leaves_them(here: make.World) -> None:
    question, _other = make_questions(here, 2, "geld")
    cubes.finish(here.partnership, NOW)
    assert "1 final quarters, 0 would count differently" in _told()
    question.result, question.status, question.closed_at = "helped", "closed", question.received_at
    question.save()
    before = list(FinalCube.objects.order_by("pk").values_list("sums", flat=True))
    assert "1 would count differently today" in _told()
    assert list(FinalCube.objects.order_by("pk").values_list("sums", flat=True)) == before
    broken = FinalCube.objects.get(dimensions="channel")
    FinalCube.objects.filter(pk=broken.pk).update(sums={})
    assert "1 whose combinations disagree" in _told()

"""Open data: what was published, for everybody, only where the municipality chose so."""

import csv
import io
import json
from datetime import UTC, datetime

import pytest
from django.test import Client

from referrals.reports.publishing import publish
from tests.referrals.reports.reported import make_questions
from tests.support import factories as make

pytestmark = pytest.mark.django_db
HOST = {"host": "putten.localhost"}
NOW = datetime(2026, 10, 20, tzinfo=UTC)


def get(path: str) -> tuple[int, str]:
    answer = Client().get(path, headers=HOST)
    return answer.status_code, answer.content.decode("utf-8-sig")


def test_nothing_is_open_until_the_municipality_chooses_so(here: make.World) -> None:
    make_questions(here, 24, "geld")
    publish(partnership=here.partnership, now=NOW)
    assert get("/open-data/")[0] == get("/open-data/GM0273.csv")[0] == 404


def test_everybody_reads_the_published_figures_with_their_description(here: make.World) -> None:
    """The figures of the page and no others, with DCAT-AP that points at the file."""
    here.partnership.open_data = ["GM0273"]
    here.partnership.save()
    assert get("/open-data/")[0] == 404  # no quarter was published yet
    make_questions(here, 24, "geld")
    first, second = publish(partnership=here.partnership, now=NOW)
    status, text = get("/open-data/")
    assert status == 200
    catalogue = json.loads(text)
    (dataset,) = catalogue["dcat:dataset"]
    assert catalogue["@type"] == "dcat:Catalog"
    for key in ("dct:title", "dct:description", "dct:publisher", "dcat:contactPoint"):
        assert dataset[key], key
    assert dataset["dct:temporal"]["dcat:startDate"]["@value"] == min(
        str(one.quarter) for one in (first, second)
    )
    (distribution,) = dataset["dcat:distribution"]
    assert distribution["dct:license"]["@id"].startswith("http://creativecommons.org/")
    address = distribution["dcat:downloadURL"]["@id"]
    assert address.endswith("/open-data/GM0273.csv")
    status, text = get("/open-data/GM0273.csv")
    assert status == 200
    head, *lines = csv.reader(io.StringIO(text), delimiter=";")
    assert head[0] == "periode"
    received = [line for line in lines if line[4] == "Binnengekomen"]
    totals = {line[0]: line[5] for line in received if line[2] == "totaal"}
    assert totals == {
        f"2026-Q{(one.quarter.month + 2) // 3}": str(max(0, one.tables["received"]["total"][0]))
        for one in (first, second)
    }
    months = [line[3] for line in received if line[2] == "maand"]
    assert len(months) == len(set(months)) == 6
    assert get("/open-data/GM0999.csv")[0] == 404

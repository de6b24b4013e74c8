"""Each figure that the dashboard and the alerts ask for is exported; each alert is explained."""

import json
import re
from typing import Any

import pytest
import yaml
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from tests.platform.processes import CHECKOUT
from welzijn.monitoring import multiprocess

FOLDER = CHECKOUT / "docs" / "grafana"
DASHBOARD = json.loads((FOLDER / "voordeur.json").read_text("utf-8"))
RULES = yaml.safe_load((FOLDER / "alerts.yaml").read_text("utf-8"))["groups"][0]["rules"]
TOKEN = "t" * 40
# What Prometheus itself says of each server that it reads.
PROMETHEUS_OWN = {"up"}
_ENDINGS = ("_bucket", "_sum", "_count", "_total")


def _asked_for(expression: str) -> set[str]:
    """The names of metrics in an expression: the words that are no function, label or text."""
    bare = re.sub(r'\{[^}]*\}|\[[^]]*\]|"[^"]*"', " ", expression)
    bare = re.sub(r"\b(?:by|without)\s*\([^)]*\)", " ", bare)
    return {
        word for word in re.findall(r"\b[a-z_]{2,}\b(?!\s*\()", bare) if word not in {"by", "on"}
    }


def _labels(expression: str) -> dict[str, set[str]]:
    """The labels by which an expression groups a metric."""
    grouped = set()
    for names in re.findall(r"\bby\s*\(([^)]*)\)", expression):
        grouped |= {name.strip() for name in names.split(",")} - {"le"}
    return dict.fromkeys(_asked_for(expression), grouped)


@pytest.fixture
def exported(db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> dict[str, set[str]]:
    """The names of the exported metrics, with the labels that samples of them have here."""
    monkeypatch.delenv(multiprocess.VARIABLE, raising=False)
    settings.METRICS_TOKEN = TOKEN
    client = Client(headers={"host": "localhost"})
    client.get("/gezond/leeft/")
    answer = client.get("/gezond/cijfers/", headers={"authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    found: dict[str, set[str]] = {}
    for family in text_string_to_metric_families(answer.content.decode()):
        labels = {name for sample in family.samples for name in sample.labels}
        for ending in ("", *_ENDINGS):
            found[f"{family.name}{ending}"] = labels
    return found


def _expressions() -> list[str]:
    panels = [target["expr"] for panel in DASHBOARD["panels"] for target in panel["targets"]]
    return [*panels, *(rule["expr"] for rule in RULES)]


def test_each_figure_is_exported(exported: dict[str, set[str]]) -> None:
    requested = {name for expression in _expressions() for name in _asked_for(expression)}
    assert len(requested) >= 10
    assert requested - set(exported) - PROMETHEUS_OWN == set()


def test_each_label_that_is_grouped_by_exists(exported: dict[str, set[str]]) -> None:
    for expression in _expressions():
        for metric, grouped in _labels(expression).items():
            # A metric without a sample says nothing of its labels.
            if exported.get(metric):
                assert grouped <= exported[metric], expression


def test_the_reader_of_expressions_finds_what_is_missing() -> None:
    requested = _asked_for(
        'histogram_quantile(0.9, sum by (le) (rate(gone_bucket{a="b"}[5m]))) > 2'
    )
    assert requested == {"gone_bucket"}


def test_nothing_asked_for_stays_out_of_the_dashboard(exported: dict[str, set[str]]) -> None:
    """Each figure of our own is shown."""
    own = {name for name in exported if name.startswith("voordeur_")}
    shown = {name for expression in _expressions() for name in _asked_for(expression)}
    families = {re.sub(rf"({'|'.join(_ENDINGS)})$", "", name) for name in own}
    # When a counter began, which prometheus_client adds once it counted something.
    families = {name for name in families if not name.endswith("_created")}
    assert families - {re.sub(rf"({'|'.join(_ENDINGS)})$", "", name) for name in shown} == set()


def test_panels_do_not_overlap_and_fit() -> None:
    taken: set[tuple[int, int]] = set()
    for panel in DASHBOARD["panels"]:
        at = panel["gridPos"]
        cells = {(at["x"] + i, at["y"] + j) for i in range(at["w"]) for j in range(at["h"])}
        assert not cells & taken, panel["title"]
        assert at["x"] + at["w"] <= 24
        assert panel["description"]
        taken |= cells


def test_each_alert_is_explained() -> None:
    page = (CHECKOUT / "docs" / "operations.md").read_text("utf-8")
    explained = set(re.findall(r"^\| (Voordeur\w+) \|", page, re.MULTILINE))
    assert {rule["alert"] for rule in RULES} == explained
    assert all({"severity"} <= set(rule["labels"]) for rule in RULES)

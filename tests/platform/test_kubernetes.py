"""docs/kubernetes.yaml, validated offline against the schemas of Kubernetes, and its promises."""

import re
from collections.abc import Iterator
from typing import Any

import kubernetes_validate
import pytest
import yaml

from tests.platform import compose
from tests.platform.processes import CHECKOUT
from tests.platform.test_compose import VARIABLES as GIVEN
from welzijn.config.variables import VARIABLES

VERSIONS = ("1.29", "1.33")  # the oldest that is tried, and a newer one
MANIFESTS: list[dict[str, Any]] = list(
    yaml.safe_load_all((CHECKOUT / "docs" / "kubernetes.yaml").read_text("utf-8"))
)


def of_kind(kind: str) -> dict[str, dict[str, Any]]:
    return {one["metadata"]["name"]: one for one in MANIFESTS if one["kind"] == kind}


def pods() -> Iterator[tuple[str, dict[str, Any]]]:
    for kind in ("Deployment", "Job"):
        for name, one in of_kind(kind).items():
            yield name, one["spec"]["template"]["spec"]


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    "manifest", MANIFESTS, ids=lambda one: f"{one['kind']}-{one['metadata']['name']}"
)
def test_each_manifest_is_valid(manifest: dict[str, Any], version: str) -> None:
    kubernetes_validate.validate(manifest, version, strict=True)


def test_the_check_finds_a_mistake() -> None:
    wrong = {"apiVersion": "apps/v1", "kind": "Deployment", "spec": {"replicas": "three"}}
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(wrong, VERSIONS[0], strict=True)


def test_web_and_worker_have_replicas_and_beat_never_two() -> None:
    found = of_kind("Deployment")
    replicas = {name: one["spec"]["replicas"] for name, one in found.items()}
    assert replicas == {"voordeur-web": 3, "voordeur-worker": 2, "voordeur-beat": 1}
    assert found["voordeur-beat"]["spec"]["strategy"] == {"type": "Recreate"}
    assert of_kind("PodDisruptionBudget")["voordeur-web"]["spec"]["minAvailable"] == 2


def test_they_run_the_commands_of_the_compose_file() -> None:
    given = {**GIVEN, "POSTGRES_PASSWORD": "p", "REDIS_PASSWORD": "r"}
    services = compose.services(given)
    for name, pod in pods():
        (container,) = pod["containers"]
        assert container["command"] == services[container["name"]].command, name


def test_every_pod_is_nobodys_and_may_gain_nothing() -> None:
    for name, pod in pods():
        assert pod["securityContext"]["runAsNonRoot"] is True, name
        assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
        assert pod["automountServiceAccountToken"] is False
        assert pod["enableServiceLinks"] is False
        (container,) = pod["containers"]
        assert container["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }
        assert container["resources"]["limits"]["memory"]


def test_every_variable_is_a_setting_and_only_the_job_owns_the_tables() -> None:
    named = set()
    for kind in ("ConfigMap", "Secret"):
        for one in of_kind(kind).values():
            named |= set(one.get("data", {})) | set(one.get("stringData", {}))
    for name, pod in pods():
        (container,) = pod["containers"]
        named |= {one["name"] for one in container.get("env", [])}
        owns = "voordeur-owner" in str(container)
        assert owns is (name == "voordeur-migrate")
    assert named - set(VARIABLES) == set()


def test_every_selector_finds_its_pods() -> None:
    labels = [
        one["spec"]["template"]["metadata"]["labels"]
        for kind in ("Deployment", "Job")
        for one in of_kind(kind).values()
    ]
    wanted = [one["spec"]["selector"]["matchLabels"] for one in of_kind("Deployment").values()]
    wanted += [one["spec"]["selector"] for one in of_kind("Service").values()]
    for selector in wanted:
        assert [one for one in labels if selector.items() <= one.items()], selector


def test_the_version_is_that_of_the_project() -> None:
    project = (CHECKOUT / "pyproject.toml").read_text("utf-8")
    version = re.search(r'^version = "([^"]+)"', project, re.MULTILINE)
    assert version
    for _name, pod in pods():
        assert pod["containers"][0]["image"].endswith(f"/voordeur:{version[1]}")

"""Read docker-compose.yml as docker compose would, as far as this project uses it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from tests.platform.processes import CHECKOUT

_VARIABLE = re.compile(r"\$\{(\w+)(?::(?P<kind>[-?])(?P<text>[^}]*))?\}")


@dataclass(frozen=True)
class Service:
    """One service of the file, with its variables filled in."""

    name: str
    command: list[str]
    environment: dict[str, str]
    health: list[str]
    shown: dict[str, Any]


def services(variables: Mapping[str, str]) -> dict[str, Service]:
    """Return the services by name. Raises KeyError if a required variable is missing."""
    text = (CHECKOUT / "docker-compose.yml").read_text("utf-8")
    read = _filled(yaml.safe_load(text), variables)
    return {
        name: Service(
            name=name,
            command=list(shown.get("command", [])),
            environment={key: str(value) for key, value in shown.get("environment", {}).items()},
            health=list(shown.get("healthcheck", {}).get("test", [])),
            shown=shown,
        )
        for name, shown in read["services"].items()
    }


def _filled(node: Any, variables: Mapping[str, str]) -> Any:
    if isinstance(node, dict):
        return {key: _filled(value, variables) for key, value in node.items()}
    if isinstance(node, list):
        return [_filled(value, variables) for value in node]
    if isinstance(node, str):
        return _VARIABLE.sub(lambda found: _value(found, variables), node)
    return node


def _value(found: re.Match[str], variables: Mapping[str, str]) -> str:
    given = variables.get(found[1], "")
    if given or found["kind"] is None:
        return given
    if found["kind"] == "?":
        raise KeyError(found[1])
    return str(found["text"])

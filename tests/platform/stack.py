"""The services of docker-compose.yml as processes of this machine."""

import json
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from tests.platform import compose
from tests.platform.processes import eventually


@dataclass
class Stack:
    """The services of the file as processes of this machine."""

    services: Mapping[str, compose.Service]
    replaced: Mapping[str, str]
    base: Mapping[str, str]
    folder: Path
    tree: Path
    port: int
    running: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)

    def environment(self, name: str) -> dict[str, str]:
        """What the service `name` gets, with the addresses of this machine."""
        given = {k: self._here(v) for k, v in self.services[name].environment.items()}
        return {**self.base, **given}

    def start(self, name: str) -> None:
        """Start the service's command, its output in a file."""
        with (self.folder / f"{name}.log").open("wb") as output:
            self.running[name] = subprocess.Popen(
                [self._here(word) for word in self.services[name].command],
                cwd=self.tree,
                env=self.environment(name),
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def run(self, *command: str) -> "subprocess.CompletedProcess[str]":
        """Run a command in the image's tree with the environment of the web server."""
        return subprocess.run(
            command,
            cwd=self.tree,
            env=self.environment("web"),
            capture_output=True,
            text=True,
            check=False,
        )

    def shown(self, name: str) -> str:
        """What the service has printed."""
        return (self.folder / f"{name}.log").read_text("utf-8", "replace")

    def is_healthy(self, name: str) -> bool:
        """Whether the service's own health check passes."""
        kind, *command = self.services[name].health
        assert kind == "CMD"
        done = subprocess.run(
            command,
            cwd=self.tree,
            env=self.environment(name),
            capture_output=True,
            check=False,
        )
        return done.returncode == 0

    def becomes_healthy(self, name: str) -> bool:
        """Whether the service's own health check passes in the end.

        Each check is a process of its own, which would take the machine from a service that is
        starting: so the first one waits for a sign of life, that costs nothing to see.
        """
        eventually(partial(self._gives_a_sign, name))
        return eventually(partial(self.is_healthy, name))

    def _gives_a_sign(self, name: str) -> bool:
        if name == "web":
            with socket.socket() as probe:
                return probe.connect_ex(("127.0.0.1", self.port)) == 0
        if name == "worker":
            return " ready." in self.shown(name)
        schedule = Path(self.environment(name)["BEAT_SCHEDULE"])
        return any(schedule.parent.glob(f"{schedule.name}*"))

    def get(self, path: str, **headers: str) -> tuple[int, Any]:
        """Ask the web server as a proxy in front of it would."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}", headers={"Host": "putten.example", **headers}
        )
        opener = urllib.request.build_opener(_NoRedirect)
        try:
            with opener.open(request, timeout=60) as answer:
                is_json = answer.headers.get_content_type() == "application/json"
                return answer.status, json.load(answer) if is_json else answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.headers

    def _here(self, text: str) -> str:
        for there, here in self.replaced.items():
            text = text.replace(there, here)
        return text


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None

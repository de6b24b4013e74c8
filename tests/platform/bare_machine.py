"""Stand-ins for what a bare Debian machine has: systemd, its package manager, its PostgreSQL.

Each is a small program on PATH. The commands of a document then run as they are written, under a
folder in place of the machine's root.
"""

import os
import re
import shlex
import signal
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.platform.processes import CHECKOUT

_PLACES = (
    *("/etc/voordeur", "/etc/systemd", "/etc/nginx", "/etc/postgresql"),
    *("/opt/voordeur", "/var/"),
)
_FOLDERS = (
    "etc/systemd/system",
    "etc/postgresql/15/main/conf.d",
    "etc/nginx/sites-available",
    "var/lib/voordeur",
    "var/backups",
)


@dataclass
class Machine:
    """A machine whose root is a folder; units that systemctl was told to start are processes."""

    root: Path
    addresses: Mapping[str, str]
    """What stands in the document, and what it is here."""
    path: str
    port: int
    running: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)

    def here(self, text: str) -> str:
        """Put this machine's folder and addresses in place of the document's."""
        for place in (
            "/etc/voordeur",
            "/etc/systemd",
            "/etc/nginx",
            "/etc/postgresql",
            "/opt/voordeur",
            "/var/",
        ):
            text = text.replace(place, f"{self.root}{place}")
        for there, here in self.addresses.items():
            text = text.replace(there, here)
        return text

    def start(self, unit: str) -> None:
        """Start a unit as systemd would: its command, folder and environment, and nothing else."""
        text = self.here((self.root / "etc/systemd/system" / f"{unit}.service").read_text("utf-8"))
        shown = dict(re.findall(r"^(\w+)=(.*)$", text, re.MULTILINE))
        read = Path(shown["EnvironmentFile"]).read_text("utf-8")
        rows = re.findall(r"^(\w+)=(.*)$", read, re.MULTILINE)
        environment = {name: value.strip('"') for name, value in rows}
        command = shown["ExecStart"]
        with (self.root / f"{unit}.log").open("ab") as log:
            self.running[unit] = subprocess.Popen(
                shlex.split(command),
                cwd=shown["WorkingDirectory"],
                env={"PATH": self.path, "HOME": str(self.root), **environment},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def stop(self, unit: str) -> None:
        """Stop a unit, and wait until it has ended."""
        process = self.running.pop(unit, None)
        if process is not None:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=60)

    def leave(self) -> None:
        for unit in list(self.running):
            self.stop(unit)

    def shown(self, unit: str) -> str:
        return (self.root / f"{unit}.log").read_text("utf-8", "replace")


def make(
    root: Path, addresses: Mapping[str, str], *, port: int, programs: str, psql: list[str]
) -> Machine:
    """Make the folders and the stand-ins. `psql` is how the server's superuser gets in."""
    for folder in _FOLDERS:
        (root / folder).mkdir(parents=True)
    shims = root / "shims"
    shims.mkdir()
    found = {
        "apt-get": "exit 0",
        "runuser": f'shift 4; exec {shlex.join(psql)} "$@"',
    }
    for name, body in found.items():
        (shims / name).write_text(f"#!/bin/sh\n{body}\n")
        (shims / name).chmod(0o755)
    return Machine(root, addresses, os.pathsep.join([str(shims), programs]), port)


def checkout(into: Path) -> None:
    """Copy the files of the repository, and nothing that was installed or built."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in listed.stdout.split("\0"):
        if name and (CHECKOUT / name).is_file() and not name.startswith("tests/"):
            (into / name).parent.mkdir(parents=True, exist_ok=True)
            (into / name).write_bytes((CHECKOUT / name).read_bytes())

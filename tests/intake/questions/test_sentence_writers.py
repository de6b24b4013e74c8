"""Every step is written as a kind of sentence, and every kind is written somewhere."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import CharField, TextField
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


def test_no_column_of_free_text_gets_words_of_ours() -> None:
    """A sentence of the product is a kind: a column of words holds what somebody typed."""
    columns = {
        field.attname
        for model in apps.get_models()
        if model.__module__.split(".")[0] in {"intake", "referrals", "organisations", "welzijn"}
        for field in model._meta.concrete_fields
        if isinstance(field, CharField | TextField) and not field.choices
    } - {"label", "name", "title", "host"}  # attributes of forms and errors as well
    assert {"not_invited_why", "cancelled_why", "why", "reason", "words"} <= columns
    wrong = []
    for path in _product():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for column, value in _stored(node):
                if column in columns and any(map(_is_sentence, ast.walk(value))):
                    wrong.append(f"{path.name}:{value.lineno}")
    assert wrong == []


def _product() -> Iterator[Path]:
    for app in ("intake", "referrals", "organisations", "welzijn"):
        for path in Path(settings.BASE_DIR, app).rglob("*.py"):
            if not {"migrations", "devtools"} & set(path.parts):
                yield path


def _stored(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """What an assignment or a call of the ORM writes, by column."""
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Attribute):
        yield node.targets[0].attr, node.value
    if isinstance(node, ast.Call) and _name(node.func) in {
        *("create", "update", "get_or_create", "update_or_create"),
        *(model.__name__ for model in apps.get_models()),
    }:
        for keyword in node.keywords:
            if keyword.arg in {"defaults", "create_defaults"}:
                for key, value in zip(
                    getattr(keyword.value, "keys", ()),
                    getattr(keyword.value, "values", ()),
                    strict=True,
                ):
                    yield str(getattr(key, "value", "")), value
            elif keyword.arg:
                yield keyword.arg, keyword.value


def _is_sentence(node: ast.AST) -> bool:
    """A call that translates, or a text with words in it."""
    if isinstance(node, ast.Call):
        return _name(node.func) in {"_", "gettext", "gettext_noop", "gettext_lazy"}
    return isinstance(node, ast.Constant) and bool(re.search(r"[a-z] [a-z]", str(node.value)))


def _name(node: ast.expr) -> str:
    return str(getattr(node, "id", getattr(node, "attr", "")))

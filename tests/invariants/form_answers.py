"""A POST that answers every field that a view asks for, and the forms that the view made of it."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

import pytest
from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict


class Answers(QueryDict):
    """POST data with one value for every name that a view reads and that is missing."""

    everything: str | None = None
    requested: set[str]

    def __init__(self, values: dict[str, list[str]], everything: str | None = None) -> None:
        super().__init__("", mutable=True)
        for name, several in values.items():
            self.setlist(name, several)
        self.everything = everything
        self.requested = set()

    def __getitem__(self, key: str) -> Any:
        self.requested.add(key)
        if not super().__contains__(key) and self.everything is not None:
            return self.everything
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self.requested.add(str(key))
        return self.everything is not None or super().__contains__(key)

    def get(self, key: str, default: Any = None) -> Any:
        self.requested.add(key)
        if not super().__contains__(key) and self.everything is not None:
            return self.everything
        return super().get(key, default)

    def copy(self) -> QueryDict:  # type: ignore[override]  # what a view changes is its own
        plain = QueryDict("", mutable=True)
        for name, several in self.lists():
            plain.setlist(name, several)
        return plain

    def getlist(self, key: str, default: Any = None) -> Any:
        self.requested.add(key)
        if not super().__contains__(key) and self.everything is not None:
            return [self.everything]
        return super().getlist(key, default)


@dataclass
class Sent:
    """One request: its data, and the forms that the view created from it."""

    answers: Answers
    query: Answers | None = None
    forms: list[forms.BaseForm] = field(default_factory=list)


current_sent: ContextVar[Sent | None] = ContextVar("current_sent", default=None)


class AnswersMiddleware:
    """Replaces the data of a request by those of the test."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        sent = current_sent.get()
        if sent is not None and request.method == "POST":
            request.POST = sent.answers  # type: ignore[assignment]
        if sent is not None and sent.query is not None:
            request.GET = sent.query  # type: ignore[assignment]
        return self.get_response(request)


@pytest.fixture
def forms_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Record each bound form, so that its fields can be filled."""
    made = forms.BaseForm.__init__

    def init(self: forms.BaseForm, *args: Any, **kwargs: Any) -> None:
        made(self, *args, **kwargs)
        sent = current_sent.get()
        if sent is not None and self.is_bound:
            sent.forms.append(self)

    monkeypatch.setattr(forms.BaseForm, "__init__", init)

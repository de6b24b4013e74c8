"""Every address that takes a POST, with the worst that can be sent to it, as who may come there.

The list of addresses is the product's own, so a new form is attacked from its first day on. Each
field is attacked while all others hold something valid: the forms themselves say what that is.
An answer is a page with an error, a refusal (4xx) or a redirect, never a 500; whatever was not
accepted has left nothing half-written in any table. Each answer is undone afterwards.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django import forms
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from intake.ask.conversation import Step
from intake.ask.views.steps import path_of
from intake.questions.models import Question
from intake.resident_access import code_entry
from tests.invariants.test_permission_matrix import PUBLIC, ROWS, SIGNED_IN
from tests.support import factories as make
from tests.support.all_roles import Stage, address_of, answer_to, clients_of, ours, stage

__all__ = ["stage"]  # the fixture
pytestmark = pytest.mark.django_db

PARTS = 4
HOST = "putten.localhost"
MEGABYTE = "a" * 1_000_000
NUL = "geld\x00\x1b[31m\x07 is op"
# As they arrive: a lone surrogate can't be written as UTF-8, and comes as the bytes of one.
SURROGATE = "half \ufffd teken"
SCRIPTS = "\u202eolleh\u202c 👩‍👩‍👧 مرحبا <script>alert(1)</script> ' OR 1=1 --"
NUMBERS = ("-1", "99999999999999999999", "٣")
DATES = ("0000-00-00", "9999-12-31", "2026-02-30T25:61")

# Tables that may well change although a form was refused: who looked, who tried, what was typed.
MAY_GROW = {
    "audit_accessevent",
    "intake_accessattempt",
    "django_session",
    "accounts_cache",
    "usersessions_usersession",
}
# Meant to work from an old page or the button of a mail program, where they only end something;
# and the text service, which shows a key of its own.
WITHOUT_TOKEN = {"wipe", "quick_exit", "stop_digest", "text_receipt"}
# What they show after they did it is shown this once: their 200 is no refusal.
SHOWS_ONCE = {"case_new_code", "case_outside"}


# --- A POST that answers every field ----------------------------------------------------------
class Answers(QueryDict):
    """What was posted, with one value for every name that is asked for and isn't there."""

    everything: str | None = None
    asked: set[str]

    def __init__(self, values: dict[str, list[str]], everything: str | None = None) -> None:
        super().__init__("", mutable=True)
        for name, several in values.items():
            self.setlist(name, several)
        self.everything = everything
        self.asked = set()

    def __getitem__(self, key: str) -> Any:
        self.asked.add(key)
        if not super().__contains__(key) and self.everything is not None:
            return self.everything
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self.asked.add(str(key))
        return self.everything is not None or super().__contains__(key)

    def get(self, key: str, default: Any = None) -> Any:
        self.asked.add(key)
        if not super().__contains__(key) and self.everything is not None:
            return self.everything
        return super().get(key, default)

    def copy(self) -> QueryDict:  # type: ignore[override]  # what a view changes is its own
        plain = QueryDict("", mutable=True)
        for name, several in self.lists():
            plain.setlist(name, several)
        return plain

    def getlist(self, key: str, default: Any = None) -> Any:
        self.asked.add(key)
        if not super().__contains__(key) and self.everything is not None:
            return [self.everything]
        return super().getlist(key, default)


@dataclass
class Sent:
    """One request on its way: what it answers, and which forms the view made of it."""

    answers: Answers
    query: Answers | None = None
    forms: list[forms.BaseForm] = field(default_factory=list)


_sent: ContextVar[Sent | None] = ContextVar("_sent", default=None)


class AnswersMiddleware:
    """Puts the answers of this test in the place of what came in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        sent = _sent.get()
        if sent is not None and request.method == "POST":
            request.POST = sent.answers  # type: ignore[assignment]
        if sent is not None and sent.query is not None:
            request.GET = sent.query  # type: ignore[assignment]
        return self.get_response(request)


@pytest.fixture
def forms_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each form bound to a POST is kept, so that its fields can be filled."""
    made = forms.BaseForm.__init__

    def init(self: forms.BaseForm, *args: Any, **kwargs: Any) -> None:
        made(self, *args, **kwargs)
        sent = _sent.get()
        if sent is not None and self.is_bound:
            sent.forms.append(self)

    monkeypatch.setattr(forms.BaseForm, "__init__", init)


# --- The tables -------------------------------------------------------------------------------
def _tables() -> list[str]:
    return sorted(set(connection.introspection.table_names()) - MAY_GROW)


def _written(since: dict[str, int] | None = None) -> dict[str, int]:
    """How many rows each table has seen written in this transaction, undone ones included."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
        )
        now = dict(cursor.fetchall())
    return now if since is None else {t: n for t, n in now.items() if n != since.get(t, 0)}


def _content(table: str) -> str:
    with connection.cursor() as cursor:
        rows = "string_agg(t::text, chr(10) ORDER BY t::text)"
        cursor.execute(f'SELECT md5({rows}) FROM "{table}" t')  # noqa: S608 - names of our tables
        return str(cursor.fetchone()[0])


# --- An attack --------------------------------------------------------------------------------
@dataclass
class Attacker:
    """Sends to one address as one person, and keeps what should not have happened."""

    client: Client
    name: str
    address: str
    before: dict[str, str]
    wrong: list[tuple[str, str, str]]

    def send(
        self,
        what: str,
        answers: Answers,
        *,
        method: str = "post",
        query: Answers | None = None,
        times: int = 1,
    ) -> tuple[int, Sent]:
        sent = Sent(answers, query)
        token = _sent.set(sent)
        try:
            with transaction.atomic():
                for _time in range(times):
                    mark = _written()
                    answer = getattr(self.client, method)(self.address, headers={"host": HOST})
                if answer.status_code >= 500:
                    self.wrong.append((self.name, what, str(answer.status_code)))
                elif answer.status_code >= 400 or (
                    answer.status_code == 200 and self.name not in SHOWS_ONCE
                ):
                    self._nothing_changed(what, answer.status_code, mark)
                transaction.set_rollback(True)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is a finding
            self.wrong.append((self.name, what, f"{type(error).__name__}"))
            return 500, sent
        finally:
            _sent.reset(token)
        return answer.status_code, sent

    def _nothing_changed(self, what: str, status: int, mark: dict[str, int]) -> None:
        for table in _written(mark):
            if table in self.before and _content(table) != self.before[table]:
                self.wrong.append((self.name, what, f"{status} and {table} was changed"))


def _valid(asked: forms.Field) -> list[str]:
    """Something that this field takes."""
    if isinstance(asked, forms.ModelMultipleChoiceField | forms.ModelChoiceField):
        return [str(asked.prepare_value(o)) for o in (asked.queryset or [])[:1]]
    if isinstance(asked, forms.ChoiceField):
        return [next((str(k) for k, _said in _flat(asked.choices) if k not in ("", None)), "")]
    if isinstance(asked, forms.BooleanField):
        return ["on"]
    if isinstance(asked, forms.DateTimeField):
        return [f"{timezone.localdate() + timedelta(days=3):%Y-%m-%d}T10:00"]
    if isinstance(asked, forms.DateField):
        return [f"{timezone.localdate() + timedelta(days=3):%Y-%m-%d}"]
    if isinstance(asked, forms.TimeField):
        return ["10:00"]
    if isinstance(asked, forms.IntegerField):
        return [str(max(1, asked.min_value or 1) if not callable(asked.min_value) else 1)]
    kind = type(asked).__name__.lower()
    if "phone" in kind:
        return ["06 12345678"]
    if "email" in kind:
        return ["iemand@voordeur.example"]
    if "postcode" in kind:
        return ["3881 AB"]
    return ["Een gewone zin zonder naam."]


def _flat(choices: Any) -> Iterator[tuple[Any, Any]]:
    for key, said in choices:
        if isinstance(said, list | tuple):
            yield from _flat(said)
        else:
            yield key, said


def _hostile(asked: forms.Field | None) -> list[list[str]]:
    """The worst for this kind of field; None: one that a view asks for outside its form."""
    if isinstance(asked, forms.DateField | forms.DateTimeField | forms.TimeField):
        return [[value] for value in DATES]
    if isinstance(asked, forms.IntegerField):
        return [[value] for value in NUMBERS]
    if isinstance(asked, forms.ModelChoiceField):
        return [[str(one)] for one in _foreign.get()] + [[NUL], ["-1"]]
    if isinstance(asked, forms.ChoiceField):
        return [[str(_foreign.get()[0])], [NUL], ["a", "b", "a"]]
    if isinstance(asked, forms.BooleanField):
        return [[NUL]]
    if asked is None:
        return [[str(_foreign.get()[0])], [NUL], ["-1"]]
    return [[MEGABYTE], [NUL], [SURROGATE], [SCRIPTS]]


_foreign: ContextVar[list[Any]] = ContextVar("_foreign")


def _fields(sent: Sent) -> dict[str, forms.Field]:
    return {
        form.add_prefix(name): asked for form in sent.forms for name, asked in form.fields.items()
    }


EVERYWHERE = {
    "a megabyte": MEGABYTE,
    "NUL": NUL,
    "half characters": SURROGATE,
    "scripts": SCRIPTS,
    "blanks": "   ",
    "an unknown id": "0197a1b2-0000-7000-8000-00000000dead",
    "a negative number": "-1",
}


def _attack(attacker: Attacker) -> None:
    status, sent = attacker.send("nothing filled in", Answers({}))
    if status == 405:
        return
    known: dict[str, forms.Field] = _fields(sent)
    asked: set[str] = set(sent.answers.asked)
    for what, value in EVERYWHERE.items():
        _status, sent = attacker.send(f"{what} everywhere", Answers({}, value))
        known |= _fields(sent)
        asked |= sent.answers.asked
    valid = {name: _valid(kind) for name, kind in known.items()}
    attacker.send("all filled in, and sent again", Answers(valid), times=2)
    for name in sorted((asked | set(known)) - {"csrfmiddlewaretoken"}):
        for values in _hostile(known.get(name)):
            shown = values[0][:30].encode("unicode_escape").decode()
            attacker.send(f"{name} = {shown}", Answers({**valid, name: values}))


def _ask(attacker: Attacker) -> None:
    """The same for what stands behind the question mark of an address."""
    asked: set[str] = set()
    for what in ("a megabyte", "NUL", "an unknown id", "a negative number"):
        query = Answers({}, EVERYWHERE[what])
        status, _no_form = attacker.send(f"?{what}", Answers({}), method="get", query=query)
        if status == 405:
            return
        asked |= query.asked
    for name in sorted(asked):
        for value in (NUL, "99999999999999999999"):
            query = Answers({name: [value]})
            attacker.send(f"?{name}={value[:20]!r}", Answers({}), method="get", query=query)


# --- The addresses ----------------------------------------------------------------------------
def _client_for(stage: Stage, name: str, staff: dict[str, Client], resident: Client) -> Client:
    _method, allowed = ROWS[name]
    if allowed == PUBLIC:
        return resident
    if allowed == SIGNED_IN or not allowed:
        return staff["worker_own"]
    return staff["worker_own"] if "worker_own" in allowed else staff[min(allowed)]


def _resident(stage: Stage) -> Client:
    """A browser in which the question is open at /volg/."""
    client = Client(raise_request_exception=False)
    session = client.session
    session[code_entry._QUESTION] = str(stage.arguments["question_id"])
    session[code_entry._UNTIL] = (timezone.now() + timedelta(minutes=20)).isoformat()
    session.save()
    client.cookies["voordeur"] = str(session.session_key)
    return client


@contextmanager
def _ids_of_elsewhere(stage: Stage) -> Iterator[None]:
    """Ids that exist, in another partnership: of a question, an organisation and a worker."""
    there = make.world("verderop")
    foreign = make.question(there, "geld")
    token = _foreign.set([foreign.pk, there["stimenz"].pk, stage.elsewhere["worker_own"].pk])
    try:
        yield
    finally:
        _foreign.reset(token)


@pytest.fixture
def hostile_settings(settings: Any) -> None:
    settings.MIDDLEWARE = [
        *settings.MIDDLEWARE,
        "tests.invariants.test_fuzz_forms.AnswersMiddleware",
    ]


# The gallery shows the look to who builds it, and is not there in production.
ADDRESSES = sorted(name for name in ROWS if not name.startswith("gallery"))


def _everything(stage: Stage, names: list[str], attack: Callable[[Attacker], None]) -> None:
    with _ids_of_elsewhere(stage):
        staff, resident = clients_of(stage.people), _resident(stage)
        before = {table: _content(table) for table in _tables()}
        wrong: list[tuple[str, str, str]] = []
        addresses = ours()
        for name in names:
            client = _client_for(stage, name, staff, resident)
            address = address_of(stage, name, addresses[name])
            attack(Attacker(client, name, address, before, wrong))
    assert not wrong, "\n".join(map(str, wrong))


@pytest.mark.usefixtures("forms_are_seen", "hostile_settings")
@pytest.mark.parametrize("part", range(PARTS))
def test_no_form_breaks_and_nothing_is_half_written(stage: Stage, part: int) -> None:
    _everything(stage, ADDRESSES[part::PARTS], _attack)


@pytest.mark.usefixtures("hostile_settings")
def test_no_question_mark_breaks_a_page(stage: Stage) -> None:
    _everything(stage, ADDRESSES, _ask)


def test_a_form_from_another_site_is_refused_everywhere(stage: Stage) -> None:
    """No token, and the answer is 403 with what was typed; or the address takes no POST at all."""
    taken: list[tuple[str, int]] = []
    resident = _resident(stage)
    staff = clients_of(stage.people)
    for client in (resident, *staff.values()):
        client.handler.enforce_csrf_checks = True
    for name, pattern in ours().items():
        client = _client_for(stage, name, staff, resident)
        answer = client.post(address_of(stage, name, pattern), headers={"host": HOST})
        # An address without a POST may say so first; nothing was done either way.
        if (answer.status_code not in {403, 405}) != (name in WITHOUT_TOKEN):
            taken.append((name, answer.status_code))
    assert not taken, "\n".join(map(str, taken))


def test_ids_of_elsewhere_and_of_nothing_open_no_address(stage: Stage) -> None:
    """Where the address itself names something: another partnership's, and what isn't there."""
    there = make.world("verderop")
    foreign = make.question(there, "geld")
    outsider = make.professional(there, "stimenz")
    elsewhere = {
        "question_id": foreign.pk,
        "follow_up_id": foreign.follow_ups.order_by("pk").values_list("pk", flat=True).first(),
        "rule_set_id": there.partnership.rule_sets.values_list("pk", flat=True).first(),
        "membership_id": outsider.memberships.get().pk,
        "user_id": outsider.pk,
        "worker_id": outsider.pk,
    }
    staff, resident = clients_of(stage.people), _resident(stage)
    opened: list[tuple[str, str, int]] = []
    own = dict(stage.arguments)
    for name, pattern in ours().items():
        named = [key for key in pattern.pattern.converters if isinstance(own[key], uuid.UUID)]
        client = _client_for(stage, name, staff, resident)
        for key in named:
            for other in filter(None, (uuid.uuid4(), elsewhere.get(key))):
                stage.arguments = {**own, key: other}
                address = address_of(stage, name, pattern)
                for method in ("get", "post"):
                    status, _to = answer_to(client, method, address)
                    if status not in {403, 404, 405}:
                        opened.append((f"{method} {name}", key, status))
    assert not opened, "\n".join(map(str, opened))


def test_a_page_of_the_conversation_out_of_turn_makes_no_question() -> None:
    make.world()
    for step in Step:
        for path in {path_of(step), reverse("ask_step", args=[step.value])}:
            answer = Client().post(path, {"words": "Ik wil hulp."}, headers={"host": HOST})
            assert answer.status_code < 500, path
    assert not Question.objects.exists()

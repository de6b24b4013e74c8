"""Send hostile data to one address and record every failure."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.db import connection, transaction
from django.test import Client

from tests.invariants.form_answers import Answers, Sent, current_sent
from tests.invariants.hostile_values import EVERYWHERE, NUL, fields_of, valid_values, worst_values

HOST = "putten.localhost"
# Tables that may change although a form was refused: access log (and its lines to seal), attempts,
# sessions.
MAY_GROW = {
    "audit_accessevent",
    "audit_unsealedevent",
    "intake_accessattempt",
    "intake_arrival",
    "django_session",
    "accounts_cache",
    "usersessions_usersession",
}
# These show a result once, on the response to the POST: their 200 is no refusal.
SHOWS_ONCE = {"case_new_code", "case_outside"}


def tables() -> list[str]:
    return sorted(set(connection.introspection.table_names()) - MAY_GROW)


def written_rows(since: dict[str, int] | None = None) -> dict[str, int]:
    """Return how many rows were written to each table in this transaction, rolled back ones too."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
        )
        now = dict(cursor.fetchall())
    return now if since is None else {t: n for t, n in now.items() if n != since.get(t, 0)}


def content(table: str) -> str:
    with connection.cursor() as cursor:
        rows = "string_agg(t::text, chr(10) ORDER BY t::text)"
        cursor.execute(f'SELECT md5({rows}) FROM "{table}" t')  # noqa: S608 - names of our tables
        return str(cursor.fetchone()[0])


@dataclass
class Attacker:
    """Sends requests to one address as one user, and records failures."""

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
        token = current_sent.set(sent)
        try:
            with transaction.atomic():
                for _time in range(times):
                    mark = written_rows()
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
            current_sent.reset(token)
        return answer.status_code, sent

    def _nothing_changed(self, what: str, status: int, mark: dict[str, int]) -> None:
        for table in written_rows(mark):
            if table in self.before and content(table) != self.before[table]:
                self.wrong.append((self.name, what, f"{status} and {table} was changed"))


def attack_forms(attacker: Attacker) -> None:
    status, sent = attacker.send("nothing filled in", Answers({}))
    if status == 405:
        return
    known: dict[str, forms.Field] = fields_of(sent)
    requested: set[str] = set(sent.answers.requested)
    for what, value in EVERYWHERE.items():
        _status, sent = attacker.send(f"{what} everywhere", Answers({}, value))
        known |= fields_of(sent)
        requested |= sent.answers.requested
    valid = {name: valid_values(kind) for name, kind in known.items()}
    attacker.send("all filled in, and sent again", Answers(valid), times=2)
    for name in sorted((requested | set(known)) - {"csrfmiddlewaretoken"}):
        for values in worst_values(known.get(name)):
            shown = values[0][:30].encode("unicode_escape").decode()
            attacker.send(f"{name} = {shown}", Answers({**valid, name: values}))


def attack_query(attacker: Attacker) -> None:
    """Attack the query string of an address."""
    requested: set[str] = set()
    for what in ("a megabyte", "NUL", "an unknown id", "a negative number"):
        query = Answers({}, EVERYWHERE[what])
        status, _no_form = attacker.send(f"?{what}", Answers({}), method="get", query=query)
        if status == 405:
            return
        requested |= query.requested
    for name in sorted(requested):
        for value in (NUL, "99999999999999999999"):
            query = Answers({name: [value]})
            attacker.send(f"?{name}={value[:20]!r}", Answers({}), method="get", query=query)

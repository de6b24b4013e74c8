"""A colleague with a question, whose client sends forms with the keys of their page."""

import re
from html import unescape
from typing import Any

from django.test import Client

from intake.questions.models import Question
from referrals.casework.pick_up import pick_up
from tests.support import factories as make
from tests.support.signing_in import signed_in
from welzijn.accounts.models import User

_HIDDEN = r'name="{name}"\s+value="([^"]*)"'


def worker_with_question(of: make.World) -> tuple[User, Question]:
    """A worker at Stimenz and the question that they picked up."""
    user = make.intake_worker(of, "stimenz")
    question = make.question(of, "geld")
    pick_up(question=question, by=user, now=make.TUESDAY)
    return user, question


def browser(user: User) -> Client:
    """A signed-in client that sends what a page holds and nothing else."""
    client = signed_in(user)
    client.handler.enforce_csrf_checks = True
    return client


def hidden(html: str, name: str) -> str:
    """The value of a hidden field of the page's last form."""
    found = re.findall(_HIDDEN.format(name=name), html)
    assert found, name
    return unescape(found[-1])


def opened(client: Client, path: str) -> dict[str, str]:
    """Open a page; return its hidden keys."""
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return keys_of(answer)


def keys_of(answer: Any) -> dict[str, str]:
    """The hidden keys of a page's last form."""
    html = answer.content.decode()
    return {name: hidden(html, name) for name in ("csrfmiddlewaretoken", "form_key")}


def sent(client: Client, path: str, keys: dict[str, str], /, **data: Any) -> Any:
    """Send the form of a page."""
    return client.post(
        path, {**data, **keys}, headers={"referer": f"http://putten.localhost{path}"}
    )

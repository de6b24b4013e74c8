"""A form that was refused: its POST leads to a page that shows what is wrong."""

from typing import Any

from django.test import Client

from welzijn.core.refused_forms import PARAMETER

HOST = {"host": "putten.localhost"}


def is_refused(answer: Any) -> bool:
    """Whether a POST leads to what is wrong with it."""
    return answer.status_code == 302 and f"{PARAMETER}=" in answer["Location"]


def shown_again(client: Client, answer: Any) -> Any:
    """Open the page that a refused POST leads to."""
    assert is_refused(answer), answer.status_code
    page = client.get(answer["Location"].partition("#")[0], headers=HOST)
    assert page.status_code == 200
    return page

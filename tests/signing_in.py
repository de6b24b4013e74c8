"""A colleague in Django's test client; for a browser see tests/browser/signing_in.py."""

from typing import Any

from django.test import Client

from welzijn.accounts.models import User


def signed_in(user: User, **options: Any) -> Client:
    """A client of `user` at putten.localhost; `options` are those of Django's `Client`.

    A second factor is asked as in production: see the fixture `no_second_factor`.
    """
    client = Client(headers={"host": "putten.localhost"}, **options)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client

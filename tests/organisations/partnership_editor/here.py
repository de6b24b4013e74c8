"""Putten as its file says, with people; and what a browser sends for a form."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client

from organisations.directory.models import Organisation
from organisations.partnership_file.loading import load
from organisations.partnership_file.reading import read_file
from organisations.partnerships.models import Partnership
from organisations.roles.models import Role
from tests.organisations.partnership_editor.test_every_key import typed
from tests.support import factories as make
from welzijn.accounts.models import User

PUTTEN = Path(settings.BASE_DIR) / "organisations" / "partnerships" / "putten.toml"
HOST = {"host": "putten.localhost"}


def putten() -> make.World:
    """Putten from its file."""
    partnership = load(file=read_file(PUTTEN), source="putten.toml", now=make.TUESDAY).partnership
    return world_of(partnership)


def world_of(partnership: Partnership) -> make.World:
    """A partnership as the factories know one."""
    assert partnership.triage_team is not None
    return make.World(
        partnership,
        {o.slug: o for o in Organisation.objects.filter(participations__partnership=partnership)},
        {d.slug: d for d in partnership.life_domains.all()},
        {n.slug: n for n in partnership.neighbourhoods.all()},
        partnership.triage_team,
    )


def member(of: make.World, role: Role, organisation: str = "stimenz", **fields: Any) -> User:
    """Somebody with a role at Putten."""
    return make.member(of, role, organisation, **fields)


def client_of(user: User) -> Client:
    """A browser in which somebody signed in."""
    client = Client(raise_request_exception=True)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def get(client: Client, path: str) -> Any:
    return client.get(path, headers=HOST)


def fill(client: Client, path: str, **changes: Any) -> dict[str, Any]:
    """What a browser would send for the form of a page, with these fields typed over."""
    response = get(client, path)
    assert response.status_code == 200
    form = response.context["edit"]
    return {**typed(form.form), "geopend": form.sealed, **changes}


def post(client: Client, path: str, data: dict[str, Any]) -> Any:
    return client.post(path, data, headers=HOST)

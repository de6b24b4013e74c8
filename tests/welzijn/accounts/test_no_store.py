"""Pages of staff are kept by no browser and no proxy, whatever their view says."""

from typing import Any

import pytest
from django.test import Client

from organisations.roles.models import Role
from tests.support import factories as make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "path", ["/beheer/", "/beheer/dienst/", "/beheer/instellingen/", "/aanbod/"]
)
def test_a_page_for_who_is_signed_in_is_not_stored(
    client: Client, settings: Any, path: str
) -> None:
    settings.WELZIJN_DEMO = True
    here = make.world()
    client.force_login(
        make.member(here, Role.ADMINISTRATOR, "stimenz"),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    response = client.get(path, headers={"host": "putten.localhost"})
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]

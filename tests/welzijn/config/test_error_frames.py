"""Error pages stand in the frame of whoever reads them: staff find the way back to their work."""

from unittest import mock

import pytest
from django.db import OperationalError
from django.test import Client

from organisations.roles.models import Role
from tests.support import factories as make
from tests.support.signing_in import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]
STAFF_FRAME, WAY_BACK = 'class="vd-frame"', "Naar uw eigen werk"
RESIDENT_FRAME = "vd-resident"


def client_of_staff(**options: bool) -> Client:
    return signed_in(make.member(make.world(), Role.FRONT_DESK), **options)


@pytest.mark.parametrize(("path", "status"), [("/beheer/", 403), ("/vraagstuk/nergens/", 404)])
def test_staff_read_an_error_in_their_own_frame(path: str, status: int) -> None:
    response = client_of_staff().get(path)
    page = response.content.decode()
    assert response.status_code == status
    assert STAFF_FRAME in page
    assert WAY_BACK in page
    assert 'href="/balie/"' in page
    assert RESIDENT_FRAME not in page


def test_a_fault_of_ours_on_a_staff_page_stands_in_the_staff_frame() -> None:
    client = client_of_staff(raise_request_exception=False)
    with mock.patch("intake.desk.views.render", side_effect=RuntimeError):
        response = client.get("/balie/")
    page = response.content.decode()
    assert response.status_code == 500
    assert STAFF_FRAME in page
    assert WAY_BACK in page


@pytest.mark.parametrize("broken", ["organisations.roles.memberships._read", "intake.desk.views"])
def test_without_a_database_the_staff_frame_stands_without_its_navigation(broken: str) -> None:
    client = client_of_staff(raise_request_exception=False)
    broken = broken if broken.endswith("_read") else f"{broken}.render"
    with mock.patch(broken, side_effect=OperationalError):
        response = client.get("/balie/")
    page = response.content.decode()
    assert response.status_code == 503
    assert STAFF_FRAME in page
    assert WAY_BACK in page


def test_who_is_signed_in_is_not_asked_of_a_database_that_is_down() -> None:
    client = client_of_staff(raise_request_exception=False)
    with mock.patch("django.contrib.auth.middleware.get_user", side_effect=OperationalError):
        staff, resident = client.get("/balie/"), client.get("/vraag/")
    assert (staff.status_code, STAFF_FRAME in staff.content.decode()) == (503, True)
    assert (resident.status_code, RESIDENT_FRAME in resident.content.decode()) == (503, True)


@pytest.mark.parametrize("path", ["/nergens/", "/volg/nergens/"])
def test_a_resident_keeps_the_frame_of_residents(path: str) -> None:
    make.world()
    response = Client().get(path, headers={"host": "putten.localhost"})
    assert response.status_code == 404
    assert RESIDENT_FRAME in response.content.decode()
    assert WAY_BACK not in response.content.decode()

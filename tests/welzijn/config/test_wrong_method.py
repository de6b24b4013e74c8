"""An address that only a button may use says so, when somebody opens it as a page."""

import pytest
from django.test import Client

from tests.support import factories as make

pytestmark = pytest.mark.django_db
SAID = "Deze bladzijde opent alleen met een knop"


@pytest.mark.usefixtures("no_second_factor")
def test_who_opens_what_only_a_button_may_use_reads_what_to_do() -> None:
    here = make.world()
    client = Client()
    client.force_login(make.intake_worker(here, "stimenz"))
    question = make.question(here, "geld")
    path = f"/caseload/{question.pk}/wijs-toe/"
    response = client.get(path, headers={"host": "putten.localhost"})
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert SAID in response.content.decode()


def test_another_method_gets_the_bare_answer() -> None:
    make.world()
    response = Client().delete("/volg/", headers={"host": "putten.localhost"})
    assert (response.status_code, response.content) == (405, b"")

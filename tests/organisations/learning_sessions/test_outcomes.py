"""After a session its theme, cases and tips are kept by who arranges it and read by all staff."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from organisations.roles.models import Role
from tests.support import factories as make
from tests.support.signing_in import signed_in
from welzijn.core.ids import uuid7

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]
HOST = {"host": "putten.localhost"}
AT = "/leersessies/geweest/"


def test_tips_of_a_session_that_was_held_are_kept_by_its_wijkaanjager() -> None:
    here = make.world()
    dorp, huinen = here.places["dorp"], here.places["huinen"]
    lead = signed_in(make.member(here, Role.NEIGHBOURHOOD_LEAD, neighbourhood=dorp))
    other = signed_in(make.member(here, Role.NEIGHBOURHOOD_LEAD, neighbourhood=huinen))
    now = timezone.now()

    def session(ago: timedelta) -> object:
        uid = uuid7()
        here.partnership.arranged_sessions.create(
            id=uid,
            session=uid,
            neighbourhood=dorp,
            name="Leersessie schulden",
            theme="Schulden bij jongeren",
            starts_at=now - ago,
            ends_at=now - ago + timedelta(hours=1),
            arranged_at=now,
        )
        return uid

    held, coming = session(timedelta(days=3)), session(-timedelta(days=3))
    assert f"{AT}{held}/" in lead.get(AT, headers=HOST).content.decode()
    assert f"{AT}{held}/" not in other.get(AT, headers=HOST).content.decode()
    assert "Schulden bij jongeren" in lead.get(f"{AT}{held}/", headers=HOST).content.decode()
    tips = {"theme": "Schulden", "cases": "Een gezin", "tips": "Bel samen met de jongere."}
    person = {**tips, "tips": "Bel 06 12345678"}
    assert lead.post(f"{AT}{held}/", person, headers=HOST).status_code == 422
    assert other.post(f"{AT}{held}/", tips, headers=HOST).status_code == 403
    for missing in (coming, uuid4()):
        assert lead.post(f"{AT}{missing}/", tips, headers=HOST).status_code == 404
    for text in ("Bel samen.", tips["tips"]):
        sent = lead.post(f"{AT}{held}/", {**tips, "tips": text}, headers=HOST)
        assert sent.status_code == 302
    worker = signed_in(make.professional(here, "stimenz"))
    assert "Bel samen met de jongere." in worker.get(AT, headers=HOST).content.decode()
    assert here.partnership.session_outcomes.get().neighbourhood == dorp

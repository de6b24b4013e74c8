"""What got stuck is shown to the administrators of that partnership, without a person in it."""

import pytest

from organisations.roles.models import Role
from tests.support import factories as make
from tests.support.signing_in import signed_in
from welzijn.sweeps import set_aside

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]


def test_the_page_shows_what_is_stuck_here_and_everywhere() -> None:
    here, there = make.world(), make.world("elders")
    boss = make.member(here, Role.ADMINISTRATOR, "welzijn")
    page = signed_in(boss)
    assert "Niets is vastgelopen" in page.get("/beheer/vastgelopen/").content.decode()
    for whose, sweep in ((here, "reminders"), (there, "clocks")):
        set_aside.record(
            sweep,
            make.TUESDAY,
            LookupError("Ada de Wit"),
            now=make.TUESDAY,
            partnership_id=whose.partnership.pk,
        )
    set_aside.give_up("retention", "sessions", "ValueError", now=make.TUESDAY)
    text = page.get("/beheer/vastgelopen/").content.decode()
    assert "Een herinnering" in text
    assert "Het wissen na de bewaartermijn" in text
    assert "Geen: dit is opgegeven." in text
    assert "Een wettelijke termijn" not in text
    assert "Ada" not in text

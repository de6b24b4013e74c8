"""Coming to a learning session: once, only where it is held, names for who organises."""

from typing import Any

import pytest
from django.utils import timezone

from organisations.front_door import configuration as front_door
from organisations.learning_sessions import schedule as learning_schedule
from organisations.learning_sessions import sign_up
from organisations.learning_sessions.models import LearningSignUp
from organisations.roles.models import Role
from tests.support import factories as make
from tests.support.signing_in import signed_in

pytestmark = pytest.mark.django_db
HOST = {"host": "putten.localhost"}
WEEKLY = {
    "name": "Intervisie",
    "weekday": 2,
    "every": "week",
    "which": None,
    "start": "12:00",
    "end": "13:00",
    "place": "Het Trefpunt",
}


@pytest.fixture
def here(settings: Any) -> make.World:
    """A partnership that learns together every Tuesday."""
    settings.WELZIJN_DEMO = True
    found = make.world()
    found.partnership.learning_sessions = [WEEKLY]
    found.partnership.save()
    return found


def upcoming(here: make.World, now: Any) -> list[learning_schedule.Session]:
    return learning_schedule.upcoming(
        partnership=here.partnership,
        neighbourhoods=[],
        calendar=front_door.of(here.partnership).calendar,
        now=now,
    )


def test_signing_up_twice_is_once_and_off_again_leaves_nothing(here: make.World) -> None:
    session = upcoming(here, make.TUESDAY)[0]
    worker = make.intake_worker(here, "stimenz")
    for _time in range(2):
        sign_up.sign_up(
            partnership=here.partnership, session=session, user=worker, now=make.TUESDAY
        )
    come = sign_up.attendees(partnership=here.partnership, sessions=[session])
    assert come == {session.uid: [worker]}
    for _time in range(2):
        sign_up.cancel_sign_up(partnership=here.partnership, session=session, user=worker)
    assert not LearningSignUp.objects.exists()


def test_nobody_comes_to_what_is_off_or_over(here: make.World) -> None:
    worker = make.intake_worker(here, "stimenz")
    sessions = upcoming(here, make.TUESDAY)
    off = next(s for s in sessions if s.off)
    for session, now in ((off, make.TUESDAY), (sessions[0], sessions[0].ends)):
        with pytest.raises(sign_up.NotHeldError):
            sign_up.sign_up(partnership=here.partnership, session=session, user=worker, now=now)


def test_the_page_signs_up_and_names_are_for_who_organises(here: make.World) -> None:
    session = next(
        s for s in upcoming(here, timezone.now()) if not s.off and s.ends > timezone.now()
    )
    worker = make.intake_worker(here, "stimenz", who=make.user("Fatma de Boer"))
    other = make.intake_worker(here, "jeugd-punt")
    client = signed_in(worker)
    answer = client.post(
        "/leersessies/aanmelden/", {"sessie": session.uid, "komt": "ja"}, headers=HOST
    )
    assert answer.status_code == 302
    assert "u komt" in client.get("/leersessies/", headers=HOST).content.decode()
    seen = signed_in(other).get("/leersessies/", headers=HOST).content.decode()
    assert "1 collega" in seen
    assert "Fatma" not in seen
    lead = make.member(here, Role.NEIGHBOURHOOD_LEAD, neighbourhood=here.places["dorp"])
    assert "Fatma de Boer" in signed_in(lead).get("/leersessies/", headers=HOST).content.decode()
    client.post("/leersessies/aanmelden/", {"sessie": session.uid, "komt": "nee"}, headers=HOST)
    assert not LearningSignUp.objects.exists()
    unknown = {"sessie": "0" * 8, "komt": "ja"}
    assert client.post("/leersessies/aanmelden/", unknown, headers=HOST).status_code == 404


def test_what_has_been_today_asks_nobody_to_come(
    here: make.World, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = make.intake_worker(here, "stimenz")
    session = next(s for s in upcoming(here, make.TUESDAY) if not s.off)
    client = signed_in(worker)

    def shown(now: Any) -> str:
        monkeypatch.setattr(timezone, "now", lambda: now)
        return client.get("/leersessies/", headers=HOST).content.decode()

    before, after = shown(session.starts), shown(session.ends)
    assert "al geweest" not in before
    asks = f'value="{session.uid}"'
    assert asks in before
    assert "al geweest" in after
    assert asks not in after


def test_another_order_name_or_hour_in_the_file_keeps_who_signed_up(here: make.World) -> None:
    worker = make.intake_worker(here, "stimenz")
    other = {**WEEKLY, "name": "Leersessie", "weekday": 4}
    here.partnership.learning_sessions = [WEEKLY, other]
    session = upcoming(here, make.TUESDAY)[0]
    sign_up.sign_up(partnership=here.partnership, session=session, user=worker, now=make.TUESDAY)
    moved = {**WEEKLY, "name": "Intervisie samen", "start": "13:00", "end": "14:00"}
    here.partnership.learning_sessions = [other, moved]
    again = upcoming(here, make.TUESDAY)[0]
    assert (again.uid, again.name) == (session.uid, "Intervisie samen")
    come = sign_up.attendees(partnership=here.partnership, sessions=[again])
    assert come == {session.uid: [worker]}


def test_two_sessions_on_one_day_in_one_place_are_two(here: make.World) -> None:
    late = {**WEEKLY, "start": "15:00", "end": "16:00"}
    here.partnership.learning_sessions = [late, WEEKLY]
    first, second = upcoming(here, make.TUESDAY)[:2]
    assert first.day == second.day
    assert first.uid != second.uid
    here.partnership.learning_sessions = [WEEKLY, late]
    assert [s.uid for s in upcoming(here, make.TUESDAY)[:2]] == [first.uid, second.uid]

"""A wijkaanjager plans, moves and cancels a session, gives it a theme, asks for a case, mails."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from icalendar import Calendar as ICalendar

from organisations.front_door import configuration as front_door
from organisations.learning_sessions import arranging, mailing, sign_up
from organisations.learning_sessions import schedule as learning_schedule
from organisations.learning_sessions.models import ArrangedSession, LearningSignUp
from organisations.roles.models import Role
from tests.organisations.learning_sessions.test_sign_up import HOST, WEEKLY
from tests.support import factories as make
from tests.support.learning import details, planned
from tests.support.signing_in import signed_in
from welzijn.accounts.models import User
from welzijn.core.working_days import local_date
from welzijn.notifications.models import Message

pytestmark = pytest.mark.django_db
NOW = make.TUESDAY


@pytest.fixture
def here(settings: Any) -> make.World:
    settings.WELZIJN_DEMO = True
    found = make.world()
    found.places["dorp"].learning_sessions = [WEEKLY]
    found.places["dorp"].save()
    return found


@pytest.fixture
def lead(here: make.World) -> User:
    return make.member(here, Role.NEIGHBOURHOOD_LEAD, neighbourhood=here.places["dorp"])


def upcoming(here: make.World, now: Any = NOW) -> list[learning_schedule.Session]:
    return learning_schedule.upcoming(
        partnership=here.partnership,
        neighbourhoods=[here.places["dorp"]],
        calendar=front_door.of(here.partnership).calendar,
        now=now,
    )


def mails(template: str) -> list[Message]:
    return list(Message.objects.filter(subject_kind=mailing.KIND, template=template))


def test_a_moved_session_keeps_its_id_its_sign_ups_and_tells_them(
    here: make.World, lead: User
) -> None:
    session = upcoming(here)[0]
    worker = make.intake_worker(here, "stimenz")
    sign_up.sign_up(partnership=here.partnership, session=session, user=worker, now=NOW)
    later = session.starts + timedelta(days=2)
    ends = later + timedelta(hours=1)
    arranging.change(
        partnership=here.partnership,
        session=session,
        details=details(
            NOW,
            theme="Rouw",
            starts=later,
            ends=ends,
            case_wanted="Een gezin",
        ),
        by=lead,
        now=NOW,
    )
    moved = next(s for s in upcoming(here) if s.uid == session.uid)
    assert (moved.starts, moved.theme, moved.case_wanted) == (later, "Rouw", "Een gezin")
    assert moved.moved
    assert [s.uid for s in upcoming(here)].count(session.uid) == 1
    assert sign_up.attendees(partnership=here.partnership, sessions=[moved]) == {
        session.uid: [worker]
    }
    (mail,) = mails("learning_changed")
    assert mail.context["due_on"] == local_date(later).isoformat()
    assert "Rouw" not in str(mail.context)
    feed = ICalendar.from_ical(
        learning_schedule.as_ical(here.partnership, upcoming(here), NOW)
    ).walk("VEVENT")
    event = next(e for e in feed if str(e["uid"]) == session.uid)
    assert (event["dtstart"].dt, event["sequence"]) == (later, 1)


def test_only_a_theme_tells_nobody_and_a_holiday_stays_off(here: make.World, lead: User) -> None:
    off = next(s for s in upcoming(here) if s.off)
    worker = make.intake_worker(here, "stimenz")
    LearningSignUp.objects.create(
        partnership=here.partnership, session=off.uid, day=off.day, user=worker, at=NOW
    )
    same = details(NOW, theme="Rouw", place=off.place, starts=off.starts, ends=off.ends)
    arranging.change(partnership=here.partnership, session=off, details=same, by=lead, now=NOW)
    again = next(s for s in upcoming(here) if s.uid == off.uid)
    assert (again.theme, again.off) == ("Rouw", off.off)
    assert mails("learning_changed") == []


def test_a_cancelled_session_is_off_with_its_reason_and_can_be_held_after_all(
    here: make.World, lead: User
) -> None:
    session = upcoming(here)[0]
    worker = make.intake_worker(here, "stimenz")
    sign_up.sign_up(partnership=here.partnership, session=session, user=worker, now=NOW)
    for _time in range(2):
        arranging.cancel(
            partnership=here.partnership, session=session, why="Griep", by=lead, now=NOW
        )
    assert upcoming(here)[0].off == "Griep"
    (mail,) = mails("learning_off")
    assert mailing.still_coming([mail], NOW) == {mail.pk}
    arranging.hold_after_all(
        partnership=here.partnership, session=upcoming(here)[0], by=lead, now=NOW
    )
    assert upcoming(here)[0].off == ""
    assert mailing.still_coming([mail], NOW) == set(), "no longer true"
    (changed,) = mails("learning_changed")
    assert mailing.still_coming([changed], NOW) == {changed.pk}
    assert mailing.still_coming([changed], session.ends) == set()


def test_the_team_is_mailed_each_time_it_is_asked_and_only_the_team(
    here: make.World, lead: User
) -> None:
    member, other = make.intake_worker(here, "stimenz"), make.intake_worker(here, "stimenz")
    here.triage.neighbourhoods.add(here.places["dorp"])
    make.member(here, Role.TEAM_MEMBER, "stimenz", who=member, team=here.triage)
    session = upcoming(here)[0]
    for _time in range(2):
        number = arranging.mail(
            partnership=here.partnership, session=session, to=mailing.To.TEAM, by=lead, now=NOW
        )
        assert number == len(mailing.team_of(session.neighbourhood_id, here.partnership.pk, NOW))
    keys = [mail.recipient_key for mail in mails("learning_invited")]
    assert keys.count(f"user:{member.pk}") == 2
    assert f"user:{other.pk}" not in keys


def test_who_arranges_it(here: make.World, lead: User) -> None:
    elsewhere = make.member(here, Role.NEIGHBOURHOOD_LEAD, neighbourhood=here.places["huinen"])
    worker = make.intake_worker(here, "stimenz")
    session = upcoming(here)[0]
    for somebody in (elsewhere, worker):
        with pytest.raises(arranging.NotAllowedError):
            arranging.cancel(
                partnership=here.partnership, session=session, why="", by=somebody, now=NOW
            )
        with pytest.raises(arranging.NotAllowedError):
            arranging.plan(
                partnership=here.partnership,
                neighbourhood=here.places["dorp"],
                details=details(NOW),
                by=somebody,
                now=NOW,
            )
    with pytest.raises(arranging.NotAllowedError):
        arranging.plan(
            partnership=here.partnership,
            neighbourhood=None,
            details=details(NOW),
            by=lead,
            now=NOW,
        )
    planned(here, NOW)


def test_the_database_keeps_a_session_in_its_own_partnership(here: make.World) -> None:
    row, there = planned(here, NOW), make.world("elders")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE organisations_arrangedsession SET neighbourhood_id = %s WHERE id = %s",
            [there.places["dorp"].pk, row.pk],
        )
        with pytest.raises(IntegrityError, match="neighbourhood_is_own"):
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        transaction.set_rollback(True)


def test_a_day_of_the_wijkaanjager_on_the_pages(here: make.World, lead: User) -> None:
    client = signed_in(lead)
    day = front_door.of(here.partnership).calendar.add_working_days(timezone.localdate(), 5)
    given = {
        "name": "Intervisie",
        "neighbourhood": here.places["dorp"].pk,
        "theme": "Schulden",
        "day": day.isoformat(),
        "begins": "12:00",
        "ends": "13:00",
        "place": "Het Trefpunt",
        "case_wanted": "Bel 06 12345678",
    }
    refused = client.post("/leersessies/nieuw/", given, headers=HOST)
    assert refused.status_code == 422
    assert "telefoonnummer" in refused.content.decode()
    given["case_wanted"] = "Een gezin met schulden"
    assert client.post("/leersessies/nieuw/", given, headers=HOST).status_code == 302
    row = ArrangedSession.objects.get()
    page = f"/leersessies/{row.session}/"
    assert "Een gezin met schulden" in client.get(page, headers=HOST).content.decode()
    assert "Schulden" in client.get("/wijk/", headers=HOST).content.decode()

    worker = make.intake_worker(here, "stimenz", who=make.user("Fatma de Boer"))
    theirs = signed_in(worker)
    bring = {"sessie": row.session, "komt": "ja", "case": "Een man van 60 die niet opendoet"}
    assert theirs.post("/leersessies/aanmelden/", bring, headers=HOST)["Location"] == page
    seen = client.get(page, headers=HOST).content.decode()
    assert "Een man van 60 die niet opendoet" in seen
    assert "Fatma de Boer" in seen
    theirs_seen = theirs.get(page, headers=HOST).content.decode()
    assert "Mail het team" not in theirs_seen

    mailed = client.post(f"{page}mailen/", {"to": "wie-komt"}, headers=HOST, follow=True)
    assert "1 collega krijgt een mail" in mailed.content.decode()
    off = client.post(f"{page}afzeggen/", {"why": "Griep"}, headers=HOST, follow=True)
    assert "Griep" in off.content.decode()
    assert theirs.post(f"{page}toch/", headers=HOST).status_code == 403
    client.post(f"{page}toch/", headers=HOST)
    row.refresh_from_db()
    assert row.cancelled_at is None
    assert replace(upcoming(here, timezone.now())[0]).off == ""

"""An MDO for three people with two actions and a report, counted in clicks."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from referrals.casework import pick_up
from referrals.conferences.models import Conference, ConferenceAction
from tests.browser.conftest import Address, Clock, SignIn
from tests.browser.counting import Counted
from tests.browser.pages import Journey
from tests.support import factories as make
from tests.support.factories import World

MOST_CLICKS = 15


def test_three_people_two_actions_and_a_report_take_fifteen_clicks(
    here: World, sign_in: SignIn, address: Address, journey: Journey, clock: Clock
) -> None:
    worker = make.intake_worker(here, "stimenz", who=make.user("Fatma de Boer"))
    names = ["Joris Bakker", "Sara Smit", "Omar Haddad"]
    for name in names:
        make.professional(here, "jeugd-punt", who=make.user(name))
    question = make.question(here, "geld", name="Zeynep Yildiz")
    pick_up.pick_up(question=question, by=worker, now=timezone.now())
    page = sign_in(worker)
    page.goto(address("putten", f"/vraagstuk/{question.pk}/mdo/"))
    counted = Counted(page)
    page.get_by_label("Waarover gaat het gesprek?").fill("Wat kan er rust geven thuis?")
    page.get_by_label("Titel voor wie meedoet").fill("Rust in huis")
    counted.button("Stel voor")
    page.get_by_role("heading", name="Rust in huis").wait_for()
    counted.button("Kies een dag")
    today = timezone.localdate()
    day = today + timedelta(days=7 + (1 - today.weekday()) % 7)  # a Tuesday
    page.get_by_label("Dag").fill(day.isoformat())
    page.get_by_label("Van").fill("10:00")
    page.get_by_label("Tot").fill("11:00")
    page.get_by_label("Waar").fill("Trefpunt")
    counted.button("Leg vast en nodig uit")
    counted.button("Nodig anderen uit")
    for name in names:
        counted.click(page.get_by_text(name, exact=True))
    journey.check(page, "invite-several")
    counted.button("Nodig uit")
    for name in names:
        expect(page.get_by_role("row", name=name)).to_have_count(1)
    journey.check(page, "a-row-a-person")
    # It is reported once it has begun; signing in anew by then is not counted.
    conference = Conference.objects.get()
    assert conference.starts_at is not None
    clock(conference.starts_at)
    page = sign_in(worker)
    page.goto(address("putten", f"/mdo/{conference.pk}/"))
    before, counted = counted.clicks, Counted(page)
    counted.button("Schrijf plan, verslag en acties")
    page.get_by_label("Verslag").fill("Besproken: de huur.")
    for number, what in ((1, "bellen met de verhuurder"), (2, "langs de school")):
        page.get_by_label(f"Actie {number}").fill(what)
        row = page.locator(".vd-form-row").nth(number - 1)
        row.get_by_label("Wie doet het?").select_option(label=names[number])
        counted.clicks += 1  # choosing from a list is a click
        row.get_by_label("Uiterlijk op").fill(day.isoformat())
    journey.check(page, "report-and-actions")
    counted.button("Bewaar")
    page.locator("main").get_by_text("Besproken: de huur.").first.wait_for()
    journey.check(page, "held")
    assert conference.participants.filter(user__name__in=names).count() == len(names)
    assert ConferenceAction.objects.filter(item__conference=conference).count() == 2
    assert before + counted.clicks <= MOST_CLICKS

"""What time does: a receiver silent over Easter, and a resident who isn't helped after all."""

import re
from datetime import UTC, date, datetime, timedelta

from django.core import mail

from intake.questions.models import Question, SharingBasis
from referrals.casework import close as casework_close
from referrals.casework import pick_up
from referrals.handovers import services as handover_services
from referrals.handovers.models import Handover
from referrals.reminders import sweep as reminder_sweep
from tests.browser.conftest import Address, Clock, OpenPage, SignIn
from tests.browser.pages import Journey
from tests.support import factories as make
from tests.support.factories import World
from welzijn.accounts.models import User
from welzijn.core.working_days import local_moment
from welzijn.notifications.delivery import sweep


def days_pass(start: date, end: date) -> None:
    """The beat of some days: what is due reminds, and mails go out."""
    day = start
    while day <= end:
        for hour in (6, 8, 12, 17):
            now = local_moment(day) + timedelta(hours=hour, minutes=1)
            reminder_sweep.sweep(now=now)
            sweep(now=now)
        day += timedelta(days=1)


def mailed(user: User) -> list[str]:
    """The texts of the mails to somebody."""
    return [str(m.body) for m in mail.outbox if user.email in m.to]


def test_silence_over_easter_goes_up_on_working_days_only(
    here: World, sign_in: SignIn, address: Address, journey: Journey, clock: Clock
) -> None:
    sender = make.intake_worker(here, "stimenz")
    receiver = make.intake_worker(here, "jeugd-punt")
    boss = make.coordinator(here)
    # Given: Thursday before Easter 2027, a handover to Jeugd-Punt
    thursday = datetime(2027, 3, 25, 9, 0, tzinfo=UTC)
    question = make.question(here, "geld", name="Zeynep Yildiz", now=thursday)
    pick_up.pick_up(question=question, by=sender, now=thursday)
    handover_services.propose(
        question=question,
        to=here["jeugd-punt"],
        why="Zij kennen de school.",
        summary="Een moeder met vragen over school.",
        by=sender,
        now=thursday,
        yes_how=SharingBasis.How.PHONE,
    )
    # When: nobody answers. Then: a reminder after Easter, on the last day of the term
    days_pass(date(2027, 3, 26), date(2027, 3, 29))
    assert not any("verwacht" in text for text in mailed(receiver))
    days_pass(date(2027, 3, 30), date(2027, 3, 30))
    assert any(f"{question.reference}: uw antwoord" in text for text in mailed(receiver))
    assert mailed(boss) == []

    # And: two working days later the coordinator
    days_pass(date(2027, 3, 31), date(2027, 4, 1))
    assert any("heeft nog geen antwoord" in text for text in mailed(boss))
    assert all("Zeynep" not in str(m.body) + str(m.subject) for m in mail.outbox)
    assert Handover.objects.get().escalated_at is not None
    clock(local_moment(date(2027, 4, 1)) + timedelta(hours=10))
    page = sign_in(receiver)
    page.goto(address("putten", "/werk/?lijst=overdracht"))
    page.get_by_text("2 werkdagen te laat").wait_for()
    journey.check(page, "late")
    assert Question.objects.get().lead == here["stimenz"]


def test_the_check_is_answered_from_the_mail_and_an_unhappy_answer_reopens(
    here: World,
    sign_in: SignIn,
    open_page: OpenPage,
    address: Address,
    journey: Journey,
    clock: Clock,
) -> None:
    worker = make.intake_worker(here, "stimenz")
    reach = make.ContactChoices(email="thuis@voordeur.example", ways=("email",), may_say_who=True)
    question = make.question(here, "geld", name="Henk Mulder", reach=reach)
    pick_up.pick_up(question=question, by=worker, now=make.TUESDAY)
    casework_close.close(
        question=question,
        result=Question.Result.HELPED,
        words="Het gaat weer.",
        by=worker,
        now=make.TUESDAY,
    )
    # Given: six weeks later a mail that says nothing, with a link
    # (a day later, as an address that nobody confirmed gets one mail a day)
    days_pass(date(2027, 1, 5), date(2027, 1, 6))
    text = next(t for t in (str(m.body) for m in mail.outbox) if "korte vraag" in t)
    for secret in ("Henk", "Stimenz", question.reference, "geld"):
        assert secret not in text
    found = re.search(r"(/volg/hoe-gaat-het/\S+)", text)
    assert found is not None

    # When: he opens it on his phone and isn't well
    clock(local_moment(date(2027, 1, 5)) + timedelta(hours=20))
    phone = open_page(phone=True)
    phone.goto(address("putten", found.group(1)))
    phone.get_by_role("heading", name="Hoe gaat het nu met u?").wait_for()
    assert Question.objects.get().status == "closed"
    journey.check(phone, "how-is-it-going")
    phone.get_by_text("Nee, helemaal niet").click()
    phone.get_by_label("Wilt u daar iets over zeggen?").fill("De brieven komen weer.")
    phone.get_by_role("button", name="Verstuur").click()
    phone.get_by_text("Wij pakken het weer op.").wait_for()
    journey.check(phone, "thanks")

    # Then: the same worker has it again, and hears so
    clock(local_moment(date(2027, 1, 6)) + timedelta(hours=9))
    days_pass(date(2027, 1, 6), date(2027, 1, 6))
    assert any("is weer open" in text for text in mailed(worker))
    page = sign_in(worker)
    page.goto(address("putten", "/werk/?lijst=mijn"))
    page.get_by_role("link", name="Henk Mulder").click()
    page.get_by_text("De brieven komen weer.").wait_for()
    page.get_by_text("Neem contact op met de inwoner.").wait_for()
    journey.check(page, "open-again")

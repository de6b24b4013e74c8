"""A resident takes their question along; later it has gone, and the privacy officer has the proof.

Given Putten's own file. Three years pass between the two by moving the question back in time.
"""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from intake.questions.models import Question
from intake.submission.submission import ContactChoices, Submission
from intake.submission.submit import Receipt, submit
from organisations.partnerships.models import Partnership
from organisations.roles.models import Membership, Role
from referrals.retention.run import retain
from tests.browser.conftest import Address, OpenPage
from tests.browser.pages import Journey
from tests.browser.partnerships import from_its_file
from tests.browser.signing_in import through_the_demo
from tests.referrals.retention.full_case import ended
from tests.support import factories as make
from tests.support.role_approvals import approved


@pytest.fixture
def putten(live_server, settings) -> Partnership:
    settings.WELZIJN_DEMO = True
    return from_its_file("putten")


def ask(putten: Partnership) -> Receipt:
    """A question that nobody said yes to sharing for, so it lies with triage."""
    submission = Submission(
        submission_key=make.uuid.uuid4(),
        channel=Question.Channel.ONLINE,
        words="brief van deurwaarder snap nie",
        life_domains=("geld",),
        name="Sanne",
        reach=ContactChoices(phone="+31612345678", ways=("phone",)),
    )
    return submit(partnership=putten, submission=submission, now=timezone.now())


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_a_resident_takes_their_own_question_along(
    putten: Partnership,
    open_page: OpenPage,
    address: Address,
    journey: Journey,
    javascript: bool,
) -> None:
    receipt = ask(putten)
    page = open_page(javascript=javascript)
    page.goto(address("putten", "/volg/"))
    page.get_by_label("Kenmerk").fill(receipt.reference)
    page.get_by_label("Code").fill(receipt.code)
    page.get_by_role("button", name="Bekijk mijn vraag").click()

    page.get_by_role("link", name="Download uw gegevens").click()
    expect(page.get_by_role("heading", name="Wat zit er niet bij?")).to_be_visible()
    if javascript:
        journey.check(page, "what is in it and what isn't")

    with page.expect_download() as coming:
        page.get_by_role("button", name="Download om te lezen").click()
    assert coming.value.suggested_filename == "gegevens.html"
    read = Path(coming.value.path()).read_text("utf-8")
    assert "brief van deurwaarder snap nie" in read

    with page.expect_download() as coming:
        page.get_by_role("button", name="Download voor een ander systeem (JSON)").click()
    assert coming.value.suggested_filename == "gegevens.json"
    assert json.loads(Path(coming.value.path()).read_text("utf-8"))["you"]["name"] == "Sanne"

    page.goto(address("putten", "/volg/vraag/"))
    expect(page.locator("main")).to_contain_text("U heeft uw vraag gedownload.")

    if javascript:
        # The file itself, as it opens from a disk.
        page.goto("about:blank")
        page.set_content(read)
        journey.check(page, "the file")


def test_what_is_over_goes_and_leaves_a_proof(
    putten: Partnership, page: Page, address: Address, journey: Journey
) -> None:
    receipt = ask(putten)
    officer = make.user("Noor Bakker")
    where = putten.participations.get(organisation__slug="stimenz")
    Membership.objects.create(
        user=officer,
        partnership=putten,
        organisation=where.organisation,
        role=Role.PRIVACY_OFFICER,
        since=make.LONG_AGO,
        proposal=approved(where, Role.PRIVACY_OFFICER, officer),
    )
    through_the_demo(page, address("putten", ""), officer.name)

    ended(
        Question.objects.get(reference=receipt.reference), timezone.now() - timedelta(days=366 * 3)
    )
    page.goto(address("putten", "/beheer/inzage/"))
    page.get_by_role("link", name="Wat is gewist").click()
    expect(page.locator("main")).to_contain_text("Stichting Welzijn Putten, welzijn: 1")
    journey.check(page, "over its term")

    assert retain(now=timezone.now()).questions == 1
    page.reload()
    expect(page.locator("main")).to_contain_text("Alles waarvan de tijd om is, is gewist.")
    expect(page.get_by_role("row").filter(has_text="Stichting Welzijn Putten")).to_have_count(1)
    journey.check(page, "the proof")

    page.goto(address("putten", "/volg/"))
    page.get_by_label("Kenmerk").fill(receipt.reference)
    page.get_by_label("Code").fill(receipt.code)
    page.get_by_role("button", name="Bekijk mijn vraag").click()
    expect(page.locator("main")).to_contain_text("horen niet bij elkaar")

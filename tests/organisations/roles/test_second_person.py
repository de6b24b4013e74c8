"""One person who plays two: nobody decides as the second on what they asked themselves."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from organisations.colleagues import requests
from organisations.colleagues.models import AccountRequest
from organisations.partnership_editor.models import TextProposal
from organisations.roles import commands, second_person
from organisations.roles.models import Membership, Role
from organisations.sign_on.models import SignOnSetting
from tests.organisations.partnership_editor.here import client_of, fill, get, post, putten
from tests.support import factories as make
from welzijn.accounts.models import User

pytestmark = pytest.mark.django_db
PARTNER = "/beheer/instellingen/organisaties/rij/stimenz/"


@pytest.fixture
def here(settings: Any) -> make.World:
    settings.WELZIJN_DEMO = True  # no second factor
    return putten()


def appointed(here: make.World, by: User) -> User:
    """An administrator whom another one appointed, as the screen of roles does."""
    who = make.user()
    commands.grant(
        user=who,
        partnership=here.partnership,
        organisation=here["stimenz"],
        role=Role.ADMINISTRATOR,
        by=by,
        now=timezone.now(),
    )
    return who


def can(here: make.World, first: User, *people: User) -> set[User]:
    return set(
        second_person.beside(
            first, User.objects.filter(pk__in=[p.pk for p in people]),
            partnership=here.partnership, on=timezone.now(),
        )
    )  # fmt: skip


def test_who_is_no_second_person(here: make.World) -> None:
    first, other = (make.member(here, Role.ADMINISTRATOR, "stimenz") for _ in range(2))
    puppet = appointed(here, first)
    grandchild = appointed(here, puppet)
    twin = make.user()
    User.objects.filter(pk=twin.pk).update(email=first.email.replace("@", "+2@"))
    make.member(here, Role.ADMINISTRATOR, "stimenz", who=twin)
    coordinator = make.coordinator(here, "stimenz")
    worker = make.intake_worker(here, "stimenz")
    everybody = (first, other, puppet, grandchild, twin, coordinator, worker)
    assert can(here, first, *everybody) == {other, coordinator}
    assert can(here, puppet, *everybody) == {other, twin, coordinator}
    assert can(here, grandchild, *everybody) == {other, twin, coordinator}
    # Two who were appointed by the same one, and the one who appointed them.
    assert can(here, puppet, appointed(here, first), first) == set()
    # Who appointed the first is none as a coordinator either; a colleague is.
    make.coordinator(here, "stimenz", who=first)
    assert can(here, grandchild, first, coordinator) == {coordinator}
    assert can(here, other, first) == {first}


def test_a_role_that_was_there_for_a_day_is_not_forgotten(here: make.World) -> None:
    first, helper = (make.member(here, Role.ADMINISTRATOR, "stimenz") for _ in range(2))
    between = appointed(here, first)
    last = appointed(here, between)
    commands.end(membership=Membership.objects.get(user=between), by=helper, now=timezone.now())
    assert not Membership.objects.filter(user=between).exists()
    assert can(here, first, last) == set()


def test_an_account_is_not_taken_over_by_one_who_plays_two(here: make.World) -> None:
    first = make.member(here, Role.ADMINISTRATOR, "stimenz")
    puppet = appointed(here, first)
    victim = make.intake_worker(here, "stimenz")
    asked: dict[str, Any] = {"user": victim, "partnership": here.partnership, "now": timezone.now()}
    for kind, email in (
        (AccountRequest.Kind.RESET_SECOND_FACTOR, ""),
        (AccountRequest.Kind.CHANGE_ADDRESS, "mijn@adres.example"),
    ):
        with pytest.raises(ValidationError, match="Niemand anders"):
            requests.ask(kind=kind, by=first, new_email=email, **asked)
        # Nor past the screen.
        with pytest.raises(IntegrityError, match="another person"), transaction.atomic():
            AccountRequest.objects.create(
                kind=kind, new_email=email, user=victim, partnership=here.partnership,
                asked_by=first, asked_at=timezone.now(),
                decided_by=puppet, decided_at=timezone.now(), approved=True,
            )  # fmt: skip
    make.coordinator(here, "stimenz")
    requests.ask(kind=AccountRequest.Kind.RESET_SECOND_FACTOR, by=first, **asked)
    assert requests.open_for(partnership=here.partnership, by=puppet, now=timezone.now()) == []


def test_nor_a_way_to_sign_in_or_a_text_approved(here: make.World) -> None:
    first = make.member(here, Role.ADMINISTRATOR, "stimenz")
    puppet = appointed(here, first)
    now = timezone.now()
    for kind in SignOnSetting.Kind:
        with pytest.raises(IntegrityError, match="another person"), transaction.atomic():
            SignOnSetting.objects.create(
                partnership=here.partnership, organisation=here["stimenz"], kind=kind,
                proposed_by=first, proposed_at=now, approved_by=puppet, approved_at=now,
            )  # fmt: skip
    with pytest.raises(IntegrityError, match="another person"), transaction.atomic():
        TextProposal.objects.create(
            partnership=here.partnership, changes=[], sections=[], proposed_by=first,
            proposed_at=now, decided_by=puppet, decided_at=now, decision="approved",
        )  # fmt: skip


# What says who approves or reads, and what an administrator would write there alone.
SAYS_WHO = {
    "a contact person": (PARTNER, {"contactpersoon_email": "ook-van-mij@elders.example"}),
    "a first coordinator": (PARTNER, {"coordinator_email": "ook-van-mij@elders.example"}),
    "an organisation with its coordinator": (
        "/beheer/instellingen/organisaties/nieuw/",
        {
            "slug": "van-mij",
            "naam": "Van mij",
            "soort": "welzijn",
            "sinds": "2026-11-01",
            "coordinator_email": "ook-van-mij@elders.example",
        },
    ),
    "whose yes other rules need": (
        "/beheer/instellingen/verantwoordelijk/",
        {"instemming_verdeelregels": "een"},
    ),
}


@pytest.mark.parametrize("what", SAYS_WHO)
def test_who_approves_is_not_changed_by_one(here: make.World, what: str) -> None:
    path, wanted = SAYS_WHO[what]
    boss = client_of(make.member(here, Role.ADMINISTRATOR, "stimenz"))
    saved(boss, path, wanted)
    kept = list(here.partnership.participations.values_list("contact_email", "coordinator_email"))
    assert not [one for one in kept if "ook-van-mij@elders.example" in one]
    assert not User.objects.filter(email="ook-van-mij@elders.example").exists()
    here.partnership.refresh_from_db()
    assert here.partnership.rule_consent == "all"
    waiting = TextProposal.objects.get()
    page = get(boss, "/beheer/teksten/").content.decode()
    assert "een beheerder die u niet zelf aanstelde" in page
    second = client_of(make.coordinator(here, "stimenz"))
    post(second, f"/beheer/teksten/{waiting.pk}/", {"besluit": "ja"})
    waiting.refresh_from_db()
    assert waiting.decision == "approved"


def test_closing_the_door_for_a_moment_lifts_nothing(here: make.World) -> None:
    boss = client_of(make.member(here, Role.ADMINISTRATOR, "stimenz"))
    heading = "/beheer/instellingen/samenwerkingsverband/"
    sent = fill(boss, heading)
    sent.pop("open", None)
    saved(boss, heading, {}, sent=sent)
    here.partnership.refresh_from_db()
    assert not here.partnership.live
    saved(boss, PARTNER, {"contactpersoon_email": "ook-van-mij@elders.example"})
    assert not here.partnership.participations.filter(
        contact_email="ook-van-mij@elders.example"
    ).exists()
    assert TextProposal.objects.count() == 1


def saved(
    browser: Client, path: str, wanted: dict[str, str], *, sent: dict[str, Any] | None = None
) -> None:
    """Save a form, and say yes to the consequences that it names first."""
    sent = sent if sent is not None else fill(browser, path, **wanted)
    answer = post(browser, path, sent)
    if answer.status_code != 302:
        again = {**sent, "bevestigd": answer.context["edit"].confirmation}
        answer = post(browser, path, again)
    assert answer.status_code == 302, answer.context["edit"].form.errors

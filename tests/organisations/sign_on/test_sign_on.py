"""Providers and tables of roles set in the browser by two people, and what they give and take."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from organisations.roles.models import Membership, Role
from organisations.sign_on import proposals, role_table
from organisations.sign_on.forms import ProviderForm
from organisations.sign_on.models import SignOnSetting
from tests.support import factories as make
from tests.support.all_roles import clients_of
from tests.support.openid_provider import CLIENT, SECRET, OpenIDProvider
from tests.welzijn.single_sign_on.browser import configure, provider, shown, sign_in, user_of
from welzijn.accounts.models import User
from welzijn.notifications.models import Message
from welzijn.single_sign_on import sources

__all__ = ["provider"]  # fixture
pytestmark = pytest.mark.django_db
HOST = {"host": "putten.localhost"}
Kind = SignOnSetting.Kind


@pytest.fixture
def here() -> make.World:
    return make.world()


@pytest.fixture
def boss(here: make.World) -> User:
    return make.member(here, Role.ADMINISTRATOR)


@pytest.fixture
def coordinator(here: make.World) -> User:
    return make.coordinator(here, "stimenz")


def table(here: make.World, boss: User, coordinator: User, text: str) -> SignOnSetting:
    """An approved table of roles for Stimenz."""
    setting, _token = proposals.propose(
        kind=Kind.ROLES,
        partnership=here.partnership,
        organisation=here["stimenz"],
        provider_id="werk",
        content={"rows": role_table.parse(text, here.partnership)},
        by=boss,
        now=timezone.now(),
    )
    return proposals.approve(setting_id=setting.pk, by=coordinator, now=timezone.now())


def roles_of(user: User) -> set[tuple[str, bool]]:
    found = Membership.objects.active().filter(user=user)
    return {(m.role, m.reads_new) for m in found}


def test_a_provider_proposed_in_the_browser_holds_after_the_coordinator_approved(
    here: make.World, boss: User, coordinator: User, provider: OpenIDProvider, settings: Any
) -> None:
    settings.WELZIJN_DEMO, settings.SIGN_ON_PROVIDERS = True, []
    browser, second = clients_of({"a": boss, "b": coordinator}).values()
    form = {
        "organisation": here["stimenz"].pk,
        "provider_id": "werk",
        "label": "Inloggen bij Stimenz",
        "issuer": provider.issuer,
        "client_id": CLIENT,
        "client_secret": SECRET,
        "domains": "voordeur.example",
    }
    sent = browser.post(reverse("sign_on_provider"), form, headers=HOST)
    assert sent.status_code == 302, sent.content.decode()
    assert sources.providers() == []
    assert Message.objects.get(template="sign_on_asked").address == coordinator.email
    setting = SignOnSetting.objects.get()
    assert SECRET not in setting.secret
    page = second.get(reverse("sign_on"), headers=HOST).content.decode()
    assert provider.issuer in page
    assert SECRET not in page
    second.post(reverse("sign_on_decide", args=[setting.pk]), {"besluit": "ja"}, headers=HOST)
    page = Client().get(reverse("account_login"), headers=HOST).content.decode()
    assert "Inloggen bij Stimenz" in page
    user = make.intake_worker(here, "stimenz")
    client, _page = sign_in(provider, sub="a", email=user.email, email_verified=True)
    assert user_of(client) == str(user.pk)
    browser.post(reverse("sign_on_end", args=[setting.pk]), headers=HOST)
    assert sources.providers() == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("issuer", "http://stimenz.example"),
        ("issuer", "https://login.microsoftonline.com/common/v2.0"),
        ("issuer", "https://127.0.0.1/x"),
        ("domains", "@stimenz.example"),
        ("trusted_domains", "elders.example"),
        ("provider_id", "Met Hoofdletters"),
    ],
)
def test_a_provider_that_can_not_be_right_is_refused_at_its_field(
    here: make.World, settings: Any, field: str, value: str
) -> None:
    settings.WELZIJN_DEMO = settings.WELZIJN_TEST = False  # as in production: https only
    data = {
        "organisation": here["stimenz"].pk,
        "provider_id": "werk",
        "label": "Stimenz",
        "issuer": "https://inlog.stimenz.example",
        "client_id": "x",
        "client_secret": "y",
        "domains": "stimenz.example",
    }
    assert ProviderForm(data, partnership=here.partnership).is_valid()
    form = ProviderForm({**data, field: value}, partnership=here.partnership)
    assert not form.is_valid()
    assert field in form.errors


def test_two_people_and_the_right_second_one(
    here: make.World, boss: User, coordinator: User
) -> None:
    other = make.coordinator(here, "jeugd-punt")
    setting, token = proposals.propose(
        kind=Kind.SCIM,
        partnership=here.partnership,
        organisation=here["stimenz"],
        by=boss,
        now=timezone.now(),
    )
    assert token
    assert token not in setting.secret
    for wrong in (boss, other):
        with pytest.raises(ValidationError):
            proposals.approve(setting_id=setting.pk, by=wrong, now=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        SignOnSetting.objects.filter(pk=setting.pk).update(
            approved_by=boss, approved_at=timezone.now()
        )
    proposals.approve(setting_id=setting.pk, by=coordinator, now=timezone.now())
    with pytest.raises(ValidationError):
        proposals.approve(setting_id=setting.pk, by=coordinator, now=timezone.now())


def test_without_a_second_person_nothing_is_proposed(here: make.World, boss: User) -> None:
    with pytest.raises(ValidationError, match="goedkeuren"):
        proposals.propose(
            kind=Kind.SCIM,
            partnership=here.partnership,
            organisation=here["stimenz"],
            by=boss,
            now=timezone.now(),
        )


def test_groups_give_roles_and_take_them_away(
    here: make.World, boss: User, coordinator: User, provider: OpenIDProvider, settings: Any
) -> None:
    configure(settings, provider, roles_claim="groups", second_factor_amr=("mfa",))
    table(
        here,
        boss,
        coordinator,
        "sociaal werk = medewerker + nieuwe vragen\nbalie = balie\ntoegang = teamlid: Toegangsteam",
    )
    user = make.user()
    who = {"sub": "a", "email": user.email, "email_verified": True, "amr": ["mfa"]}
    client, page = sign_in(provider, **who, groups=["sociaal werk", "toegang", "koffie"])
    assert page.status_code == 200
    assert roles_of(user) == {("professional", True), ("team_member", False)}
    assert Membership.objects.get(user=user, role="professional").granted_by == boss
    other, _page = sign_in(provider, **who, groups=["balie"])
    assert roles_of(user) == {("front_desk", False)}
    # The session of before has ended, the one that begins now has not.
    assert other.get("/balie/", headers=HOST).status_code == 200
    assert client.get("/balie/", headers=HOST).status_code == 302
    last, _page = sign_in(provider, **who, groups=[])
    assert roles_of(user) == set()
    assert user_of(last) == str(user.pk)


def test_a_role_that_two_people_gave_here_stays(
    here: make.World, boss: User, coordinator: User, provider: OpenIDProvider, settings: Any
) -> None:
    configure(settings, provider, roles_claim="groups")
    table(here, boss, coordinator, "balie = balie")
    user = make.intake_worker(here, "stimenz")
    who = {"sub": "a", "email": user.email, "email_verified": True}
    sign_in(provider, **who, groups=["balie"])
    assert roles_of(user) == {("professional", True), ("front_desk", False)}
    sign_in(provider, **who, groups=[])
    assert roles_of(user) == {("professional", True)}


@pytest.mark.parametrize("claims", [{}, {"_claim_names": {"groups": "src1"}, "_claim_sources": {}}])
def test_without_a_word_about_groups_what_was_given_ends_unless_they_were_too_many(
    here: make.World,
    boss: User,
    coordinator: User,
    provider: OpenIDProvider,
    settings: Any,
    claims: dict[str, Any],
) -> None:
    configure(settings, provider, roles_claim="groups")
    table(here, boss, coordinator, "balie = balie")
    user = make.user()
    who = {"sub": "a", "email": user.email, "email_verified": True}
    sign_in(provider, **who, groups="balie")
    sign_in(provider, **who, **claims)
    assert roles_of(user) == ({("front_desk", False)} if claims else set())


def test_a_table_that_ended_or_waits_gives_nothing(
    here: make.World, boss: User, coordinator: User, provider: OpenIDProvider, settings: Any
) -> None:
    configure(settings, provider, roles_claim="groups")
    setting = table(here, boss, coordinator, "balie = balie")
    proposals.end(setting=setting, now=timezone.now())
    user = make.user()
    sign_in(provider, sub="a", email=user.email, email_verified=True, groups=["balie"])
    assert roles_of(user) == set()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "honderd regels"),
        ("balie", "Regel 1"),
        ("a = balie\nb = baas", "Regel 2"),
        ("a = functioneel beheerder", "een van deze rollen"),
        ("a = privacy officer (FG)", "een van deze rollen"),
        ("a = balie + nieuwe vragen", "leest nieuwe vragen"),
        ("a = teamlid", "Toegangsteam"),
        ("a = teamlid: Ander team", "Toegangsteam"),
        ("a = balie: Toegangsteam", "dubbele punt"),
        ("a = balie\n" * 101, "honderd regels"),
    ],
)
def test_a_wrong_table_says_which_line_and_what_would_be_right(
    here: make.World, text: str, words: str
) -> None:
    with pytest.raises(ValidationError, match=words):
        role_table.parse(text, here.partnership)


def test_a_table_reads_back_as_it_was_typed(here: make.World) -> None:
    text = "Sociaal werk = medewerker + nieuwe vragen\nToegang = teamlid: Toegangsteam"
    assert role_table.as_text(role_table.parse(text, here.partnership)) == text


def test_a_provider_of_one_employer_lets_nobody_of_another_in(
    here: make.World, provider: OpenIDProvider, settings: Any
) -> None:
    configure(settings, provider, organisation="stimenz")
    own, other = make.intake_worker(here, "stimenz"), make.intake_worker(here, "jeugd-punt")
    client, _page = sign_in(provider, sub="a", email=own.email, email_verified=True)
    assert user_of(client) == str(own.pk)
    client, page = sign_in(provider, sub="b", email=other.email, email_verified=True)
    assert user_of(client) is None
    assert "sso-andere-organisatie" in shown(page)
    make.member(here, Role.FRONT_DESK, "jeugd-punt", who=own)
    client, _page = sign_in(provider, sub="a", email=own.email, email_verified=True)
    assert user_of(client) is None


def test_the_administrators_hear_of_a_second_subject(
    here: make.World, boss: User, provider: OpenIDProvider
) -> None:
    user = make.intake_worker(here, "stimenz")
    sign_in(provider, sub="a", email=user.email, email_verified=True)
    for _twice in range(2):
        sign_in(provider, sub="b", email=user.email, email_verified=True)
    assert Message.objects.get(template="sign_on_refused").address == boss.email


def test_the_sign_in_page_shows_the_providers_of_this_partnership(
    provider: OpenIDProvider, settings: Any
) -> None:
    make.world()
    make.world("elders")
    configure(settings, provider, organisation="stimenz")
    login = reverse("account_login")
    assert "Stimenz" in shown(Client().get(login, headers=HOST))
    assert "Stimenz" not in shown(Client().get(login, headers={"host": "elders.localhost"}))

"""The first administrator of an installation is invited from the command line."""

from io import StringIO
from urllib.parse import urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from organisations.roles.models import Membership, Role
from tests.support import factories as make
from welzijn.accounts.models import User
from welzijn.notifications.models import Message

pytestmark = pytest.mark.django_db
EMAIL = "beheer@voordeur.example"


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("invite_administrator", EMAIL, *arguments, stdout=out)
    return out.getvalue()


def test_the_printed_link_lets_the_first_administrator_choose_a_password() -> None:
    make.world()
    link = run("--partnership", "putten", "--print").strip()
    assert not Message.objects.exists()
    visitor, path = Client(headers={"host": "putten.localhost"}), urlsplit(link).path
    chosen = {"new_password1": make.PASSWORD, "new_password2": make.PASSWORD}
    assert visitor.post(path, chosen).status_code == 302
    assert "U heeft al een account" in visitor.get(path).content.decode()
    assert User.objects.get(email=EMAIL).memberships.get().role == Role.ADMINISTRATOR


def test_without_print_the_invitation_is_mailed_and_a_second_run_mails_again() -> None:
    make.world()
    assert EMAIL in run("--partnership", "putten")
    assert Message.objects.get().template == "invitation"
    run("--partnership", "putten", "--print")
    assert Membership.objects.filter(role=Role.ADMINISTRATOR).count() == 1


def test_a_partnership_with_an_administrator_needs_another_word() -> None:
    here = make.world()
    make.member(here, Role.ADMINISTRATOR)
    with pytest.raises(CommandError, match="heeft al een beheerder"):
        run("--partnership", "putten")
    assert not User.objects.filter(email=EMAIL).exists()
    run("--partnership", "putten", "--also")
    assert Membership.objects.filter(role=Role.ADMINISTRATOR).count() == 2


@pytest.mark.parametrize("slug", ["nergens", "leeg"])
def test_a_partnership_that_was_not_loaded_is_refused_with_a_sentence(slug: str) -> None:
    make.partnership("leeg")
    with pytest.raises(CommandError, match="load_partnership"):
        run("--partnership", slug)


def test_the_address_and_the_organisation_can_be_named() -> None:
    make.world()
    named = ("--email", EMAIL, "--partnership", "putten", "--organisation", "jeugd-punt")
    call_command("invite_administrator", *named, stdout=StringIO())
    assert Membership.objects.get(role=Role.ADMINISTRATOR).organisation.slug == "jeugd-punt"
    for wrong in (("--organisation", "elders"), ("--email", "x@voordeur.example")):
        with pytest.raises(CommandError):
            run("--partnership", "putten", *wrong)


def test_an_address_that_is_none_is_refused() -> None:
    make.world()
    with pytest.raises(CommandError):
        call_command("invite_administrator", "geen adres", "--partnership", "putten")
    assert not User.objects.exists()


@pytest.mark.parametrize("arguments", [(), ("--noinput",), ("--email", EMAIL)])
def test_createsuperuser_says_what_to_use_instead(arguments: tuple[str, ...]) -> None:
    from welzijn.accounts.management.commands.createsuperuser import Command

    with pytest.raises(CommandError, match="invite_administrator"):
        call_command(Command(), "--skip-checks") if not arguments else Command().handle()

"""After the secret key was replaced, everything made with the former one still works."""

from io import StringIO
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.utils import decrypt as decrypt_secret
from django.conf import settings as configured
from django.contrib.auth.tokens import default_token_generator
from django.core import signing
from django.core.management import CommandError, call_command
from django.test import Client

from intake.resident_access import codes
from intake.submission.submit import submit
from organisations.sign_on import proposals
from organisations.sign_on.models import SignOnSetting
from tests.intake.resident import HOST, Resident
from tests.support import factories as make
from tests.support.signing_in import entered
from welzijn.accounts import invitation
from welzijn.core.encryption import decrypt, encrypt
from welzijn.notifications import digest

pytestmark = pytest.mark.django_db
PASSWORD = "een lang wachtwoord van mij"
WORDS = "brief van deurwaarder snap nie"


@pytest.fixture
def rotate(settings: Any) -> Any:
    """Replace the key; the former one becomes a fallback unless `forgotten`."""

    def replace(*, forgotten: bool = False) -> None:
        former = configured.SECRET_KEY
        settings.SECRET_KEY = "another-key-" * 5
        settings.SECRET_KEY_FALLBACKS = [] if forgotten else ["a-third-key-" * 5, former]

    return replace


def test_a_code_opens_its_question_until_the_former_key_is_forgotten(rotate: Any) -> None:
    receipt = make.submitted(make.world(), "geld")
    before = entered(receipt)
    rotate()
    assert entered(receipt).get("/volg/vraag/").status_code == 200
    assert before.get("/volg/vraag/").status_code == 200
    rotate(forgotten=True)
    wrong = Client(headers=HOST).post(
        "/volg/", {"reference": receipt.reference, "code": receipt.code}
    )
    assert wrong["Location"].startswith("/volg/?opnieuw=")


def test_a_repeated_form_shows_the_same_reference_and_code(rotate: Any) -> None:
    here = make.world()
    submission = make.submission(here, "geld")
    first = submit(partnership=here.partnership, submission=submission, now=make.TUESDAY)
    rotate()
    again = submit(partnership=here.partnership, submission=submission, now=make.TUESDAY)
    assert (again.reference, again.code) == (first.reference, first.code)
    assert again.repeated
    assert codes.matches(first.question.pk, first.code, first.question.code_digest)


def test_what_is_being_typed_is_still_there_and_can_be_sent(rotate: Any) -> None:
    make.world()
    resident = Resident()
    named = resident.writes(WORDS)
    rotate()
    assert WORDS in resident.get("/vraag/woorden/").content.decode()
    assert resident.sends(named)["Location"] == "/vraag/gelukt/"


def test_links_in_mails_still_open(rotate: Any) -> None:
    user = make.user()
    user.set_unusable_password()
    user.save()
    path, reset = invitation.path_for(user), default_token_generator.make_token(user)
    stop = signing.dumps("user:1", salt=digest._SALT)
    rotate()
    make.world()
    assert digest.recipient_of(stop) == "user:1"
    assert Client(headers=HOST).get(path).status_code == 200
    assert default_token_generator.check_token(user, reset)


def test_a_colleague_stays_signed_in(rotate: Any, settings: Any) -> None:
    settings.WELZIJN_DEMO = True  # no second factor asked
    here = make.world()
    client = Client(headers=HOST)
    client.force_login(
        make.intake_worker(here, "stimenz"),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    assert client.get("/werk/").status_code == 200
    rotate()
    assert client.get("/werk/").status_code == 200


def test_second_factors_and_providers_follow_so_that_the_former_key_can_go(rotate: Any) -> None:
    here = make.world()
    user = make.coordinator(here)
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(user)
    recovery = Authenticator.objects.filter(type="recovery_codes")
    codes_of_before = RecoveryCodes(recovery.get()).generate_codes()
    secret = encrypt(proposals.SECRET, "the provider's secret")
    SignOnSetting.objects.create(
        partnership=here.partnership,
        organisation=here["stimenz"],
        kind="provider",
        provider_id="werk",
        secret=secret,
        proposed_by=user,
        proposed_at=make.TUESDAY,
    )
    rotate()
    call_command("renew_keys", stdout=(out := StringIO()))
    assert "2 second factors, 1 secrets of providers, keys of 0 files" in out.getvalue()
    configured.SECRET_KEY_FALLBACKS = []
    assert decrypt_secret(Authenticator.objects.get(type="totp").data["secret"])
    after = RecoveryCodes(recovery.get()).generate_codes()
    assert after == codes_of_before
    assert decrypt(proposals.SECRET, SignOnSetting.objects.get().secret) == "the provider's secret"


def test_a_second_factor_of_a_lost_key_says_so_and_breaks_no_page(rotate: Any) -> None:
    user = make.coordinator(make.world())
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(user)
    rotate(forgotten=True)
    browser = Client(headers=HOST)
    browser.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    page = browser.post("/accounts/2fa/authenticate/", {"code": "123456"})
    assert "de sleutel van deze website is vervangen" in page.content.decode()
    assert "_auth_user_id" not in browser.session
    with pytest.raises(CommandError, match="2 second factors and 0 secrets"):
        call_command("renew_keys", stdout=StringIO())
    # Somebody else gives a new one; with a session from before, one's own page can still be opened.
    browser.force_login(user)
    assert browser.get("/accounts/2fa/recovery-codes/").status_code < 500

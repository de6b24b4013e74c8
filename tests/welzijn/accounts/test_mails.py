"""The mails about somebody's own account: warm, short, and silent about whose it is."""

import re
import time
from datetime import datetime, timedelta

import pytest
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core import mail
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from tests.support import factories as make
from welzijn.accounts import account_mail, invitation
from welzijn.accounts.mfa_adapter import StaffMFAAdapter
from welzijn.accounts.models import User
from welzijn.notifications.delivery import sweep
from welzijn.notifications.models import Message

pytestmark = pytest.mark.django_db
HOST = {"host": "putten.localhost"}
ABOUT_ACCOUNT = [
    "account/email/password_changed",
    "account/email/password_reset",
    "account/email/password_set",
    "mfa/email/recovery_codes_generated",
    "mfa/email/totp_activated",
    "mfa/email/totp_deactivated",
    "mfa/email/webauthn_added",
    "mfa/email/webauthn_removed",
]


def sent_mails() -> list[EmailMessage]:
    """What the worker sends: the page only queues."""
    assert mail.outbox == []
    sweep(now=timezone.now())
    return list(mail.outbox)


def says_nobody(sent: EmailMessage, user: User) -> None:
    """Neither subject nor text says whose account it is, nor from where something was done."""
    for text in (sent.subject, str(sent.body)):
        assert user.name not in text
        assert user.email not in text
        assert "192.0.2.9" not in text
        assert "Voordeur <" not in sent.subject
    assert not re.search(r"\b(je|jij|jouw|middels|indien)\b", f"{sent.subject} {sent.body}".lower())


@pytest.mark.parametrize("template", ABOUT_ACCOUNT)
def test_a_change_is_told_in_dutch_and_says_whom_to_call(template: str) -> None:
    user = make.user()
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.9", headers=HOST)
    with context.request_context(request), translation.override("nl"):
        sent = get_adapter().render_mail(
            template, user.email, {"ip": "192.0.2.9", "user": user, "timestamp": timezone.now()}
        )
    says_nobody(sent, user)
    assert "Bel dan meteen uw functioneel beheerder." in str(sent.body)
    assert "Dit bericht komt van Voordeur." in str(sent.body)
    assert not re.search(r"\b(has been|your|authenticator app)\b", str(sent.body).lower())
    with context.request_context(request), translation.override("en"):
        english = get_adapter().render_mail(
            template, user.email, {"ip": "192.0.2.9", "user": user, "timestamp": timezone.now()}
        )
    assert "functional administrator" in str(english.body)
    assert english.subject != sent.subject


def test_a_forgotten_password_leads_to_a_link_on_this_host() -> None:
    make.world()
    user = make.user()
    Client().post(reverse("account_reset_password"), {"email": user.email}, headers=HOST)
    (sent,) = sent_mails()
    says_nobody(sent, user)
    assert sent.subject == "Een nieuw wachtwoord kiezen"
    assert re.search(
        r"http://putten\.localhost:\d+/accounts/password/reset/key/\S+", str(sent.body)
    )
    assert "Was u het niet? Dan hoeft u niets te doen." in str(sent.body)


def test_an_address_without_an_account_gets_no_mail_and_the_same_page() -> None:
    make.world()
    known, unknown = (
        Client().post(reverse("account_reset_password"), {"email": email}, headers=HOST)
        for email in (make.user().email, "niemand@voordeur.example")
    )
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert len(sent_mails()) == 1


def test_the_page_does_the_same_for_a_known_and_an_unknown_address() -> None:
    """The same queries and no mail server: neither words nor time tell who has an account."""
    make.world()
    requested = []
    user = make.user()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    # The first one of all makes the row that counts the tries of this address.
    for email in ("ook@voordeur.example", user.email, "niemand@voordeur.example"):
        client = Client()
        client.get(reverse("account_reset_password"), headers=HOST)
        with CaptureQueriesContext(connection) as captured:
            client.post(reverse("account_reset_password"), {"email": email}, headers=HOST)
        requested.append([re.sub(r"'[^']*'|\d+", "?", q["sql"]) for q in captured.captured_queries])
        assert mail.outbox == []
    _first, known, unknown = requested
    assert [sum('INTO "notifications_message"' in q for q in queries) for queries in requested] == [
        *(1, 1, 1)
    ]
    # allauth reads the user's addresses for the token; nothing that takes a thousandth of a second.
    assert 0 <= len(known) - len(unknown) <= 3


def test_a_link_for_a_new_password_lives_one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    make.world()
    user = make.user()
    made = PasswordResetTokenGenerator().make_token(user)
    now = datetime.now()  # noqa: DTZ005 (as Django counts)
    for hours, opens in ((23, True), (25, False)):
        monkeypatch.setattr(
            PasswordResetTokenGenerator, "_now", lambda _self, h=hours: now + timedelta(hours=h)
        )
        assert PasswordResetTokenGenerator().check_token(user, made) is opens


def test_a_mail_that_waited_longer_than_its_link_lives_is_not_sent() -> None:
    make.world()
    user = make.user()
    Client().post(reverse("account_reset_password"), {"email": user.email}, headers=HOST)
    (message,) = Message.objects.filter(subject_id=user.pk)
    day = timedelta(days=1)
    assert account_mail.still_valid([message], message.created_at + day - day / 24) == {message.id}
    assert account_mail.still_valid([message], message.created_at + day + day / 24) == set()


def test_an_invitation_lives_a_week(monkeypatch: pytest.MonkeyPatch) -> None:
    user = make.user()
    user.set_unusable_password()
    user.save()
    uid, token = invitation.path_for(user).strip("/").split("/")[-2:]
    now = time.time()
    for days, opens in ((6, True), (8, False)):
        monkeypatch.setattr(time, "time", lambda d=days: now + d * 86_400)
        assert (invitation.read(uid, token).user == user) is opens
    monkeypatch.undo()
    user.set_password(make.PASSWORD)
    assert (used := invitation.path_for(user).strip("/").split("/")[-1]) != token
    user.save()
    assert invitation.read(uid, token) == invitation.Link(used=True)
    assert invitation.read(uid, used[:-1] + ("a" if used[-1] != "a" else "b")) == invitation.Link()
    user.set_unusable_password()
    user.save()
    assert invitation.read(uid, token) == invitation.Link(), "of before another password"
    user.email = "anders@voordeur.example"
    user.save()
    assert invitation.read(uid, token) == invitation.Link()


def test_a_mail_server_that_is_down_tells_nobody_who_has_an_account(settings: object) -> None:
    settings.EMAIL_BACKEND = "welzijn.notifications.channels.bounded_smtp.Backend"  # type: ignore[attr-defined]
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # type: ignore[attr-defined]
    make.world()
    known, unknown = (
        Client().post(reverse("account_reset_password"), {"email": email}, headers=HOST)
        for email in (make.user().email, "niemand@voordeur.example")
    )
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])


def test_changing_ones_password_tells_so_by_mail(settings: object) -> None:
    settings.WELZIJN_DEMO = True  # type: ignore[attr-defined]  # no second factor asked
    make.world()
    user = make.user()
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = client.post(
        reverse("account_change_password"),
        {
            "oldpassword": make.PASSWORD,
            "password1": "tien-blauwe-fietsen",
            "password2": "tien-blauwe-fietsen",
        },
        headers=HOST,
    )
    assert answer.status_code == 302
    assert mail.outbox == []
    (sent,) = sent_mails()
    assert sent.subject == "Uw wachtwoord is gewijzigd"
    says_nobody(sent, user)


def test_the_secret_of_the_app_is_not_readable_in_the_database() -> None:
    user, secret = make.user(), generate_totp_secret()
    kept = TOTP.activate(user, secret).instance
    kept.refresh_from_db()
    assert secret not in str(kept.data)
    assert TOTP(kept).instance.data["secret"].startswith("fernet:")


def test_a_secret_is_still_read_after_the_key_was_replaced(settings: object) -> None:
    kept = StaffMFAAdapter().encrypt("JBSWY3DPEHPK3PXP")
    old = settings.SECRET_KEY  # type: ignore[attr-defined]
    settings.SECRET_KEY = "another-key-" * 5  # type: ignore[attr-defined]
    settings.SECRET_KEY_FALLBACKS = [old]  # type: ignore[attr-defined]
    assert StaffMFAAdapter().decrypt(kept) == "JBSWY3DPEHPK3PXP"
    assert StaffMFAAdapter().decrypt("from-before") == "from-before"

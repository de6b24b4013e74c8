"""Check and render the content of messages.

A resident's message is one of three fixed texts that only say that there is news (invariant 9).
Staff get one line per due item with a reference and a link, never a name or a subject. `check`
enforces both: it refuses every other template, key or value.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from welzijn.notifications.models import RESIDENT_TEMPLATES, Message
from welzijn.notifications.recipients import RecipientKind

STAFF_TEMPLATES = (
    "question_new",
    "question_urgent",
    "questions_urgent",
    "questions_set_aside",
    "question_not_picked_up",
    "question_moved",
    "question_reminder",
    "outside_change",
    "question_quiet",
    "question_reopened",
    "followup_due",
    "followup_overdue",
    "handover_offered",
    "handover_answer_due",
    "handover_unanswered",
    "handover_accepted",
    "handover_declined",
    "handover_question",
    "handover_stopped",
    "handover_contact_due",
    "resident_reacted",
    "code_asked",
    "desk_message",
    "letter_added",
    "consultation_asked",
    "consultation_answered",
    "conference_invited",
    "conference_changed",
    "conference_action_due",
    "conference_minutes",
    "outside_offered",
    "appointment_off",
    "appointment_planned",
    "basis_revoked",
    "legal_clock",
    "signal_answered",
    "signals_sent",
    "figures_ready",
    "message_bounced",
    "message_no_texts",
    "message_mailbox_full",
    "message_too_big",
    "message_refused",
    "message_not_arrived",
    "text_not_arrived",
    "message_fault",
    "message_arrived",
    "message_waits",
    "mail_refused",
    "rule_broken",
    "row_set_aside",
    "invitation",
    "duty_gap",
    "service_due",
    "learning_invited",
    "learning_reminder",
    "learning_changed",
    "learning_off",
    "question_unopened",
    "role_proposed",
    "rules_asked",
    "rules_answered",
    "rules_published",
    "role_proposed_contact",
    "role_granted",
    "account_mail",
    "address_changed",
    "sign_on_refused",
    "second_factor_asked",
    "second_factor_reset",
    "account_changed",
    "sign_on_asked",
    "text_asked",
    "digest",
)

# The allowed keys of a context and the format of their values. A reference reveals nothing about
# its question; a path is one of ours.
INVITATION = "invitation"
_REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9 .\-]{0,39}")
_PATH = re.compile(r"/[A-Za-z0-9/_\-.~%?=&:]{0,400}")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_RESIDENT_KEYS = frozenset({"path"})
# The prefix of allauth's templates of a mail about somebody's own account.
_ABOUT = re.compile(r"(?:account|mfa)/email/[a-z_]+")
_STAFF_KEYS = frozenset({"about", "path", "reference", "due_on", "working_days", "count"})
# Who has no account is told which organisation asks, and the number to call back.
_OUTSIDER_KEYS = frozenset({"path", "organisation", "phone"})
_TO_OUTSIDERS = ("outside_offered", "conference_invited", "conference_changed")
_INVITATION_KEYS = frozenset({"path", "invited_by", "role"})
_ORGANISATION = re.compile(r"[^\n\r<>@]{1,120}")
_PHONE = re.compile(r"[0-9+ ()\-]{3,20}")


class PersonInMessageError(ValueError):
    """A message would hold more than is allowed. The error does not repeat the value."""


@dataclass(frozen=True, slots=True)
class Content:
    """The rendered parts of an e-mail."""

    subject: str
    text: str
    html: str


def check(kind: RecipientKind, template: str, context: Mapping[str, str | int]) -> None:
    """Raise PersonInMessageError where the template or a context key or value is not allowed."""
    resident = kind is RecipientKind.RESIDENT
    if template not in (RESIDENT_TEMPLATES if resident else STAFF_TEMPLATES):
        raise PersonInMessageError(f"no {kind.value} template is called {template!r}")
    for key, value in context.items():
        allowed = _RESIDENT_KEYS if resident else _STAFF_KEYS
        if template in _TO_OUTSIDERS:
            allowed |= _OUTSIDER_KEYS
        elif template == INVITATION:
            allowed = _INVITATION_KEYS
        if key not in allowed:
            raise PersonInMessageError(f"the context of a {kind.value} message has no {key!r}")
        if not value_fits(key, value):
            raise PersonInMessageError(f"the value of {key!r} has another form than it may have")


def value_fits(key: str, value: str | int) -> bool:
    """Whether a value has the form that this key of a context may have."""
    if key in ("working_days", "count"):
        return type(value) is int
    form = {
        "about": _ABOUT,
        "path": _PATH,
        "reference": _REFERENCE,
        "due_on": _DATE,
        "organisation": _ORGANISATION,
        "invited_by": _ORGANISATION,
        "role": _ORGANISATION,
        "phone": _PHONE,
    }[key]
    return isinstance(value, str) and form.fullmatch(value) is not None


def absolute(hostname: str, slug: str, path: str) -> str:
    """Return the full URL of a partnership's page."""
    return settings.PUBLIC_URL.format(hostname=hostname, slug=slug) + path


def link_of(message: Message) -> str:
    """Return the message's link, or "" for a discreet one. It never contains a code."""
    if message.discreet:
        return ""
    default = "/volg/" if message.recipient_kind == RecipientKind.RESIDENT else "/werk/"
    partnership = message.partnership
    path = message.context.get("path", default)
    return absolute(partnership.hostname, partnership.slug, path)


def sender_of(message: Message) -> str:
    """Return who writes to a resident that we may name ourselves to; "" to others."""
    resident = message.recipient_kind == RecipientKind.RESIDENT
    return message.partnership.name if resident and not message.discreet else ""


def line(message: Message) -> str:
    """Return the line for staff about one due item, in the message's language."""
    with override(message.language):
        return _line(message)


def _line(message: Message) -> str:
    context = dict(message.context)
    if message.template == INVITATION:
        context["partnership"] = message.partnership.name
    if "due_on" in context:
        context["due_on"] = date.fromisoformat(context["due_on"])
    return " ".join(
        render_to_string(f"notifications/staff/{message.template}.txt", context).split()
    )


def render(message: Message, *, lines: tuple[tuple[str, str], ...] = (), stop: str = "") -> Content:
    """Render subject, text and HTML in the recipient's language.

    lines: for a digest, pairs of a line and its URL. stop: the URL that unsubscribes.
    """
    with override(message.language):
        context = {
            "link": link_of(message),
            "sender": sender_of(message),
            "language": message.language,
            "lines": lines,
            "stop": stop,
        }
        if message.recipient_kind == RecipientKind.RESIDENT:
            folder, subject = f"resident/{message.template}", _("Er is nieuws voor u")
        elif message.template == "digest":
            folder, subject = "staff/digest", _("Uw werk van vandaag in Voordeur")
        elif message.template == "account_mail":
            return _account_mail(message, context)
        else:
            folder, subject = "staff/one", _subject_of(message.template)
            context["line"] = _line(message)
            context["again"] = _in_other_language(message)
        return Content(
            subject,
            render_to_string(f"notifications/{folder}.txt", context).strip() + "\n",
            render_to_string(f"notifications/{folder}.html", context).strip() + "\n",
        )


def _in_other_language(message: Message) -> tuple[tuple[str, str], ...]:
    """Return an invitation's line in the other language: nobody knows yet what they read."""
    if message.template != INVITATION:
        return ()
    other = "en" if message.language == "nl" else "nl"
    with override(other):
        return ((other, _line(message)),)


def _account_mail(message: Message, context: Mapping[str, object]) -> Content:
    """Render a mail about somebody's own account from the templates that allauth names."""
    about = message.context["about"]
    subject = " ".join(render_to_string(f"{about}_subject.txt").split())
    words = {"password_reset_url": context["link"]}
    text = render_to_string(f"{about}_message.txt", words).strip() + "\n"
    shown = {**context, "title": subject, "text": text}
    html = render_to_string("notifications/staff/account_mail.html", shown)
    return Content(subject, text, html.strip() + "\n")


def _subject_of(template: str) -> str:
    """Return the subject of a mail to staff: an alarm looks like no other mail."""
    if template in ("question_urgent", "question_unopened"):
        return _("Nu kijken: er is haast bij een vraag in Voordeur")
    if template == INVITATION:
        return _("Uw uitnodiging voor Voordeur")
    return _("Er is iets te doen in Voordeur")


def render_sms(message: Message) -> str:
    """Render a text message of at most 160 characters: news with a link, or a line for staff."""
    with override(message.language):
        if message.recipient_kind == RecipientKind.STAFF:
            return _line(message)
        context = {"link": link_of(message)}
        name = f"notifications/resident/{message.template}.sms.txt"
        return " ".join(render_to_string(name, context).split())

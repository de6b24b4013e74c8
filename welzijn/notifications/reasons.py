"""Why a message did not arrive: one classification for mail and texts.

    of_status(status)          an enhanced status code (RFC 3463), as servers and reports give it
    of_answer(verb, code, text) the answer of a mail server
    of_receipt(status)         the delivery receipt of a text

Only two reasons close anything. ADDRESS: the mail address doesn't exist. NO_TEXTS: the number gets
no texts, and is still good for calling. With every other reason the address stays open.
"""

from __future__ import annotations

import re

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Reason(TextChoices):
    """Why a message did not arrive, with the words for staff."""

    ADDRESS = "address", _("het e-mailadres bestaat niet (meer)")
    NO_TEXTS = "no_texts", _("dit nummer ontvangt geen sms")
    FULL = "full", _("de mailbox is vol")
    TOO_BIG = "too_big", _("het bericht was te groot")
    REFUSED = "refused", _("de mailserver of sms-dienst weigerde het bericht")
    NO_ANSWER = "no_answer", _("het lukte steeds niet, en de termijn is voorbij")
    FAULT = "fault", _("er ging iets mis bij Voordeur of de sms-dienst")

    @property
    def closes(self) -> bool:
        """Whether the address is no longer used for messages."""
        return self in (Reason.ADDRESS, Reason.NO_TEXTS)


_STATUS = re.compile(r"\s*([245])\.(\d{1,3})\.(\d{1,3})(?!\d)")
_FULL, _DISABLED = ("2", "2"), ("2", "1")
_TOO_BIG = (("2", "3"), ("3", "4"))
# About the sender's address, so not about the recipient's.
_OUR_SENDER = frozenset({"7", "8"})
# What a mail server means by a bare code after RCPT (RFC 5321).
_BARE_AT_RCPT = {
    550: Reason.ADDRESS,
    551: Reason.ADDRESS,
    553: Reason.ADDRESS,
    552: Reason.FULL,
}
_PERMANENT = 500
_STORAGE = 552
_RECEIPTS = {
    "permanent-failure": Reason.NO_TEXTS,
    "temporary-failure": Reason.NO_ANSWER,
    "technical-failure": Reason.FAULT,
}


def status_in(text: str) -> str:
    """Return the enhanced status code that a text begins with; "" where it has none."""
    found = _STATUS.match(text)
    return found[0].strip() if found else ""


def of_status(status: str) -> Reason | None:
    """Return the reason that a status code of a failure gives; None where it gives none."""
    found = _STATUS.match(status)
    if found is None or found[1] == "2":
        return None
    permanent, subject, detail = found[1] == "5", str(int(found[2])), str(int(found[3]))
    if (subject, detail) == _FULL:
        return Reason.FULL
    if (subject, detail) in _TOO_BIG:
        return Reason.TOO_BIG
    if subject == "7":
        return Reason.REFUSED
    if not permanent or subject == "4":
        return Reason.NO_ANSWER
    if (subject, detail) == _DISABLED or (subject == "1" and detail not in _OUR_SENDER):
        return Reason.ADDRESS
    return None if subject == "0" else Reason.REFUSED


def of_answer(verb: str, code: int, text: str) -> Reason:
    """Return the reason of a mail server's refusal: of its status code, else of the bare code."""
    status = status_in(text)
    # A status of another class than the answer contradicts it.
    reason = of_status(status) if status[:1] == str(code)[:1] else None
    if reason is not None:
        return reason
    if code < _PERMANENT:
        return Reason.NO_ANSWER
    if verb == "RCPT":
        return _BARE_AT_RCPT.get(code, Reason.REFUSED)
    return Reason.TOO_BIG if code == _STORAGE else Reason.REFUSED


def of_receipt(status: str) -> Reason | None:
    """Return the reason that a delivery receipt of a text gives; None for one of no failure."""
    return _RECEIPTS.get(status)

"""A mail at the bounce address, read with the standard library's email package.

    BounceMail.parse(raw)  None for what can't be read
    .reports()             what it says about each recipient; empty for what is no report
    .recipients(), .referred_to(), .returned_ids(), .returned_paths()   the marks of our mail

It can be hostile: only its first half megabyte is read, parts within `message/...` are kept as
they are instead of parsed, and whatever the parser stumbles over makes it no report.
"""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message as Mail
from email.parser import BytesHeaderParser, BytesParser
from typing import Self

from welzijn.notifications import reasons
from welzijn.notifications.reasons import Reason
from welzijn.notifications.return_path import addresses_in

LARGEST = 512 * 1024  # bytes that are read; a report comes first, the returned mail last
_LONGEST_HEADER = 2_000
_LARGEST_PART = 64 * 1024
_MOST_PARTS = 50
_DEEPEST = 10
_MOST_RECIPIENTS = 50
_REPORTS = ("message/delivery-status", "message/global-delivery-status")
_RETURNED = (
    "message/rfc822",
    "message/rfc822-headers",
    "text/rfc822-headers",
    "text/rfc822",
    "message/global",
    "message/global-headers",
)
_DELIVERED_TO = (
    "To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "X-Rcpt-To",
    "Resent-To",
)  # fmt: skip
_MARK = re.compile(r"<[^<>\s]{1,200}>")
_WORD = re.compile(r"[a-z-]{1,40}")
_BLANK_LINE = re.compile(rb"\r?\n[ \t]*\r?\n")
_BASIC_CODE = re.compile(r"(?:smtp;)?\s*([45]\d\d)[ -]\s*", re.IGNORECASE)
_ANY_STATUS = re.compile(r"(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?![\d.])")


@dataclass(frozen=True, slots=True)
class Report:
    """What a report says of one recipient. `reason` is None where the mail was delivered."""

    reason: Reason | None
    status: str
    recipients: frozenset[str] = frozenset()


class _Part(Mail):
    """A mail whose embedded mails and reports stay text, so that they can be decoded.

    The parser asks for the content type to decide what to go into; `kind` has the true one.
    """

    @property
    def kind(self) -> str:
        return super().get_content_type()

    def get_content_type(self) -> str:
        """Return the type that the parser goes by: no embedded mail, and no endless header."""
        if len(str(self.get("Content-Type", ""))) > _LONGEST_HEADER:
            return "text/plain"
        kind = super().get_content_type()
        return "application/octet-stream" if kind.startswith("message/") else kind


class BounceMail:
    """One mail at the bounce address."""

    def __init__(self, mail: _Part) -> None:
        self._mail = mail
        self._parts = list(_leaves(mail))

    @classmethod
    def parse(cls, raw: bytes) -> Self | None:
        """Read a raw mail; None for what the parser can't read."""
        try:
            mail = BytesParser(_Part).parsebytes(raw[:LARGEST])
            return cls(mail)
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            return None
        except email.errors.MessageError:
            return None

    def reports(self) -> list[Report]:
        """Return what it says of each recipient that is final: failed or delivered."""
        found = [
            report
            for part in self._parts
            if part.kind in _REPORTS
            for block in _blocks(_content(part))
            if (report := _report(block)) is not None
        ]
        return found or self._plain_report()

    def recipients(self) -> Iterator[str]:
        """Yield the header values that may hold the address it was sent to."""
        for name in _DELIVERED_TO:
            yield from self._values(name)

    def referred_to(self) -> Iterator[str]:
        """Yield the Message-IDs that the report itself refers to."""
        for name in ("References", "In-Reply-To"):
            for value in self._values(name):
                yield from _MARK.findall(value)

    def returned_ids(self) -> Iterator[str]:
        """Yield the Message-IDs of the mail that is returned, whole or as headers."""
        for headers in self._returned():
            yield from _MARK.findall(_value(headers, "Message-ID"))

    def returned_paths(self) -> Iterator[str]:
        """Yield the envelope senders that the returned mail had."""
        for headers in self._returned():
            yield _value(headers, "Return-Path")

    def _returned(self) -> Iterator[Mail]:
        for part in self._parts:
            if part.kind in _RETURNED:
                yield _headers(_content(part))

    def _values(self, name: str) -> Iterator[str]:
        for value in self._mail.get_all(name, [])[:10]:
            yield str(value)[: 5 * _LONGEST_HEADER]

    def _plain_report(self) -> list[Report]:
        """Return what a bounce without a report says: Exim names the address in a header."""
        failed = _value(self._mail, "X-Failed-Recipients")
        if not failed:
            return []
        text = next((_content(p) for p in self._parts if p.kind == "text/plain"), b"")
        found = _ANY_STATUS.search(text.decode("utf-8", "replace"))
        status = found[0] if found else ""
        return [Report(reasons.of_status(status) or Reason.REFUSED, status, addresses_in(failed))]


def _leaves(mail: _Part) -> Iterator[_Part]:
    """Yield the parts that hold no parts, at most so many, without going too deep."""
    waiting, count = [(mail, 0)], 0
    while waiting and count < _MOST_PARTS:
        part, depth = waiting.pop()
        inner = part.get_payload()
        if isinstance(inner, list):
            if depth < _DEEPEST:
                parts = [one for one in inner[:_MOST_PARTS] if isinstance(one, _Part)]
                waiting += [(one, depth + 1) for one in reversed(parts)]
        else:
            count += 1
            yield part


def _content(part: _Part) -> bytes:
    decoded = part.get_payload(decode=True)
    return decoded[:_LARGEST_PART] if isinstance(decoded, bytes) else b""


def _headers(raw: bytes) -> Mail:
    return BytesHeaderParser().parsebytes(raw.lstrip())


def _blocks(raw: bytes) -> list[Mail]:
    """Return the groups of fields of a report; the first is about the whole mail."""
    groups = _BLANK_LINE.split(raw.strip(), maxsplit=_MOST_RECIPIENTS)
    return [_headers(group) for group in groups]


def _value(headers: Mail, name: str) -> str:
    return str(headers.get(name, ""))[:_LONGEST_HEADER]


def _report(block: Mail) -> Report | None:
    """Return what one group of fields says; None where that is nothing final."""
    word = _WORD.match(_value(block, "Action").strip().lower())
    status = reasons.status_in(_value(block, "Status"))
    diagnosis = _value(block, "Diagnostic-Code")
    action = word[0] if word else ("failed" if status[:1] == "5" else "")
    about = frozenset().union(
        *(addresses_in(_value(block, name)) for name in ("Original-Recipient", "Final-Recipient"))
    )
    if action == "delivered":
        return Report(None, status, about)
    if action != "failed":
        return None
    named = _ANY_STATUS.search(diagnosis)
    reason = reasons.of_status(status) or (reasons.of_status(named[0]) if named else None)
    if reason is None and (code := _BASIC_CODE.match(diagnosis)):
        reason = reasons.of_answer("RCPT", int(code[1]), diagnosis[code.end() :])
    return Report(reason or Reason.REFUSED, status, about)

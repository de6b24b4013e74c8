"""Delivery reports as mail servers of many makes send them, made by hand."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field

from welzijn.notifications import return_path
from welzijn.notifications.models import Message

PLAIN, BASE64 = "7bit", "base64"


@dataclass
class MadeReport:
    """One report; the marks by which our mail is known are added one by one."""

    message: Message
    action: str = "failed"
    status: str = "5.1.1"
    diagnosis: str = ""
    to: str = "bounce@voordeur.example"
    report_kind: str = "message/delivery-status"
    returned_kind: str = ""
    encoding: str = PLAIN
    headers: list[str] = field(default_factory=list)
    final: str = ""
    whole_kind: str = "multipart/report; report-type=delivery-status"
    line: str = "\n"

    def raw(self) -> bytes:
        parts = [
            "Content-Type: text/plain; charset=utf-8\n\nHet is niet gelukt.",
            self._part(self.report_kind, self._fields()),
        ]
        if self.returned_kind:
            parts.append(self._part(self.returned_kind, self._returned()))
        head = [
            "From: MAILER-DAEMON@mx.example",
            f"To: {self.to}",
            "Subject: Undelivered",
            "Auto-Submitted: auto-replied",
            *self.headers,
            "MIME-Version: 1.0",
            f'Content-Type: {self.whole_kind}; boundary="grens"',
        ]
        body = "".join(f"\n--grens\n{part}\n" for part in parts) + "\n--grens--\n"
        return ("\n".join(head) + "\n" + body).replace("\n", self.line).encode()

    def _fields(self) -> str:
        final = self.final or self.message.address
        lines = [
            "Reporting-MTA: dns; mx.example",
            "",
            f"Final-Recipient: rfc822; {final}",
            f"Action: {self.action}" if self.action else "",
            f"Status: {self.status}" if self.status else "",
            f"Diagnostic-Code: {self.diagnosis}" if self.diagnosis else "",
        ]
        return "\n".join([lines[0], "", *filter(None, lines[1:])])

    def _returned(self) -> str:
        return (
            "From: Voordeur <noreply@voordeur.example>\n"
            f"Message-ID: {self.message.message_id}\nSubject: Er is nieuws voor u\n\nTekst\n"
        )

    def _part(self, kind: str, text: str) -> str:
        body = text
        if self.encoding == BASE64:
            body = base64.encodebytes(text.encode()).decode()
        return f"Content-Type: {kind}\nContent-Transfer-Encoding: {self.encoding}\n\n{body}"


def verp(message: Message) -> str:
    """The envelope sender that this message had, with BOUNCE_ADDRESS bounce@voordeur.example."""
    return f"bounce+{return_path.token(message.id)}@voordeur.example"

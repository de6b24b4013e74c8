"""The baseline: a loop that claims and sends the same messages without the product.

No Django, Celery, templates or validity check: one prepared mail with address and Message-ID filled
in. Arguments: DATABASE_URL PORT BATCH MAIL_FILE.
"""

from __future__ import annotations

import smtplib
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg

from welzijn.notifications.sql import BEGIN, CLAIM, RECORD


def main(url: str, port: int, batch: int, mail_file: Path) -> None:
    """Claim, send and record until nothing is due."""
    mail = mail_file.read_bytes()
    with (
        psycopg.connect(url, autocommit=True) as connection,
        smtplib.SMTP("127.0.0.1", port) as smtp,
    ):
        while True:
            now = datetime.now(UTC)
            rows = connection.execute(
                CLAIM,
                {
                    "now": now,
                    "held_until": now + timedelta(minutes=2),
                    "worker": "bare",
                    "limit": batch,
                    "channels": ["email", "sms"],
                },
            )
            names = [column.name for column in rows.description or ()]
            claimed = rows.fetchall()
            if not claimed:
                return
            for row in claimed:
                message = dict(zip(names, row, strict=True))
                filled = mail.replace(b"RECIPIENT", message["address"].encode())
                filled = filled.replace(b"MESSAGE-ID", message["id"].hex.encode())
                connection.execute(
                    BEGIN,
                    {
                        "id": message["id"],
                        "worker": "bare",
                        "held_until": now + timedelta(minutes=2),
                        "durable": False,
                    },
                )
                smtp.sendmail("bare@example.nl", [message["address"]], filled)
                connection.execute(
                    RECORD,
                    {
                        "id": message["id"],
                        "worker": "bare",
                        "status": "sent",
                        "sent_at": datetime.now(UTC),
                        "error": "",
                    },
                )


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))

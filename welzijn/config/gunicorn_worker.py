"""gunicorn's worker with pages of our own for requests that never reach Django.

There is no host and no partnership then: the request line itself could not be read.
"""

import contextlib
from typing import Any

from gunicorn.http.errors import LimitRequestHeaders, LimitRequestLine, ParseException
from gunicorn.workers.gthread import ThreadWorker

_PAGE = """<!DOCTYPE html>
<html lang="nl">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="robots" content="noindex">
    <title>Niet gelukt</title>
  </head>
  <body>
    <main>
      <h1>{heading}</h1>
      <p>{what} Er is niets verstuurd.</p>
      <p><a href="/">Naar het begin</a></p>
      <p lang="en">We could not read this request. Nothing was sent. <a href="/">Start again</a></p>
    </main>
  </body>
</html>
"""
_HEADERS = (
    "Content-Type: text/html; charset=utf-8",
    "Content-Security-Policy: default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    "X-Frame-Options: DENY",
    "X-Content-Type-Options: nosniff",
    "Referrer-Policy: same-origin",
    "Cache-Control: no-store",
    "Connection: close",
)
_TOO_LONG = ("Dit adres is te lang", "Uw browser stuurde een adres dat wij niet kunnen lezen.")
_TOO_MUCH = ("Dat was te veel", "Uw browser stuurde meer gegevens mee dan wij kunnen lezen.")
_UNREADABLE = ("Dat konden wij niet lezen", "Er ging iets mis met wat uw browser stuurde.")


def answer_to(error: Exception) -> bytes | None:
    """Return the response to a request that gunicorn could not read; None for other errors."""
    if isinstance(error, LimitRequestLine):
        status, words = "414 URI Too Long", _TOO_LONG
    elif isinstance(error, LimitRequestHeaders):
        status, words = "431 Request Header Fields Too Large", _TOO_MUCH
    elif isinstance(error, ParseException):
        status, words = "400 Bad Request", _UNREADABLE
    else:
        return None
    page = _PAGE.format(heading=words[0], what=words[1]).encode()
    head = "\r\n".join((f"HTTP/1.1 {status}", *_HEADERS, f"Content-Length: {len(page)}", "", ""))
    return head.encode() + page


class OwnPagesWorker(ThreadWorker):
    """gunicorn's threaded worker with these pages."""

    def handle_error(self, req: Any, client: Any, addr: Any, exc: Exception) -> None:
        """Answer a request that could not be read; log what kind it was and nothing of it."""
        answer = answer_to(exc)
        if answer is None:
            super().handle_error(req, client, addr, exc)
            return
        self.log.warning("A request could not be read: %s", type(exc).__name__)
        with contextlib.suppress(OSError):
            client.sendall(answer)

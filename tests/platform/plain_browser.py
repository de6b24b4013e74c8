"""A browser without a window, for a server on this machine."""

import contextlib
import http.client
import re
import socket
import urllib.parse
from dataclasses import dataclass, field

HOST = "putten.localhost"
Fields = list[tuple[str, str]]


@dataclass
class Browser:
    """A browser behind the proxy; keeps cookies, follows nothing."""

    port: int
    agent: str
    cookies: dict[str, str] = field(default_factory=dict)

    def send(self, path: str, data: Fields | None = None, host: str = HOST) -> tuple[int, str]:
        """GET, or POST with `data`; gives the status and the page."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        with contextlib.closing(connection):
            connection.request(
                "GET" if data is None else "POST",
                path,
                body=None if data is None else urllib.parse.urlencode(data),
                headers={
                    "Host": host,
                    "X-Forwarded-For": "203.0.113.77",
                    "Referer": f"http://{host}{path}",
                    "User-Agent": self.agent,
                    "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
                    "Content-Type": "application/x-www-form-urlencoded",
                },
            )
            answer = connection.getresponse()
            for cookie in answer.headers.get_all("Set-Cookie") or []:
                name, _, value = cookie.partition(";")[0].partition("=")
                self.cookies[name] = value
            return answer.status, answer.read().decode("utf-8", "replace")

    def token(self, path: str) -> str:
        """The CSRF token of a page."""
        found = re.search(r'name="csrfmiddlewaretoken"\s+value="([^"]+)"', self.send(path)[1])
        return found.group(1) if found else ""

    def post(self, path: str, *data: tuple[str, str], page: str = "") -> tuple[int, str]:
        """Send the form of `page` (the same address if left out)."""
        sent = self.send(page or path)[1]
        keys = dict(re.findall(r'name="(csrfmiddlewaretoken|form_key)"\s+value="([^"]+)"', sent))
        return self.send(path, [*keys.items(), *data])

    def raw(self, request: bytes) -> bytes:
        """Send bytes as they are."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=60) as connection:
            connection.sendall(request)
            with contextlib.suppress(OSError):
                return connection.recv(65536)
        return b""

"""gunicorn's own log, which doesn't pass Django's: the same filter."""

from typing import Any
from urllib.parse import unquote

from django.urls import Resolver404, resolve
from gunicorn.glogging import Logger

from welzijn.config.logs import UNKNOWN_PATH, WithoutPersonalData


class QuietLogger(Logger):
    """gunicorn's logger without addresses, link keys and query strings.

    Also where an operator turns the access log on.
    """

    def setup(self, cfg: Any) -> None:
        """Set gunicorn's handlers up, then filter what they write."""
        super().setup(cfg)
        for log in (self.error_log, self.access_log):
            for handler in log.handlers:
                handler.addFilter(WithoutPersonalData())

    def atoms(self, resp: Any, req: Any, environ: Any, request_time: Any) -> Any:
        """Return the parts of a line of the access log, without a path that leads nowhere."""
        found = super().atoms(resp, req, environ, request_time)
        try:
            resolve(unquote(req.path))
        except Resolver404:
            found["U"] = UNKNOWN_PATH
            found["r"] = f"{req.method} {UNKNOWN_PATH}"
        return found

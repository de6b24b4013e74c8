"""gunicorn's own log, which doesn't pass Django's: the same filter and the same form."""

import logging
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from gunicorn.glogging import Logger

from welzijn.monitoring.logged_paths import loggable_path
from welzijn.monitoring.logs import JsonLines, WithoutPersonalData


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
                if settings.LOG_FORMAT == "json":
                    handler.setFormatter(JsonLines(json_ensure_ascii=False))

    def atoms(self, resp: Any, req: Any, environ: Any, request_time: Any) -> dict[str, Any]:
        """Return what an access line may name: nothing of the client but method and page."""
        said = super().atoms(resp, req, environ, request_time)
        known = {name: said[name] for name in ("t", "m", "s", "B", "L")}
        return known | {
            "m": said["m"] if said["m"] in _METHODS else "-",
            "U": loggable_path(unquote(req.path)),
            "{x-request-id}o": said.get("{x-request-id}o", "-"),
        }

    def access(self, resp: Any, req: Any, environ: Any, request_time: Any) -> None:
        """Write one line for a request, if the access log is on."""
        if settings.LOG_FORMAT != "json":
            super().access(resp, req, environ, request_time)
        elif self.access_log_enabled:
            said = self.atoms(resp, req, environ, request_time)
            fields = {
                "status": int(said["s"]),
                "bytes": said["B"],
                "seconds": request_time.total_seconds(),
                "request_id": said["{x-request-id}o"],
            }
            self.access_log.log(logging.INFO, "%s %s", said["m"], said["U"], extra=fields)


_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}

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
        atoms_ = super().atoms(resp, req, environ, request_time)
        known = {name: atoms_[name] for name in ("t", "m", "s", "B", "L")}
        return known | {
            "m": atoms_["m"] if atoms_["m"] in _METHODS else "-",
            "U": loggable_path(unquote(req.path)),
            "{x-request-id}o": atoms_.get("{x-request-id}o", "-"),
        }

    def access(self, resp: Any, req: Any, environ: Any, request_time: Any) -> None:
        """Write one line for a request, if the access log is on."""
        if settings.LOG_FORMAT != "json":
            super().access(resp, req, environ, request_time)
        elif self.access_log_enabled:
            atoms_ = self.atoms(resp, req, environ, request_time)
            fields = {
                "status": int(atoms_["s"]),
                "bytes": atoms_["B"],
                "seconds": request_time.total_seconds(),
                "request_id": atoms_["{x-request-id}o"],
            }
            self.access_log.log(logging.INFO, "%s %s", atoms_["m"], atoms_["U"], extra=fields)


_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}

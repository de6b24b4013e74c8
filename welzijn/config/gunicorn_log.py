"""gunicorn's own log, which doesn't pass Django's: the same filter."""

from typing import Any

from gunicorn.glogging import Logger

from welzijn.config.logs import WithoutPersonalData


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

"""Keep personal data out of the log, including records of libraries; text or JSON lines."""

import logging
import re
from datetime import UTC, datetime
from typing import Any

from pythonjsonlogger.json import JsonFormatter

from welzijn.monitoring import request_ids
from welzijn.monitoring.logged_paths import loggable_path

# Only from the start of a run of such characters: a long one is not read again from each of them.
_MAIL = re.compile(r"(?<![^\s@<>'\"])[^\s@<>'\"]++@[^\s@<>'\"]+\.[^\s@<>'\"]+")
_PHONE = re.compile(r"(?<![\w-])(?:\+|00)?\d[\d\s().]{7,}\d(?![\w-])")
# Invitation and password links open an account.
_LINK = re.compile(r"(?<=/)(?![0-9a-f]{8}-[0-9a-f]{4}-)[\w:=-]{20,}(?=[/\s?]|$)")
# The key of a link to one page is a random UUID. Rows have version 7: their ids may be logged.
_KEY = re.compile(
    r"[0-9a-f]{8}-?[0-9a-f]{4}-?(?!7)[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}", re.IGNORECASE
)
# What was searched for, and by whom.
_QUERY = re.compile(r"(?<=[\w/])\?[^\s\"']+")
# What a browser or robot claims to be, or asks for as a host: free text.
_CLAIMED = re.compile(r"\b(Invalid (?:request from ip=|HTTP_HOST header: )).*", re.DOTALL)


def masked(text: str) -> str:
    """Return a line of a log without addresses, numbers, link keys and query strings."""
    text = _CLAIMED.sub(r"\1[adres]", _KEY.sub("[link]", _LINK.sub("[link]", text)))
    return _PHONE.sub("[nummer]", _MAIL.sub("[e-mailadres]", _QUERY.sub("?[...]", text)))


class WithoutPersonalData(logging.Filter):
    """Replace e-mail addresses, phone numbers, secret links and queries in a record's text.

    An exception is logged as its class name and stack only: a database error quotes the row. An
    address that is no page of ours isn't repeated. Adds the request's id.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Change `record` in place and let it through."""
        _take_address_out(record)
        record.msg = masked(record.getMessage())
        record.args = ()
        record.request_id = request_ids.current() or getattr(record, "request_id", "-")
        if record.exc_info and record.exc_info[0] is not None:
            name = record.exc_info[0].__name__
            record.exception = name
            record.msg += f" [{name}]"
            trace = record.exc_info[2]
            lines = []
            while trace is not None:
                code = trace.tb_frame.f_code
                lines.append(f"  {code.co_filename}:{trace.tb_lineno} {code.co_name}")
                trace = trace.tb_next
            record.msg += "\n" + "\n".join(lines)
        record.exc_info = None
        record.exc_text = None
        record.stack_info = None
        return True


def _take_address_out(record: logging.LogRecord) -> None:
    """Replace the address of the request that Django logs about by one without what was typed."""
    path = getattr(getattr(record, "request", None), "path", None)
    if isinstance(path, str) and isinstance(record.args, tuple):
        # As django.utils.log writes it.
        written = {path, path.encode("unicode_escape").decode("ascii")}
        record.args = tuple(
            loggable_path(path) if isinstance(one, str) and one in written else one
            for one in record.args
        )


# What a line may say beside its text; all else that a library hangs on a record is left out.
_EXTRA = ("exception", "status_code", "status", "bytes", "seconds")


class JsonLines(JsonFormatter):
    """One JSON object a line, with named fields only; it filters also where no filter does."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as JSON, without a person's data."""
        _filter.filter(record)
        return super().format(record)

    def add_fields(
        self,
        log_data: dict[str, Any],
        record: logging.LogRecord,
        message_dict: dict[str, Any],
    ) -> None:
        """Fill in the fields."""
        task, task_id = request_ids.current_task()
        request_id = getattr(record, "request_id", "-")
        log_data["time"] = datetime.fromtimestamp(record.created, UTC).isoformat()
        log_data["level"] = record.levelname
        log_data["logger"] = record.name
        log_data["message"] = record.message
        log_data["process"] = record.process
        log_data |= {
            name: value
            for name, value in (
                ("request_id", "" if request_id == "-" else request_id),
                ("task", task),
                ("task_id", task_id),
                *((name, getattr(record, name, None)) for name in _EXTRA),
            )
            if value not in {None, ""}
        }


_filter = WithoutPersonalData()
FORMATTERS = {
    "text": {"format": "%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s"},
    "json": {"()": JsonLines, "json_ensure_ascii": False},
}

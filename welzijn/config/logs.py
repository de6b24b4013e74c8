"""Keep personal data out of the log, including records of libraries."""

import logging
import re

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
UNKNOWN_PATH = "[onbekend adres]"
# What a browser or robot claims to be, or asks for as a host: free text.
_CLAIMED = re.compile(r"\b(Invalid (?:request from ip=|HTTP_HOST header: )).*", re.DOTALL)


def masked(text: str) -> str:
    """Return a line of a log without addresses, numbers, link keys and query strings."""
    text = _CLAIMED.sub(r"\1[adres]", _KEY.sub("[link]", _LINK.sub("[link]", text)))
    return _PHONE.sub("[nummer]", _MAIL.sub("[e-mailadres]", _QUERY.sub("?[...]", text)))


def _without_unknown_path(record: logging.LogRecord) -> str:
    """Return the text without the path of a page that doesn't exist: it holds anything at all."""
    text = record.getMessage()
    request = getattr(record, "request", None)
    path = getattr(request, "path", "")
    if not path or getattr(request, "resolver_match", None) is not None:
        return text
    escaped = path.encode("unicode_escape").decode("ascii")  # as django.utils.log writes it
    return text.replace(path, UNKNOWN_PATH).replace(escaped, UNKNOWN_PATH)


class WithoutPersonalData(logging.Filter):
    """Replace e-mail addresses, phone numbers, secret links and queries in a record's text.

    An exception is logged as its class name and stack only: a database error quotes the row.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Change `record` in place and let it through."""
        record.msg = masked(_without_unknown_path(record))
        record.args = ()
        if record.exc_info and record.exc_info[0] is not None:
            record.msg += f" [{record.exc_info[0].__name__}]"
            trace = record.exc_info[2]
            lines = []
            while trace is not None:
                code = trace.tb_frame.f_code
                lines.append(f"  {code.co_filename}:{trace.tb_lineno} {code.co_name}")
                trace = trace.tb_next
            record.msg += "\n" + "\n".join(lines)
            record.exc_info = None
            record.exc_text = None
        return True

"""Keep personal data out of the log, including records of libraries."""

import logging
import re

# Only from the start of a run of such characters: a long one is not read again from each of them.
_MAIL = re.compile(r"(?<![^\s@<>'\"])[^\s@<>'\"]++@[^\s@<>'\"]+\.[^\s@<>'\"]+")
_PHONE = re.compile(r"(?<![\w-])(?:\+|00)?\d[\d\s().]{7,}\d(?![\w-])")
# Invitation and password links open an account. Ids of rows may be logged.
_LINK = re.compile(r"(?<=/)(?![0-9a-f]{8}-[0-9a-f]{4}-)[\w:=-]{20,}(?=[/\s?]|$)")


class WithoutPersonalData(logging.Filter):
    """Replace e-mail addresses, phone numbers and secret links in a record's text.

    An exception is logged as its class name and stack only: a database error quotes the row.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Change `record` in place and let it through."""
        text = record.getMessage()
        record.msg = _PHONE.sub("[nummer]", _MAIL.sub("[e-mailadres]", _LINK.sub("[link]", text)))
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

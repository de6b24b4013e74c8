"""Every line of a log, gunicorn's own included: no address, link key, query or number."""

import io
import logging
from uuid import UUID

import pytest
from gunicorn.config import Config

from welzijn.config import gunicorn, gunicorn_log
from welzijn.core.ids import uuid7
from welzijn.monitoring.logs import masked

_TOKEN = "a8a1f969-3ad7-4adb-a4b7-70f7cddf9e2a"


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        (f"Not Found: /overdracht/{_TOKEN}/", "Not Found: /overdracht/[link]/"),
        (f"/volg/hoe-gaat-het/{_TOKEN}/dank/", "/volg/hoe-gaat-het/[link]/dank/"),
        (f"/agenda/{UUID(_TOKEN).hex}.ics", "/agenda/[link].ics"),
        ("/accounts/uitnodiging/MTIzNDU2/IjEi:1vP:abcdefghijklmnop/", None),
        ("GET /caseload/?zoek=Quirina+Zwaluwstaart HTTP/1.1", "GET /caseload/?[...] HTTP/1.1"),
        ("Invalid request from ip=203.0.113.9: Invalid Request Line 'GET /?n=Quirina'", None),
        ("Invalid request from ip=2001:db8::1: x\nQuirina", None),
    ],
)
def test_a_line_is_masked(line: str, kept: str | None) -> None:
    written = masked(line)
    if kept is not None:
        assert written == kept
    for planted in (_TOKEN, "Quirina", "203.0.113.9", "2001:db8", "abcdefghijklmnop"):
        assert planted not in written


def test_the_id_of_a_row_stays_readable() -> None:
    row = str(uuid7())
    assert masked(f"Forbidden: /vraagstuk/{row}/") == f"Forbidden: /vraagstuk/{row}/"


def test_gunicorns_own_log_is_masked_also_with_an_access_log() -> None:
    config = Config()
    config.set("accesslog", "-")
    logger = gunicorn_log.QuietLogger(config)
    written = io.StringIO()
    try:
        for log in (logger.error_log, logger.access_log):
            (handler,) = (h for h in log.handlers if isinstance(h, logging.StreamHandler))
            handler.stream = written
        logger.warning("Invalid request from ip=203.0.113.9: Invalid Request Line 'Quirina'")
        logger.access_log.info(f"GET /overdracht/{_TOKEN}/ 200")
    finally:
        for log in (logger.error_log, logger.access_log):
            log.handlers.clear()
            log.propagate = True
    assert "/overdracht/[link]/" in written.getvalue()
    for planted in (_TOKEN, "Quirina", "203.0.113.9"):
        assert planted not in written.getvalue()


def test_the_web_server_is_configured_so() -> None:
    assert gunicorn.accesslog is None
    assert gunicorn.logger_class == "welzijn.config.gunicorn_log.QuietLogger"
    for atom in "hrqfa":
        assert f"%({atom})s" not in gunicorn.access_log_format

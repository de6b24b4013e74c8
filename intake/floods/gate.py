"""The gate in busy times: a proof of work by the browser, or a short wait. It refuses nobody.

The proof is ALTCHA's (PBKDF2): the browser tries numbers for a second or so. It belongs to one
form, so it is good for one question. Who has no JavaScript waits WAIT and presses the button again.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Literal

import altcha
from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core import signing
from django.http import HttpRequest

from intake.floods import arrivals
from welzijn.core.client_network import network_of

WAIT = timedelta(seconds=20)
PROOF_LASTS = timedelta(hours=1)
# Questions, drafts and unsent files in ten minutes after which the gate closes: of one network (a
# library or a telephone company has many people behind one address), and of everybody together.
MOST: dict[str, tuple[int, int]] = {"question": (10, 60), "draft": (60, 600), "file": (40, 300)}
_SALT = "intake.floods.gate"
_COST = 2_000  # rounds of one guess; 256 guesses on average


@dataclass(frozen=True, slots=True)
class Load:
    """How many came in the last ten minutes: of this network, and of all."""

    network: int
    everybody: int
    busy: bool


QUIET = Load(0, 0, busy=False)


def load(
    request: HttpRequest,
    partnership_id: object,
    what: Literal["question", "draft", "file"],
    now: datetime,
) -> Load:
    """Count one arrival at a partnership, and return how busy it is."""
    network = network_of(get_adapter().get_client_ip(request))
    subjects = [(what, partnership_id, network), (what, partnership_id)]
    here, everybody = arrivals.count(subjects, now)
    most_here, most = MOST[what]
    return Load(here, everybody, here > most_here or everybody > most)


def drafts_of(browser: str, now: datetime) -> int:
    """Count a new draft of one browser; return how many it began in the last ten minutes."""
    return arrivals.count([("draft of", browser)], now)[0]


def challenge(form_key: object, now: datetime) -> str:
    """Return the challenge of a form, as JSON for the page."""
    made = altcha.create_challenge(
        algorithm="PBKDF2/SHA-256",
        cost=_COST,
        data={"form": str(form_key)},
        expires_at=int((now + PROOF_LASTS).timestamp()),
        hmac_secret=settings.SECRET_KEY,
    )
    return json.dumps(made.to_dict())


def is_proved(payload: str, form_key: object) -> bool:
    """Whether a payload as sent solves the challenge of this form."""
    if not payload or len(payload) > 4_000:
        return False
    try:
        sent = altcha.Payload.from_base64(payload)
        if (sent.challenge.parameters.data or {}).get("form") != str(form_key):
            return False
        return any(
            altcha.verify_solution(payload, key).verified
            for key in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return False


def ticket(form_key: object, now: datetime) -> str:
    """Return what shows, when it is sent back, since when the sender of this form waits."""
    return signing.dumps([str(form_key), int(now.timestamp())], salt=_SALT)


def still_to_wait(sent: str, form_key: object, now: datetime) -> int | None:
    """Return the seconds still to wait with a ticket as sent; None for no ticket of this form."""
    since = _waits_since(sent, form_key, now)
    return None if since is None else max(0, ceil(WAIT.total_seconds() - now.timestamp() + since))


def _waits_since(sent: str, form_key: object, now: datetime) -> float | None:
    if not sent or len(sent) > 400:
        return None
    try:
        key, since = signing.loads(sent, salt=_SALT)
    except (signing.BadSignature, ValueError):
        return None
    if key != str(form_key) or now.timestamp() - since > PROOF_LASTS.total_seconds():
        return None
    return float(since)


def first_sent(request: HttpRequest, form_key: object, now: datetime) -> float:
    """Return when a form was sent first, in seconds since 1970: before the wait, if it waited."""
    since = _waits_since(request.POST.get("wacht", ""), form_key, now)
    return now.timestamp() if since is None else since


def is_passed(request: HttpRequest, form_key: object, now: datetime) -> bool:
    """Whether a form brings its proof, or has waited."""
    if is_proved(request.POST.get("altcha", ""), form_key):
        return True
    return still_to_wait(request.POST.get("wacht", ""), form_key, now) == 0

"""Counts of what happens in a process, added up over all processes of a web server."""

from prometheus_client import Counter

SIGN_INS_REFUSED = Counter(
    "voordeur_sign_ins_refused",
    "Codes and passwords that were refused; who: staff or resident, why: wrong or waiting",
    ("who", "why"),
)

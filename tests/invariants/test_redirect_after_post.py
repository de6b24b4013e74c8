"""A form that is not right leads to a page that shows it: Back never asks to send it again.

On all pages of residents, the desk and partners. A page as the answer to a POST would make the
browser ask "Confirm form resubmission".
"""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOMS = (
    "intake",
    "referrals/resident_portal",
    "referrals/external_handovers",
    "referrals/desk_messages",
)
# For staff on the page of a question, and for the privacy officer.
OF_STAFF = {
    "referrals/external_handovers/views.py": 1,
    "referrals/resident_portal/code_by_phone_views.py": 1,
    "referrals/resident_portal/data_request_views.py": 2,
}
_REFUSES = re.compile(r"status(?: =|=)\s*(?:422|409)\b")


@pytest.mark.parametrize("room", ROOMS)
def test_no_view_answers_a_wrong_form_with_a_page(room: str) -> None:
    root = Path(settings.BASE_DIR)
    found = {
        str(path.relative_to(root)): len(_REFUSES.findall(path.read_text()))
        for path in sorted((root / room).rglob("*.py"))
        if _REFUSES.search(path.read_text())
    }
    assert found == {name: n for name, n in OF_STAFF.items() if name.startswith(room)}

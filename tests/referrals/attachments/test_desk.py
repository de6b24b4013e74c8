"""The desk adds a letter to what it logged, and reads no other file."""

from datetime import timedelta

import pytest
from django.utils import timezone

from intake.attachments.models import Attachment
from tests.intake.attachments import pictures
from tests.referrals.attachments.cases import Case, said_in
from tests.support import factories as make
from tests.support.signing_in import signed_in
from welzijn.notifications.models import Message

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]


def test_the_desk_adds_to_what_it_logged_and_reads_no_other_file(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in(case.desk)
    assert client.get(case.at_desk()).status_code == 200
    added = client.post(
        case.at_desk(), {"photo": [pictures.sent(pictures.jpeg())], "for_resident": "on"}
    )
    assert added["Location"] == f"/balie/{case.question.pk}/"
    row = Attachment.objects.get(source="staff")
    assert row.added_by == case.desk
    page = client.get(f"/balie/{case.question.pk}/")
    assert "Bestand 1: foto" in said_in(page)
    assert str(case.letter.pk) not in page.content.decode()
    assert client.get(case.at_work(f"{row.pk}/")).status_code in {403, 404}
    told = Message.objects.filter(about_id=case.question.pk)
    assert told.filter(template="resident_reacted").count() == 1  # of the resident's own letter
    assert told.filter(template="letter_added").count() == 1
    other = make.desk_worker(case.here)
    assert signed_in(other).get(case.at_desk()).status_code == 404
    # A week later it adds nothing any more, and can still take away what it added.
    a_week_later = timezone.now() + timedelta(days=7)
    monkeypatch.setattr(timezone, "now", lambda: a_week_later)
    client = signed_in(case.desk)
    assert client.get(case.at_desk()).status_code == 403
    assert client.post(case.at_desk(f"{row.pk}/weghalen/")).status_code == 302
    row.refresh_from_db()
    assert row.payload is None

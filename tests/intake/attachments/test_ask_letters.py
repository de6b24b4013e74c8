"""A resident adds a photo of a letter while asking: it goes with the question or the draft."""

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.utils import timezone

from intake.ask.models import Draft
from intake.ask.tasks import delete_expired_rows
from intake.attachments import drafts, scanning, services
from intake.attachments.models import Attachment, DraftAttachment, Scan
from intake.floods import gate
from intake.questions.models import Question
from tests.intake.attachments import pictures
from tests.intake.resident import Resident
from tests.support import factories as make
from tests.support.html import as_read

pytestmark = pytest.mark.django_db
PATH = "/vraag/brief/"
WORDS = "brief van deurwaarder snap nie"


@pytest.fixture(autouse=True)
def here() -> make.World:
    """A partnership like Putten."""
    return make.world()


def said_in(answer: Any) -> str:
    """The text of a page."""
    return as_read(unescape(answer.content.decode()))


def with_words() -> Resident:
    resident = Resident()
    resident.post("/vraag/")
    left = resident.post("/vraag/woorden/", words=WORDS, weg="brief")
    assert (left.status_code, left["Location"]) == (302, PATH)
    return resident


def adds(resident: Resident, *letters: Any, **other: Any) -> Any:
    return resident.post(PATH, letters=list(letters), **other)


def refused(resident: Resident, *letters: Any, **other: Any) -> str:
    """The text of the page after something was refused."""
    answer = adds(resident, *letters, **other)
    assert (answer.status_code, answer["Location"]) == (302, PATH)
    return said_in(resident.get(PATH))


def test_a_photo_goes_along_with_the_question() -> None:
    resident = with_words()
    assert "Ik heb een brief" in said_in(resident.get(PATH))
    added = adds(resident, pictures.sent(pictures.jpeg()), photo=pictures.sent(pictures.jpeg()))
    assert (added.status_code, added["Location"]) == (302, PATH)
    assert "Bestand 2: foto" in said_in(resident.get(PATH))
    # The words are still in their box.
    assert WORDS in resident.get("/vraag/woorden/").content.decode()
    named = resident.writes()
    assert "2 foto's of PDF's" in said_in(resident.get("/vraag/controle/"))
    assert resident.sends(named).status_code == 302
    question = Question.objects.get()
    assert [a.source for a in services.listing(question)] == ["resident", "resident"]
    assert not DraftAttachment.objects.exists()
    assert question.timeline.filter(sentence="attachment.by_resident").count() == 1
    # The next question in this browser starts without them.
    resident.post("/vraag/")
    resident.post("/vraag/woorden/", words=WORDS, weg="brief")
    assert "Dit gaat mee" not in said_in(resident.get(PATH))


def test_a_letter_is_enough_without_words() -> None:
    resident = Resident()
    resident.post("/vraag/")
    resident.post("/vraag/woorden/", words="", weg="brief")
    adds(resident, pictures.sent(pictures.PDF, "brief.pdf", "application/pdf"))
    assert resident.sends(resident.writes(woorden={"words": ""})).status_code == 302
    assert Question.objects.get().words == ""
    assert Attachment.objects.get().media_type == "application/pdf"


def test_who_wants_to_be_called_can_add_one_too() -> None:
    resident = Resident()
    left = resident.post("/vraag/bel-mij/", phone="06 12345678", weg="brief")
    assert left["Location"] == PATH
    adds(resident, pictures.sent(pictures.jpeg()))
    page = resident.get(PATH)
    assert 'href="/vraag/bel-mij/"' in page.content.decode()
    assert resident.post("/vraag/bel-mij/", phone="06 12345678", domain="geld").status_code == 302
    assert resident.sends(resident.named()).status_code == 302
    assert Attachment.objects.count() == 1


def test_danger_said_now_sends_the_letter_at_once_and_the_next_one_after_it() -> None:
    resident = with_words()
    adds(resident, pictures.sent(pictures.jpeg()))
    resident.post("/vraag/woorden/", words=WORDS, danger="on")
    assert Attachment.objects.count() == 1
    adds(resident, pictures.sent(pictures.PDF))
    resident.post("/vraag/over-wie/", about="self")
    assert Attachment.objects.count() == 2
    assert Question.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "Dit bestand is leeg"),
        (b"<html>", "Dit is geen foto of PDF"),
        (b"\x00\x00\x00\x18ftypheic" + b"0" * 99, "Dit is een HEIC-foto"),
        (pictures.jpeg()[:200], "Deze foto is beschadigd"),
        (pictures.PDF[:30], "Deze PDF is beschadigd"),
        (pictures.bomb(30_000), "Deze foto is te groot om te openen"),
        (b"%PDF-" + b"0" * 10 * 1024 * 1024 + b"%%EOF", "Dit bestand is groter dan 10 MB"),
    ],
    ids=["empty", "html", "heic", "cut off", "pdf cut off", "bomb", "too big"],
)
def test_what_is_wrong_with_a_file_stands_at_its_field(data: bytes, said: str) -> None:
    resident = with_words()
    # Its name and type say what they like.
    assert said in refused(resident, pictures.sent(data, "../../<b>geheim</b>.jpg"))
    page = resident.get(PATH).content.decode()
    assert 'href="#id_letters"' in page
    assert "geheim" not in page
    assert not DraftAttachment.objects.exists()
    assert WORDS in resident.get("/vraag/woorden/").content.decode()


def test_of_several_files_the_good_ones_are_kept() -> None:
    resident = with_words()
    page = refused(resident, pictures.sent(pictures.jpeg()), pictures.sent(b"<html>"))
    assert "Bestand 2: Dit is geen foto of PDF" in page
    assert "Bestand 1: foto" in page
    assert "1 foto of PDF" in said_in(_check_page(resident))


def _check_page(resident: Resident) -> Any:
    resident.writes()
    return resident.get("/vraag/controle/")


def test_nothing_chosen_and_a_fourth_file_are_said() -> None:
    resident = with_words()
    assert "Kies eerst een foto of PDF" in refused(resident)
    page = refused(resident, *[pictures.sent(pictures.jpeg()) for _n in range(4)])
    assert "Er passen niet meer bestanden bij" in page
    assert DraftAttachment.objects.count() == 3


def test_a_file_can_be_looked_at_and_removed_by_this_browser_only() -> None:
    resident = with_words()
    adds(resident, pictures.sent(pictures.jpeg()))
    pk = DraftAttachment.objects.get().pk
    shown = resident.get(f"{PATH}{pk}/")
    assert shown["Content-Type"] == "image/jpeg"
    assert "sandbox" in shown["Content-Security-Policy"]
    other = with_words()
    assert other.get(f"{PATH}{pk}/").status_code == 404
    other.post(PATH, weghalen=str(pk))
    assert DraftAttachment.objects.exists()
    resident.post(PATH, weghalen=str(pk))
    assert not DraftAttachment.objects.exists()
    assert resident.post(PATH, weghalen="x").status_code == 404


def test_without_a_draft_it_leads_to_the_start() -> None:
    assert Resident().get(PATH)["Location"] == "/vraag/"


def test_the_table_alone_reveals_nothing() -> None:
    resident = with_words()
    adds(resident, pictures.sent(pictures.PDF))
    row = DraftAttachment.objects.get()
    assert b"%PDF" not in bytes(row.payload)
    assert b"media_type" not in bytes(row.about)
    draft_row = Draft.objects.get()
    assert bytes(row.bundle) not in bytes(draft_row.payload)


@pytest.mark.parametrize("leave", ["/wissen/", "/snel-weg/"])
def test_wiping_takes_the_files_along(leave: str) -> None:
    resident = with_words()
    adds(resident, pictures.sent(pictures.jpeg()))
    resident.post(leave)
    assert not DraftAttachment.objects.exists()
    assert not Draft.objects.exists()


def test_they_stay_as_long_as_the_draft_and_go_an_hour_after_its_last_step() -> None:
    resident = with_words()
    adds(resident, pictures.sent(pictures.jpeg()))
    now = timezone.now()
    DraftAttachment.objects.update(touched_at=now - timedelta(minutes=59))
    resident.post("/vraag/woorden/", words=WORDS)
    delete_expired_rows()
    assert DraftAttachment.objects.get().touched_at >= now
    DraftAttachment.objects.update(touched_at=now - timedelta(minutes=61))
    delete_expired_rows()
    assert not DraftAttachment.objects.exists()


def test_an_unreachable_scanner_is_said_and_the_file_waits(settings: Any) -> None:
    settings.CLAMAV_URL = "unix:///nowhere/clamd.sock"
    resident = with_words()
    adds(resident, pictures.sent(pictures.jpeg()))
    assert "Wij controleren dit nog op virussen" in said_in(resident.get(PATH))
    resident.sends(resident.writes())
    assert Attachment.objects.get().scan == Scan.WAITING


def test_a_virus_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanning, "verdict_or_waiting", lambda _data: Scan.INFECTED)
    page = refused(with_words(), pictures.sent(pictures.jpeg()))
    assert "In dit bestand zit een virus" in page


def test_in_a_flood_files_are_refused_and_the_question_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(gate.MOST, "file", (1, 300))
    resident = with_words()
    adds(resident, pictures.sent(pictures.jpeg()))
    busy = "Er komen nu veel bestanden binnen"
    assert busy in refused(resident, pictures.sent(pictures.jpeg()))
    monkeypatch.setattr(drafts, "MOST_UNSENT", 1)
    monkeypatch.setitem(gate.MOST, "file", (40, 300))
    busy = "Er komen nu veel bestanden binnen"
    assert busy in refused(resident, pictures.sent(pictures.jpeg()))
    assert resident.sends(resident.writes()).status_code == 302

"""Photos and PDFs on the case, at the desk and on the resident's own page."""

import json
import re
from base64 import b64decode
from typing import Any

import pytest
from django.test import Client

from intake.attachments.models import Attachment, Scan
from intake.questions.models import Question
from referrals.casework import pick_up
from referrals.resident_portal import consent_withdrawal, data_export_attachments
from tests.intake.attachments import pictures
from tests.referrals.attachments.cases import Case, said_in
from tests.support import factories as make
from tests.support.refused import is_refused, shown_again
from tests.support.signing_in import entered, signed_in
from welzijn.audit.models import AccessEvent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]


def _looks(question: Question) -> list[tuple[str, str]]:
    found = AccessEvent.objects.filter(question_id=question.pk, what="attachment")
    return list(found.values_list("actor_kind", "action"))


def test_a_worker_opens_it_in_a_sandbox_and_the_resident_reads_that(case: Case) -> None:
    client = signed_in(case.worker)
    page = said_in(client.get(f"/vraagstuk/{case.question.pk}/"))
    assert "Brieven en foto's" in page
    assert "Bestand 1: PDF" in page
    assert _looks(case.question) == []
    answer = client.get(case.at_work(f"{case.letter.pk}/"))
    assert answer.content == pictures.PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="brief.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert _looks(case.question) == [("staff", "read")]
    own = said_in(entered(case.receipt).get("/volg/vraag/"))
    assert "van Stimenz heeft een brief of foto bij uw vraag bekeken." in own


def test_a_file_that_waits_or_was_removed_opens_for_nobody(case: Case) -> None:
    client, resident = signed_in(case.worker), entered(case.receipt)
    for change in ({"scan": Scan.WAITING}, {"scan": Scan.INFECTED, "payload": None}):
        Attachment.objects.update(**change)
        assert client.get(case.at_work(f"{case.letter.pk}/")).status_code == 404
        assert resident.get(f"/volg/vraag/brief/{case.letter.pk}/").status_code == 404
        assert client.get(f"/vraagstuk/{case.question.pk}/").status_code == 200
        assert resident.get("/volg/vraag/brief/").status_code == 200
    assert _looks(case.question) == []


def test_who_may_not_read_the_question_gets_no_file(case: Case) -> None:
    strangers = [
        make.intake_worker(case.here, "jeugd-punt"),
        make.coordinator(case.here),
        make.professional(case.here, "stimenz"),
        case.desk,
    ]
    for stranger in strangers:
        answer = signed_in(stranger).get(case.at_work(f"{case.letter.pk}/"))
        assert answer.status_code in {403, 404}
    assert Client(headers={"host": "putten.localhost"}).get(
        case.at_work(f"{case.letter.pk}/")
    ).status_code in {302, 403}
    assert _looks(case.question) == []


def test_after_withdrawal_of_consent_the_file_is_closed_too(case: Case) -> None:
    basis = case.question.sharing_bases.get(ended_at__isnull=True)
    consent_withdrawal.revoke(question=case.question, basis=basis, now=case.now)
    answer = signed_in(case.worker).get(case.at_work(f"{case.letter.pk}/"))
    assert answer.status_code == 404
    assert _looks(case.question) == []
    # The resident's own copy is still theirs.
    assert entered(case.receipt).get(f"/volg/vraag/brief/{case.letter.pk}/").status_code == 200


def test_the_address_of_another_question_opens_nothing(case: Case) -> None:
    other = make.submitted(case.here, "geld", now=case.now)
    pick_up.pick_up(question=other.question, by=case.worker, now=case.now)
    answer = signed_in(case.worker).get(f"/vraagstuk/{other.question.pk}/brief/{case.letter.pk}/")
    assert answer.status_code == 404
    stranger = entered(other)
    assert stranger.get(f"/volg/vraag/brief/{case.letter.pk}/").status_code == 404
    assert stranger.get(f"/volg/vraag/brief/{case.letter.pk}/weghalen/").status_code == 404
    assert _looks(other.question) == _looks(case.question) == []


def test_a_worker_adds_a_photo_that_the_resident_sees(case: Case) -> None:
    client = signed_in(case.worker)
    assert client.get(case.at_work()).status_code == 200
    added = client.post(
        case.at_work(), {"letters": [pictures.sent(pictures.jpeg())], "for_resident": "on"}
    )
    assert added["Location"] == f"/vraagstuk/{case.question.pk}/"
    row = Attachment.objects.get(source="staff")
    assert (row.added_by, str(row.organisation), row.for_resident) == (
        case.worker,
        "Stimenz",
        True,
    )
    resident = entered(case.receipt)
    assert "Bestand 2: foto" in said_in(resident.get("/volg/vraag/brief/"))
    shown = resident.get(f"/volg/vraag/brief/{row.pk}/")
    assert shown["Content-Type"] == "image/jpeg"
    assert ("resident", "read") in _looks(case.question)
    # Not theirs to remove.
    assert resident.get(f"/volg/vraag/brief/{row.pk}/weghalen/").status_code == 404


def test_what_is_not_for_the_resident_stays_with_colleagues(case: Case) -> None:
    signed_in(case.worker).post(case.at_work(), {"letters": [pictures.sent(pictures.PDF)]})
    row = Attachment.objects.get(source="staff")
    resident = entered(case.receipt)
    assert "Bestand 2" not in said_in(resident.get("/volg/vraag/brief/"))
    assert resident.get(f"/volg/vraag/brief/{row.pk}/").status_code == 404
    page = said_in(resident.get("/volg/vraag/"))
    assert "Wij hebben een brief of foto aan uw vraag toegevoegd" not in page
    assert "alleen voor collega's" in said_in(
        signed_in(case.worker).get(f"/vraagstuk/{case.question.pk}/")
    )


def test_a_wrong_file_is_said_and_the_good_one_kept(case: Case) -> None:
    answer = signed_in(case.worker).post(
        case.at_work(),
        {"letters": [pictures.sent(pictures.jpeg()), pictures.sent(b"MZ")], "for_resident": "on"},
    )
    assert answer.status_code == 422
    assert "Bestand 2: Dit is geen foto of PDF" in said_in(answer)
    assert "De andere bestanden zijn wel toegevoegd" in said_in(answer)
    assert Attachment.objects.filter(source="staff").count() == 1


def test_one_removes_only_what_one_added(case: Case) -> None:
    client = signed_in(case.worker)
    assert client.get(case.at_work(f"{case.letter.pk}/weghalen/")).status_code == 404
    client.post(case.at_work(), {"letters": [pictures.sent(pictures.jpeg())]})
    mine = Attachment.objects.get(source="staff")
    assert "meteen vernietigd" in said_in(client.get(case.at_work(f"{mine.pk}/weghalen/")))
    assert client.post(case.at_work(f"{mine.pk}/weghalen/")).status_code == 302
    mine.refresh_from_db()
    assert mine.payload is None
    assert client.get(case.at_work(f"{mine.pk}/")).status_code == 404
    colleague = make.intake_worker(case.here, "stimenz")
    assert signed_in(colleague).get(case.at_work(f"{mine.pk}/weghalen/")).status_code == 404


def test_the_resident_adds_and_removes_on_the_own_page(case: Case) -> None:
    resident = entered(case.receipt)
    page = said_in(resident.get("/volg/vraag/brief/"))
    assert "U kunt nog 2 bestanden toevoegen" in page
    added = resident.post("/volg/vraag/brief/", {"letters": [pictures.sent(pictures.jpeg())]})
    assert added["Location"] == "/volg/vraag/brief/"
    assert Attachment.objects.count() == 2
    answer = resident.post(
        "/volg/vraag/brief/",
        {"letters": [pictures.sent(pictures.jpeg()), pictures.sent(pictures.jpeg())]},
    )
    assert "Er passen niet meer bestanden bij" in said_in(shown_again(resident, answer))
    remove = f"/volg/vraag/brief/{case.letter.pk}/weghalen/"
    assert "Wilt u dit weghalen?" in said_in(resident.get(remove))
    assert resident.post(remove)["Location"] == "/volg/vraag/brief/"
    case.letter.refresh_from_db()
    assert case.letter.payload is None
    assert "U heeft een brief of foto weggehaald." in said_in(resident.get("/volg/vraag/"))


def test_after_the_end_it_can_be_looked_at_and_not_added_to(case: Case) -> None:
    resident = entered(case.receipt)
    resident.post("/volg/vraag/trek-in/", {"zeker": "ja"})
    Question.objects.filter(pk=case.question.pk).update(status="withdrawn", closed_at=case.now)
    page = resident.get("/volg/vraag/brief/")
    assert "Voeg toe" not in said_in(page)
    assert resident.get(f"/volg/vraag/brief/{case.letter.pk}/").status_code == 200
    answer = resident.post("/volg/vraag/brief/", {"letters": [pictures.sent(pictures.jpeg())]})
    assert is_refused(answer)
    assert Attachment.objects.count() == 1


def test_the_download_holds_the_files_that_the_resident_may_see(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    for told in ({"for_resident": "on"}, {}):
        letters = {"letters": [pictures.sent(pictures.jpeg())]}
        signed_in(case.worker).post(case.at_work(), {**letters, **told})
    resident = entered(case.receipt)
    found = json.loads(resident.post("/volg/vraag/gegevens/", {"vorm": "json"}).content)
    files = found["attachments"]["attachments"]
    assert [one["kind"] for one in files] == ["PDF", "Foto"]
    assert b64decode(files[0]["content"]) == pictures.PDF
    page = resident.post("/volg/vraag/gegevens/", {"vorm": "lezen"}).content.decode()
    assert page.count('src="data:image/jpeg;base64,') == 1
    assert page.count('href="data:application/pdf;base64,') == 1
    monkeypatch.setattr(data_export_attachments, "MOST_BYTES", 10)
    page = said_in(resident.post("/volg/vraag/gegevens/", {"vorm": "lezen"}))
    assert "data:" not in page
    assert page.count("Dit bestand is te groot om hier mee te geven.") == 2


def test_two_files_from_one_page_are_two_and_the_same_twice_is_one(case: Case) -> None:
    client = signed_in(case.worker, enforce_csrf_checks=True)
    page = client.get(case.at_work())
    fields = _hidden(page)

    def post(data: bytes) -> Any:
        return client.post(
            case.at_work(),
            {**fields, "letters": [pictures.sent(data)], "for_resident": "on"},
            headers={"referer": f"http://putten.localhost{case.at_work()}"},
        )

    assert post(pictures.jpeg()).status_code == 302
    assert post(pictures.jpeg()).status_code == 302
    assert Attachment.objects.filter(source="staff").count() == 1
    assert post(pictures.PDF).status_code == 409
    assert Attachment.objects.filter(source="staff").count() == 1


def _hidden(page: Any) -> dict[str, str]:
    html = page.content.decode()
    form = html[html.index("multipart/form-data") :]
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))

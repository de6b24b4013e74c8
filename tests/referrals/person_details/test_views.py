"""The pages that put details right, for staff at work, at the desk, and for the resident."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from intake.people import details
from intake.questions.models import Question
from intake.submission.submission import ContactChoices, EnteredBy
from referrals.person_details import services
from tests.support import factories as make
from tests.support.factories import World
from tests.support.html import as_read
from tests.support.signing_in import entered, signed_in
from welzijn.accounts.models import User
from welzijn.audit.models import AccessEvent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]
HOST = {"host": "putten.localhost"}


def filled(question: Question, **changes: Any) -> dict[str, Any]:
    """The form of a person as the page shows it, with changes."""
    known: dict[str, Any] = dict(details.known(question.asker))
    for name in ("may_leave_message", "may_say_who"):
        known[name] = {True: "yes", False: "no", None: ""}[known[name]]
    for name in ("no_post", "interpreter"):
        known.pop(name)
    seen = services.seen_person(question)
    return {**known, "seen": seen, "heard": "phone", **changes}


def path(question: Question, which: str = "gegevens") -> str:
    return f"/vraagstuk/{question.pk}/{which}/"


def test_a_worker_enters_the_number_that_a_caller_gave(question: Question, worker: User) -> None:
    client = signed_in(worker)
    page = client.get(path(question), headers=HOST)
    assert page.status_code == 200
    answer = client.post(path(question), filled(question, phone="06-1234 5678"), headers=HOST)
    assert (answer.status_code, answer["Location"]) == (302, f"/vraagstuk/{question.pk}/")
    case = as_read(client.get(f"/vraagstuk/{question.pk}/", headers=HOST).content.decode())
    assert "06 12345678" in case
    assert "Dit hebben wij veranderd: uw telefoonnummer." in case
    looks = AccessEvent.objects.filter(question_id=question.pk, actor=worker)
    assert "details_to_change" in {look.reason for look in looks}


def test_where_it_was_heard_and_what_a_way_needs_are_asked_by_name(
    question: Question, worker: User
) -> None:
    client = signed_in(worker)
    answer = client.post(
        path(question), filled(question, heard="", ways=["phone", "post"], phone=""), headers=HOST
    )
    page = as_read(answer.content.decode())
    assert answer.status_code == 422
    assert "Kies waar u dit hoorde." in page
    assert "Vul een nummer in, of kies niet voor bellen of sms." in page
    assert "Vul een postadres in, of kies niet voor post." in page


def test_who_changes_a_name_only_has_changed_no_wish(question: Question, worker: User) -> None:
    asked = question.asker.contact_wish.no_post
    client = signed_in(worker)
    answer = client.post(path(question), filled(question, name="Ada Smit"), headers=HOST)
    assert answer.status_code == 302
    question.asker.contact_wish.refresh_from_db()
    assert question.asker.contact_wish.no_post is asked
    entry = question.timeline.first()
    assert entry is not None
    assert entry.text == "Dit hebben wij veranderd: uw naam."


def test_post_that_is_taken_away_is_a_no(question: Question, worker: User) -> None:
    client = signed_in(worker)
    address = {"post": "Dorpsstraat 1, Putten", "ways": ["email", "post"]}
    client.post(path(question), filled(question, **address), headers=HOST)
    client.post(path(question), filled(question, ways=["email"]), headers=HOST)
    question.asker.contact_wish.refresh_from_db()
    assert question.asker.contact_wish.no_post is True


def test_what_was_typed_beside_a_number_is_kept_as_a_note(question: Question, worker: User) -> None:
    client = signed_in(worker)
    client.post(path(question), filled(question, phone="0612345678 na 18 uur"), headers=HOST)
    question.asker.contact_wish.refresh_from_db()
    assert question.asker.contact_details.get(kind="phone").value == "+31612345678"
    assert question.asker.contact_wish.times_note == "na 18 uur"


def test_a_colleague_who_was_first_is_not_overwritten_and_typing_is_kept(
    question: Question, worker: User
) -> None:
    client = signed_in(worker)
    data = filled(question, name="Ada Smit-de Wit")
    client.post(path(question), filled(question, called="mevrouw De Wit"), headers=HOST)
    answer = client.post(path(question), data, headers=HOST)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Ada Smit-de Wit" in page
    assert "net gewijzigd" in page
    question.asker.refresh_from_db()
    assert (question.asker.name, question.asker.called) == ("Ada de Wit", "mevrouw De Wit")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("phone", "bel maar"),
        ("email", "ada@"),
        ("name", "A" * 121),
        ("ways", ["duif"]),
        ("language", "xx"),
        ("post", "\x00straat"),
    ],
)
def test_what_can_not_be_is_refused_at_its_field(
    question: Question, worker: User, field: str, value: object
) -> None:
    client = signed_in(worker)
    answer = client.post(path(question), filled(question, **{field: value}), headers=HOST)
    assert answer.status_code == 422
    assert question.timeline.filter(kind="changed").count() == 0


def test_whom_it_is_about_and_the_domains_are_put_right(question: Question, worker: User) -> None:
    client = signed_in(worker)
    known = services.subject_details(question)
    data = {**known, "seen": services.seen_subject(question), "heard": "spoken"}
    client.post(
        path(question, "over"),
        {**data, "about": "child", "life_domains": ["vervoer"]},
        headers=HOST,
    )
    question.refresh_from_db()
    assert question.about == "child"
    case = as_read(client.get(f"/vraagstuk/{question.pk}/", headers=HOST).content.decode())
    assert "Dit hebben wij veranderd: over wie uw vraag gaat, waar uw vraag over gaat." in case


def test_the_desk_puts_right_what_it_logged_itself_that_day(
    here: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: make.TUESDAY)
    desk, other = make.desk_worker(here), make.desk_worker(here)
    question = make.submitted(
        here, "geld", entered_by=EnteredBy(user=desk, organisation=here["welzijn"])
    ).question
    address = f"/balie/{question.pk}/gegevens/"
    assert signed_in(other).get(address, headers=HOST).status_code == 404
    client = signed_in(desk)
    answer = client.post(address, filled(question, name="Ada", heard="desk"), headers=HOST)
    assert (answer.status_code, answer["Location"]) == (302, f"/balie/{question.pk}/")
    question.asker.refresh_from_db()
    assert question.asker.name == "Ada"
    done = f"/balie/{question.pk}/"
    assert address in client.get(done, headers=HOST).content.decode()
    two_days_later = make.TUESDAY + timedelta(days=2)
    monkeypatch.setattr("django.utils.timezone.now", lambda: two_days_later)
    client = signed_in(desk)
    assert address not in client.get(done, headers=HOST).content.decode()
    assert client.get(address, headers=HOST).status_code == 403


def resident_of(here: World) -> tuple[Client, Question]:
    receipt = make.submitted(
        here, "geld", reach=ContactChoices(email="ada@voordeur.example", ways=("email",))
    )
    return entered(receipt), receipt.question


def test_the_resident_changes_their_own_number_and_reads_it_back() -> None:
    client, question = resident_of(make.world())
    page = client.get("/volg/vraag/bereiken/", headers=HOST).content.decode()
    assert "ada@voordeur.example" in page
    data = filled(question, phone="0612345678", ways=["phone"], may_say_who="yes")
    del data["heard"]
    answer = client.post("/volg/vraag/bereiken/", data, headers=HOST)
    assert answer.status_code == 302
    own = as_read(client.get("/volg/vraag/", headers=HOST).content.decode())
    assert "Dit heeft u veranderd: uw telefoonnummer, hoe wij u mogen bereiken." in own
    known = details.known(Question.objects.get(pk=question.pk).asker)
    assert (known["phone"], known["ways"], known["may_say_who"]) == (
        "+31612345678",
        ["phone"],
        True,
    )


def test_without_a_code_the_page_asks_for_it() -> None:
    make.world()
    answer = Client().get("/volg/vraag/bereiken/", headers=HOST)
    assert (answer.status_code, answer["Location"]) == (302, "/volg/")


def test_the_privacy_officer_alone_reads_what_was_known_before(
    here: World, question: Question, worker: User
) -> None:
    client = signed_in(worker)
    client.post(
        path(question), filled(question, name="Ada Smit", email="a@voordeur.example"), headers=HOST
    )
    case = client.get(f"/vraagstuk/{question.pk}/", headers=HOST).content.decode()
    assert "Ada de Wit" not in case
    assert "ada@voordeur.example" not in case
    officer = make.member(here, "privacy_officer", "welzijn")
    seat = signed_in(officer)
    page = seat.post(
        "/beheer/inzage/eerdere-gegevens/", {"kenmerk": question.reference}, headers=HOST
    ).content.decode()
    assert "Ada de Wit" in page
    assert "ada@voordeur.example" in page
    look = AccessEvent.objects.filter(actor=officer, question_id=question.pk).get()
    assert look.reason == "earlier_details"
    unknown = seat.post("/beheer/inzage/eerdere-gegevens/", {"kenmerk": "XXXX"}, headers=HOST)
    assert unknown.status_code == 422


def test_another_address_is_confirmed_before_it_counts() -> None:
    client, question = resident_of(make.world())
    data = filled(question, email="ada@gmsil.com", ways=["email"])
    del data["heard"]
    path = "/volg/vraag/bereiken/"

    def again(**more: str) -> str:
        answer = client.post(path, {**data, **more}, headers=HOST)
        assert answer.status_code == 302
        return as_read(client.get(answer["Location"], headers=HOST).content.decode())

    # A likely slip is asked about first, and then whether the new one is right.
    assert "Bedoelt u ada@gmail.com?" in again()
    page = again(email_sure="ada@gmsil.com")
    assert "Dan mailen wij u voortaan op ada@gmsil.com. Klopt dat adres?" in page
    assert details.known(Question.objects.get().asker)["email"] == "ada@voordeur.example"
    page = again(email_sure="ada@gmsil.com", sure="on")
    assert "Mail: ada@gmsil.com" in page
    assert details.known(Question.objects.get().asker)["email"] == "ada@gmsil.com"


def test_a_number_that_nobody_can_call_back_is_refused_with_the_reason() -> None:
    client, question = resident_of(make.world())
    data = filled(question, phone="0900 1234567", ways=["phone"])
    del data["heard"]
    answer = client.post("/volg/vraag/bereiken/", data, headers=HOST)
    page = as_read(client.get(answer["Location"], headers=HOST).content.decode())
    assert "Naar een 0800- of 0900-nummer kunnen wij niet terugbellen." in page

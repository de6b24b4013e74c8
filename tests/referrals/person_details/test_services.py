"""What is known of a person is put right: by whom, what it acts on, and what stays to be read."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps

from intake.people import contact_preferences, details
from intake.people.details import Detail
from intake.people.models import ContactDetail, Person
from intake.questions.models import Question
from intake.questions.status import WrongMomentError
from intake.submission.submission import ContactChoices
from referrals.casework import pick_up
from referrals.casework_base import acting_membership
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.person_details import services
from referrals.person_details.sentences import Heard
from referrals.retention import erase
from tests.support import factories as make
from tests.support.factories import World
from welzijn.accounts.models import User
from welzijn.notifications import delivery
from welzijn.notifications.models import Message, Status

pytestmark = pytest.mark.django_db
LATER = make.TUESDAY + timedelta(hours=1)


def correct(question: Question, by: User, **changes: Any) -> list[Detail]:
    return services.correct_person(
        question=question,
        changes=changes,  # type: ignore[arg-type]
        seen=services.seen_person(question),
        heard=Heard.PHONE,
        by=by,
        now=LATER,
    )


def correct_subject(question: Question, by: User, **changes: Any) -> list[Detail]:
    known = services.subject_details(question)
    return services.correct_subject(
        question=question,
        changes={**known, **changes},  # type: ignore[typeddict-item]
        seen=services.seen_subject(question),
        heard=Heard.SPOKEN,
        by=by,
        now=LATER,
    )


def history(name: str) -> list[Any]:
    return list(apps.get_model("intake", name)._default_manager.order_by("pgh_id"))


def test_a_new_number_replaces_the_old_one_and_the_resident_reads_that(
    question: Question, worker: User
) -> None:
    correct(question, worker, phone="+31612345678")
    assert correct(question, worker, phone="+31687654321") == [Detail.PHONE]
    numbers = question.asker.contact_details.filter(kind="phone")
    assert [n.value for n in numbers] == ["+31687654321"]
    entry = question.timeline.first()
    assert entry is not None
    assert entry.for_resident
    assert entry.text == "Dit hebben wij veranderd: uw telefoonnummer."
    assert entry.for_colleagues == "Gehoord aan de telefoon."
    assert entry.actor == worker
    assert [e.value for e in history("ContactDetailEvent")] == ["+31612345678"]


def test_neither_old_nor_new_values_stand_on_the_timeline(question: Question, worker: User) -> None:
    correct(question, worker, name="Adriana Smit", email="nieuw@voordeur.example")
    entry = question.timeline.first()
    assert entry is not None
    notified = f"{entry.text} {entry.for_colleagues} {entry.parameters}"
    for value in ("Ada", "Adriana", "Smit", "voordeur.example"):
        assert value not in notified


def test_the_same_again_changes_nothing(question: Question, worker: User) -> None:
    before = question.timeline.count()
    known = details.known(question.asker)
    assert correct(question, worker, **known) == []
    assert question.timeline.count() == before
    assert history("PersonEvent") == history("ContactDetailEvent") == []


def test_a_new_address_is_open_again_and_not_yet_confirmed(
    question: Question, worker: User
) -> None:
    ContactDetail.objects.filter(kind="email").update(bounced_at=LATER, confirmed_at=LATER)
    correct(question, worker, email="ander@voordeur.example")
    detail = ContactDetail.objects.get(kind="email")
    assert (detail.bounced_at, detail.confirmed_at) == (None, None)


def test_what_waits_goes_to_the_new_address_and_not_at_all_once_mail_is_unsafe(
    here: World, worker: User, question: Question
) -> None:
    waiting = Message.objects.filter(recipient_kind="resident", about_id=question.pk)
    waiting.update(status=Status.WAITING, held_until=None, not_before=make.TUESDAY)
    correct(question, worker, email="ander@voordeur.example")
    delivery.sweep(now=LATER)
    assert {m.address for m in waiting} == {"ander@voordeur.example"}


def test_a_wish_nobody_asked_about_reads_as_such_and_counts_as_no(here: World) -> None:
    reach = ContactChoices(email="ada@voordeur.example", ways=("email",))
    question = make.question(here, "geld", reach=reach)
    known = details.known(question.asker)
    assert (known["may_leave_message"], known["may_say_who"]) == (None, None)
    preferences = contact_preferences.resident(question.asker).preferences
    assert not preferences.may_leave_message
    assert not preferences.may_say_who


def test_what_somebody_else_changed_meanwhile_is_not_undone(
    question: Question, worker: User
) -> None:
    seen = services.seen_person(question)
    correct(question, worker, name="Ada Smit")
    with pytest.raises(WrongMomentError, match="net gewijzigd"):
        services.correct_person(
            question=question,
            changes={"name": "Ada de Wit", "phone": "+31612345678"},
            seen=seen,
            heard=Heard.PHONE,
            by=worker,
            now=LATER,
        )
    question.asker.refresh_from_db()
    assert question.asker.name == "Ada Smit"
    assert not question.asker.contact_details.filter(kind="phone").exists()


def test_only_who_works_on_it_or_logged_it_at_the_desk_may(here: World, question: Question) -> None:
    stranger = make.intake_worker(here, "jeugd-punt")
    desk = make.desk_worker(here)
    for user in (stranger, desk):
        assert acting_membership.works_or_logged(user, question, LATER) is None
        with pytest.raises(NotAllowedError):
            correct(question, user, name="X")
    Question.objects.filter(pk=question.pk).update(logged_by=desk)
    question.refresh_from_db()
    assert correct(question, desk, name="Ada Smit") == [Detail.NAME]
    two_working_days_later = make.TUESDAY + timedelta(days=2)
    assert acting_membership.works_or_logged(desk, question, two_working_days_later) is None
    desk.memberships.update(until=make.TUESDAY.date() - timedelta(days=1))
    with pytest.raises(NotAllowedError):
        correct(question, desk, name="X")


def test_the_resident_changes_it_and_who_helps_hears(question: Question, worker: User) -> None:
    changed = services.correct_own(
        question=question,
        changes={"phone": "+31612345678", "ways": ["phone"], "may_say_who": False},
        seen=services.seen_person(question),
        now=LATER,
    )
    assert changed == [Detail.PHONE, Detail.REACH]
    entry = question.timeline.first()
    assert entry is not None
    assert entry.actor_kind == "resident"
    notified = "Dit heeft u veranderd: uw telefoonnummer, hoe wij u mogen bereiken."
    assert entry.text == notified
    reacted = Message.objects.filter(template="resident_reacted", about_id=question.pk)
    assert {m.recipient_key for m in reacted} == {f"user:{worker.pk}"}


def test_about_another_after_all_gets_a_person_who_was_not_asked(
    question: Question, worker: User
) -> None:
    changed = correct_subject(question, worker, about="child", age_band="12-15")
    question.refresh_from_db()
    assert changed == [Detail.ABOUT, Detail.AGE]
    assert question.subject_id != question.asker_id
    assert question.subject.age_band == "12-15"
    assert not question.subject_may_be_shown


def test_about_themselves_after_all_forgets_the_others_answer_and_retention_finds_them(
    here: World, worker: User
) -> None:
    question = make.question(here, "geld", about="parent", subject_name="Moeder de Wit")
    question = pick_up.pick_up(question=question, by=worker, now=make.TUESDAY)
    other = question.subject_id
    correct_subject(question, worker, about="self")
    question.refresh_from_db()
    assert (question.subject_id, question.subject_answer) == (question.asker_id, "")
    assert Person.objects.filter(pk=other).exists()
    assert other in erase._former_subjects([question.pk])


def test_a_name_that_may_not_be_shown_is_not_changed(here: World, worker: User) -> None:
    question = make.question(here, "geld", about="parent", subject_name="Moeder de Wit")
    question = pick_up.pick_up(question=question, by=worker, now=make.TUESDAY)
    assert services.subject_details(question)["subject_name"] == ""
    correct_subject(question, worker, about="partner", subject_name="")
    assert Person.objects.get(pk=question.subject_id).name == "Moeder de Wit"


def test_life_domains_and_place_are_put_right_and_the_old_ones_kept(
    here: World, question: Question, worker: User
) -> None:
    place = here.partnership.neighbourhoods.order_by("slug").first()
    assert place is not None
    changed = correct_subject(
        question, worker, life_domains=["vervoer"], neighbourhood=place.slug, postcode=""
    )
    question.refresh_from_db()
    assert changed == [Detail.PLACE, Detail.DOMAINS]
    assert list(question.life_domains.values_list("slug", flat=True)) == ["vervoer"]
    assert question.neighbourhood_id == place.pk
    assert len(history("QuestionLifeDomainEvent")) == 1

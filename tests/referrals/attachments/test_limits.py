"""The database holds how many files there are, how large, and of whom."""

from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from intake.attachments import drafts
from intake.attachments import services as attachments
from intake.attachments.files import Refusal, RefusedFileError
from intake.attachments.models import Attachment, DraftAttachment, MediaType, Scan
from intake.attachments.services import Examined
from intake.questions.models import Question, TimelineEntry
from intake.questions.status import WrongMomentError
from referrals.attachments import services
from referrals.casework import pick_up, withdraw
from tests.intake.attachments import pictures
from tests.referrals.handovers.test_races import at_once
from tests.support import factories as make

NOW = make.TUESDAY
LETTER = Examined(MediaType.PDF, pictures.PDF, Scan.NOT_SCANNED)


def _of_resident(question: Question) -> int:
    return Attachment.objects.filter(question=question, source="resident").count()


@pytest.mark.django_db(transaction=True)
def test_of_four_files_at_once_three_are_kept() -> None:
    question = make.question(make.world(), "geld")
    add = partial(services.add_by_resident, question=question, given=[LETTER], now=NOW)
    results = at_once(add, add, add, add)
    assert sorted(results) == ["RefusedFileError: too_many", "ok", "ok", "ok"]
    assert _of_resident(question) == 3
    assert question.timeline.filter(kind=TimelineEntry.Kind.ATTACHED).count() == 3


@pytest.mark.django_db(transaction=True)
def test_of_four_files_at_once_in_a_draft_three_are_kept() -> None:
    add = partial(drafts.add, secret="s", one=LETTER, now=NOW)
    results = at_once(add, add, add, add)
    assert sorted(results) == ["RefusedFileError: too_many", "ok", "ok", "ok"]
    assert sorted(DraftAttachment.objects.values_list("slot", flat=True)) == [1, 2, 3]


@pytest.mark.django_db(transaction=True)
def test_sent_twice_at_once_its_files_come_along_once() -> None:
    question = make.question(make.world(), "geld")
    drafts.add(secret="s", one=LETTER, now=NOW)
    send = partial(drafts.send, secret="s", question=question, now=NOW)
    assert at_once(send, send) == ["ok", "ok"]
    assert _of_resident(question) == 1


@pytest.mark.django_db
def test_several_that_do_not_fit_are_refused_together() -> None:
    question = make.question(make.world(), "geld")
    services.add_by_resident(question=question, given=[LETTER, LETTER], now=NOW)
    with pytest.raises(RefusedFileError) as caught:
        services.add_by_resident(question=question, given=[LETTER, LETTER], now=NOW)
    assert caught.value.why == Refusal.TOO_MANY
    assert _of_resident(question) == 2


@pytest.mark.django_db
def test_files_of_a_draft_that_no_longer_fit_are_left_out() -> None:
    question = make.question(make.world(), "geld")
    services.add_by_resident(question=question, given=[LETTER, LETTER], now=NOW)
    for _n in range(3):
        drafts.add(secret="s", one=LETTER, now=NOW)
    drafts.send(secret="s", question=question, now=NOW)
    assert _of_resident(question) == 3
    assert not DraftAttachment.objects.exists()


@pytest.mark.django_db
def test_staff_have_ten_of_their_own() -> None:
    here = make.world()
    worker = make.intake_worker(here, "stimenz")
    question = make.question(here, "geld")
    pick_up.pick_up(question=question, by=worker, now=NOW)
    add = partial(services.add_by_staff, question=question, for_resident=True, by=worker, now=NOW)
    add(given=[LETTER] * 10)
    with pytest.raises(RefusedFileError):
        add(given=[LETTER])
    services.add_by_resident(question=question, given=[LETTER] * 3, now=NOW)
    assert Attachment.objects.count() == 13


@pytest.mark.django_db
def test_what_was_removed_makes_room_and_its_row_stays() -> None:
    question = make.question(make.world(), "geld")
    services.add_by_resident(question=question, given=[LETTER] * 3, now=NOW)
    first = Attachment.objects.filter(slot=1).get()
    for _twice in range(2):
        services.remove_by_resident(question=question, attachment_id=first.pk, now=NOW)
    services.add_by_resident(question=question, given=[LETTER], now=NOW)
    first.refresh_from_db()
    assert (first.payload, first.removed_at) == (None, NOW)
    assert attachments.room_left(question, Attachment.Source.RESIDENT) == 0


@pytest.mark.django_db
def test_nothing_is_added_to_a_question_that_was_withdrawn() -> None:
    question = make.question(make.world(), "geld")
    withdraw.withdraw(question=question, now=NOW)
    with pytest.raises(WrongMomentError):
        services.add_by_resident(question=question, given=[LETTER], now=NOW)


def _row(question: Question, **other: Any) -> dict[str, Any]:
    return {
        "id": uuid4(),
        "question_id": question.pk,
        "source": "resident",
        "slot": 1,
        "media_type": "application/pdf",
        "size": 4,
        "added_at": NOW,
        "for_resident": True,
        "scan": "clean",
        "wrapped_key": "x",
        "key_mark": "x",
        "payload": b"x" * 32,
        **other,
    }


def _insert(row: dict[str, Any]) -> None:
    names = ", ".join(row)
    places = ", ".join(["%s"] * len(row))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO intake_attachment ({names}) VALUES ({places})",  # noqa: S608
            list(row.values()),
        )


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"slot": 4},
        {"slot": 0},
        {"source": "staff"},  # nobody is named
        {"source": "somebody"},
        {"media_type": "text/html"},
        {"size": 10 * 1024 * 1024 + 1, "payload": b"x" * 32},
        {"payload": b"x" * 5_000},
        {"scan": "maybe"},
        {"payload": None},
        {"scan": "infected"},
    ],
    ids=str,
)
def test_plain_sql_can_not_break_it(wrong: dict[str, Any]) -> None:
    question = make.question(make.world(), "geld")
    _insert(_row(question))
    with pytest.raises(IntegrityError):
        _insert(_row(question, **{"slot": 2, **wrong}))
    with pytest.raises(IntegrityError):
        _insert(_row(question))  # the slot is taken


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    ["payload = NULL", "payload = '\\x00'", "slot = 2", "question_id = NULL", "added_at = now()"],
)
def test_a_file_is_neither_changed_nor_silently_emptied(change: str) -> None:
    question = make.question(make.world(), "geld")
    services.add_by_resident(question=question, given=[LETTER], now=NOW)
    for statement in (f"UPDATE intake_attachment SET {change}", "DELETE FROM intake_attachment"):  # noqa: S608
        with (
            pytest.raises(DatabaseError, match="intake_attachment"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)

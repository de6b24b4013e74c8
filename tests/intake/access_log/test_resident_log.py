"""The access log as the asker reads it: one line per person and day, and none left out."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from intake.access_log import open_question, resident_log
from intake.access_log.resident_log import EntriesOfDay, LogEntry, by_day
from tests.support import factories as make
from welzijn.accounts.models import User
from welzijn.audit.reasons import Reason

NOON = make.TUESDAY.replace(hour=11, minute=0)  # 12.00 in Amsterdam, in winter time
MINUTE = timedelta(minutes=1)


def minutes(*later: int) -> list[datetime]:
    return [NOON + timedelta(minutes=m) for m in later]


def lines(entries: list[LogEntry]) -> list[tuple[str, str]]:
    return [(one.text, one.in_words) for one in by_day(entries)]


def test_accesses_of_one_person_on_one_day_are_one_line_with_every_time() -> None:
    entries = [LogEntry(at, "Fatma heeft gelezen.", ("staff", 1)) for at in minutes(90, 20, 0)]
    assert lines(entries) == [("Fatma heeft gelezen.", "12.00, 12.20 en 13.30 uur")]


def test_another_day_person_or_reason_is_a_separate_line() -> None:
    entries = [
        LogEntry(NOON, "Fatma heeft gelezen.", ("staff", 1)),
        LogEntry(NOON, "Fatma heeft iets opgeschreven.", ("staff", 1)),
        LogEntry(NOON, "Kim heeft gelezen.", ("staff", 2)),
        LogEntry(NOON - timedelta(days=1), "Fatma heeft gelezen.", ("staff", 1)),
    ]
    assert [one.times for one in by_day(entries)] == [(entry.at,) for entry in entries]


def test_two_colleagues_shown_by_the_same_function_stay_two_lines() -> None:
    text = "Een medewerker van Stimenz heeft uw vraag gelezen."
    entries = [LogEntry(NOON, text, ("staff", 1)), LogEntry(NOON, text, ("staff", 2))]
    assert len(by_day(entries)) == 2


def test_a_day_ends_at_midnight_in_the_netherlands() -> None:
    late = make.TUESDAY.replace(hour=22, minute=59)  # 23.59 there
    entries = [
        LogEntry(at, "Fatma heeft gelezen.", ("staff", 1)) for at in (late + 2 * MINUTE, late)
    ]
    assert [one.in_words for one in by_day(entries)] == ["00.01 uur", "23.59 uur"]


def test_many_times_begin_with_their_number_and_each_can_still_be_read() -> None:
    entries = [
        LogEntry(at, "Fatma heeft gelezen.", ("staff", 1)) for at in minutes(0, 0, 5, 6, 7, 90)
    ]
    (line,) = by_day(entries)
    assert line.is_long
    assert line.in_words == "6 keer tussen 12.00 en 13.30 uur"
    assert line.all_times == "12.00 uur (2 keer), 12.05, 12.06, 12.07 en 13.30 uur"


def test_four_times_are_listed_without_a_count() -> None:
    (line,) = by_day([LogEntry(at, "Gelezen.", ("staff", 1)) for at in minutes(0, 1, 2, 3)])
    assert not line.is_long
    assert line.in_words == line.all_times == "12.00, 12.01, 12.02 en 12.03 uur"


@pytest.mark.django_db
def test_the_log_keeps_each_access_apart() -> None:
    here = make.world()
    question = make.question(here, "geld")
    worker = make.intake_worker(here, "stimenz")
    for at in minutes(0, 0, 30):
        _read(here, question.pk, worker, at)
    entries = resident_log.entries_for(question, now=NOON)
    assert len(entries) == 3
    (line,) = by_day(entries)
    assert isinstance(line, EntriesOfDay)
    assert line.in_words == "12.00 uur (2 keer) en 12.30 uur"


def _read(here: make.World, question_id: UUID, worker: User, at: datetime) -> None:
    open_question.open_question(
        user=worker,
        partnership=here.partnership,
        question_id=question_id,
        why=Reason.OPENED,
        now=at,
    )

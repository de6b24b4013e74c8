"""Writes the rows of every table from the temporary table `syn`, one statement per table."""

from datetime import datetime

from organisations.front_door.configuration import FrontDoor
from organisations.partnerships.models import Partnership
from welzijn.devtools.demo_data.random_sql import literal
from welzijn.devtools.demo_data.rows.contacts_and_handovers import contacts, handovers, referrals
from welzijn.devtools.demo_data.rows.follow_ups import follow_ups
from welzijn.devtools.demo_data.rows.people import people
from welzijn.devtools.demo_data.rows.questions import questions
from welzijn.devtools.demo_data.rows.records import access_events, report_rollup, timeline
from welzijn.devtools.demo_data.rows.sharing_bases import decisions, sharing

TEMPORARY = (
    "syn",
    "syn_submission",
    "syn_decided",
    "syn_day",
    "syn_works",
    "syn_workers",
    "syn_words",
    "syn_place",
    "syn_team",
)


def write_all(*, partnership: Partnership, front: FrontDoor, now: datetime) -> int:
    """Write all rows, including those that disabled triggers would make; return their number."""
    here = f"'{partnership.id}'::uuid"
    moment = f"{literal(now)}::timestamptz"
    return sum(
        (
            people(here),
            questions(here, front),
            sharing(front),
            decisions(here, front),
            contacts(moment),
            handovers(),
            referrals(),
            follow_ups(here, partnership, moment),
            timeline(front),
            access_events(here),
            report_rollup(),
        )
    )

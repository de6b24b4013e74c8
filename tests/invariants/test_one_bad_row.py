"""One bad row of a hundred stops no other, in any step of any sweep of the schedule."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.invariants.one_bad_row import (
    attachment_sweeps,
    casework_sweeps,
    message_sweeps,
    upkeep_sweeps,
)
from tests.invariants.one_bad_row.faults import MANY, Step
from welzijn.celery import app
from welzijn.sweeps.models import SetAside

pytestmark = pytest.mark.django_db
Cases = Callable[[], Iterator[tuple[Step, Callable[[], Any], Callable[[], int]]]]

# The scheduled tasks, each with its loops. A new task needs its own here.
SWEEPS: dict[str, tuple[Cases, ...]] = {
    "welzijn.notifications.tasks.sweep_messages": (
        message_sweeps.deliver,
        message_sweeps.daily_mail,
    ),
    "welzijn.notifications.tasks.reschedule_digests": (message_sweeps.stranded_lines,),
    "referrals.reminders.tasks.sweep_follow_ups": (
        casework_sweeps.remind,
        casework_sweeps.partnerships,
        casework_sweeps.start_clocks,
        casework_sweeps.give_back,
        casework_sweeps.cancel,
        casework_sweeps.uninvite,
    ),
    "referrals.retention.tasks.retain_what_is_due": (
        upkeep_sweeps.delete_questions,
        upkeep_sweeps.retention_of_partnerships,
    ),
    "referrals.reports.tasks.publish_figures": (
        upkeep_sweeps.figures_of_partnerships,
        upkeep_sweeps.figures_of_quarters,
    ),
    "intake.ask.tasks.delete_expired_rows": (upkeep_sweeps.delete_expired,),
    "intake.attachments.tasks.look_after_attachments": (
        attachment_sweeps.scans,
        attachment_sweeps.keys,
    ),
    "welzijn.audit.chain.tasks.seal_access_log": (upkeep_sweeps.seal,),
    "welzijn.audit.chain.tasks.anchor_access_log": (upkeep_sweeps.anchor,),
    "welzijn.sweeps.tasks.forget_old_failures": (upkeep_sweeps.forget,),
    "organisations.roles.tasks.notify_of_duty_gaps": (upkeep_sweeps.duty_gaps_of_partnerships,),
    "organisations.roles.tasks.notify_of_granted_roles": (upkeep_sweeps.granted_roles,),
    "organisations.services.tasks.ask_keepers_of_services": (
        upkeep_sweeps.services_of_partnerships,
    ),
}


def test_every_scheduled_task_has_its_faults_here() -> None:
    app.loader.import_default_modules()
    scheduled = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert scheduled == set(SWEEPS)


@pytest.mark.parametrize("cases", [one for group in SWEEPS.values() for one in group])
def test_ninety_nine_of_a_hundred_are_done(cases: Cases, caplog: pytest.LogCaptureFixture) -> None:
    done: dict[str, int] = {}
    for step, work, count in cases():
        with step.strikes():
            work()
            done[step.name] = count()
            assert SetAside.objects.exclude(sweep="old").exists(), f"{step.name}: no alarm"
    # The bad one too, where the step comes after its work was done.
    assert {step: count for step, count in done.items() if count < MANY - 1} == {}
    assert done
    assert "Dorpsstraat" not in caplog.text

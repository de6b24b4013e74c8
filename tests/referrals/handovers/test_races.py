"""Two clicks at the same moment: exactly one outcome, and the other gets a sentence.

Real transactions on connections of their own, many rounds. The rounds reuse one question: each
ends with the handover withdrawn or revoked, and the next one proposes anew.
"""

import os
import threading
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection, transaction

from intake.questions.models import Question, SharingBasis
from intake.questions.status import WrongMomentError, lock
from referrals.casework import absence, pick_up
from referrals.casework import assign as casework_assign
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.follow_ups.models import FollowUp
from referrals.handovers import completion as handover_completion
from referrals.handovers import (
    services as handover_services,
)
from referrals.handovers import (
    state_machine as handover_state_machine,
)
from referrals.handovers.models import Handover
from referrals.reminders import sweep as reminder_sweep
from referrals.resident_portal import consent_withdrawal
from tests.referrals.follow_ups.due import the
from tests.support import factories as make
from welzijn.core.working_days import local_moment
from welzijn.notifications.models import Message

pytestmark = pytest.mark.django_db(transaction=True)
# A run by hand takes thousands: RACE_ROUNDS=2000.
ROUNDS = int(os.environ.get("RACE_ROUNDS", "25"))
NOW = make.TUESDAY


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Run all at the same moment, each on its own connection; gives "ok" or the error's name."""
    results = [""] * len(acts)
    barrier = threading.Barrier(len(acts))

    def run(place: int, act: Callable[[], object]) -> None:
        barrier.wait()
        try:
            act()
            results[place] = "ok"
        except (WrongMomentError, NotAllowedError) as error:
            results[place] = type(error).__name__ if str(error) else "without a sentence"
        except Exception as error:  # noqa: BLE001 - any other error is a failure, named in the assert
            results[place] = f"{type(error).__name__}: {error}"
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return results


class Case:
    """A question at Stimenz with a handover to Jeugd-Punt."""

    def __init__(self) -> None:
        make.fresh_front_doors()
        self.here = make.world()
        self.sender = make.intake_worker(self.here, "stimenz")
        self.receivers = [make.intake_worker(self.here, "jeugd-punt") for _ in range(2)]
        self.question = make.question(self.here, "geld")
        pick_up.pick_up(question=self.question, by=self.sender, now=NOW)

    def offered(self) -> Handover:
        return handover_services.propose(
            question=self.question,
            to=self.here["jeugd-punt"],
            why="Zij kennen de school.",
            summary="Vragen over school.",
            by=self.sender,
            now=NOW,
            yes_how=SharingBasis.How.PHONE,
        )

    def doors(self) -> set[str | None]:
        """The organisations with a valid basis."""
        return set(
            SharingBasis.objects.filter(question=self.question, ended_at=None).values_list(
                "organisation__slug", flat=True
            )
        )


def test_the_resident_stops_it_while_the_receiver_accepts() -> None:
    case = Case()
    orders = set()
    for _ in range(ROUNDS):
        offered = case.offered()
        accepted, stopped = at_once(
            partial(handover_services.accept, handover=offered, by=case.receivers[0], now=NOW),
            partial(handover_services.resident_stops, handover=offered, now=NOW),
        )
        assert stopped == "ok"
        assert accepted in {"ok", "WrongMomentError"}
        orders.add(accepted)
        offered.refresh_from_db()
        assert offered.status == "revoked"
        assert case.doors() == {"stimenz"}
        assert Question.objects.get().lead == case.here["stimenz"]
        assert not FollowUp.objects.filter(kind="handover", status="open").exists()


def test_two_receivers_two_clicks_one_answer() -> None:
    case = Case()
    for _ in range(ROUNDS):
        offered = case.offered()
        results = at_once(
            *(
                partial(handover_services.accept, handover=offered, by=who, now=NOW)
                for who in case.receivers
            )
        )
        assert sorted(results) == ["WrongMomentError", "ok"]
        offered.refresh_from_db()
        assert offered.answered_by == case.receivers[results.index("ok")]
        handover_services.withdraw(handover=offered, by=case.sender, now=NOW)


def test_yes_and_no_at_the_same_moment_are_one_answer() -> None:
    case = Case()
    for _ in range(ROUNDS):
        offered = case.offered()
        yes, no = at_once(
            partial(handover_services.accept, handover=offered, by=case.receivers[0], now=NOW),
            partial(
                handover_services.decline,
                handover=offered,
                reason="vol",
                by=case.receivers[1],
                now=NOW,
            ),
        )
        offered.refresh_from_db()
        # A no may also come after a yes; a yes never after a no.
        assert no == "ok" or yes == "ok"
        if no == "ok":
            assert (offered.status, case.doors()) == ("declined", {"stimenz"})
        else:
            assert (offered.status, no) == ("accepted", "WrongMomentError")
            handover_services.withdraw(handover=offered, by=case.sender, now=NOW)


def test_the_residents_yes_to_the_lead_ends_while_the_last_step_is_taken() -> None:
    for _ in range(max(2, ROUNDS // 10)):
        case = Case()
        accepted = handover_services.accept(handover=case.offered(), by=case.receivers[0], now=NOW)
        basis = SharingBasis.objects.get(organisation=case.here["stimenz"], ended_at=None)
        moved, revoked = at_once(
            partial(
                handover_completion.met,
                handover=accepted,
                how="phone",
                recorded_by=case.receivers[0],
                now=NOW,
            ),
            partial(consent_withdrawal.revoke, question=case.question, basis=basis, now=NOW),
        )
        assert revoked == "ok"
        question = Question.objects.get(pk=case.question.pk)
        if moved == "ok":
            assert (question.lead.slug, case.doors()) == ("jeugd-punt", {"jeugd-punt"})
        else:
            assert question.lead_team == case.here.triage
            assert case.doors() == {None}
        _empty()


def _empty() -> None:
    from django.core.management import call_command

    call_command("flush", verbosity=0, interactive=False)


def test_two_colleagues_pick_up_at_once() -> None:
    case = Case()
    first, second = case.sender, make.intake_worker(case.here, "stimenz")
    for _ in range(ROUNDS // 2):
        pick_up.put_back(question=case.question, by=case.sender, why="", now=NOW)
        results = at_once(
            *(
                partial(pick_up.pick_up, question=case.question, by=who, now=NOW)
                for who in (first, second)
            )
        )
        assert sorted(results) == ["WrongMomentError", "ok"]
        winner = (first, second)[results.index("ok")]
        assert Question.objects.get().assigned_to == winner
        case.sender = winner


def test_two_beats_at_once_tell_everybody_once() -> None:
    case = Case()
    questions = [case.question]
    for _ in range(30):
        question = make.question(case.here, "geld")
        pick_up.pick_up(question=question, by=case.sender, now=NOW)
        questions.append(question)
    due = the(case.question, "first_contact").due_on
    now = local_moment(due) + timedelta(hours=6, minutes=1)
    assert (
        at_once(*(partial(reminder_sweep.sweep, now=now, batch=7) for _ in range(4))) == ["ok"] * 4
    )
    # Whoever skipped a locked row comes back for it: nothing is lost.
    reminder_sweep.sweep(now=now)
    lines = Message.objects.filter(template="followup_due").values_list("subject_id", flat=True)
    assert len(lines) == len(set(lines)) == len(questions)


def test_handing_on_a_sick_colleagues_work_takes_nothing_from_who_has_it_by_then() -> None:
    here = make.world()
    sick, heir, third = (make.intake_worker(here, "stimenz") for _ in range(3))
    boss = make.coordinator(here, "stimenz")
    question = make.question(here, "geld")
    pick_up.pick_up(question=question, by=sick, now=NOW)
    for _round in range(ROUNDS):
        casework_assign.assign(
            question=Question.objects.get(pk=question.pk),
            to=sick,
            by=boss,
            now=NOW,
            reason="druk",
        )
        hand_on = partial(
            absence.hand_on_everything,
            worker=sick,
            to=heir,
            partnership=here.partnership,
            by=boss,
            now=NOW,
            reason="ziek",
        )
        to_third = partial(
            casework_assign.assign,
            question=Question.objects.get(pk=question.pk),
            to=third,
            by=boss,
            now=NOW,
            reason="druk",
        )
        assert at_once(hand_on, hand_on, to_third) == ["ok"] * 3
        assert Question.objects.get(pk=question.pk).assigned_to == third


def test_who_holds_a_question_holds_up_no_row_that_points_at_it() -> None:
    # Else two that change one question each, and write a line at the other's, wait for each other.
    case = Case()
    offered, question = case.offered(), make.question(case.here, "geld")
    shown = []

    def points_at_both() -> None:
        for pk in (question.pk, offered.question_id):
            # What PostgreSQL does for a foreign key; NOWAIT says at once that it would wait.
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT 1 FROM intake_question WHERE id = %s FOR KEY SHARE NOWAIT", [pk]
                )
                shown.append(cursor.fetchone())
        connection.close()

    with transaction.atomic():
        lock(question)
        handover_state_machine.lock(offered)
        other = threading.Thread(target=points_at_both)
        other.start()
        other.join()
    assert shown == [(1,), (1,)]

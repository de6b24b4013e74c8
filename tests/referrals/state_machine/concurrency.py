"""Two people at the same moment: exactly one outcome, as if they had come one after the other.

Both orders are first tried and taken back; then both people act at once, in transactions of their
own. What they are told and what stands in the database afterwards has to be that of one of the
orders. A deadlock, a constraint that answers instead of a sentence, or a mixture of both fails.
"""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

from django.db import connection, transaction
from django.db.models import TextField
from django.db.models.functions import Cast
from hypothesis import strategies as st
from hypothesis.stateful import rule

from intake.households import links as household_links
from intake.households.models import HouseholdLink
from intake.questions.models import Question, SharingBasis, TimelineEntry
from referrals.casework import (
    assign as casework_assign,
)
from referrals.casework import (
    close as casework_close,
)
from referrals.casework import (
    contact_moments,
    pick_up,
)
from referrals.casework import (
    reopen as casework_reopen,
)
from referrals.casework import (
    support as casework_support,
)
from referrals.casework import (
    withdraw as casework_withdraw,
)
from referrals.casework_base.grounds import Ground
from referrals.casework_base.models import ContactMoment
from referrals.conferences import invitations as conference_invitations
from referrals.conferences import minutes as conference_minutes
from referrals.conferences import planning as conference_planning
from referrals.conferences.models import AgendaItem, Conference, Participant
from referrals.follow_ups import services as follow_up_services
from referrals.follow_ups import staff_actions as follow_up_actions
from referrals.follow_ups.models import FollowUp
from referrals.handovers import clarifications
from referrals.handovers import completion as handover_completion
from referrals.handovers import services as handover_services
from referrals.handovers.models import Handover, HandoverTalk
from referrals.reminders import sweep as reminder_sweep
from referrals.resident_portal import consent_withdrawal
from tests.referrals.state_machine.surroundings import REFUSALS, Around, asked
from welzijn.core.working_days import local_date
from welzijn.notifications.models import Message

Act = Callable[[], object]
PHONE, ONLINE = SharingBasis.How.PHONE, SharingBasis.How.ONLINE
get = Question.objects.get


def acts_on(walk: Around, pk: Any) -> dict[str, Act]:
    """What people could do at this moment; whoever acts is chosen now, what they act on then."""
    question, now, cast = get(pk=pk), walk.now, walk.cast
    lead, coordinator = walk.user(-1, question), cast.users[7]
    acts = _with_the_question(walk, question, lead, coordinator)
    offered = question.handovers.order_by("-proposed_at", "-id").first()
    if offered is not None:
        acts |= _with_the_handover(walk, offered, lead)
    item = question.agenda_items.order_by("-added_at", "-id").first()
    acts["ask for an MDO"] = lambda: conference_planning.propose(
        question=get(pk=pk), why="Samen.", by=lead, now=now
    )
    acts["resident asks for an MDO"] = lambda: conference_planning.propose(
        question=get(pk=pk), why="Samen.", now=now
    )
    if item is not None:
        acts |= _with_the_mdo(walk, item, lead)
    others = [other for other in walk.questions if other != pk]
    for number, other in enumerate(others):
        acts[f"link {number}"] = lambda other=other: household_links.link(  # type: ignore[misc]
            question=get(pk=pk), other=get(pk=other), now=now
        )
    acts["leave"] = lambda: household_links.leave(question=get(pk=pk), now=now)
    acts["sweep"] = lambda: reminder_sweep.sweep(now=now)
    return acts


def _with_the_question(
    walk: Around, question: Question, lead: Any, coordinator: Any
) -> dict[str, Act]:
    pk, now, cast = question.pk, walk.now, walk.cast
    day = local_date(now) + timedelta(days=2)
    acts: dict[str, Act] = {
        "pick up": lambda: pick_up.pick_up(question=get(pk=pk), by=lead, now=now),
        "put back": lambda: pick_up.put_back(question=get(pk=pk), by=lead, why="vol", now=now),
        "assign": lambda: casework_assign.assign(
            question=get(pk=pk), to=cast.users[1], by=coordinator, now=now
        ),
        "move": lambda: casework_assign.move_lead(
            question=get(pk=pk), to=cast.here["actief"], ground=Ground(), by=coordinator, now=now
        ),
        "speak": lambda: contact_moments.log_contact(
            question=get(pk=pk),
            way=ContactMoment.Way.PHONE,
            outcome=ContactMoment.Outcome.SPOKEN,
            by=lead,
            now=now,
        ),
        "not reached": lambda: contact_moments.log_contact(
            question=get(pk=pk),
            way=ContactMoment.Way.PHONE,
            outcome=ContactMoment.Outcome.NOT_REACHED,
            by=lead,
            now=now,
        ),
        "plan": lambda: follow_up_actions.plan(
            question=get(pk=pk), what="bellen", due_on=day, by=lead, now=now
        ),
        "propose": lambda: handover_services.propose(
            question=get(pk=pk),
            to=cast.here["jeugd-punt"],
            why="Zij kunnen dit goed.",
            summary="Iemand met vragen over geld.",
            by=lead,
            yes_how=PHONE,
            now=now,
        ),
        "bring in": lambda: casework_support.bring_in(
            question=get(pk=pk),
            organisation=cast.here["jeugd-punt"],
            ground=Ground(),
            by=lead,
            now=now,
        ),
        "close": lambda: casework_close.close(
            question=get(pk=pk), result=Question.Result.HELPED, words="Klaar.", by=lead, now=now
        ),
        "withdraw": lambda: casework_withdraw.withdraw(question=get(pk=pk), now=now),
        "reopen": lambda: casework_reopen.resident_reopens(question=get(pk=pk), now=now),
        "unhappy": lambda: casework_close.give_verdict(question=get(pk=pk), verdict=1, now=now),
        "hand on": lambda: casework_assign.hand_on_everything(
            worker=lead,
            to=cast.users[1],
            partnership=cast.here.partnership,
            by=coordinator,
            now=now,
        ),
    }
    for number, basis in enumerate(question.sharing_bases.filter(ended_at=None).order_by("id")):
        acts[f"revoke {number}"] = lambda basis=basis.pk: consent_withdrawal.revoke(  # type: ignore[misc]
            question=get(pk=pk), basis=SharingBasis.objects.get(pk=basis), now=now
        )
    due = FollowUp.objects.filter(
        question=pk, status="open", kind__in=follow_up_services.MOVABLE
    ).first()
    if due is not None:
        row = FollowUp.objects.get
        acts["do what is due"] = lambda: follow_up_actions.done(
            follow_up=row(pk=due.pk), by=lead, now=now
        )
        acts["move what is due"] = lambda: follow_up_actions.move(
            follow_up=row(pk=due.pk), due_on=day, by=lead, now=now
        )
    return acts


def _with_the_handover(walk: Around, offered: Handover, lead: Any) -> dict[str, Act]:
    now, one = walk.now, lambda: Handover.objects.get(pk=offered.pk)
    first = walk.receiver(-1, offered)
    second = walk.receiver(-1, offered, another=True)
    talk = HandoverTalk.objects.filter(handover=offered, needs_yes=True).last()
    acts: dict[str, Act] = {
        "resident says yes": lambda: handover_services.resident_says(
            handover=one(), yes=True, how=ONLINE, now=now
        ),
        "resident says no": lambda: handover_services.resident_says(
            handover=one(), yes=False, how=ONLINE, now=now
        ),
        "resident stops": lambda: handover_services.resident_stops(handover=one(), now=now),
        "accept": lambda: handover_services.accept(handover=one(), by=first, now=now),
        "accept too": lambda: handover_services.accept(handover=one(), by=second, now=now),
        "decline": lambda: handover_services.decline(
            handover=one(), reason="vol", by=second, now=now
        ),
        "ask": lambda: clarifications.ask(handover=one(), text="Hoe dan?", by=first, now=now),
        "answer": lambda: clarifications.answer(handover=one(), text="Zo.", by=lead, now=now),
        "take back": lambda: handover_services.withdraw(handover=one(), by=lead, now=now),
        "met": lambda: handover_completion.met(
            handover=one(), how="phone", recorded_by=first, now=now
        ),
        "met online": lambda: handover_completion.met(handover=one(), how="online", now=now),
        "plan the meeting": lambda: handover_completion.plan_meeting(
            handover=one(), at=now + timedelta(days=2), where="Hier", by=lead, now=now
        ),
    }
    if talk is not None:
        said = HandoverTalk.objects.get
        acts["yes to the answer"] = lambda: clarifications.resident_says(
            talk=said(pk=talk.pk), yes=True, how=ONLINE, now=now
        )
        acts["no to the answer"] = lambda: clarifications.resident_says(
            talk=said(pk=talk.pk), yes=False, how=PHONE, recorded_by=lead, now=now
        )
    return acts


def _with_the_mdo(walk: Around, found: AgendaItem, lead: Any) -> dict[str, Act]:
    now, cast = walk.now, walk.cast
    item = lambda: AgendaItem.objects.get(pk=found.pk)  # noqa: E731 - read anew by who acts
    mdo = lambda: Conference.objects.get(pk=found.conference_id)  # noqa: E731
    starts = now + timedelta(days=3)
    acts: dict[str, Act] = {
        "invite": lambda: conference_invitations.invite(
            conference=mdo(), member=cast.members[2], by=lead, now=now
        ),
        "invite too": lambda: conference_invitations.invite(
            conference=mdo(), member=cast.members[2], by=cast.users[7], now=now
        ),
        "invite outside": lambda: conference_invitations.invite_outside(
            conference=mdo(),
            name="Dokter Vos",
            works_at="Huisartsen Dorp",
            email="praktijk@voordeur.example",
            by=lead,
            now=now,
        ),
        "share": lambda: conference_planning.share(
            item=item(), organisation=cast.here["jeugd-punt"], how=PHONE, by=lead, now=now
        ),
        "plan the MDO": lambda: conference_planning.plan(
            conference=mdo(),
            starts_at=starts,
            ends_at=starts + timedelta(hours=1),
            place="Hier",
            by=lead,
            now=now,
        ),
        "call it off": lambda: conference_planning.cancel(
            conference=mdo(), why="Ziek.", by=lead, now=now
        ),
        "not invited": lambda: conference_planning.say_about_resident(
            item=item(), invited=False, why_not="U bent op reis.", by=lead, now=now
        ),
        "write": lambda: conference_minutes.write(
            item=item(),
            answers=[],
            plan="Samen bellen.",
            best="yes",
            best_words="",
            minutes="",
            by=lead,
            now=now,
        ),
        "agree": lambda: conference_minutes.add_action(
            item=item(),
            what="bellen",
            participant=None,
            due_on=local_date(now),
            by=lead,
            now=now,
        ),
    }
    somebody = Participant.objects.filter(conference=found.conference_id, removed_at=None).last()
    if somebody is not None:
        who = Participant.objects.get
        acts["take off"] = lambda: conference_invitations.remove(
            participant=who(pk=somebody.pk), by=lead, now=now
        )
        acts["comes"] = lambda: conference_invitations.answer(
            participant=who(pk=somebody.pk), comes=True, now=now
        )
    return acts


def picture() -> dict[str, Any]:
    """All that people can tell apart afterwards; no ids of rows that were made meanwhile."""
    homes: dict[Any, set[Any]] = {}
    for home, person in HouseholdLink.objects.filter(ended_at=None).values_list(
        "household", "person"
    ):
        homes.setdefault(home, set()).add(person)

    # Who is invited from outside is a new row in each order; their address is what stays.
    outside = {
        f"participant:{pk}": email for pk, email in Participant.objects.values_list("pk", "email")
    }

    def rows(queryset: Any, *names: str) -> Counter[Any]:
        return Counter(queryset.values_list(*names))

    return {
        "questions": rows(
            Question.objects, "id", "status", "lead", "lead_team", "assigned_to", "due_on", "result"
        ),
        "handovers": rows(
            Handover.objects,
            "question",
            "receiver",
            "status",
            "due_for",
            "due_on",
            "answered_by",
            "meeting_at",
            "step",
        ),
        "talk": rows(HandoverTalk.objects, "text", "resident_yes_how", "refused_at"),
        "bases": rows(
            SharingBasis.objects.filter(ended_at=None), "question", "organisation", "team", "kind"
        ),
        "due": rows(
            FollowUp.objects.filter(status="open"),
            "question",
            "kind",
            "due_on",
            "organisation",
            "team",
            "worker",
            "waits_for",
        ),
        "messages": Counter(
            (template, outside.get(key, key), kind)
            for template, key, kind in Message.objects.values_list(
                "template", "recipient_key", "subject_kind"
            )
        ),
        "timeline": rows(
            TimelineEntry.objects.annotate(said=Cast("parameters", TextField())),
            "question",
            "kind",
            "sentence",
            "said",
        ),
        "mdo": rows(Conference.objects, "status", "starts_at", "sequence"),
        "participants": rows(Participant.objects, "user", "email", "removed_at", "comes", "told"),
        "agenda": rows(AgendaItem.objects, "question", "resident_invited", "told", "version"),
        "households": sorted(map(sorted, homes.values())),
    }


class Together(Around):
    """Two at once."""

    threads: ThreadPoolExecutor

    @asked
    @rule(q=st.integers(0, 30), first=st.integers(0, 200), second=st.integers(0, 200))
    def two_at_once(self, q: int, first: int, second: int) -> None:
        """Whatever two people do at the same moment, it is as if one had come first."""
        question = self.question(q)
        acts = acts_on(self, question.pk)
        names = sorted(acts)
        pair = (names[first % len(names)], names[second % len(names)])
        one, two = (acts[name] for name in pair)
        self.touched = list(self.questions)
        said_first, after_first = self._in_order(one, two)
        said_second, after_second = self._in_order(two, one)
        expected = [(said_first, after_first), (said_second[::-1], after_second)]
        barrier = Barrier(2)
        running = [self.threads.submit(_run, act, barrier) for act in (one, two)]
        said = [task.result(timeout=60) for task in running]
        self._settle()
        found = (said, picture())
        assert "refused without a sentence" not in said, pair
        assert found in expected, (pair, said, [_difference(found[1], e[1]) for e in expected])
        self.reached["two at once"] += 1
        if "ok" in said and set(said) != {"ok"}:
            self.reached["one of two refused"] += 1

    # A walk leaves some of its rules out; these are to be in most.
    @asked
    @rule(q=st.integers(0, 30), first=st.integers(0, 200), second=st.integers(0, 200))
    def two_others_at_once(self, q: int, first: int, second: int) -> None:
        """As above."""
        self.two_at_once(q, first, second)

    @asked
    @rule(q=st.integers(0, 30), first=st.integers(0, 200))
    def the_same_twice_at_once(self, q: int, first: int) -> None:
        """A double click."""
        self.two_at_once(q, first, first)

    def _in_order(self, one: Act, two: Act) -> tuple[list[str], dict[str, Any]]:
        with transaction.atomic():
            said = [_outcome(one), _outcome(two)]
            self._settle()
            seen = picture()
            transaction.set_rollback(True)
        return said, seen

    def _settle(self) -> None:
        """A sweep passes over what somebody else holds; the next one finds it."""
        reminder_sweep.sweep(now=self.now)


def _outcome(act: Act) -> str:
    try:
        with transaction.atomic():
            act()
    except REFUSALS as error:
        return type(error).__name__ if str(error) else "refused without a sentence"
    return "ok"


def _run(act: Act, barrier: Barrier) -> str:
    barrier.wait(timeout=30)
    return _outcome(act)


def _difference(found: dict[str, Any], wanted: dict[str, Any]) -> dict[str, Any]:
    return {
        name: (found[name] - wanted[name], wanted[name] - found[name])
        if isinstance(found[name], Counter)
        else (found[name], wanted[name])
        for name in found
        if found[name] != wanted[name]
    }


def close_connections(threads: ThreadPoolExecutor) -> None:
    """Each thread ends its own connection; then the threads end."""
    barrier = Barrier(2)

    def leave() -> None:
        barrier.wait(timeout=30)
        connection.close()

    for task in [threads.submit(leave), threads.submit(leave)]:
        task.result(timeout=60)
    threads.shutdown()

"""What people can do with a question, its handover and its MDO, for the concurrency rules."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from intake.danger import listening
from intake.danger.models import HeardDanger
from intake.households import links as household_links
from intake.questions.models import Question, SharingBasis
from referrals.casework import (
    absence,
    contact_moments,
    pick_up,
)
from referrals.casework import (
    assign as casework_assign,
)
from referrals.casework import (
    close as casework_close,
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
from referrals.conferences import agenda_requests as conference_asking
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
from tests.referrals.state_machine.surroundings import Around
from welzijn.core.working_days import local_date

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
        if item is not None:
            acts[f"ask about {number}"] = lambda other=other: conference_asking.ask(  # type: ignore[misc]
                conference=item.conference,
                reference=get(pk=other).reference,
                why="rust",
                by=lead,
                now=now,
            )
    if (asked := conference_asking.open_for(question).first()) is not None:
        acts["join"] = lambda: conference_asking.join(
            request=asked, why="Samen.", how=PHONE, by=lead, now=now
        )
        acts["decline"] = lambda: conference_asking.decline(request=asked, by=lead, now=now)
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
            question=get(pk=pk), to=cast.users[1], by=coordinator, now=now, reason="druk"
        ),
        "move": lambda: casework_assign.move_lead(
            question=get(pk=pk),
            to=cast.here["actief"],
            ground=Ground(),
            by=coordinator,
            now=now,
            reason="druk",
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
        "danger heard": lambda: casework_withdraw.add_words(
            question=get(pk=pk), words="mijn man slaat mij", now=now
        ),
        "danger now": lambda: listening.answer_of(
            question=get(pk=pk), heard=None, answer=HeardDanger.Answer.NOW, now=now
        ),
        "unhappy": lambda: casework_close.give_verdict(question=get(pk=pk), verdict=1, now=now),
        "hand on": lambda: absence.hand_on_everything(
            worker=lead,
            to=cast.users[1],
            partnership=cast.here.partnership,
            by=coordinator,
            now=now,
            reason="ziek",
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
        shown = HandoverTalk.objects.get
        acts["yes to the answer"] = lambda: clarifications.resident_says(
            talk=shown(pk=talk.pk), yes=True, how=ONLINE, now=now
        )
        acts["no to the answer"] = lambda: clarifications.resident_says(
            talk=shown(pk=talk.pk), yes=False, how=PHONE, recorded_by=lead, now=now
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
            now=starts,
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

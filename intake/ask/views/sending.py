"""Sending a question from the public form: at the end, or at once where there is danger now."""

from contextlib import nullcontext
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override

from intake.access_log import resident_log
from intake.ask.conversation import Conversation, Step
from intake.ask.forms.contact import mail_sender
from intake.ask.views.busy import before_sending
from intake.ask.views.guards import Door
from intake.attachments import drafts as draft_files
from intake.danger import alarm, listening
from intake.floods.gate import Load, first_sent
from intake.floods.suspicion import Arrived
from intake.households import links as household_links
from intake.people.forms_of_address import pick
from intake.questions import status
from intake.questions.models import Question
from intake.resident_access import code_entry, codes
from intake.resident_sign_in import asking
from intake.submission.complete import complete
from intake.submission.routing_preview import Preview, preview
from intake.submission.submission import ContactChoices, Submission
from intake.submission.submit import Receipt, submit
from organisations.directory.display_names import display_name


def send(
    request: HttpRequest,
    door: Door,
    conversation: Conversation,
    submission: Submission,
    chosen: Preview,
    load: Load,
) -> Receipt:
    """Create the question of this conversation, once.

    Raises OtherOrganisationError as `submit` does.
    """
    # Without a family to link to, or files, `submit` writes one statement: a transaction by itself.
    # What is stored is Dutch, whichever language the page has.
    more = conversation.family or conversation.has_files
    with override("nl"), transaction.atomic() if more else nullcontext():
        receipt = submit(
            partnership=door.partnership,
            submission=submission,
            now=door.now,
            chosen=chosen,
            arrived=_arrived(request, door, conversation, load, chosen),
        )
        if conversation.family:
            household_links.link_new_question(
                origin_id=conversation.family, question=receipt.question, now=door.now
            )
        _send_files(conversation, receipt.question, door)
    asking.link_sent(request, door.partnership, receipt.question, door.now)
    return receipt


def _send_files(conversation: Conversation, question: Question, door: Door) -> None:
    if conversation.has_files:
        draft_files.send(secret=conversation.files_secret, question=question, now=door.now)


def _arrived(
    request: HttpRequest, door: Door, conversation: Conversation, load: Load, chosen: Preview
) -> Arrived:
    words = conversation.typed(Step.CALL) or conversation.question_text
    return Arrived.judged(
        partnership_id=door.partnership.id,
        load=load,
        words=words,
        begun=conversation.begun,
        sent=first_sent(request, conversation.key, door.now),
        danger=chosen.outcome.danger or conversation.in_danger or conversation.needs_early_review,
        now=door.now,
    )


def raise_alarm(
    request: HttpRequest, door: Door, conversation: Conversation
) -> HttpResponse | None:
    """Send what is known and tell the team, in this step: danger is said to be now.

    The page after it may then say so. Where the question was sent already, that one is marked.
    Returns the page of busy times, if the browser has to wait; nothing is sent then.
    """
    if conversation.alarm:
        return None
    if conversation.receipt:
        _mark_sent(door, conversation)
        return None
    load = before_sending(request, door, conversation)
    if isinstance(load, HttpResponse):
        return load
    conversation.danger = True
    submission = conversation.to_submission()
    chosen = preview(partnership=door.partnership, submission=submission, now=door.now)
    receipt = send(request, door, conversation, submission, chosen, load)
    conversation.alarm = receipt_context(conversation, receipt, submission)
    return None


def _mark_sent(door: Door, conversation: Conversation) -> None:
    question = _question_of(door, conversation.receipt)
    if question is None:
        return
    with transaction.atomic():
        heard = listening.say_now(question=status.lock(question), kinds=[], now=door.now)
    team_notified = alarm.was_notified(heard.pk)
    conversation.alarm = {
        **(conversation.receipt or {}),
        "danger": True,
        "team_notified": team_notified,
    }


def _question_of(door: Door, sent: dict[str, Any] | None) -> Question | None:
    pk = (sent or {}).get("question")
    return Question.objects.filter(pk=pk, partnership=door.partnership).first() if pk else None


def open_sent(request: HttpRequest, door: Door, receipt: dict[str, Any]) -> bool:
    """Open the page of the question that this browser sent, as reference and code would do.

    Only with the code that still works, and the look is in the log like any other.
    """
    question, code = _question_of(door, receipt), receipt.get("code", "")
    if question is None or not codes.matches(question.pk, code, question.code_digest):
        return False
    code_entry.remember(request, question, door.now)
    resident_log.record_own_look(question, now=door.now)
    return True


def question_in_danger(door: Door, conversation: Conversation) -> Question | None:
    """Return the question whose alarm went out from this conversation; None without one."""
    return _question_of(door, conversation.alarm)


def add_what_is_new(door: Door, conversation: Conversation) -> None:
    """Add what was answered since to the question whose alarm went out; see `complete`."""
    question = question_in_danger(door, conversation)
    if question is not None and not conversation.receipt:
        with override("nl"):
            complete(
                question=question,
                submission=_without_old_reach(conversation),
                front=door.front,
                now=door.now,
            )
            _send_files(conversation, question, door)


def _without_old_reach(conversation: Conversation) -> Submission:
    """What was said on the danger page about contact holds until contact is answered anew."""
    submission = conversation.to_submission()
    return replace(submission, reach=ContactChoices()) if conversation.reach_holds else submission


def receipt_context(
    conversation: Conversation, receipt: Receipt, submission: Submission
) -> dict[str, Any]:
    """Return what the last page shows while the draft lasts; no words of the resident."""
    je = conversation.says_je
    # After a no, the decision's reason is about an organisation that doesn't have the question.
    danger_denied = pick(
        je,
        _("wij daar eerst uitzoeken wie u het beste kan helpen"),
        _("wij daar eerst uitzoeken wie jou het beste kan helpen"),
    )
    return {
        "question": str(receipt.question.pk),
        "reference": receipt.reference,
        "code": receipt.code,
        "who": display_name(receipt.organisation, receipt.team),
        "reason": danger_denied if submission.shares is False else receipt.reason,
        "description": "" if receipt.team else receipt.organisation.description,
        "promised_on": receipt.promised_on.isoformat(),
        "reached_by": reached_by(conversation),
        "mails": "email" in submission.reach.ways,
        "mail_says_who": bool(submission.reach.may_say_who),
        "mail_sender": mail_sender(),
        "asks_subject": asks_subject(conversation),
        "je": je,
        "danger": submission.danger,
        "team_notified": submission.danger and alarm.was_notified(receipt.question.pk),
        "calls": conversation.channel == Question.Channel.CALL_ME,
    }


def asks_subject(conversation: Conversation) -> bool:
    """Whether the person it is about is asked too: not the asker, nor a child below twelve."""
    young = conversation.answer(Step.PLACE).get("age_band") == "0-11"
    return conversation.about != Question.About.SELF and not (
        conversation.about == Question.About.CHILD and young
    )


def reached_by(conversation: Conversation) -> str:
    """Return the first way to reach the resident: "phone", "email", "sms", or "" for none."""
    if conversation.channel == Question.Channel.CALL_ME:
        return "phone" if conversation.answer(Step.CALL).get("phone") else ""
    ways = conversation.answer(Step.CONTACT).get("ways", [])
    return next((way for way in ("phone", "email", "sms") if way in ways), "")

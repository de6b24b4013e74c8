"""The check page before sending, and the page with reference and code after it."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from intake.ask.conversation import Conversation, Step
from intake.ask.forms import CheckForm
from intake.ask.forms.words import matched_words
from intake.ask.opening_hours import join_words
from intake.ask.views.busy import before_sending
from intake.ask.views.conversation_storage import load_conversation, path_of, save_and_redirect
from intake.ask.views.front import who_reads
from intake.ask.views.guards import Door, public_page, render_page
from intake.ask.views.sending import (
    add_what_is_new,
    asks_subject,
    open_sent,
    reached_by,
    receipt_context,
    send,
)
from intake.ask.views.steps import EXPIRED
from intake.ask.views.summary import letters_row, rows
from intake.floods.gate import QUIET
from intake.people.forms_of_address import pick
from intake.questions.models import Question
from intake.resident_access import codes
from intake.resident_sign_in.session import signed_in
from intake.submission.routing_preview import Preview, clause_of, preview
from intake.submission.submit import OtherOrganisationError
from organisations.directory.display_names import display_name
from organisations.triage_hints.suggestions import Proposal, suggest
from welzijn.core.working_days import local_date

CHANGED = "changed"


@require_http_methods(["GET", "HEAD", "POST"])
@public_page
def check(request: HttpRequest, door: Door) -> HttpResponse:
    """Show all answers, who would pick it up and why, and ask whether to share."""
    conversation, known = load_conversation(request, door)
    if conversation.receipt:
        return redirect("ask_done")
    if conversation.first_unanswered != Step.CHECK:
        if request.method == "POST" and not known:
            conversation.notice = EXPIRED
            return save_and_redirect(request, door, conversation, path_of(Step.START))
        return redirect(path_of(conversation.first_unanswered))
    if (
        request.POST.get("domain") in door.front.domain_by_slug
        and Step.CALL in conversation.answers
    ):
        call = conversation.answers[Step.CALL]
        near = suggest(partnership=door.partnership, text=call.get("words", "")).services
        call.update(domains=[request.POST["domain"]], near=[proposal.slug for proposal in near])
        return save_and_redirect(request, door, conversation, path_of(Step.CHECK))
    if request.POST.get("guess") == "no" and conversation.guess:
        conversation.refuse_guess()
        return save_and_redirect(request, door, conversation, path_of(Step.TOPIC))
    if conversation.alarm and request.method == "POST":
        add_what_is_new(door, conversation)
        conversation.receipt, conversation.answers, conversation.unsent = conversation.alarm, {}, {}
        return save_and_redirect(request, door, conversation, reverse("ask_done"))
    load = before_sending(request, door, conversation) if request.method == "POST" else QUIET
    if isinstance(load, HttpResponse):
        return load
    chosen = preview(
        partnership=door.partnership, submission=conversation.to_submission(), now=door.now
    )
    if request.method != "POST":
        sent = {"named": chosen.shares_with} if conversation.wrong == Step.CHECK else None
        return _page(request, door, conversation, chosen, _form(conversation, chosen, sent))
    form = _form(conversation, chosen, request.POST)
    conversation.wrong = ""
    if not form.still_named:
        return _changed(request, door, conversation)
    if not form.is_valid():
        conversation.wrong, conversation.notice = Step.CHECK, ""
        return save_and_redirect(request, door, conversation, path_of(Step.CHECK))
    submission = replace(
        conversation.to_submission(), shares=form.shares, shares_with=form.cleaned_data["named"]
    )
    try:
        receipt = send(request, door, conversation, submission, chosen, load)
    except OtherOrganisationError:
        return _changed(request, door, conversation)
    conversation.receipt = receipt_context(conversation, receipt, submission)
    conversation.answers, conversation.unsent, conversation.has_files = {}, {}, False
    return save_and_redirect(request, door, conversation, reverse("ask_done"))


def _changed(request: HttpRequest, door: Door, conversation: Conversation) -> HttpResponse:
    """Lead to the check page anew: meanwhile the rules name another than it named."""
    conversation.notice = CHANGED
    return save_and_redirect(request, door, conversation, path_of(Step.CHECK))


def _page(
    request: HttpRequest,
    door: Door,
    conversation: Conversation,
    chosen: Preview,
    form: CheckForm,
) -> HttpResponse:
    """Render the check page; it says where the rules changed, and which answer is missing."""
    calls = conversation.channel == Question.Channel.CALL_ME
    je = conversation.says_je
    context: dict[str, Any] = {
        **who_reads(door),
        "form": form,
        "talk": conversation,
        "je": je,
        "rows": [*rows(conversation, door.front), *letters_row(conversation)],
        "proposed": _proposed(conversation, door),
        "guess": _guess(conversation, door),
        "chosen": chosen,
        "promised_on": chosen.promised_on,
        "today": local_date(door.now),
        "who": display_name(chosen.organisation, chosen.team),
        "because": clause_of(chosen.outcome.reason),
        "description": "" if chosen.team else chosen.organisation.description,
        "team_organisations": join_words(o.name for o in chosen.team_organisations),
        "changed": conversation.notice == CHANGED,
        "calls": calls,
        "reached_by": reached_by(conversation),
        "asks_subject": asks_subject(conversation),
        "in_danger": conversation.in_danger,
        "alarm": conversation.alarm,
        "notice_kind": conversation.notice,
        "in_own_list": signed_in(request, door.partnership, door.now) is not None,
        "back": path_of(conversation.steps[-2]),
        "number": len(conversation.steps),
        "of": len(conversation.steps),
    }
    return render_page(request, "intake/ask/check.html", context)


def _form(conversation: Conversation, chosen: Preview, data: Any = None) -> CheckForm:
    """Return the form, worded for who would read the question and that a no is fine."""
    who, je = display_name(chosen.organisation, chosen.team), conversation.says_je
    if conversation.channel == Question.Channel.CALL_ME and not conversation.answer(Step.CALL).get(
        "words"
    ):
        label = pick(
            je,
            _("Mag {who} weten dat u gebeld wilt worden?"),
            _("Mag {who} weten dat je gebeld wilt worden?"),
        )
    else:
        label = pick(
            je,
            _("Mag {who} lezen wat u heeft geschreven?"),
            _("Mag {who} lezen wat je hebt geschreven?"),
        )
    help_text = pick(
        je,
        _(
            "Dan kunnen zij u helpen met uw vraag, en hoeft u niet alles opnieuw te vertellen. "
            "Zegt u nee? Dan helpen wij u ook. U kunt later stoppen. "
            "Wat zij al hebben gelezen, weten zij dan wel."
        ),
        _(
            "Dan kunnen zij je helpen met je vraag, en hoef je niet alles opnieuw te vertellen. "
            "Zeg je nee? Dan helpen wij je ook. Je kunt later stoppen. "
            "Wat zij al hebben gelezen, weten zij dan wel."
        ),
    )
    return CheckForm(data, preview=chosen, label=label.format(who=who), help_text=help_text)


def _guess(conversation: Conversation, door: Door) -> str:
    """Return the name of the life domain that is gone on with though none was chosen."""
    domain = door.front.domain_by_slug.get(conversation.guess)
    return domain.name if domain else ""


def _proposed(conversation: Conversation, door: Door) -> list[tuple[Proposal, str]]:
    """Return the life domains suggested by the words of a call, until one is chosen."""
    call = conversation.answer(Step.CALL)
    if (
        conversation.channel != Question.Channel.CALL_ME
        or call.get("domains")
        or not call.get("words")
    ):
        return []
    found = suggest(partnership=door.partnership, text=call["words"]).life_domains
    return [(p, matched_words(p.words)) for p in found if p.slug in door.front.domain_by_slug]


@require_http_methods(["GET", "HEAD", "POST"])
@public_page
def done(request: HttpRequest, door: Door) -> HttpResponse:
    """Show who has the question, why and by when, with reference and code.

    They come from the encrypted draft, so neither is in a URL and a reload within the hour shows
    them again. A POST opens the question's own page in this browser, until it is wiped.
    """
    conversation, _known = load_conversation(request, door)
    receipt = conversation.alarm or conversation.receipt
    if receipt and request.method == "POST":
        return redirect("follow_question" if open_sent(request, door, receipt) else "follow")
    if not receipt:
        return redirect(
            path_of(conversation.first_unanswered)
            if conversation.answers
            else reverse("front_door")
        )
    goes_on = conversation.alarm and not conversation.receipt
    return render_page(
        request,
        "intake/ask/done.html",
        {
            **receipt,
            "because": clause_of(receipt["reason"]),
            "promised_on": date.fromisoformat(receipt["promised_on"]),
            "today": local_date(door.now),
            "follow_address": f"{request.get_host()}{reverse('follow')}",
            "code": codes.display_code(receipt["code"]),
            "partnership": door.partnership,
            "goes_on": path_of(conversation.first_unanswered) if goes_on else "",
        },
    )

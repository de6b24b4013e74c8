"""The last page before sending, and what the resident takes home."""

from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_safe

from intake.ask.conversation import Conversation, Step
from intake.ask.forms import CheckForm
from intake.ask.forms.words import came_from
from intake.ask.opening_hours import listed
from intake.ask.views.door import Door, at_a_door, shown
from intake.ask.views.front import who_reads
from intake.ask.views.steps import EXPIRED, conversation, keep, path_of
from intake.ask.views.summary import rows
from intake.households import links as household_links
from intake.people.forms_of_address import pick
from intake.questions.models import Question
from intake.resident_access import codes
from intake.submission.routing_preview import Preview, preview
from intake.submission.submission import Asked
from intake.submission.submit import OtherOrganisationError, Receipt, submit
from organisations.directory.display_names import named
from organisations.triage_hints.suggestions import Proposal, suggest
from welzijn.core.working_days import local_date


@require_http_methods(["GET", "HEAD", "POST"])
@at_a_door
def check(request: HttpRequest, door: Door) -> HttpResponse:
    """Everything that was answered, who would pick it up and why, and the yes or no to sharing."""
    talk, known = conversation(request, door)
    if talk.receipt:
        return redirect("ask_done")
    if talk.first_unanswered != Step.CHECK:
        if request.method == "POST" and not known:
            talk.notice = EXPIRED
            return keep(request, door, talk, path_of(Step.START))
        return redirect(path_of(talk.first_unanswered))
    if request.POST.get("domain") in door.front.domain_by_slug and Step.CALL in talk.answers:
        talk.answers[Step.CALL]["domains"] = [request.POST["domain"]]
        return keep(request, door, talk, path_of(Step.CHECK))
    chosen = preview(partnership=door.partnership, asked=talk.asked(), now=door.now)
    if request.method != "POST":
        return _page(request, door, talk, chosen, _form(talk, chosen))
    form = _form(talk, chosen, request.POST)
    if not form.still_named:
        return _page(request, door, talk, chosen, _form(talk, chosen), changed=True)
    if not form.is_valid():
        return _page(request, door, talk, chosen, form)
    asked = replace(talk.asked(), shares=form.shares, shares_with=form.cleaned_data["named"])
    try:
        # Without a family to link to, what is written is one statement: one transaction by itself.
        # And it is Dutch that is written down, in whichever language it was asked.
        with override("nl"), transaction.atomic() if talk.family else nullcontext():
            receipt = submit(partnership=door.partnership, asked=asked, now=door.now, chosen=chosen)
            if talk.family:
                household_links.link_asked(
                    asked_from=talk.family, question=receipt.question, now=door.now
                )
    except OtherOrganisationError as error:
        return _page(request, door, talk, error.preview, _form(talk, error.preview), changed=True)
    talk.receipt = _taken_home(talk, receipt, asked)
    talk.answers, talk.unsent = {}, {}
    return keep(request, door, talk, reverse("ask_done"))


def _page(
    request: HttpRequest,
    door: Door,
    talk: Conversation,
    chosen: Preview,
    form: CheckForm,
    *,
    changed: bool = False,
) -> HttpResponse:
    """409 where the rules changed in the meantime, 422 where the yes or no is missing."""
    calls = talk.channel == Question.Channel.CALL_ME
    je = talk.says_je
    context: dict[str, Any] = {
        **who_reads(door),
        "form": form,
        "talk": talk,
        "je": je,
        "rows": rows(talk, door.front),
        "proposed": _proposed(talk, door),
        "chosen": chosen,
        "promised_on": chosen.promised_on,
        "today": local_date(door.now),
        "who": named(chosen.organisation, chosen.team),
        "because": because(chosen.outcome.reason),
        "description": "" if chosen.team else chosen.organisation.description,
        "team_organisations": listed(o.name for o in chosen.team_organisations),
        "changed": changed,
        "calls": calls,
        "reached_by": reached_by(talk),
        "asks_subject": asks_subject(talk),
        "in_danger": talk.in_danger,
        "notice_kind": talk.notice,
        "back": path_of(talk.steps[-2]),
        "number": len(talk.steps),
        "of": len(talk.steps),
    }
    status = 409 if changed else 422 if form.is_bound else 200
    return shown(request, "intake/ask/check.html", context, status=status)


def _form(talk: Conversation, chosen: Preview, data: Any = None) -> CheckForm:
    """The form with its question in words: who would read it, and that a no is fine."""
    who, je = named(chosen.organisation, chosen.team), talk.says_je
    if talk.channel == Question.Channel.CALL_ME and not talk.answer(Step.CALL).get("words"):
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


def _proposed(talk: Conversation, door: Door) -> list[tuple[Proposal, str]]:
    """What the few words before a call seem to be about, until something was chosen."""
    call = talk.answer(Step.CALL)
    if talk.channel != Question.Channel.CALL_ME or call.get("domains") or not call.get("words"):
        return []
    found = suggest(partnership=door.partnership, text=call["words"]).life_domains
    return [(p, came_from(p.words)) for p in found if p.slug in door.front.domain_by_slug]


def because(reason: str) -> str:
    """The reason after "omdat", where it is a clause; '' where it is a sentence of its own."""
    if reason and reason[0].islower():
        return reason.rstrip(".").removeprefix("omdat ")
    return ""


def asks_subject(talk: Conversation) -> bool:
    """Whether the person it is about is asked: not the asker, nor a child below twelve."""
    young = talk.answer(Step.PLACE).get("age_band") == "0-11"
    return talk.about != Question.About.SELF and not (talk.about == Question.About.CHILD and young)


def reached_by(talk: Conversation) -> str:
    """The first way in which the resident is told: "phone", "sms", "email", or "" for none."""
    if talk.channel == Question.Channel.CALL_ME:
        return "phone"
    ways = talk.answer(Step.CONTACT).get("ways", [])
    return next((way for way in ("phone", "email", "sms") if way in ways), "")


def _taken_home(talk: Conversation, receipt: Receipt, asked: Asked) -> dict[str, Any]:
    """What the last page shows, as long as the draft lasts. No words of the resident are in it."""
    je = talk.says_je
    # After a no the decision's reason is that of an organisation that doesn't have it.
    said_no = pick(
        je,
        _("wij daar eerst uitzoeken wie u het beste kan helpen"),
        _("wij daar eerst uitzoeken wie jou het beste kan helpen"),
    )
    return {
        "reference": receipt.reference,
        "code": receipt.code,
        "who": named(receipt.organisation, receipt.team),
        "reason": said_no if asked.shares is False else receipt.reason,
        "description": "" if receipt.team else receipt.organisation.description,
        "promised_on": receipt.promised_on.isoformat(),
        "reached_by": reached_by(talk),
        "mails": "email" in asked.reach.ways,
        "asks_subject": asks_subject(talk),
        "je": je,
        "danger": asked.danger,
        "calls": talk.channel == Question.Channel.CALL_ME,
    }


@require_safe
@at_a_door
def done(request: HttpRequest, door: Door) -> HttpResponse:
    """What the resident takes home: who has it, why, by when, reference and code.

    Shown from the encrypted draft, so neither stands in an address, and a reload within the hour
    shows it again.
    """
    talk, _known = conversation(request, door)
    if not talk.receipt:
        return redirect(path_of(talk.first_unanswered) if talk.answers else reverse("front_door"))
    receipt = talk.receipt
    return shown(
        request,
        "intake/ask/done.html",
        {
            **receipt,
            "because": because(receipt["reason"]),
            "promised_on": date.fromisoformat(receipt["promised_on"]),
            "today": local_date(door.now),
            "follow_address": f"{request.get_host()}{reverse('follow')}",
            "code": codes.display_code(receipt["code"]),
            "partnership": door.partnership,
        },
    )

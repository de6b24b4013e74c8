"""The consent step of the desk and of a partner's door: the sentence read aloud, and its answer."""

from dataclasses import dataclass
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language_bidi, override
from django.utils.translation import gettext as _

from intake.ask.forms.words import matched_words
from intake.ask.opening_hours import join_words
from intake.desk.forms import DeskForm
from intake.questions.models import SharingBasis
from intake.submission.routing_preview import Preview, placed, preview
from intake.submission.submission import EnteredBy
from intake.submission.submit import OtherOrganisationError, Receipt, submit
from organisations.directory.display_names import display_name
from organisations.partnerships.models import Partnership
from organisations.triage_hints.suggestions import Proposal, suggest
from welzijn.core import refused_forms
from welzijn.design_system.templatetags.dates import day_words


@dataclass(frozen=True, slots=True)
class UrlNames:
    """The URL names of the form, of the answer, and of what was saved (where there is a page)."""

    form: str
    answer: str
    saved: str = ""


BACK, CHANGED = "terug", "veranderd"


def consent_page(
    request: HttpRequest,
    form: DeskForm,
    entered_by: EnteredBy,
    url_names: UrlNames,
    *,
    changed: bool = False,
) -> HttpResponse:
    """Render the sentence to read aloud, which names who would read the question.

    `changed`: the rules changed between the sentence and the answer.
    """
    partnership: Partnership = request.partnership  # type: ignore[attr-defined]
    chosen = preview(
        partnership=partnership,
        submission=form.to_submission(),
        now=timezone.now(),
        entered_by=entered_by,
    )
    kept: list[tuple[str, Any]] = [
        (name, value)
        for name, values in cast(QueryDict, form.data).lists()
        if name in form.fields
        for value in values
    ]
    return render(
        request,
        "intake/desk/aloud.html",
        {
            "form": form,
            "chosen": chosen,
            "sentence": sentence(chosen),
            "theirs": in_their_language(chosen, form.cleaned_data.get("language") or "nl"),
            "turned": _turned(chosen, form),
            "saved_url": reverse(url_names.saved, args=[form.cleaned_data["submission_key"]])
            if url_names.saved
            else "",
            "where": placed(chosen.organisation, chosen.team, chosen.outcome.reason),
            "changed": changed,
            "maybe_danger": chosen.outcome.danger or form.may_mean_danger(),
            "kept": kept,
            "proposed": _proposed(partnership, form),
            "places": url_names,
        },
    )


def _turned(chosen: Preview, form: DeskForm) -> list[tuple[str, str]]:
    """Return what the screen says when it is turned round: in the visitor's language, and in Dutch.

    Both read the same: the question of consent, that no is an answer too, and by when.
    """
    language = form.cleaned_data["language"] or "nl"
    return list(
        zip(_shown(chosen, form, language), _shown(chosen, form, "nl"), strict=True)
        if language != "nl" and language in dict(settings.LANGUAGES)
        else [(text, "") for text in _shown(chosen, form, "nl")]
    )


def _shown(chosen: Preview, form: DeskForm, language: str) -> list[str]:
    data = form.cleaned_data
    with override(language):
        context = {
            "promised_on": chosen.promised_on,
            "day": day_words(chosen.promised_on),
            "today": timezone.localdate(),
            "reached_by": next((way for way in ("phone", "email") if data.get(way)), ""),
        }
        promise = " ".join(render_to_string("intake/ask/_promise.html", context).split())
        may_refuse = [] if chosen.to_triage else [_("Kies ja of nee. Nee mag ook.")]
        return [sentence(chosen), *may_refuse, promise]


def _proposed(partnership: Partnership, form: DeskForm) -> list[tuple[Proposal, str]]:
    """Return the life domains suggested by the words, with those words, if none was chosen."""
    if form.cleaned_data["life_domains"]:
        return []
    found = suggest(partnership=partnership, text=form.cleaned_data["words"]).life_domains
    return [(p, matched_words(p.words)) for p in found]


def sentence(chosen: Preview) -> str:
    """Return what is read to the resident, in B1: who would read it, and that they may refuse."""
    if chosen.to_triage:
        return _("{team} leest uw vraag en zoekt uit wie u het beste kan helpen.").format(
            team=capfirst(display_name(chosen.organisation, chosen.team))
        )
    who = join_words(str(o) for o in chosen.team_organisations) or str(chosen.organisation)
    return _(
        "Mag {who} lezen wat u heeft verteld? Dan kunnen zij u helpen en hoeft u niet alles"
        " opnieuw te vertellen. Zegt u nee? Dan helpen wij u ook. U kunt later stoppen."
    ).format(who=who)


def answer(
    request: HttpRequest,
    form: DeskForm,
    entered_by: EnteredBy,
    url_names: UrlNames,
    *,
    how: SharingBasis.How | None = None,
) -> Receipt | HttpResponse:
    """Create the question with the resident's yes or no, from a valid form.

    Return the receipt, or the page that asks again because the rules have changed.
    """
    partnership: Partnership = request.partnership  # type: ignore[attr-defined]
    given_answer = request.POST.get("antwoord")
    submission = form.to_submission(
        shares={"ja": True, "nee": False}.get(given_answer or ""),
        shares_with=request.POST.get("shares_with", "") if given_answer == "ja" else "",
        how=how,
    )
    try:
        return submit(
            partnership=partnership,
            submission=submission,
            now=timezone.now(),
            entered_by=entered_by,
        )
    except OtherOrganisationError:
        return show_next(request, form, url_names, CHANGED)


def show_next(
    request: HttpRequest, form: DeskForm, url_names: UrlNames, step: str = ""
) -> HttpResponse:
    """Lead to the page of this form, which shows what is wrong or the sentence to read aloud.

    `step`: BACK to the fields, as they are; CHANGED if the rules name another meanwhile.
    """
    to = reverse(url_names.form)
    return refused_forms.redirect_back(request, form, f"{to}?stap={step}" if step else to)


@dataclass(frozen=True, slots=True)
class Spoken:
    """The sentence in the resident's language, to read aloud or to show."""

    text: str
    lang: str
    dir: str


def in_their_language(chosen: Preview, language: str) -> Spoken | None:
    """Return the sentence in the language of the conversation; None where that is Dutch."""
    if language == "nl" or language not in dict(settings.LANGUAGES):
        return None
    with override(language):
        return Spoken(sentence(chosen), language, "rtl" if get_language_bidi() else "ltr")

"""Arranging an MDO: day and place, who comes, its questions and title, calling it off."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from intake.questions.models import Question, SharingBasis
from intake.questions.status import WrongMomentError
from intake.resident_access import codes
from organisations.roles.decorators import here, needs
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.casework_base.refusals import refused
from referrals.conferences import agenda, agenda_requests, invitations, planning
from referrals.conferences.forms import (
    AddQuestionForm,
    AskColleagueForm,
    CancelForm,
    InviteForm,
    TimeForm,
    TitleForm,
)
from referrals.conferences.models import Conference
from referrals.conferences.views import STAFF, conference_for
from welzijn.accounts.models import User
from welzijn.core.working_days import local_date

_ASKED = gettext_lazy(
    "Verstuurd. Loopt deze vraag bij ons, dan krijgt wie eraan werkt bericht. "
    "De vraag komt erop als de inwoner zelf ja zegt."
)


@require_http_methods(["GET", "POST"])
@never_cache
@needs(STAFF)
def arrange(request: HttpRequest, conference_id: UUID, what: str) -> HttpResponse:
    """Plan it, invite somebody, add a question or call it off; for who organises it."""
    conference, seen = conference_for(request, conference_id)
    _partnership, user = here(request)
    # Who takes part puts the question that they work on on the agenda; the rest organises.
    takes_part = what in {"vraag-erbij", "vraag-een-collega"} and seen.own is not None
    if not seen.organises and not takes_part:
        raise Http404
    now = timezone.now()
    data = request.POST if request.method == "POST" else None
    heading, button, form = {
        "tijd": (_("Dag en plaats"), _("Leg vast en nodig uit"), TimeForm),
        "nodig-uit": (_("Nodig anderen uit"), _("Nodig uit"), InviteForm),
        "vraag-erbij": (
            _("Zet een vraag op de agenda"),
            _("Zet op de agenda"),
            AddQuestionForm,
        ),
        "vraag-een-collega": (
            _("Vraag een collega om een vraag op de agenda te zetten"),
            _("Verstuur"),
            AskColleagueForm,
        ),
        "titel": (_("Titel van het MDO"), _("Bewaar"), TitleForm),
        "zeg-af": (_("Zeg het MDO af"), _("Zeg af"), CancelForm),
    }[what]
    options: dict[str, dict[str, Any]] = {
        "tijd": {"conference": conference},
        "nodig-uit": {"conference": conference, "on": local_date(now)},
        "vraag-erbij": {},
        "vraag-een-collega": {},
        "titel": {"initial": {"title": conference.title}},
        "zeg-af": {},
    }
    filled: Any = form(data, **options[what])
    if filled.is_bound and filled.is_valid():
        given = filled.cleaned_data
        try:
            if isinstance(filled, TimeForm):
                starts, ends = filled.moments()
                planning.plan(
                    conference=conference,
                    starts_at=starts,
                    ends_at=ends,
                    place=given["place"],
                    by=user,
                    now=now,
                )
            elif isinstance(filled, TitleForm):
                agenda.name(conference=conference, title=given["title"], by=user, now=now)
            elif isinstance(filled, AddQuestionForm):
                agenda.add_question(
                    conference=conference,
                    question=_readable_by_reference(request, given["reference"]),
                    why=given["why"],
                    how=SharingBasis.How(given["how"]),
                    by=user,
                    now=now,
                )
            elif isinstance(filled, AskColleagueForm):
                agenda_requests.ask(conference=conference, by=user, now=now, **given)
            elif isinstance(filled, CancelForm):
                planning.cancel(conference=conference, why=given["why"], by=user, now=now)
            else:
                _invite(conference, given, user, now)
        except ValidationError as error:
            filled.add_error("title" if what == "titel" else "why", error)
        except (NotAllowedError, WrongMomentError) as error:
            refused(request, error)
        else:
            messages.success(request, _ASKED if what == "vraag-een-collega" else _("Vastgelegd."))
            return redirect("conference", conference.pk)
    return render(
        request,
        "referrals/conferences/form.html",
        {"conference": conference, "heading": heading, "button": button, "form": filled},
        status=422 if filled.is_bound else 200,
    )


def _invite(conference: Conference, given: dict[str, Any], by: User, now: datetime) -> None:
    """Invite all who were ticked and who was filled in, or nobody."""
    with transaction.atomic():
        for member in given["members"]:
            invitations.invite(conference=conference, member=member, by=by, now=now)
        if given["email"]:
            invitations.invite_outside(
                conference=conference,
                name=given["name"],
                works_at=given["works_at"],
                email=given["email"],
                by=by,
                now=now,
            )


def _readable_by_reference(request: HttpRequest, reference: str) -> Question:
    """Return the question with this reference that the user may read.

    Raises NotAllowedError for one that isn't there and for one that is closed to the user, in the
    same words, so that the answer doesn't give away which references exist.
    """
    partnership, user = here(request)
    found = (
        Question.objects.filter(partnership=partnership)
        .visible_to(user, timezone.localdate())
        .filter(reference=codes.clean_reference(reference))
        .first()
    )
    if found is None:
        raise NotAllowedError(_("U werkt niet (meer) aan deze vraag."))
    return found

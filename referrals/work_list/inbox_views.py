"""What is asked of a worker at /werk/gevraagd/, and the bell that counts what is new of it."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from organisations.roles.decorators import here, needs
from organisations.roles.permissions import Permission, roles_at
from referrals.casework_base.list_access import record_list_access
from referrals.notices import marks
from referrals.work_list import inbox as asked_list
from welzijn.audit.reasons import Reason


class NoticesForm(forms.Form):
    """How somebody wants to hear of what is asked of them."""

    mail = forms.ChoiceField(
        label=gettext_lazy("Mail over wat er nieuw is"),
        choices=[
            (marks.DAILY, gettext_lazy("een keer per werkdag")),
            (marks.AT_ONCE, gettext_lazy("meteen, in werktijd")),
            (marks.NONE, gettext_lazy("geen mail; wat spoed heeft komt altijd")),
        ],
        widget=forms.RadioSelect,
    )
    in_browser = forms.BooleanField(
        label=gettext_lazy("Ook een melding van mijn browser, zolang Voordeur open staat"),
        required=False,
    )


@require_GET
@never_cache
@needs(Permission.SEE_AGENDA)
def inbox(request: HttpRequest) -> HttpResponse:
    """Show all that is asked of the user; the questions whose words stand there are looks."""
    partnership, user = here(request)
    now = timezone.now()
    mark = marks.of(user, partnership)
    with transaction.atomic():
        rows = asked_list.rows(
            user=user,
            partnership=partnership,
            roles=roles_at(user, partnership),
            now=now,
            seen_at=mark.seen_at,
        )
        shown = {row.question.pk: row.question for row in rows if row.question is not None}
        record_list_access(
            user=user,
            partnership=partnership,
            questions=list(shown.values()),
            searched=False,
            screen=Reason.WORK_LIST,
            now=now,
        )
    return render(
        request,
        "referrals/work_list/inbox.html",
        {
            "rows": rows,
            "new": sum(row.is_new for row in rows),
            "until": now.isoformat(),
            "works": user.has_perm(Permission.WORK, partnership),
            "form": NoticesForm(
                initial={"mail": marks.mail_choice(user), "in_browser": mark.in_browser}
            ),
        },
    )


@require_GET
@never_cache
@needs(Permission.SEE_AGENDA)
def count(request: HttpRequest) -> JsonResponse:
    """Return how much is new, for the bell of an open page: a number and nothing else."""
    partnership, user = here(request)
    mark = marks.of(user, partnership)
    rows = asked_list.rows(
        user=user,
        partnership=partnership,
        roles=roles_at(user, partnership),
        now=timezone.now(),
        seen_at=mark.seen_at,
    )
    return JsonResponse({"new": sum(row.is_new for row in rows), "browser": mark.in_browser})


@require_POST
@needs(Permission.SEE_AGENDA)
def seen(request: HttpRequest) -> HttpResponse:
    """Mark as seen what stood on the page that the button was on; what came since stays new."""
    partnership, user = here(request)
    now = timezone.now()
    until = forms.DateTimeField(required=False)
    try:
        moment = until.clean(request.POST.get("tot", ""))
    except forms.ValidationError:
        moment = None
    marks.mark_seen(user=user, partnership=partnership, now=min(moment or now, now))
    return redirect("asked")


@require_POST
@needs(Permission.SEE_AGENDA)
def choose(request: HttpRequest) -> HttpResponse:
    """Keep how the user wants to hear of it."""
    partnership, user = here(request)
    form = NoticesForm(request.POST)
    if form.is_valid():
        marks.choose(
            user=user,
            partnership=partnership,
            mail=form.cleaned_data["mail"],
            in_browser=form.cleaned_data["in_browser"],
            now=timezone.now(),
        )
        messages.success(request, _("Uw keuze is bewaard."))
    return redirect("asked")

"""The resident's own page about help asked outside the partnership."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from intake.questions.models import Question
from intake.questions.status import WrongMomentError
from referrals.external_handovers import services as external_handover_services
from referrals.external_handovers.views import _uuid
from referrals.resident_portal.entry_views import opened


@opened
@require_http_methods(["GET", "POST"])
def for_resident(request: HttpRequest, question: Question) -> HttpResponse:
    """Show which partner was asked and what exactly they read; stop it."""
    if request.method == "POST":
        offered = get_object_or_404(question.outside, pk=_uuid(request.POST.get("stop", "")))
        try:
            external_handover_services.stop(offered=offered, now=timezone.now())
        except WrongMomentError as error:
            messages.warning(request, str(error))
        else:
            messages.success(
                request, _("Gestopt. {who} kan niets meer lezen.").format(who=offered.name)
            )
        return redirect("follow_outside")
    return render(
        request,
        "referrals/resident_portal/external_handover.html",
        {"question": question, "rows": question.outside.all()},
    )

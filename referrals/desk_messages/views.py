"""The page on which the desk passes something on, at /balie/doorgeven/."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from intake.danger import listening
from intake.questions.status import WrongMomentError
from intake.resident_access import codes
from organisations.roles.decorators import here, needs
from organisations.roles.permissions import Permission
from referrals.casework_base import starting_texts
from referrals.desk_messages import services
from referrals.desk_messages.forms import DeskMessageForm
from welzijn.core import refused_forms


@require_http_methods(["GET", "POST"])
@never_cache
@needs(Permission.WORK_AT_DESK)
def pass_on(request: HttpRequest) -> HttpResponse:
    """Pass on what a caller asks to whoever has the question; nothing of it is shown."""
    partnership, user = here(request)
    texts = starting_texts.offered({"desk": "about"}, partnership, user)
    initial = {
        "kenmerk": request.GET.get("kenmerk", "")[:40],
        **starting_texts.chosen(texts, request.GET.get(starting_texts.PARAMETER, "")),
    }
    form = DeskMessageForm(refused_forms.data_of(request), partnership=partnership, initial=initial)
    refused_forms.show_kept(request, form)
    if request.method == "POST" and form.is_valid():
        assert form.question is not None
        given, now = form.cleaned_data, timezone.now()
        try:
            services.pass_on(
                question=form.question,
                kind=services.Kind(given["kind"]),
                who=given["who"],
                about=given["about"],
                when=given["when"],
                by=user,
                now=now,
            )
        except WrongMomentError as error:
            form.add_error("kenmerk", str(error))
        else:
            messages.success(
                request,
                _("Doorgegeven. Zeg tegen de beller: u hoort er de volgende werkdag iets over."),
            )
            if listening.heard_at(form.question, now) is not None:
                messages.warning(
                    request,
                    _(
                        "Misschien is er gevaar. Zeg tegen de beller: direct gevaar, bel 112. "
                        "Thuis niet veilig: Veilig Thuis 0800-2000. Gedachten aan zelfdoding: 113."
                    ),
                )
            return redirect("desk")
    if request.method == "POST":
        return refused_forms.redirect_back(request, form, request.path)
    return render(request, "referrals/desk_messages/pass_on.html", {"form": form, "texts": texts})


@require_POST
@needs(Permission.WORK_AT_DESK)
def go_to_reference(request: HttpRequest) -> HttpResponse:
    """Go on to the message for a reference; whether a question has it is not said.

    The address takes only what can be a reference: a name that was typed here doesn't get there.
    """
    reference = codes.clean_reference(request.POST.get("kenmerk", "")[:40])
    if not reference:
        messages.error(request, _("Dit is geen heel kenmerk: het heeft acht letters en cijfers."))
        return redirect("desk_message")
    return redirect(f"{reverse('desk_message')}?{urlencode({'kenmerk': reference})}")

"""Reports that somebody saved: a choice under a name, with an address to share."""

from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from organisations.partnerships.models import Partnership
from organisations.roles.decorators import here, needs
from organisations.roles.permissions import Permission
from referrals.reports.choice_forms import ChoiceForm
from referrals.reports.models import SavedReport
from welzijn.accounts.models import User
from welzijn.core.anonymity import giveaways
from welzijn.core.form_fields import CleanCharField

SEE = Permission.SEE_REPORT
MOST = 50
_KEPT = tuple(ChoiceForm.base_fields)
# Without it a shared report shows the own municipality of who opens it.
_NOT_SHARED = "gemeente"


class SaveReportForm(forms.Form):
    """The name of a report, and whether others may open it."""

    prefix = "rapport"
    naam = CleanCharField(label=gettext_lazy("Naam van het rapport"), max_length=80)
    delen = forms.BooleanField(
        label=gettext_lazy("Anderen die de cijfers mogen zien, mogen dit rapport openen"),
        required=False,
    )

    def clean_naam(self) -> str:
        """Refuse a name that says who it is about."""
        name: str = self.cleaned_data["naam"]
        if found := giveaways(name, ()):
            raise ValidationError([ValidationError(text) for text in found])
        return name


def known_to(user: User, partnership: Partnership) -> QuerySet[SavedReport]:
    """Return the reports that a user saved, and those that others share."""
    return (
        SavedReport.objects.filter(Q(owner=user) | Q(shared=True), partnership=partnership)
        .select_related("owner")
        .order_by("name", "pk")[:MOST]
    )


@require_POST
@never_cache
@needs(SEE)
def save(request: HttpRequest) -> HttpResponse:
    """Save what is chosen under a name; the same name again replaces it."""
    partnership, user = here(request)
    chosen = QueryDict(request.POST.get("keuze", "")[:2000])
    query = urlencode({name: chosen[name][:60] for name in _KEPT if chosen.get(name)})[:600]
    form = SaveReportForm(request.POST)
    if not form.is_valid():
        for problem in form.errors.values():
            messages.error(request, str(problem[0]))
    elif SavedReport.objects.filter(owner=user, partnership=partnership).count() >= MOST:
        messages.error(request, _("U heeft al veel rapporten bewaard. Verwijder er eerst een."))
    else:
        data = form.cleaned_data
        SavedReport.objects.update_or_create(
            partnership=partnership,
            owner=user,
            name=data["naam"],
            defaults={"query": query, "shared": data["delen"], "saved_at": timezone.now()},
        )
        messages.success(request, _("Het rapport is bewaard."))
    return redirect(f"{reverse('report_choice')}?{query}")


@require_GET
@never_cache
@needs(SEE)
def show(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Open a saved report: one's own, or one that is shared."""
    partnership, user = here(request)
    found = get_object_or_404(
        SavedReport, Q(owner=user) | Q(shared=True), pk=report_id, partnership=partnership
    )
    query = QueryDict(found.query, mutable=True)
    if found.owner_id != user.pk:
        query.pop(_NOT_SHARED, None)
    return redirect(f"{reverse('report_choice')}?{query.urlencode()}")


@require_POST
@never_cache
@needs(SEE)
def delete(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Delete a report of one's own."""
    partnership, user = here(request)
    get_object_or_404(SavedReport, pk=report_id, partnership=partnership, owner=user).delete()
    messages.success(request, _("Het rapport is verwijderd."))
    return redirect("report_choice")

"""Views of the caseload that somebody saved: filters, order and columns under a name and a link."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
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
from referrals.caseload.filter_form import NUMBERS
from referrals.caseload.models import SavedView
from welzijn.accounts.models import User
from welzijn.core.anonymity import giveaways
from welzijn.core.form_fields import CleanCharField

SEE = Permission.SEE_CASELOAD
# Never what was searched: that may be somebody's name.
_KEPT = (
    "status",
    "organisatie",
    "wijk",
    "leefgebied",
    "ingang",
    "laat",
    "wie",
    *NUMBERS,
    "kolom",
    "volgorde",
)
MOST = 25


class SaveViewForm(forms.Form):
    """The name under which a view is saved."""

    prefix = "weergave"
    naam = CleanCharField(label=gettext_lazy("Naam van de weergave"), max_length=60)

    def clean_naam(self) -> str:
        """Refuse a name that says who it is about."""
        name: str = self.cleaned_data["naam"]
        if found := giveaways(name, ()):
            raise ValidationError([ValidationError(text) for text in found])
        return name


def canonical_query(query: QueryDict) -> str:
    """Return the query string that a saved view stores: the filters it knows, in one order."""
    saved = QueryDict(mutable=True)
    for name in _KEPT:
        if values := [value for value in query.getlist(name) if value]:
            saved.setlist(name, values)
    return saved.urlencode()


def of(*, user: User, partnership: Partnership) -> QuerySet[SavedView]:
    """Return somebody's own views."""
    return SavedView.objects.filter(user=user, partnership=partnership)


@require_POST
@needs(SEE)
def save(request: HttpRequest) -> HttpResponse:
    """Save the filters, order and columns of the page; the same name replaces what it held."""
    partnership, user = here(request)
    form = SaveViewForm(request.POST)
    query = canonical_query(QueryDict(request.POST.get("adres", "")[:2000]))
    back = f"{reverse('caseload')}?{query}"
    mine = of(user=user, partnership=partnership)
    if not form.is_valid():
        for error in form.errors.get("naam", []):
            messages.error(request, str(error))
    elif len(query) > 600:
        messages.error(request, _("Deze weergave heeft te veel filters om te bewaren."))
    elif mine.count() >= MOST:
        messages.error(request, _("U heeft al veel weergaven. Verwijder er eerst een."))
    else:
        SavedView.objects.update_or_create(
            partnership=partnership,
            user=user,
            name=form.cleaned_data["naam"],
            defaults={"query": query, "made_at": timezone.now()},
        )
        messages.success(request, _("De weergave is bewaard."))
    return redirect(back)


@require_GET
@never_cache
@needs(SEE)
def show(request: HttpRequest, view_id: str) -> HttpResponse:
    """Open a saved view; only who saved it has it."""
    partnership, user = here(request)
    found = get_object_or_404(of(user=user, partnership=partnership), pk=view_id)
    return redirect(f"{reverse('caseload')}?{found.query}")


@require_POST
@needs(SEE)
def forget(request: HttpRequest, view_id: str) -> HttpResponse:
    """Remove a saved view."""
    partnership, user = here(request)
    get_object_or_404(of(user=user, partnership=partnership), pk=view_id).delete()
    messages.success(request, _("De weergave is verwijderd."))
    return redirect("caseload")

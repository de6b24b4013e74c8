"""Links of the caseload: to the neighbouring pages, and to the list without one of its filters."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from organisations.partnerships.models import Partnership
from organisations.roles.models import Membership
from referrals.caseload import listing
from referrals.caseload.forms import CaseloadFilterForm

_FILTERS = ("zoek", "status", "organisatie", "wijk", "leefgebied", "ingang", "laat", "wie")


def page_links(request: HttpRequest, page: listing.Page) -> dict[str, str]:
    """Return the URLs of the neighbouring pages, with all filters kept."""
    query = request.GET.copy()
    links = {}
    for name, parameter, key in (
        ("next_url", "na", page.after),
        ("previous_url", "voor", page.before),
    ):
        query.pop("na", None)
        query.pop("voor", None)
        if key:
            query[parameter] = key
            links[name] = f"?{query.urlencode()}"
    return links


def filter_chips(
    request: HttpRequest, partnership: Partnership, form: CaseloadFilterForm
) -> list[tuple[str, str]]:
    """Return a label for each active filter, with the URL that drops it."""
    form.is_valid()
    chips = []
    for name in _FILTERS:
        value = form.cleaned_data.get(name)
        if not value:
            continue
        query = request.GET.copy()
        for parameter in (name, "na", "voor"):
            query.pop(parameter, None)
        chips.append((_chip_label(partnership, form, name, value), f"?{query.urlencode()}"))
    return chips


def _chip_label(partnership: Partnership, form: CaseloadFilterForm, name: str, value: Any) -> str:
    if name == "wie":
        memberships = Membership.objects.filter(user=value, partnership=partnership)
        membership = memberships.select_related("user").first()
        return membership.user.name if membership else _("medewerker")
    field = form.fields[name]
    choices = dict(getattr(field, "choices", ()))
    return f"{field.label}: {choices.get(value, value)}"

"""Links of the caseload: to the neighbouring pages, and to the list without one of its filters."""

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisations.partnerships.models import Partnership
from organisations.roles.models import Membership
from referrals.caseload import listing, numbers
from referrals.caseload.filter_form import NUMBERS, CaseloadFilterForm

_FILTERS = (
    "status",
    "organisatie",
    "wijk",
    "leefgebied",
    "ingang",
    "laat",
    "wie",
    *NUMBERS,
)


_WEEKS = {"binnen": gettext_lazy("Binnengekomen"), "afgerond": gettext_lazy("Afgerond")}
_NAMES = {
    "leeftijd": gettext_lazy("Sinds"),
    "contact": gettext_lazy("Eerste contact"),
    "wacht": gettext_lazy("Wacht"),
    "gevaar": gettext_lazy("Gevaar"),
}


def without_search(address: QueryDict) -> QueryDict:
    """Return a copy without what was searched in an old address: it may be somebody's name."""
    query = address.copy()
    query.pop("zoek", None)
    return query


def page_links(address: QueryDict, page: listing.Page) -> dict[str, str]:
    """Return the URLs of the neighbouring pages, with all filters kept."""
    query = without_search(address)
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
    address: QueryDict, partnership: Partnership, form: CaseloadFilterForm
) -> list[tuple[str, str]]:
    """Return a label for each active filter, with the URL that drops it."""
    form.is_valid()
    chips = []
    for name in _FILTERS:
        value = form.cleaned_data.get(name)
        if not value:
            continue
        query = without_search(address)
        for parameter in (name, "na", "voor"):
            query.pop(parameter, None)
        chips.append((_chip_label(partnership, form, name, value), f"?{query.urlencode()}"))
    return chips


def _chip_label(partnership: Partnership, form: CaseloadFilterForm, name: str, value: Any) -> str:
    if name == "wie":
        memberships = Membership.objects.filter(user=value, partnership=partnership)
        membership = memberships.select_related("user").first()
        return membership.user.name if membership else _("medewerker")
    if name in _WEEKS:
        monday = numbers.monday_of_key(value)
        return f"{_WEEKS[name]}: {numbers.week_in_words(monday) if monday else value}"
    field = form.fields[name]
    if name in _NAMES:
        return f"{_NAMES[name]}: {dict(getattr(field, 'choices', ())).get(value, value)}"
    choices = dict(getattr(field, "choices", ()))
    return f"{field.label}: {choices.get(value, value)}"

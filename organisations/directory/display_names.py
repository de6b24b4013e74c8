"""Names of organisations and teams inside a sentence."""

import re

from django.utils.translation import gettext as _

from organisations.directory.models import Organisation, Team
from welzijn.accounts.models import User

# Names that start with an article of their own; inside a sentence they lose their capital.
_ARTICLES = ("het ", "de ", "ons ", "onze ")


def display_name(organisation: Organisation, team: Team | None = None) -> str:
    """Return a name for use inside a sentence: "het Toegangsteam", "de Dorpstafel", "Stimenz".

    At the start of a sentence the caller capitalises it (`capfirst`).
    """
    if team is None:
        return organisation.name
    if team.name.lower().startswith(_ARTICLES):
        return team.name[:1].lower() + team.name[1:]
    return _("het {team}").format(team=team.name)


def caller_of(organisation: Organisation, desk_phone: str) -> dict[str, str]:
    """Return which organisation asks something of somebody outside, and its number to call back."""
    return {"organisation": organisation.name, "phone": organisation.phone or desk_phone}


def worker_name(worker: User, organisation: Organisation) -> str:
    """Return how residents read of a worker, at the start of a sentence: by name or by function.

    An organisation that shows no names gives "Een Wmo-consulent", or "Een medewerker".
    """
    if organisation.shows_worker_names:
        return worker.name
    if not worker.function:
        return _("Een medewerker")
    return _("Een {function}").format(function=worker.function)


def works_for(organisation: Organisation) -> str:
    """Return whom a worker works for, after "van": a municipality is named as one.

    "Wmo-loket gemeente Someren" is a desk; its workers are "van de gemeente Someren".
    """
    if organisation.kind == Organisation.Kind.MUNICIPALITY:
        named = re.search(r"\bgemeente (.+)$", organisation.name, re.IGNORECASE)
        if named:
            return _("de gemeente {name}").format(name=named[1])
    return organisation.name

"""Names of organisations and teams inside a sentence."""

from django.utils.translation import gettext as _

from organisations.directory.models import Organisation, Team

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

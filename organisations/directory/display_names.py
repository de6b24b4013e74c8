"""How a sentence names who has a question: an organisation by its name, a team with its article."""

from django.utils.translation import gettext as _

from organisations.directory.models import Organisation, Team

# A name that begins like this has its article already; it loses its capital inside a sentence.
_ARTICLES = ("het ", "de ", "ons ", "onze ")


def named(organisation: Organisation, team: Team | None = None) -> str:
    """Who has it, inside a sentence: "het Toegangsteam Beekdaelen", "de Dorpstafel", "Stimenz".

    At the beginning of a sentence the caller gives it a capital (`capfirst`).
    """
    if team is None:
        return organisation.name
    if team.name.lower().startswith(_ARTICLES):
        return team.name[:1].lower() + team.name[1:]
    return _("het {team}").format(team=team.name)

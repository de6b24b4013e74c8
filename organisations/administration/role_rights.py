"""What a proposed role allows, in sentences for who approves it."""

from django.utils.translation import gettext as _

from organisations.roles.models import Role
from organisations.roles.proposal_models import RoleProposal


def rights_of(proposal: RoleProposal) -> list[str]:
    """Return what the role of a proposal allows, most far-reaching first."""
    where = proposal.organisation.name
    reads = _("Leest alle nieuwe vragen van {organisation}, met naam en verhaal.").format(
        organisation=where
    )
    rights = {
        Role.FRONT_DESK: [
            _("Schrijft aan de balie vragen op en zoekt eerdere vragen op naam."),
            _("Maakt een nieuwe code voor een inwoner die zijn code kwijt is."),
        ],
        Role.PROFESSIONAL: [
            _("Leest en behandelt de vragen die aan deze persoon zijn toegewezen."),
        ],
        Role.TEAM_MEMBER: [
            _("Leest en behandelt alle vragen van {team}, met naam en verhaal.").format(
                team=proposal.team or "-"
            ),
        ],
        Role.COORDINATOR: [
            _("Ziet alle lopende vragen van het samenwerkingsverband, zonder naam en verhaal."),
            _("Wijst vragen toe, verandert de verdeelregels en keurt nieuwe rollen goed."),
        ],
        Role.MUNICIPALITY: [
            _("Ziet cijfers over {municipality} en signalen uit de praktijk.").format(
                municipality=proposal.municipality or "-"
            ),
        ],
        Role.ALDERMAN: [
            _("Leest cijfers over {municipality} en de signalen, en antwoordt daarop.").format(
                municipality=proposal.municipality or "-"
            ),
        ],
        Role.PRIVACY_OFFICER: [
            _("Ziet wie wat heeft bekeken en op welke grondslag, ook met namen."),
        ],
    }.get(Role(proposal.role), [])
    return [reads, *rights] if proposal.reads_new else rights


def sentence_of(role: Role) -> str:
    """Return what somebody with a role may see, in one sentence."""
    return {
        Role.FRONT_DESK: _(
            "Schrijft vragen op aan de balie en vindt eerdere vragen op naam terug."
        ),
        Role.PROFESSIONAL: _("Leest de vragen die aan deze persoon zijn toegewezen."),
        Role.TEAM_MEMBER: _("Leest alle vragen van het team, met naam en verhaal."),
        Role.COORDINATOR: _(
            "Ziet alle lopende vragen zonder naam en verhaal, en verdeelt het werk."
        ),
        Role.NEIGHBOURHOOD_LEAD: _(
            "Ziet de cijfers, het team en de leersessies van een wijk, en geen verhalen."
        ),
        Role.MUNICIPALITY: _("Ziet cijfers over een gemeente en signalen, en geen mensen."),
        Role.ALDERMAN: _("Leest cijfers over een gemeente en signalen, en antwoordt daarop."),
        Role.PRIVACY_OFFICER: _("Ziet wie wat heeft bekeken en waarom, ook met namen."),
        Role.ADMINISTRATOR: _("Beheert mensen, rollen en instellingen, en leest geen vragen."),
        Role.PARTNER_DOOR: _("Brengt vragen in en ziet of ze zijn opgepakt, en verder niets."),
    }[role]

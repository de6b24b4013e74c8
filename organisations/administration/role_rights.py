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

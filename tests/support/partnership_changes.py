"""A change of a partnership, and a text that waits for a second person."""

from datetime import datetime

from organisations.partnership_editor.models import PartnershipRevision, TextProposal
from tests.support import factories as make
from welzijn.accounts.models import User


def a_change_and_a_proposal(
    here: make.World, by: User, now: datetime
) -> tuple[PartnershipRevision, TextProposal]:
    """One of each, of the name of the desk."""
    kept = {"path": ["balie", "naam"], "before": '"de balie"', "after": '"balie"'}
    return (
        PartnershipRevision.objects.create(
            partnership=here.partnership,
            at=now,
            by=by,
            source="browser",
            sections=["balie"],
            changes=[kept],
        ),
        TextProposal.objects.create(
            partnership=here.partnership,
            proposed_by=by,
            proposed_at=now,
            sections=["balie"],
            changes=[kept],
        ),
    )

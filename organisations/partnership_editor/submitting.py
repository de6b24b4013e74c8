"""What somebody sends: checked against what they keep; what takes two people waits for another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from organisations.partnership_editor import consequences, proposals, saving, values
from organisations.partnership_editor.models import PartnershipRevision, TextProposal
from organisations.partnership_editor.permissions import Keeper, for_two
from organisations.partnership_editor.values import Change
from organisations.partnerships.models import Partnership
from welzijn.accounts.models import User

Source = PartnershipRevision.Source
_OPEN = ["samenwerkingsverband", "open"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a change: what holds now, and what waits for a second person."""

    revision: PartnershipRevision | None
    proposal: TextProposal | None


def submit(
    *,
    partnership: Partnership,
    changes: Sequence[Change],
    keeper: Keeper,
    by: User,
    now: datetime,
    source: Source = Source.BROWSER,
    confirmed: str = "",
    file_name: str = "",
    undoes: PartnershipRevision | None = None,
    whole: bool = False,
) -> Outcome:
    """Carry out what one person may decide, and propose what takes two (`permissions.for_two`).

    Before the front door was ever open nobody reads anything, so one person is enough. `confirmed`
    is the digest of the consequences that were shown. `whole`: what takes two and the rest wait
    together, since they belong together. Raises ConflictError, ProblemsError, UnconfirmedError or
    PermissionDenied: then nothing is saved.
    """
    with transaction.atomic():
        here = saving.locked(partnership)
        tables = values.of_partnership(here)
        wanted = saving.still_wanted(tables, changes)
        if any(not keeper.may(change, tables) for change in wanted):
            raise PermissionDenied
        if not wanted:
            return Outcome(None, None)
        after = values.changed(tables, wanted)
        file = saving.sound(after, tables, now=now)
        warnings = consequences.of_change(here, tables, after, wanted, file, now)
        if warnings and consequences.digest(warnings) != confirmed:
            raise saving.UnconfirmedError(warnings)
        two = for_two(wanted) if was_ever_open(here) else []
        waiting = wanted if two and whole else _with_their_order(two, wanted)
        rest = [change for change in wanted if change not in waiting]
        revision = (
            saving.save(
                partnership=here,
                changes=rest,
                by=by,
                now=now,
                source=source,
                confirmed=True,
                file_name=file_name,
                undoes=undoes,
            )
            if rest
            else None
        )
        proposal = (
            proposals.propose(
                partnership=here, changes=waiting, by=by, now=now, file_name=file_name
            )
            if waiting
            else None
        )
        return Outcome(revision, proposal)


def was_ever_open(partnership: Partnership) -> bool:
    """Whether residents can have asked here: closing the door for a moment lifts nothing."""
    return (
        partnership.live
        or PartnershipRevision.objects.filter(
            partnership=partnership, changes__contains=[{"path": _OPEN, "before": "true"}]
        ).exists()
    )


def _with_their_order(two: list[Change], wanted: Sequence[Change]) -> list[Change]:
    """Return what takes two, with the rows it replaces: a word written anew is one change."""
    whole_rows = {change.section for change in two if len(change.path) == 2}
    return [
        change
        for change in wanted
        if change in two or (change.section in whole_rows and len(change.path) == 2)
    ]

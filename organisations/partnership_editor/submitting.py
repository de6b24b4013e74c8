"""What somebody sends: checked against what they keep; texts for residents wait for a second."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from organisations.partnership_editor import consequences, proposals, saving, values
from organisations.partnership_editor.models import PartnershipRevision, TextProposal
from organisations.partnership_editor.permissions import Keeper, texts_in
from organisations.partnership_editor.values import Change
from organisations.partnerships.models import Partnership
from welzijn.accounts.models import User

Source = PartnershipRevision.Source


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
    """Carry out what one person may decide, and propose the texts that residents would read.

    Before the front door is open no resident reads anything, so one person is enough. `confirmed`
    is the digest of the consequences that were shown. `whole`: texts and the rest wait together,
    since they belong together. Raises ConflictError, ProblemsError, UnconfirmedError or
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
        told = consequences.of_change(here, tables, after, wanted, file, now)
        if told and consequences.digest(told) != confirmed:
            raise saving.UnconfirmedError(told)
        texts = texts_in(wanted) if here.live else []
        waiting = wanted if texts and whole else _with_their_order(texts, wanted)
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


def _with_their_order(texts: list[Change], wanted: Sequence[Change]) -> list[Change]:
    """Return the texts, with the rows they replace: a word that is written anew is one change."""
    whole_rows = {change.section for change in texts if len(change.path) == 2}
    return [
        change
        for change in wanted
        if change in texts or (change.section in whole_rows and len(change.path) == 2)
    ]

"""The list as a file: only questions that may be read, each written to the access log.

    rows(user=, partnership=, filters=, columns=, reason=, now=)  -> Exported

An export needs a sharing basis, also where the screen shows a row without the person: what may not
be read is left out, and counted. The reason that the coordinator typed stands in the log, and the
residents in the list read it there.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from intake.questions.models import Question
from intake.questions.status import WrongMomentError
from organisations.front_door import configuration as front_door
from organisations.partnerships.models import Partnership
from referrals.caseload.columns import LABELS
from referrals.caseload.listing import Row, row_of, with_columns
from referrals.caseload.ordering import ORDERS
from referrals.caseload.selection import CaseloadFilter, select
from referrals.casework_base.list_access import record_list_access
from welzijn.accounts.models import User
from welzijn.audit.models import AccessEvent
from welzijn.core.working_days import local_date

MOST = 2000
NAME = "naam"
# What residents read as the reason fits in the log.
REASON_LENGTH = 150

_CELLS: Mapping[str, Callable[[Row], object]] = {
    NAME: lambda row: row.who,
    "waar": lambda row: str(row.question.neighbourhood or ""),
    "leefgebied": lambda row: ", ".join(row.domains),
    "bij": lambda row: str(row.question.lead_team or row.question.lead),
    "medewerker": lambda row: row.question.assigned_to.name if row.question.assigned_to else "",
    "status": lambda row: row.question.get_status_display(),
    "termijn": lambda row: row.question.due_on if row.question.is_open else "",
    "binnen": lambda row: localtime(row.question.received_at).date(),
    "ingang": lambda row: row.question.get_channel_display(),
    "spoed": lambda row: row.question.get_urgency_display(),
    "laatste": lambda row: localtime(row.question.last_activity_at).date(),
}


@dataclass(frozen=True, slots=True)
class Exported:
    """The rows with their head, and how many questions were left out without a basis."""

    rows: Sequence[Sequence[object]]
    number: int
    left_out: int


class TooMuchError(WrongMomentError):
    """More questions than one file may hold."""

    def __init__(self) -> None:
        super().__init__(
            _("De lijst is te lang voor een bestand. Maak hem korter dan {n} vragen.").format(
                n=MOST
            )
        )


def rows(
    *,
    user: User,
    partnership: Partnership,
    filters: CaseloadFilter,
    columns: Sequence[str],
    names: bool,
    reason: str,
    now: datetime,
) -> Exported:
    """Return what `user` may take from the list, and record it with the reason in the same moment.

    Raises WrongMomentError without a reason, and TooMuchError.
    """
    if not reason.strip():
        raise WrongMomentError(_("Schrijf op waarvoor u het bestand nodig heeft."))
    on = local_date(now)
    calendar = front_door.of(partnership).calendar
    listed = select(user=user, partnership=partnership, filters=filters, on=on, calendar=calendar)
    ids = set(listed.order_by().values_list("pk", flat=True)[: MOST + 1])
    if len(ids) > MOST:
        raise TooMuchError
    order = ORDERS.get(filters.order, ORDERS["termijn"])
    with transaction.atomic():
        readable = Question.objects.visible_to(user, on).filter(pk__in=ids)
        wide = with_columns(order.prepared(readable), user, partnership, on).order_by(*order.by())
        found = [row_of(question, calendar, on) for question in wide]
        record_list_access(
            user=user,
            partnership=partnership,
            questions=[row.question for row in found],
            searched=False,
            screen=reason.strip()[:REASON_LENGTH],
            now=now,
            action=AccessEvent.Action.EXPORT,
        )
    shown = [*([NAME] if names else []), *columns]
    head = [_("Kenmerk"), *(_("Naam") if key == NAME else str(LABELS[key]) for key in shown)]
    return Exported(
        [head, *([row.question.reference, *(_CELLS[key](row) for key in shown)] for row in found)],
        number=len(found),
        left_out=len(ids) - len(found),
    )

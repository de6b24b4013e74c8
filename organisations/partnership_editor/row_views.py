"""Move and remove rows of a list."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from organisations.partnership_editor import values
from organisations.partnership_editor.checking import ProblemsError
from organisations.partnership_editor.permissions import Keeper
from organisations.partnership_editor.saving import ConflictError, UnconfirmedError
from organisations.partnership_editor.submitting import submit
from organisations.partnership_editor.values import ORDER, ORDERED, Change
from organisations.partnership_editor.views import address_of_rows, name_of, opened, report_outcome
from organisations.partnerships.models import Partnership
from organisations.roles.decorators import needs
from organisations.roles.permissions import Permission
from welzijn.accounts.models import User

KEEP = Permission.KEEP_PARTNERSHIP


@require_POST
@needs(KEEP)
def move(request: HttpRequest, section: str, row: str) -> HttpResponse:
    """Move a row of an ordered list one place up or down."""
    partnership, user, mine, chosen, tables = opened(request, section)
    key = chosen.key
    name = name_of(tables, key, row)
    if key not in ORDERED or name is None:
        raise Http404
    order = list(values.rows(tables, key))
    at = order.index(name)
    to = at - 1 if request.POST.get("naar") == "omhoog" else at + 1
    if 0 <= to < len(order):
        placed = list(order)
        placed[at], placed[to] = placed[to], placed[at]
        change = Change((key, ORDER), order, placed)
        _carry_out(request, partnership, user, mine, [change])
    return redirect(f"{address_of_rows(chosen)}#{row}")


@require_POST
@needs(KEEP)
def remove(request: HttpRequest, section: str, row: str) -> HttpResponse:
    """Take a row out of a list; a row that others refer to ends on a day instead."""
    partnership, user, mine, chosen, tables = opened(request, section)
    key = chosen.key
    name = name_of(tables, key, row)
    if not chosen.listed or key in values.ENDED or name is None:
        raise Http404
    change = Change((key, name), values.rows(tables, key)[name], None)
    _carry_out(request, partnership, user, mine, [change])
    return redirect(address_of_rows(chosen))


def _carry_out(
    request: HttpRequest,
    partnership: Partnership,
    user: User,
    mine: Keeper,
    changes: list[Change],
) -> None:
    wanted: dict[str, Any] = {"partnership": partnership, "changes": changes, "keeper": mine}
    try:
        report_outcome(request, submit(**wanted, by=user, now=timezone.now()))
    except ProblemsError as error:
        messages.error(request, " ".join(one.message for one in error.problems))
    except UnconfirmedError as error:
        messages.error(request, " ".join(error.sentences))
    except ConflictError:
        messages.error(request, _("Een collega was u voor. Kijk hoe het er nu staat."))

"""Screens: what was changed, by whom, and putting it back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from organisations.partnership_editor import consequences, history, presentation, values
from organisations.partnership_editor.checking import ProblemsError
from organisations.partnership_editor.models import PartnershipRevision
from organisations.partnership_editor.permissions import keeper
from organisations.partnership_editor.saving import ConflictError, UnconfirmedError, read
from organisations.partnership_editor.sections import SECTIONS
from organisations.partnership_editor.submitting import submit
from organisations.partnership_editor.values import Change
from organisations.partnership_editor.views import report_outcome
from organisations.partnerships.models import Partnership
from organisations.roles.decorators import here, needs
from organisations.roles.permissions import Permission

KEEP = Permission.KEEP_PARTNERSHIP


@require_GET
@needs(KEEP)
def changes(request: HttpRequest) -> HttpResponse:
    """List what was changed, newest first."""
    partnership, _user = here(request)
    page = Paginator(history.of_partnership(partnership), 25).get_page(request.GET.get("pagina"))
    for revision in page:
        revision.titles = [  # type: ignore[attr-defined]
            str(SECTIONS[key].title) for key in revision.sections if key in SECTIONS
        ]
        revision.number = len(revision.changes)  # type: ignore[attr-defined]
    return render(request, "organisations/partnership_editor/changes.html", {"page": page})


@require_GET
@needs(KEEP)
def change(request: HttpRequest, revision_id: UUID) -> HttpResponse:
    """Show one change: before and after."""
    partnership, _user = here(request)
    return _page(request, partnership, _revision(partnership, revision_id))


def _revision(partnership: Partnership, revision_id: UUID) -> PartnershipRevision:
    return get_object_or_404(history.of_partnership(partnership), pk=revision_id)


def _page(
    request: HttpRequest,
    partnership: Partnership,
    revision: PartnershipRevision,
    *,
    warnings: list[str] | None = None,
    conflicts: list[tuple[presentation.DisplayedChange, str]] | None = None,
) -> HttpResponse:
    _partnership, user = here(request)
    tables = values.of_partnership(partnership)
    mine = keeper(user, partnership)
    back = backwards(revision)
    return render(
        request,
        "organisations/partnership_editor/change.html",
        {
            "revision": revision,
            "rows": [presentation.displayed_change(one, tables) for one in read(revision.changes)],
            "may_put_back": bool(back) and all(mine.may(one, tables) for one in back),
            "warnings": warnings or [],
            "confirmation": consequences.digest(warnings) if warnings else "",
            "conflicts": conflicts or [],
        },
        status=409 if conflicts else 422 if warnings else 200,
    )


def backwards(revision: PartnershipRevision) -> list[Change]:
    """Return the change the other way round."""
    return [Change(one.path, one.after, one.before) for one in reversed(read(revision.changes))]


@require_POST
@needs(KEEP)
def put_back(request: HttpRequest, revision_id: UUID) -> HttpResponse:
    """Put a change back, which is a change itself; a value that changed since is shown first."""
    partnership, user = here(request)
    revision = _revision(partnership, revision_id)
    wanted = backwards(revision)
    tables = values.of_partnership(partnership)
    if "toch" in request.POST:
        # Its maker saw what stands there now.
        wanted = [Change(c.path, values.value_at(tables, c.path), c.after) for c in wanted]
    try:
        outcome = submit(
            partnership=partnership,
            changes=wanted,
            keeper=keeper(user, partnership),
            by=user,
            now=timezone.now(),
            source=PartnershipRevision.Source.PUT_BACK,
            confirmed=request.POST.get("bevestigd", ""),
            undoes=revision,
        )
    except ProblemsError as error:
        messages.error(request, " ".join(one.message for one in error.problems))
        return redirect("partnership_change", revision.pk)
    except UnconfirmedError as error:
        return _page(request, partnership, revision, warnings=error.sentences)
    except ConflictError as error:
        return _page(
            request,
            partnership,
            revision,
            conflicts=[
                (
                    presentation.displayed_change(one.change, tables),
                    presentation.displayed_change(
                        Change(one.change.path, None, one.now), tables
                    ).after,
                )
                for one in error.conflicts
            ],
        )
    except PermissionDenied:
        messages.error(request, _("Dit is niet van uw organisatie. Een beheerder kan het."))
        return redirect("partnership_change", revision.pk)
    report_outcome(request, outcome)
    return redirect("partnership_changes")

"""The page of group work: who works with residents records it, and all read its figures."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from organisations.roles.decorators import here, needs
from organisations.working_together import figures, rights
from organisations.working_together.forms import GroupWorkForm
from organisations.working_together.views import STAFF, may, page


@require_http_methods(["GET", "POST"])
@needs(STAFF)
def group_work(request: HttpRequest) -> HttpResponse:
    """Show the figures of group work by quarter; who works with residents records it."""
    partnership, user = here(request)
    records = may(rights.records_group_work, request)
    form = None
    if records:
        form = GroupWorkForm(
            request.POST if request.method == "POST" else None, partnership=partnership, user=user
        )
        if form.is_bound and form.is_valid():
            partnership.collectiveworks.create(**form.cleaned_data, by=user, at=timezone.now())
            messages.success(request, _("Het groepswerk is opgeschreven."))
            return redirect("group_work")
    elif request.method == "POST":
        raise PermissionDenied
    first, after = figures.quarter_of(timezone.localdate())
    before = figures.quarter_of(first - timedelta(days=1))
    mine = partnership.collectiveworks.filter(by=user).select_related(
        "organisation", "life_domain", "neighbourhood"
    )
    return page(
        request,
        "group_work",
        form,
        {
            "periods": [
                (start, figures.group_work(partnership, start, end, rough=not records))
                for start, end in ((first, after), before)
            ],
            "mine": mine[:20] if records else [],
            "rough": not records,
        },
    )


@require_POST
@needs(STAFF)
def remove_group_work(request: HttpRequest, work_id: UUID) -> HttpResponse:
    """Remove what one recorded oneself by mistake."""
    partnership, user = here(request)
    get_object_or_404(partnership.collectiveworks, pk=work_id, by=user).delete()
    messages.success(request, _("Het groepswerk is verwijderd."))
    return redirect("group_work")

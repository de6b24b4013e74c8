"""The page of an administrator for a colleague who leaves: who takes over, and everything ends."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from organisations.partnerships.models import Partnership
from organisations.roles.decorators import here, needs
from organisations.roles.models import Membership
from organisations.roles.permissions import Permission
from referrals.casework import leaving
from welzijn.accounts.models import User
from welzijn.core.form_fields import set_choice_messages


class LeavingForm(forms.Form):
    """Who takes over, for each organisation at which there is work."""

    def __init__(
        self,
        *args: Any,
        worker: User,
        partnership: Partnership,
        work: list[leaving.Work],
        **kw: Any,
    ) -> None:
        super().__init__(*args, **kw)
        self.work = work
        for one in work:
            self.fields[f"bij-{one.organisation.pk}"] = forms.ModelChoiceField(
                label=_("Wie neemt het over bij {organisation}?").format(
                    organisation=one.organisation
                ),
                help_text=_(
                    "Vragen: {questions}. Herinneringen: {tasks}. Aanbod: {services}."
                ).format(questions=one.questions, tasks=one.tasks, services=one.services),
                queryset=leaving.possible_successors(
                    worker=worker, partnership=partnership, organisation=one.organisation.pk
                ),
                required=False,
                empty_label=gettext_lazy("Niemand: terug naar de organisatie"),
            )
        set_choice_messages(self)

    @property
    def successors(self) -> dict[UUID, User | None]:
        """By organisation, who was chosen."""
        return {
            one.organisation.pk: self.cleaned_data[f"bij-{one.organisation.pk}"]
            for one in self.work
        }


@require_http_methods(["GET", "POST"])
@never_cache
@needs(Permission.MANAGE_ROLES)
def leaves(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Show how much somebody has, and hand it over and end everything at once."""
    partnership, user = here(request)
    worker = get_object_or_404(
        User, pk=user_id, pk__in=Membership.objects.filter(partnership=partnership).values("user")
    )
    work = leaving.work_of(worker=worker, partnership=partnership)
    form = LeavingForm(request.POST or None, worker=worker, partnership=partnership, work=work)
    if request.method == "POST" and form.is_valid():
        try:
            number = leaving.leave(
                worker=worker,
                successors=form.successors,
                partnership=partnership,
                by=user,
                now=timezone.now(),
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            message = _(
                "Het werk is overgedragen en het account is gestopt. Vragen overgedragen: {number}."
            )
            messages.success(request, message.format(number=number))
            return redirect("colleague", worker.pk)
    return render(
        request,
        "referrals/caseload/leaving.html",
        {"form": form, "somebody": worker, "work": work},
        status=422 if form.is_bound and not form.is_valid() else 200,
    )

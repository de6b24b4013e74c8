"""Proposals of roles: propose one, decide on it, and what it would allow."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from organisations.administration.forms import ContactDecisionForm
from organisations.administration.role_rights import rights_of
from organisations.administration.tabs import administration_tabs
from organisations.roles import outside_grants, proposal_notices, proposals
from organisations.roles.decorators import here, needs
from organisations.roles.models import Role
from organisations.roles.permissions import Permission, roles_at
from organisations.roles.proposal_models import RoleProposal

SHOWN = 50


@require_GET
@needs(Permission.SEE_ROLE_PROPOSALS)
def role_proposals(request: HttpRequest) -> HttpResponse:
    """List open proposals and the latest decisions.

    A coordinator sees those of their own organisation; administrators and privacy officers all.
    """
    partnership, user = here(request)
    held = roles_at(user, partnership)
    sees_all = any(m.role in {Role.ADMINISTRATOR, Role.PRIVACY_OFFICER} for m in held)
    own = [m.organisation_id for m in held if m.role == Role.COORDINATOR]
    visible = RoleProposal.objects.filter(partnership=partnership).select_related(
        "organisation", "team", "municipality", "proposed_by", "decided_by"
    )
    if not sees_all:
        visible = visible.filter(organisation__in=own)
    may_decide = {
        one.pk
        for one in visible.filter(decision=RoleProposal.Decision.OPEN, organisation__in=own)
        if user in proposals.approvers(proposal=one, on=timezone.now())[0]
    }
    administers = user.has_perm(Permission.MANAGE_ROLES, partnership)
    return render(
        request,
        "organisations/administration/role_proposals.html",
        {
            "waiting": [
                _shown(one, decides=one.pk in may_decide)
                for one in visible.filter(decision=RoleProposal.Decision.OPEN)
            ],
            "decided": visible.exclude(decision=RoleProposal.Decision.OPEN).order_by("-decided_at")[
                :SHOWN
            ],
            "outside": outside_grants.of(partnership, now=timezone.now()) if sees_all else [],
            "administers": administers,
            "tabs": administration_tabs("proposals") if administers else [],
        },
    )


def _shown(proposal: RoleProposal, *, decides: bool) -> dict[str, Any]:
    users, contact = proposals.approvers(proposal=proposal, on=timezone.now())
    return {
        "proposal": proposal,
        "rights": rights_of(proposal),
        "decides": decides,
        "approvers": [u.name for u in users],
        "contact": contact,
    }


@require_POST
@needs(Permission.SEE_ROLE_PROPOSALS)
def decide(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """Approve or refuse as a coordinator, or withdraw as an administrator."""
    partnership, user = here(request)
    proposal = get_object_or_404(RoleProposal, pk=proposal_id, partnership=partnership)
    choice, now = request.POST.get("besluit"), timezone.now()
    try:
        if choice == "intrekken":
            if not user.has_perm(Permission.MANAGE_ROLES, partnership):
                raise PermissionDenied
            proposals.withdraw(proposal=proposal, by=user, now=now)
            messages.success(request, _("Het voorstel is ingetrokken."))
        elif choice == "goed":
            proposals.approve(proposal=proposal, by=user, now=now)
            messages.success(
                request, _("De rol geldt vanaf nu. De privacy officer krijgt bericht.")
            )
        elif choice == "niet":
            proposals.refuse(proposal=proposal, by=user, now=now)
            messages.success(request, _("Het voorstel is afgewezen. De rol is niet gegeven."))
        else:
            raise Http404
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("role_proposals")


@sensitive_post_parameters()
@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def contact_decision(request: HttpRequest, token: str) -> HttpResponse:
    """Let an organisation's contact person decide, by the link that was mailed to them.

    Opening it decides nothing, and the form asks for a name: a mail filter that follows links or
    sends forms grants no role.
    """
    found = proposal_notices.proposal_of(token)
    partnership = getattr(request, "partnership", None)
    if found is None or partnership is None or found[0].partnership_id != partnership.pk:
        return render(
            request, "organisations/administration/role_contact.html", {"found": None}, status=410
        )
    proposal, contact = found
    form = ContactDecisionForm(request.POST or None)
    decided = ""
    if request.method == "POST" and form.is_valid():
        verb = proposals.approve if form.cleaned_data["decision"] == "goed" else proposals.refuse
        try:
            verb(
                proposal=proposal,
                contact=contact,
                contact_name=form.cleaned_data["name"],
                now=timezone.now(),
            )
            decided = form.cleaned_data["decision"]
        except ValidationError as error:
            form.add_error(None, error)
    return render(
        request,
        "organisations/administration/role_contact.html",
        {
            "found": proposal,
            "rights": rights_of(proposal),
            "form": form,
            "decided": decided,
        },
        status=422 if form.is_bound and not decided else 200,
    )

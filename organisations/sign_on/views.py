"""Screens: signing in through organisations, as an administrator proposes and another approves."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from organisations.roles.decorators import here, needs
from organisations.roles.permissions import Permission
from organisations.sign_on import proposals, role_table
from organisations.sign_on.forms import OrganisationForm, ProviderForm, RoleTableForm
from organisations.sign_on.models import SignOnSetting
from welzijn.single_sign_on import sources

MANAGE = Permission.MANAGE_ROLES
DECIDE = Permission.DECIDE_REQUESTS
Kind = SignOnSetting.Kind


@require_GET
@needs(DECIDE)
def overview(request: HttpRequest) -> HttpResponse:
    """List providers, tables and SCIM access of this partnership, and what waits for approval."""
    partnership, user = here(request)
    found = SignOnSetting.objects.filter(
        partnership=partnership, ended_at__isnull=True
    ).select_related("organisation", "proposed_by", "approved_by", "partnership")
    rows = [
        {
            "setting": one,
            "details": _details(one),
            "may_decide": one.approved_at is None
            and proposals.approvers(one).filter(pk=user.pk).exists(),
        }
        for one in found
    ]
    return render(
        request,
        "organisations/sign_on/overview.html",
        {
            "rows": rows,
            "providers": sources.for_partnership(partnership.pk),
            "manages": user.has_perm(MANAGE, partnership),
        },
    )


def _details(setting: SignOnSetting) -> list[tuple[str, str]]:
    """Return what a setting says, for who has to approve it."""
    content = setting.content
    if setting.kind == Kind.ROLES:
        return [(_("Rollen per groep"), role_table.as_text(content["rows"]))]
    if setting.kind == Kind.SCIM:
        return [(_("Adres"), "/scim/v2/")]
    return [
        (_("Adres van het inlogsysteem (issuer)"), content["issuer"]),
        (_("Client-id"), content["client_id"]),
        (_("Maildomeinen"), ", ".join(content["domains"])),
        (_("Vertrouwde maildomeinen"), ", ".join(content["trusted_domains"]) or "-"),
        (
            _("Tweede stap bij het inlogsysteem"),
            ", ".join([*content["second_factor_amr"], *content["second_factor_acr"]]) or "-",
        ),
        (_("Claim met groepen of rollen"), content["roles_claim"] or "-"),
        (_("Wachtwoord"), _("niet toegestaan") if content["only"] else _("toegestaan")),
    ]


def _form_page(request: HttpRequest, form: OrganisationForm, title: str) -> HttpResponse:
    return render(
        request,
        "organisations/sign_on/form.html",
        {"form": form, "page_heading": title},
        status=422 if form.is_bound and not form.is_valid() else 200,
    )


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@needs(MANAGE)
def provider(request: HttpRequest) -> HttpResponse:
    """Propose an identity provider."""
    partnership, user = here(request)
    form = ProviderForm(request.POST or None, partnership=partnership)
    if request.method == "POST" and form.is_valid():
        try:
            proposals.propose(
                kind=Kind.PROVIDER,
                partnership=partnership,
                organisation=form.cleaned_data["organisation"],
                provider_id=form.cleaned_data["provider_id"],
                content=form.content(),
                client_secret=form.cleaned_data["client_secret"],
                by=user,
                now=timezone.now(),
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Uw voorstel wacht op goedkeuring door de organisatie."))
            return redirect("sign_on")
    return _form_page(request, form, _("Inlogsysteem voorstellen"))


@require_http_methods(["GET", "POST"])
@needs(MANAGE)
def roles(request: HttpRequest) -> HttpResponse:
    """Propose a table of roles by group."""
    partnership, user = here(request)
    form = RoleTableForm(request.POST or None, partnership=partnership)
    if request.method == "POST" and form.is_valid():
        try:
            proposals.propose(
                kind=Kind.ROLES,
                partnership=partnership,
                organisation=form.cleaned_data["organisation"],
                provider_id=form.cleaned_data["provider_id"],
                content={"rows": form.cleaned_data["rows"]},
                by=user,
                now=timezone.now(),
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Uw voorstel wacht op goedkeuring door de organisatie."))
            return redirect("sign_on")
    return _form_page(request, form, _("Rollen per groep voorstellen"))


@never_cache
@require_http_methods(["GET", "POST"])
@needs(MANAGE)
def scim(request: HttpRequest) -> HttpResponse:
    """Propose SCIM access; its token is shown once."""
    partnership, user = here(request)
    form = OrganisationForm(request.POST or None, partnership=partnership)
    if request.method == "POST" and form.is_valid():
        try:
            _setting, token = proposals.propose(
                kind=Kind.SCIM,
                partnership=partnership,
                organisation=form.cleaned_data["organisation"],
                by=user,
                now=timezone.now(),
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return render(request, "organisations/sign_on/token.html", {"token": token})
    return _form_page(request, form, _("Accounts bijhouden met SCIM"))


@require_POST
@needs(DECIDE)
def decide(request: HttpRequest, setting_id: UUID) -> HttpResponse:
    """Approve or refuse a proposal."""
    partnership, user = here(request)
    get_object_or_404(SignOnSetting, pk=setting_id, partnership=partnership)
    now = timezone.now()
    try:
        if request.POST.get("besluit") == "ja":
            proposals.approve(setting_id=setting_id, by=user, now=now)
            messages.success(request, _("Het voorstel geldt vanaf nu."))
        else:
            proposals.refuse(setting_id=setting_id, by=user, now=now)
            messages.success(request, _("Het voorstel is afgewezen."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("sign_on")


@require_POST
@needs(MANAGE)
def end(request: HttpRequest, setting_id: UUID) -> HttpResponse:
    """End a setting at once."""
    partnership, _user = here(request)
    setting = get_object_or_404(SignOnSetting, pk=setting_id, partnership=partnership)
    proposals.end(setting=setting, now=timezone.now())
    messages.success(request, _("Deze instelling is gestopt."))
    return redirect("sign_on")

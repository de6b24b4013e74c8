"""Require login; where a session is over, keep what was typed and say why it is over."""

from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from welzijn.accounts.middleware import SESSION_OVER
from welzijn.staff_forms import fields, refused


class StaffLoginMiddleware(LoginRequiredMiddleware):
    """Require login by default; explain why it is needed again, and keep what was typed.

    Again: after a time limit, after a role ended, and for a form of an old tab, whose user signed
    out in another one or whose cookie is gone.
    """

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> Any:
        """Redirect to the sign-in page; keep a form that was sent as a draft of its user."""
        reason = request.META.get(SESSION_OVER)
        by_htmx = bool(request.headers.get("HX-Request"))
        if not reason and (request.method == "POST" or by_htmx):
            reason = "tab"
        if not reason:
            return super().handle_no_permission(request, view_func)
        sign_in = refused.sign_in_address(request, reason)
        if reason == "rol" and not by_htmx:
            return redirect(sign_in)
        if by_htmx:
            return _render_in_place(request, sign_in)
        if request.method != "POST":
            return redirect(sign_in)
        kept = refused.save_refused_post(request)
        typed = fields.typed(request.POST)
        if not kept and reason == "tab" and not any(len(t) > 20 for v in typed.values() for t in v):
            return redirect(sign_in)
        return refused.session_over_page(request, reason, kept=kept)


def _render_in_place(request: HttpRequest, sign_in: str) -> HttpResponse:
    """Redirect an htmx GET to the sign-in page; answer a form with a notice in its place."""
    if request.method != "POST":
        return HttpResponse(headers={"HX-Redirect": sign_in})
    page = render(request, "account/_signed_out.html", {"sign_in": sign_in})
    page["HX-Retarget"] = page["HX-Reselect"] = "#uitgelogd"
    page["HX-Reswap"] = "outerHTML"
    return page

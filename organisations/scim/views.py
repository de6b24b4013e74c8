"""The SCIM endpoint. An organisation's directory signs in with a bearer token."""

import hmac
import json
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from organisations.scim import accounts, messages
from organisations.scim.messages import ScimError
from organisations.sign_on import proposals
from organisations.sign_on.models import SignOnSetting

_MOST = 200  # users on a page
_CONTENT_TYPE = "application/scim+json"
View = Callable[..., HttpResponse]


def _answer(body: Any, status: int = 200) -> HttpResponse:
    return JsonResponse(body, status=status, content_type=_CONTENT_TYPE)


def _setting_of(request: HttpRequest) -> SignOnSetting:
    """Return the SCIM access of the bearer token. Raises ScimError 401."""
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token:
        wanted = proposals.digest(token.strip())
        partnership = getattr(request, "partnership", None)
        for one in proposals.in_force(SignOnSetting.Kind.SCIM).filter(secret=wanted):
            here = partnership is None or one.partnership_id == partnership.pk
            if here and hmac.compare_digest(one.secret, wanted):
                return one
    raise ScimError(401, "A valid bearer token is needed.")


def _with_token(view: View) -> View:
    """Let a view run for the token's organisation; answer errors as SCIM does."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, _setting_of(request), *args, **kwargs)
        except ScimError as error:
            answer = _answer(error.body(), error.status)
            if error.status == 401:
                answer["WWW-Authenticate"] = 'Bearer realm="scim"'
            return answer

    return csrf_exempt(login_not_required(never_cache(checked)))


def _body(request: HttpRequest) -> Any:
    try:
        return json.loads(request.body)
    except (ValueError, RecursionError):
        raise ScimError(400, "No valid JSON.", "invalidSyntax") from None


def _base(request: HttpRequest) -> str:
    return request.build_absolute_uri("/scim/v2/Users")


def _number(request: HttpRequest, name: str, default: int) -> int:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else default


@require_http_methods(["GET", "POST"])
@_with_token
def users(request: HttpRequest, setting: SignOnSetting) -> HttpResponse:
    """List or find users, or create one."""
    base = _base(request)
    if request.method == "POST":
        wanted = messages.read_user(_body(request))
        row = accounts.create(setting=setting, wanted=wanted, now=timezone.now())
        answer = _answer(messages.resource(row, base), 201)
        answer["Location"] = f"{base}/{row.pk}"
        return answer
    rows = accounts.of(setting)
    found = messages.filter_of(request.GET.get("filter", ""))
    if found is not None:
        name, value = found
        column = {"username": "user__email", "externalid": "external_id", "id": "pk"}[name]
        try:
            value = str(UUID(value)) if name == "id" else value
        except ValueError:
            rows = rows.none()
        else:
            rows = rows.filter(**{column: value.lower() if name == "username" else value})
    start = max(1, _number(request, "startIndex", 1))
    count = min(_MOST, _number(request, "count", _MOST))
    page = [messages.resource(row, base) for row in rows[start - 1 : start - 1 + count]]
    return _answer(messages.listed(page, rows.count(), start))


@require_http_methods(["GET", "PUT", "PATCH", "DELETE"])
@_with_token
def user(request: HttpRequest, setting: SignOnSetting, id_: UUID) -> HttpResponse:
    """Read, replace, change or end one user."""
    now, base = timezone.now(), _base(request)
    if request.method == "GET":
        return _answer(messages.resource(accounts.find(setting=setting, id_=id_), base))
    if request.method == "DELETE":
        accounts.remove(setting=setting, id_=id_, now=now)
        return HttpResponse(status=204)
    read = messages.read_user if request.method == "PUT" else messages.read_patch
    wanted = read(_body(request))
    if request.method == "PUT" and wanted.email is None:
        raise ScimError(400, "userName is missing.", "invalidValue")
    row = accounts.change(setting=setting, id_=id_, wanted=wanted, now=now)
    return _answer(messages.resource(row, base))


@require_GET
@_with_token
def service(request: HttpRequest, setting: SignOnSetting) -> HttpResponse:
    """Say what this endpoint can do."""
    no: dict[str, Any] = {"supported": False}
    return _answer(
        {
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
            "patch": {"supported": True},
            "bulk": {**no, "maxOperations": 0, "maxPayloadSize": 0},
            "filter": {"supported": True, "maxResults": _MOST},
            "changePassword": no,
            "sort": no,
            "etag": no,
            "authenticationSchemes": [
                {"type": "oauthbearertoken", "name": "Bearer", "description": "Bearer token"}
            ],
        }
    )

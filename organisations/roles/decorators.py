"""The permission decorator of views."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase

from organisations.roles.permissions import Permission

View = Callable[..., HttpResponseBase]


def needs(permission: Permission) -> Callable[[View], View]:
    """Allow a view only to holders of `permission` at the request's partnership.

    404 on the bare host, which has no partnership; 403 for a user without the role. The permission
    is kept as `view.permission` for the permission matrix test.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            partnership = getattr(request, "partnership", None)
            if partnership is None:
                raise Http404
            if not request.user.has_perm(permission, partnership):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        checked.permission = permission  # type: ignore[attr-defined]
        return checked

    return decorate

"""The permission decorator of views, and who asks where in a request that it allowed."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase

from organisations.partnerships.models import Partnership
from organisations.roles.permissions import Permission
from welzijn.accounts.models import User

View = Callable[..., HttpResponseBase]


def here(request: HttpRequest) -> tuple[Partnership, User]:
    """Return the partnership and the user of a request that `needs` allowed."""
    return cast(Partnership, request.partnership), cast(User, request.user)  # type: ignore[attr-defined]


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

"""Where to report a weakness: `/.well-known/security.txt` (RFC 9116)."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

# The RFC advises less than a year. It is counted from each request: the address comes from the
# settings of a running installation, so it is as true as the installation itself.
VALID = timedelta(days=90)


@never_cache
@login_not_required
def security_txt(request: HttpRequest) -> HttpResponse:
    """Answer with the contact of the operator. Raises Http404 where none is set."""
    contact = settings.SECURITY_CONTACT
    if not contact:
        raise Http404
    address = contact if ":" in contact else f"mailto:{contact}"
    expires = (timezone.now() + VALID).replace(microsecond=0)
    lines = [
        f"Contact: {address}",
        f"Expires: {expires.isoformat()}",
        "Preferred-Languages: nl, en",
        f"Canonical: {request.build_absolute_uri('/.well-known/security.txt')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")

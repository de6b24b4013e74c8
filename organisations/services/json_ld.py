"""Services as schema.org JSON-LD, for search engines: what the page says, and no more.

script(data)            the element, with everything escaped that could end it
allow(response, ...)    the page's policy then allows that very element, by its hash
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from typing import Any

from csp.constants import SELF
from django.http import HttpResponse
from django.utils.safestring import SafeString, mark_safe

from organisations.directory.models import Organisation, Service
from organisations.partnerships.translations import translate
from organisations.routing.facts import AGE_BANDS

_CONTEXT = "https://schema.org"
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def service(found: Service, *, url: str) -> dict[str, Any]:
    """Return one service with its provider, area and audience."""
    return {"@context": _CONTEXT} | _service(found, url)


def services(found: Sequence[tuple[Service, str]]) -> dict[str, Any]:
    """Return a list of services in the order of the page, each with its address."""
    return {
        "@context": _CONTEXT,
        "@type": "ItemList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "item": _service(one, url)}
            for number, (one, url) in enumerate(found, start=1)
        ],
    }


def _service(found: Service, url: str) -> dict[str, Any]:
    data: dict[str, Any] = {
        "@type": "Service",
        "@id": url,
        "url": url,
        "name": found.name,
        "description": str(translate(found.description)),
        "serviceType": [str(translate(domain.name)) for domain in found.life_domains.all()],
        "provider": _provider(found.organisation),
        "areaServed": [
            {"@type": "AdministrativeArea", "name": place.name}
            for place in found.neighbourhoods.all()
        ],
        "audience": _audience(found),
        "sameAs": found.url,
    }
    return _filled(data)


def _provider(one: Organisation) -> dict[str, Any]:
    return _filled(
        {
            "@type": "Organization",
            "name": one.name,
            "description": str(translate(one.description)),
            "url": one.website,
            "email": one.email,
            "telephone": one.phone,
        }
    )


def _audience(found: Service) -> dict[str, Any]:
    bands = [band for band in AGE_BANDS if band in found.audience]
    if not bands:
        return {}
    data: dict[str, Any] = {
        "@type": "PeopleAudience",
        "suggestedMinAge": int(bands[0].rstrip("+").split("-")[0]),
    }
    if not bands[-1].endswith("+"):
        data["suggestedMaxAge"] = int(bands[-1].split("-")[1])
    return data


def _filled(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value not in ("", [], {})}


def script(data: dict[str, Any]) -> SafeString:
    """Return the element. Nothing in it can end it or begin another."""
    return mark_safe(f'<script type="application/ld+json">{_text(data)}</script>')  # noqa: S308 - escaped


def _text(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)


def allow(response: HttpResponse, data: dict[str, Any]) -> HttpResponse:
    """Allow the element of this data on a page, beside the site's own scripts."""
    digest = base64.b64encode(hashlib.sha256(_text(data).encode()).digest()).decode()
    wanted = {"script-src": [SELF, f"'sha256-{digest}'"]}
    # What the decorators of django-csp set; the hash is known only now.
    setattr(response, "_csp_update", wanted)  # noqa: B010 - no attribute of the class
    return response

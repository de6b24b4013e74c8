"""Read and write SCIM resources (RFC 7643, 7644), as far as users need them."""

import re
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from organisations.sign_on.models import ProvisionedUser

USER = "urn:ietf:params:scim:schemas:core:2.0:User"
LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse"
ERROR = "urn:ietf:params:scim:api:messages:2.0:Error"
PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
_FILTER = re.compile(
    r'\s*(?P<name>userName|externalId|id)\s+eq\s+"(?P<value>(?:[^"\\]|\\.){0,254})"\s*',
    re.IGNORECASE,
)


class ScimError(Exception):
    """An error with the status and the kind that RFC 7644 3.12 names."""

    def __init__(self, status: int, detail: str, kind: str = "") -> None:
        super().__init__(detail)
        self.status, self.detail, self.kind = status, detail, kind

    def body(self) -> dict[str, Any]:
        """Return the error as a resource."""
        found = {"schemas": [ERROR], "status": str(self.status), "detail": self.detail}
        return {**found, "scimType": self.kind} if self.kind else found


@dataclass(slots=True)
class Wanted:
    """What a request says about a user; None: nothing."""

    email: str | None = None
    name: str | None = None
    function: str | None = None
    external_id: str | None = None
    active: bool | None = None


def resource(row: ProvisionedUser, base: str) -> dict[str, Any]:
    """Return a user as a SCIM resource."""
    user = row.user
    return {
        "schemas": [USER],
        "id": str(row.pk),
        **({"externalId": row.external_id} if row.external_id else {}),
        "userName": user.email,
        "displayName": user.name,
        "name": {"formatted": user.name},
        "title": user.function,
        "emails": [{"value": user.email, "type": "work", "primary": True}],
        "active": row.active and user.is_active,
        "meta": {
            "resourceType": "User",
            "created": row.created_at.isoformat(),
            "lastModified": row.changed_at.isoformat(),
            "location": f"{base}/{row.pk}",
        },
    }


def listed(rows: list[dict[str, Any]], total: int, start: int) -> dict[str, Any]:
    """Return a list response."""
    return {
        "schemas": [LIST],
        "totalResults": total,
        "startIndex": start,
        "itemsPerPage": len(rows),
        "Resources": rows,
    }


def filter_of(text: str) -> tuple[str, str] | None:
    """Return the attribute and value of `userName eq "..."`, or raise ScimError."""
    if not text:
        return None
    found = _FILTER.fullmatch(text)
    if found is None:
        raise ScimError(
            400, "Only userName, externalId or id with eq can be filtered.", "invalidFilter"
        )
    return found["name"].lower(), re.sub(r"\\(.)", r"\1", found["value"])


def read_user(body: Any) -> Wanted:
    """Return what a whole resource says. Raises ScimError."""
    if not isinstance(body, dict):
        raise ScimError(400, "A JSON object is expected.", "invalidSyntax")
    wanted = Wanted()
    for name, value in body.items():
        _set(wanted, str(name), value)
    return wanted


def read_patch(body: Any) -> Wanted:
    """Return what the operations of a PATCH say. Raises ScimError.

    Entra ID writes "Replace", an `active` of "False", and paths such as
    `emails[type eq "work"].value`.
    """
    operations = body.get("Operations") if isinstance(body, dict) else None
    if not isinstance(operations, list) or not 0 < len(operations) <= 100:
        raise ScimError(400, "Operations are expected.", "invalidSyntax")
    wanted = Wanted()
    for one in operations:
        if not isinstance(one, dict) or not isinstance(one.get("op"), str):
            raise ScimError(400, "An operation needs op.", "invalidSyntax")
        kind, path, value = one["op"].lower(), one.get("path"), one.get("value")
        if kind not in {"add", "replace", "remove"}:
            raise ScimError(400, "op is add, replace or remove.", "invalidSyntax")
        if kind == "remove":
            if not isinstance(path, str):
                raise ScimError(400, "remove needs a path.", "noTarget")
            _remove(wanted, path)
        elif path is None:
            if not isinstance(value, dict):
                raise ScimError(400, "Without a path the value is an object.", "invalidSyntax")
            for name, each in value.items():
                _set(wanted, str(name), each)
        elif isinstance(path, str):
            _set(wanted, path, value)
        else:
            raise ScimError(400, "path is text.", "invalidPath")
    return wanted


def _remove(wanted: Wanted, path: str) -> None:
    name = _plain(path)
    if name in {"username", "active"}:
        raise ScimError(400, "userName and active can't be removed.", "mutability")
    if name == "title":
        wanted.function = ""
    elif name == "externalid":
        wanted.external_id = ""


def _plain(path: str) -> str:
    """Return a path in lower case without the schema."""
    return path.removeprefix(f"{USER}:").lower()


def _set(wanted: Wanted, path: str, value: Any) -> None:
    """Take one attribute; those that Voordeur doesn't keep are passed over."""
    name = _plain(path)
    if name == "active":
        wanted.active = _boolean(value)
    elif name == "username":
        wanted.email = _address(value)
    elif name == "externalid":
        wanted.external_id = _text(value, 200)
    elif name == "title":
        wanted.function = _text(value, 120)
    elif name in {"displayname", "name.formatted"}:
        wanted.name = _text(value, 120) or wanted.name
    elif name == "name" and isinstance(value, dict):
        parts = {str(key).lower(): each for key, each in value.items()}
        both = [parts.get("givenname"), parts.get("familyname")]
        full_name = parts.get("formatted") or " ".join(one for one in both if isinstance(one, str))
        if full_name and not wanted.name:
            wanted.name = _text(full_name, 120)


def _boolean(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in {"true", "false"}:
        return value.lower() == "true"
    raise ScimError(400, "active is true or false.", "invalidValue")


def _text(value: Any, longest: int) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ScimError(400, "Text is expected.", "invalidValue")
    return " ".join(value.split())[:longest]


def _address(value: Any) -> str:
    text = value.strip().lower() if isinstance(value, str) else ""
    try:
        validate_email(text)
    except ValidationError:
        raise ScimError(400, "userName has to be a mail address.", "invalidValue") from None
    return text

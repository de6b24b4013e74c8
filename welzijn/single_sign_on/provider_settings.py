"""What is configured for one identity provider, with the checks on it."""

import json
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

# Entra addresses at which any tenant of the world signs in: not one organisation's provider.
_ANY_TENANT = {"common", "organizations", "consumers"}
Claim = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.:/-]{1,120}$")]
Domain = Annotated[str, Field(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)+$")]


class ProviderSettings(BaseModel):
    """One identity provider. docs/accounts.md describes each key."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,29}$")]
    label: Annotated[str, Field(min_length=1, max_length=80)]
    issuer: str
    client_id: Annotated[str, Field(min_length=1, max_length=200)]
    client_secret: Annotated[str, Field(min_length=1, repr=False)]
    organisation: str = ""  # slug; only its own people sign in here. Empty: anybody invited
    domains: tuple[Domain, ...] = ()  # mail domains that sign in here; empty: all
    trusted_domains: tuple[Domain, ...] = ()  # here a missing email_verified counts as true
    only: bool = False  # the people of `domains` can't use a password
    email_claims: tuple[Claim, ...] = ("email", "preferred_username", "upn")
    name_claim: Claim | None = None  # taken over at each sign-in; None: the name stays
    second_factor_amr: tuple[str, ...] = ()
    second_factor_acr: tuple[str, ...] = ()
    roles_claim: Claim | None = None  # "groups", "roles" or a path: "realm_access.roles"
    scope: tuple[str, ...] = ("openid", "profile", "email")
    insecure: bool = Field(default=False, exclude=True)  # http on this machine, for tests

    @model_validator(mode="after")
    def _check(self) -> Self:
        parts = urlsplit(self.issuer)
        host = parts.hostname or ""
        if not self.insecure and (parts.scheme != "https" or _is_address(host)):
            raise ValueError("issuer: begin with https:// and a host name")
        if parts.username or parts.query or parts.fragment or not host:
            raise ValueError("issuer: an address without user name, ? or #")
        if _ANY_TENANT & set(parts.path.split("/")):
            raise ValueError("issuer: name the directory (tenant) id, not 'common'")
        if unknown := set(self.trusted_domains) - set(self.domains):
            raise ValueError(f"trusted_domains: also name {', '.join(sorted(unknown))} in domains")
        if self.only and not self.domains:
            raise ValueError("only: name the domains it applies to")
        if "openid" not in self.scope:
            raise ValueError("scope: has to hold openid")
        return self

    def serves(self, address: str) -> bool:
        """Return whether somebody with this address signs in here."""
        return not self.domains or _domain(address) in self.domains

    def trusts(self, address: str) -> bool:
        """Return whether the provider is trusted for this address without `email_verified`."""
        return _domain(address) in self.trusted_domains


def _domain(address: str) -> str:
    return address.rpartition("@")[2].lower()


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
    return True


def from_json(text: str, *, insecure: bool = False) -> list[ProviderSettings]:
    """Return the providers of a JSON list. Raises ValueError with one sentence, without secrets."""
    try:
        rows = json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"no valid JSON at line {error.lineno}, column {error.colno}") from None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ValueError("has to be a list of objects: [{...}, {...}]")
    found = []
    for number, row in enumerate(rows, start=1):
        try:
            found.append(ProviderSettings(**{**row, "insecure": insecure}))
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False)[0]
            place = ".".join(str(part) for part in first["loc"]) or "provider"
            raise ValueError(f"provider {number}: {place}: {first['msg']}") from None
    names = [one.id for one in found]
    if twice := {name for name in names if names.count(name) > 1}:
        raise ValueError(f"the id {min(twice)} occurs twice")
    return found


def from_environment(environment: dict[str, str], *, insecure: bool) -> list[ProviderSettings]:
    """Return the providers of OIDC_ISSUER and of OIDC_PROVIDERS or OIDC_PROVIDERS_FILE.

    Raises ValueError, which names the variable.
    """
    found = []
    if environment.get("OIDC_ISSUER"):
        missing = [n for n in ("OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET") if not environment.get(n)]
        if missing:
            raise ValueError(f"{missing[0]} is not set, and OIDC_ISSUER is.")
        one = {
            "id": "sso",
            "label": environment.get("OIDC_NAME") or "Inloggen via uw organisatie",
            "issuer": environment["OIDC_ISSUER"],
            "client_id": environment["OIDC_CLIENT_ID"],
            "client_secret": environment["OIDC_CLIENT_SECRET"],
        }
        try:
            found += from_json(json.dumps([one]), insecure=insecure)
        except ValueError as error:
            raise ValueError(f"OIDC_ISSUER: {error}") from None
    for variable in ("OIDC_PROVIDERS", "OIDC_PROVIDERS_FILE"):
        text = environment.get(variable, "")
        if not text:
            continue
        try:
            if variable == "OIDC_PROVIDERS_FILE":
                text = Path(text).read_text(encoding="utf-8")
            found += from_json(text, insecure=insecure)
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else error
            raise ValueError(f"{variable}: {reason}") from None
    if len({one.id for one in found}) < len(found):
        raise ValueError("OIDC_PROVIDERS: an id occurs twice ('sso' is that of OIDC_ISSUER)")
    return found

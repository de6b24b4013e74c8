"""allauth's OpenID Connect provider, with every token verified and our own matching."""

import hashlib
import time
from collections.abc import Mapping
from typing import Any, cast

from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.oauth2.provider import OAuth2Provider
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import get_random_string

from welzijn.single_sign_on import claims, discovery, matching, sources, tokens
from welzijn.single_sign_on.provider_settings import ProviderSettings

NONCE_SEED = "sign_on_nonce"  # in allauth's state: the nonce is its digest
SIGN_ON = "sign_on"  # in allauth's state: what the session has to know of the provider


def app_of(one: ProviderSettings) -> SocialApp:
    """Return what allauth calls an app; never saved."""
    return SocialApp(
        provider="openid_connect",
        provider_id=one.id,
        name=one.label,
        client_id=one.client_id,
        secret=one.client_secret,
        settings={
            "server_url": one.issuer,
            "scope": list(one.scope),
            "oauth_pkce_enabled": True,
        },
    )


def nonce_of(seed: str) -> str:
    """Return the nonce of a seed that only the browser's session holds."""
    return hashlib.sha256(b"nonce:" + seed.encode()).hexdigest()


class StaffOAuth2Adapter(OpenIDConnectOAuth2Adapter):
    """The exchange with the provider: code for tokens, tokens for a user."""

    nonce = ""

    @property
    def rules(self) -> ProviderSettings:
        """The provider's settings. Raises SocialApp.DoesNotExist."""
        found = sources.provider(self.provider_id)
        if found is None:
            raise SocialApp.DoesNotExist
        return found

    @property
    def openid_config(self) -> dict[str, Any]:
        """The provider's discovery document, checked."""
        return discovery.configuration(self.rules)

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: Any, **kwargs: Any
    ) -> SocialLogin:
        """Return allauth's login of the account that the verified tokens belong to."""
        response: Mapping[str, Any] = kwargs["response"]
        rules = self.rules
        received = tokens.id_token_claims(
            rules, response.get("id_token"), nonce=self.nonce, now=time.time()
        )
        wanted = (rules.name_claim, rules.roles_claim)
        if claims.address_claim(rules, received) is None or any(
            name and name.split(".")[0] not in received for name in wanted
        ):
            received = claims.merge(received, discovery.userinfo(rules, token.token))
        identity = claims.identity_of(rules, received)
        partnership = getattr(request, "partnership", None)
        user = matching.resolve(
            provider=rules,
            identity=identity,
            partnership_id=partnership.pk if partnership else None,
            now=timezone.now(),
        )
        login = cast(
            SocialLogin,
            self.get_provider().sociallogin_from_response(
                request, {"sub": identity.subject, "iss": identity.issuer, "email": user.email}
            ),
        )
        login.sign_on = {
            "provider": rules.id,
            "subject": identity.subject,
            "sid": identity.sid,
            "second_factor": identity.second_factor,
        }
        return login


class StaffOpenIDConnectProvider(OpenIDConnectProvider):
    """The provider class that allauth registers for all our providers."""

    oauth2_adapter_class = StaffOAuth2Adapter

    @classmethod
    def get_package(cls) -> str:
        """Return the package whose `urls` hold sign-in and callback."""
        return "welzijn.single_sign_on"

    def redirect(
        self,
        request: HttpRequest,
        process: str,
        next_url: str | None = None,
        data: Any = None,
        **kwargs: Any,
    ) -> HttpResponse:
        """Send the browser to the provider, with a nonce that its session remembers."""
        seed = get_random_string(40)
        rules = sources.provider(self.app.provider_id)
        # The parameters are ours alone: a link can't add its own.
        kwargs["auth_params"] = {"nonce": nonce_of(seed)}
        if rules and rules.second_factor_acr:
            kwargs["auth_params"]["acr_values"] = " ".join(rules.second_factor_acr)
        kwargs["scope"] = self.get_scope()
        kwargs[NONCE_SEED] = seed
        return cast(
            HttpResponse,
            OAuth2Provider.redirect(self, request, process, next_url, data, **kwargs),
        )

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """Keep the issuer only: the other claims are personal data that nobody needs."""
        return {"iss": data["iss"]}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[Any]:
        """Return none: `matching` keeps the addresses."""
        return []


provider_classes = [StaffOpenIDConnectProvider]

"""An OpenID Connect provider that speaks real HTTP and says whatever a test wants it to say.

Discovery, keys, authorisation with PKCE, token and userinfo. `claims` go into the ID token beside
iss, aud, exp, iat and nonce; `forge` makes another token of them.
"""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "voordeur", "a-secret-of-the-test"
Forge = Callable[["OpenIDProvider", dict[str, Any]], str]


def new_key() -> rsa.RSAPrivateKey:
    """Return a signing key."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


KEY, OTHER_KEY = new_key(), new_key()  # slow to make: once for all tests


class OpenIDProvider:
    """The state of the provider; a test changes it between requests."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self.claims: dict[str, Any] = {}
        self.userinfo: dict[str, Any] | None = None  # None: there is no such endpoint
        self.forge: Forge | None = None
        self.discovery: dict[str, Any] = {}  # replaces what discovery says
        self.key, self.kid = KEY, "first"
        self.secret = SECRET
        self.client_key: Any = None  # a public key: the client has to sign (private_key_jwt)
        self.down = False
        self.requested: dict[str, str] = {}  # the last authorisation request
        self.codes: dict[str, dict[str, str]] = {}

    def token_claims(self, **more: Any) -> dict[str, Any]:
        """Return the claims of a valid ID token for the last authorisation request."""
        now = int(time.time())
        standard = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": self.requested.get("nonce", ""),
        }
        return {**standard, **self.claims, **more}

    def sign(self, claims: dict[str, Any], **header: Any) -> str:
        """Sign with the provider's key."""
        return jwt.encode(claims, self.key, "RS256", headers={"kid": self.kid, **header})

    def logout_token(self, **changes: Any) -> str:
        """Return a logout token; a claim that is None is left out."""
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 120,
            "jti": secrets.token_hex(8),
            "events": {"http://schemas.openid.net/event/backchannel-logout": {}},
            **changes,
        }
        kept = {name: value for name, value in claims.items() if value is not None}
        return self.sign(kept, typ="logout+jwt")

    def document(self) -> dict[str, Any]:
        """Return the discovery document."""
        found = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }
        if self.userinfo is not None:
            found["userinfo_endpoint"] = f"{self.issuer}/userinfo"
        return {**found, **self.discovery}

    def keys(self) -> dict[str, Any]:
        """Return the public keys."""
        public = jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        return {"keys": [{**public, "kid": self.kid, "use": "sig", "alg": "RS256"}]}

    def authorise(self, query: dict[str, str]) -> str:
        """Return where the browser goes after signing in here."""
        self.requested = query
        code = secrets.token_hex(8)
        self.codes[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def exchange(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """Return the answer of the token endpoint."""
        requested = self.codes.pop(form.get("code", ""), None)
        verifier = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(verifier).decode().rstrip("=")
        if form.get("client_id") != CLIENT or not self._client_is_right(form):
            return 401, {"error": "invalid_client"}
        if requested is None or requested.get("code_challenge") != challenge:
            return 400, {"error": "invalid_grant"}
        self.requested = requested  # several tabs may have begun
        claims = self.token_claims()
        token = self.forge(self, claims) if self.forge else self.sign(claims)
        return 200, {"access_token": "opaque", "token_type": "Bearer", "id_token": token}

    def _client_is_right(self, form: dict[str, str]) -> bool:
        if self.client_key is None:
            return form.get("client_secret") == self.secret
        try:
            claims = jwt.decode(
                form.get("client_assertion", ""),
                self.client_key,
                algorithms=["PS256", "RS256"],
                audience=f"{self.issuer}/token",
                issuer=CLIENT,
                options={"require": ["exp", "iat", "jti", "sub"]},
            )
        except jwt.PyJWTError:
            return False
        kind = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
        return claims["sub"] == CLIENT and form.get("client_assertion_type") == kind


def _handler(provider: OpenIDProvider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_args: Any) -> None:
            """Say nothing."""

        def _answer(self, status: int, body: Any = None, location: str = "") -> None:
            text = json.dumps(body or {}).encode()
            self.send_response(status)
            if location:
                self.send_header("Location", location)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            if provider.down:
                return self._answer(503)
            if parts.path.endswith("/.well-known/openid-configuration"):
                return self._answer(200, provider.document())
            if parts.path.endswith("/keys"):
                return self._answer(200, provider.keys())
            if parts.path.endswith("/authorize"):
                query = {name: values[0] for name, values in parse_qs(parts.query).items()}
                return self._answer(302, location=provider.authorise(query))
            if parts.path.endswith("/userinfo") and provider.userinfo is not None:
                return self._answer(200, provider.userinfo)
            return self._answer(404)

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            form = parse_qs(self.rfile.read(length).decode())
            status, body = provider.exchange({name: values[0] for name, values in form.items()})
            self._answer(status, body)

    return Handler


@contextmanager
def running() -> Iterator[OpenIDProvider]:
    """Run a provider on a port of its own."""
    provider = OpenIDProvider("")
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(provider))
    provider.issuer = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)

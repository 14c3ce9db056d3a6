"""Two OpenID providers on this machine: a well-behaved one in a process of its own, and one that lies on request."""

import base64
import hashlib
import json
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import requests
from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT = "arsenaal-test"


# --- the good one: oidc-provider-mock, over real HTTP --------------------------------------------------------------
@contextmanager
def good_provider(users: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Run oidc-provider-mock with these people (subject -> claims); give its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    claims = [f"--user-claims={json.dumps({'sub': sub, **more})}" for sub, more in users.items()]
    process = subprocess.Popen(
        [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), "--require-nonce", *claims],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={"PATH": os.environ["PATH"]},
    )
    issuer = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{issuer}/.well-known/openid-configuration", process)
        yield issuer
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(url: str, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the provider did not start")


def set_claims(issuer: str, subject: str, claims: dict[str, Any]) -> None:
    """Change what the provider says of somebody: as an administrator of the city does."""
    requests.put(f"{issuer}/users/{subject}", json=claims, timeout=5).raise_for_status()


def agree(url: str, subject: str) -> str:
    """Be the person at the provider's page who chooses his account; return where that leads."""
    answer = requests.post(url, data={"sub": subject}, allow_redirects=False, timeout=5)
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"]


def deny(url: str) -> str:
    """Be the person who changes his mind there."""
    answer = requests.post(url, data={"action": "deny"}, allow_redirects=False, timeout=5)
    return answer.headers["Location"]


# --- the one that lies ---------------------------------------------------------------------------------------------
@dataclass
class LyingProvider:
    """An OpenID provider of which a test bends the id token or the answer around it. The rest is as it should."""

    issuer: str = ""
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one", "use": "sig"}))
    claims: dict[str, Any] = field(default_factory=dict)
    metadata: dict[str, Any] = field(default_factory=dict)
    told_apart: dict[str, Any] | None = None
    sign: Callable[["LyingProvider", dict[str, Any]], str] | None = None
    drops_token: bool = False
    client_key: RSAKey | None = None  # with it, the program must sign who it is
    nonces: dict[str, str] = field(default_factory=dict)
    challenges: dict[str, str] = field(default_factory=dict)

    def authorize(self, url: str) -> str:
        """Agree at once; return the address to go back to."""
        asked = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(url).query))
        code = os.urandom(8).hex()
        self.nonces[code], self.challenges[code] = asked["nonce"], asked["code_challenge"]
        assert asked["code_challenge_method"] == "S256"
        back = urllib.parse.urlencode({"code": code, "state": asked["state"]})
        return f"{asked['redirect_uri']}?{back}"

    def token(self, sent: dict[str, str]) -> dict[str, Any]:
        """Swap a code, once, for an id token."""
        if self.client_key is not None:
            signed = jwt.decode(sent.get("client_assertion", ""), self.client_key).claims
            if (signed["aud"], signed["iss"], signed["sub"]) != (self.issuer, CLIENT, CLIENT):
                return {"error": "invalid_client"}
        code = sent.get("code", "")
        proof = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        if self.challenges.pop(code, None) != base64.urlsafe_b64encode(proof).decode().rstrip("="):
            return {"error": "invalid_grant"}
        now = int(time.time())
        said = {
            "iss": self.issuer,
            "sub": "s-1",
            "aud": CLIENT,
            "exp": now + 300,
            "iat": now,
            "nonce": self.nonces.pop(code),
            "preferred_username": "lawyer",
            **self.claims,
        }
        said = {name: value for name, value in said.items() if value is not None}
        answer = {"access_token": "t", "token_type": "Bearer", "expires_in": 300}
        if not self.drops_token:
            answer["id_token"] = (self.sign or honest)(self, said)
        return answer

    def about(self) -> dict[str, Any]:
        """The discovery document."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            **self.metadata,
        }


def honest(provider: LyingProvider, said: dict[str, Any]) -> str:
    """Signed with the provider's own key."""
    return jwt.encode({"alg": "RS256", "kid": "one"}, said, provider.key)


@contextmanager
def lying_provider() -> Iterator[LyingProvider]:
    """Run it on a port of its own, over real HTTP."""
    provider = LyingProvider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = urllib.parse.urlsplit(self.path).path
            if path == "/.well-known/openid-configuration":
                self.answer(provider.about())
            elif path == "/jwks":
                self.answer({"keys": [provider.key.as_dict(private=False)]})
            elif path == "/userinfo":
                self.answer(provider.told_apart or {"sub": "s-1"})
            else:
                self.answer({"error": "not found"}, 404)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            given = provider.token(dict(urllib.parse.parse_qsl(body)))
            self.answer(given, 400 if "error" in given else 200)

        def answer(self, given: dict[str, Any], status: int = 200) -> None:
            body = json.dumps(given).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.issuer = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()

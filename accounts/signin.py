"""What one has to show to get in: read by the views of the door, by the middleware and by the pages that tell."""

import ipaddress
import time
from typing import Any

from axes.helpers import get_client_ip_address
from django.conf import settings
from django.contrib.auth import login
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest

from accounts.enums import Role
from accounts.models import Passkey, TotpDevice, User
from accounts.sessions import describe

# Who changes how he signs in must have shown who he is this short ago.
RECENT_SECONDS = 15 * 60
# Between password and second step.
PENDING_SECONDS = 10 * 60
BACKEND = "django.contrib.auth.backends.ModelBackend"
_PENDING = "pending_sign_in"
_STRONG = "second_factor"


def asks_second_factor(role: Role) -> bool:
    """Tell whether this role may not work with a password alone."""
    return "all" in settings.SECOND_FACTOR_ROLES or role.value in settings.SECOND_FACTOR_ROLES


def must_have_second_factor(user: User) -> bool:
    """Tell whether one of the user's roles today asks for a second step. Costs no query beside `user.access`."""
    if not settings.SECOND_FACTOR_ROLES:
        return False
    return any(asks_second_factor(role) for roles in user.access.roles.values() for role in roles)


def has_second_factor(user: User) -> bool:
    """Tell whether the user set up an app or a passkey. Recovery codes alone are none."""
    return TotpDevice.objects.filter(user=user).exists() or Passkey.objects.filter(user=user).exists()


def is_strong(request: HttpRequest) -> bool:
    """Tell whether this session began with more than a password."""
    return bool(request.session.get(_STRONG))


def mark_strong(request: HttpRequest, method: str) -> None:
    """Remember in the session with what the second step was taken: totp, passkey, recovery or provider."""
    request.session[_STRONG] = method


def sign_in(request: HttpRequest, user: User, *, method: str = "") -> None:
    """Start the session: a new key, the device, and with what one signed in."""
    request.session.pop(_PENDING, None)
    login(request, user, backend=BACKEND)
    if method:
        mark_strong(request, method)


def begin_second_step(request: HttpRequest, user: User, next_url: str) -> None:
    """Remember that the password was right; nobody is signed in yet. The session gets a new key here as well."""
    request.session.flush()
    request.session[_PENDING] = {
        "user": user.pk,
        "hash": user.get_session_auth_hash(),
        "next": next_url,
        "at": int(time.time()),
    }


def pending(request: HttpRequest) -> tuple[User, str] | None:
    """Return who gave a right password a moment ago in this session, and where he was going; None when nobody did."""
    found: dict[str, Any] | None = request.session.get(_PENDING)
    if not found or time.time() - found["at"] > PENDING_SECONDS:
        return None
    user = User.objects.active().filter(pk=found["user"]).first()
    if user is None or user.get_session_auth_hash() != found["hash"]:
        return None
    return user, found["next"]


def touch(request: HttpRequest) -> None:
    """Write in the session when, where and on what it was used."""
    request.session["last_click"] = int(time.time())
    describe(request, place_of(request))


def note_sign_in(request: HttpRequest) -> None:
    """Write in a session that begins what its device is, and that its owner showed who he is just now."""
    now = int(time.time())
    request.session["signed_in_at"] = now
    request.session["confirmed_at"] = now
    touch(request)


def confirm(request: HttpRequest) -> None:
    """Remember that the owner of this session showed again who he is."""
    request.session["confirmed_at"] = int(time.time())


def is_recent(request: HttpRequest) -> bool:
    """Tell whether the owner of this session showed who he is a short while ago."""
    return time.time() - request.session.get("confirmed_at", 0) < RECENT_SECONDS


def place_of(request: HttpRequest) -> str:
    """Return the name of the network somebody is on, when the settings know it; the address itself is kept nowhere."""
    try:
        address = ipaddress.ip_address(get_client_ip_address(request) or "")
    except ValueError:
        return ""
    for name, networks in settings.KNOWN_NETWORKS.items():
        if any(address in ipaddress.ip_network(network) for network in networks):
            return str(name)[:60]
    return ""


def check_settings() -> None:
    """Refuse to start when a setting names a role or a network that isn't one. Raises ImproperlyConfigured.

    A typing error in SECOND_FACTOR_ROLES would let somebody in with a password alone, and nobody would see it.
    """
    known = {role.value for role in Role}
    if wrong := set(settings.SECOND_FACTOR_ROLES) - known - {"all"}:
        raise ImproperlyConfigured(f"SECOND_FACTOR_ROLES names roles that do not exist: {sorted(wrong)}")
    try:
        for pairs in settings.OIDC_ROLES.values():
            for _code, role in pairs:
                Role(role)
        for networks in settings.KNOWN_NETWORKS.values():
            for network in networks:
                ipaddress.ip_network(network)
    except (ValueError, TypeError, AttributeError) as error:
        raise ImproperlyConfigured(
            f"OIDC_ROLES or KNOWN_NETWORKS is not what README.md shows: {error}"
        ) from error

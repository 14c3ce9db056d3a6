"""Every address × every role × my case, another case, another neighbourhood, against the policy in tests/grid."""

import datetime as dt
import logging
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from django.http import HttpResponse
from django.utils import timezone

from accounts.enums import Role
from tests.grid.policy import ANONYMOUS, DOOR, EVERYBODY, GRID, IN, Row
from tests.grid.scene import Scene
from tests.grid.standing import standing_scene
from tests.grid.walk import Visitor, addresses, answer

pytestmark = pytest.mark.slow  # too long for `make test-quick`

# A page that is shown, a form that comes back, or on to the next page. No other answer counts as let in.
LET_IN = frozenset({200, 302, 400, 409, 422, 503})


def _refusal(status: int) -> Callable[..., HttpResponse]:
    return lambda request, exception: HttpResponse(status=status)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Thousands of refusals are the point of this file: they needn't be drawn, nor logged one by one."""
    monkeypatch.setattr("arsenaal.urls.handler403", _refusal(403), raising=False)
    monkeypatch.setattr("arsenaal.urls.handler404", _refusal(404), raising=False)
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def test_grid_covers_every_address_of_the_program_once() -> None:
    """A new address needs a line in the policy before it can be merged."""
    known = set(addresses())
    listed = Counter((row.name, frozenset(row.args)) for row in GRID)
    assert known - set(listed) == set(), "These addresses stand in no group of tests/grid/policy.py."
    assert set(listed) - known == set(), "These lines of the policy are about addresses that are gone."
    assert [address for address, times in listed.items() if times > 1] == []


def test_grid_covers_every_role() -> None:
    """A new role must be placed in the policy."""
    assert {role.value for role in Role} | {"outsider"} == EVERYBODY


_scene_once, scene = standing_scene(with_reports=True)


@pytest.mark.parametrize("role", [*sorted(EVERYBODY), ANONYMOUS])
def test_grid_role_gets_what_the_policy_says_in_each_place(scene: Scene, role: str) -> None:
    """Hundreds of requests for each role, and every deviation told at once."""
    visitor, deviations = Visitor(scene, role), []
    for row in GRID:
        for place in row.group.places:
            deviations += _deviations(visitor, row, place)
    assert not deviations, "\n".join(deviations)


def _deviations(visitor: Visitor, row: Row, place: str) -> list[str]:
    expected = row.group.expected(place, visitor.role)
    response = visitor.ask(row, place)
    got = answer(response)
    about = f"{row.name} of {place} as {visitor.role}: expected {expected}"
    if got != expected or (expected == IN and response.status_code not in LET_IN):
        return [f"{about}, got {got} ({response.status_code})"]
    if expected not in (IN, DOOR) and row.post is None:
        # Refused at the page is refused at the form as well.
        response = visitor.ask(row, place, "post")
        if answer(response) != expected and response.status_code != 405:
            return [f"{about}, posting got {response.status_code}"]
    return []


@pytest.mark.parametrize("role", ["community_worker", "partner", "lawyer"])
def test_grid_of_a_role_that_ended_yesterday_nothing_is_left(scene: Scene, role: str) -> None:
    """Who no longer works here gets nowhere but to his own profile, also with a session that still runs."""
    visitor = Visitor(scene, role)
    visitor.user.memberships.update(until_on=timezone.localdate() - dt.timedelta(days=1))
    found = [row.name for row in GRID if not row.group.is_public and answer(visitor.ask(row, "own")) == IN]
    assert found == [
        "accounts:profile",
        "accounts:password-change",
        "cases:home",
        "cases:search",
        "accounts:security",
        "accounts:confirm",
        "accounts:totp-setup",
        "accounts:passkey-new",
        "accounts:recovery-codes",
        "accounts:oidc-link-go",
        "accounts:logout",
        "accounts:totp-remove",
        "accounts:devices-end",
        "accounts:device-end",
        "accounts:oidc-link",
        *(["accounts:passkey-remove"] if role == "community_worker" else []),
        "cases:search-suggest",
        "accounts:own-street",
        *(["accounts:notice-seen"] if role == "community_worker" else []),
        "cases:map-drawing",  # border and streets, that everybody may see
    ]

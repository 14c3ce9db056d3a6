"""What the access log costs a page: the same page with the log and without it, in turns.

Each round asks a page once either way, in an order that changes, so that a machine that gets busier is no argument for
one of both. Shown are the medians, the middle half of the times, and what the log adds: the median of the differences
within a round.
"""

import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

ROUNDS = int(os.environ.get("BENCH_ROUNDS", "200"))
WARM_UP = 10


def main() -> None:
    """Measure pages that leave one look, a list that leaves none, and an export that leaves many cases in one."""
    import django

    django.setup()
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["testserver"]
    # Files are not collected for a measurement; their addresses are as long without a hash.
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    with_log = _asker([*settings.MIDDLEWARE])
    without = _asker([name for name in settings.MIDDLEWARE if "AccessLog" not in name])
    print(f"Access log: {ROUNDS} rounds of each page, in milliseconds; [the middle half]\n")
    print(f"{'page':<22}{'without':>24}{'with':>24}{'the log adds':>24}")
    for name, url in _pages():
        off, on = _measure(lambda url=url: without(url), lambda url=url: with_log(url))  # type: ignore[misc]
        added = [more - less for less, more in zip(off, on, strict=True)]
        print(f"{name:<22}{_spread(off):>24}{_spread(on):>24}{_spread(added):>24}", flush=True)


def _reader() -> Any:
    from accounts.enums import Role
    from accounts.models import User

    return User.objects.filter(memberships__role=Role.LAWYER).earliest("pk")


def _pages() -> list[tuple[str, str]]:
    from django.db.models import Count
    from django.urls import reverse

    from arsenaal.lib.wall import beyond_wall
    from cases.models import Case

    with beyond_wall("which case of the demo has the longest story"):
        reader = _reader()
        cases = Case.objects.visible_to(reader).filter(household__isnull=False)
        case = cases.annotate(length=Count("entries")).order_by("-length", "pk")[0]
        person = case.household.members.earliest("pk").person
    return [
        ("a case", reverse("cases:case", args=[case.number])),
        ("more of its timeline", reverse("cases:case-timeline", args=[case.number])),
        ("a person", reverse("people:person", args=[person.pk])),
        ("the list of cases", reverse("cases:case-list")),
        ("export of the cases", reverse("cases:case-export", args=["csv"])),
    ]


def _asker(middleware: list[str]) -> Callable[[str], None]:
    """Return a function that asks a page as somebody who is logged in, through this middleware."""
    from django.conf import settings
    from django.test import Client

    client, before = Client(), settings.MIDDLEWARE
    client.force_login(_reader(), backend="django.contrib.auth.backends.ModelBackend")
    settings.MIDDLEWARE = middleware
    client.handler.load_middleware()
    settings.MIDDLEWARE = before

    def ask(url: str) -> None:
        response = client.get(url)
        if response.streaming:
            b"".join(response.streaming_content)  # type: ignore[attr-defined]
        if response.status_code != 200:
            sys.exit(f"{url} answered {response.status_code}")

    return ask


def _measure(one: Callable[[], None], other: Callable[[], None]) -> tuple[list[float], list[float]]:
    order, times = random.Random(1), ([], [])  # noqa: S311 an order, no secret
    for _time in range(WARM_UP):
        one()
        other()
    for _round in range(ROUNDS):
        turns = [(one, times[0]), (other, times[1])]
        order.shuffle(turns)
        for ask, kept in turns:
            began = time.perf_counter()
            ask()
            kept.append((time.perf_counter() - began) * 1000)
    return times


def _spread(times: list[float]) -> str:
    low, middle, high = statistics.quantiles(times, n=4)
    return f"{middle:.2f} [{low:.2f} – {high:.2f}]"


if __name__ == "__main__":
    main()

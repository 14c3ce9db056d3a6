"""`make bench`: what it measures is what it says."""

import pkgutil
from importlib import import_module

import pytest

from accounts.models import AccessEvent
from scripts import benchmarks
from scripts.benchmarks import access_log
from tests.factories import World


@pytest.mark.parametrize("name", [module.name for module in pkgutil.iter_modules(benchmarks.__path__)])
def test_every_measurement_can_be_run(name: str) -> None:
    assert callable(import_module(f"scripts.benchmarks.{name}").main)


def test_page_is_asked_with_the_log_and_without_it(world: World, settings: object) -> None:
    middleware = [*settings.MIDDLEWARE]  # type: ignore[attr-defined]
    with_log = access_log._asker(middleware)
    without = access_log._asker([name for name in middleware if "AccessLog" not in name])
    for name, url in access_log._pages():
        before = AccessEvent.objects.count()
        without(url)
        assert AccessEvent.objects.count() == before, name
        with_log(url)
        is_list = name == "the list of cases"  # showing a list is no look
        assert AccessEvent.objects.count() == before + (not is_list), name
    assert middleware == settings.MIDDLEWARE  # type: ignore[attr-defined]


def test_turns_are_taken_by_both_equally(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access_log, "ROUNDS", 12)
    asked: list[str] = []
    one, other = access_log._measure(lambda: asked.append("one"), lambda: asked.append("other"))
    assert len(one) == len(other) == 12
    assert asked.count("one") == asked.count("other")
    rounds = asked[2 * access_log.WARM_UP :]
    assert {tuple(rounds[at : at + 2]) for at in range(0, 24, 2)} == {("one", "other"), ("other", "one")}
    assert access_log._spread([1.0, 2.0, 3.0, 4.0, 5.0]) == "3.00 [1.50 – 4.50]"

"""Prepare this machine: `python -m scripts.bootstrap demo`, or `test` for what the tests need as well.

Each step looks first whether there is anything to do, so a second time takes less than a second.
"""

import sys

from scripts import browser, environment, node, redis_binary, system
from scripts.console import finish
from scripts.locks import held
from scripts.paths import VAR, make_var

WAITING = "Another make is preparing this clone; waiting for it."


def main() -> None:
    """Prepare for what the first argument names."""
    for_tests = sys.argv[1:] == ["test"]
    make_var()
    with held(VAR / "bootstrap.lock", otherwise=WAITING, wait=True):
        system.ensure_libraries()
        environment.ensure(with_dev=for_tests)
        redis_binary.ensure(for_tests=for_tests)
        node.ensure()
        if for_tests:
            browser.ensure()


if __name__ == "__main__":
    finish(main)

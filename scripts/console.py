"""How the scripts talk: short lines, and a clear end instead of a traceback."""

import contextlib
import sys
from collections.abc import Callable
from typing import NoReturn


class Trouble(Exception):
    """Something that a person can solve; the message says how."""


def say(text: str = "") -> None:
    """Print at once. A terminal that is gone is no reason to stop cleaning up."""
    with contextlib.suppress(OSError, ValueError):
        print(text, flush=True)


def finish(main: Callable[[], int | None]) -> NoReturn:
    """Run `main` and leave with its code; a Trouble becomes a message and code 1."""
    try:
        code = main() or 0
    except Trouble as trouble:
        say(f"\n{trouble}\n")
        code = 1
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)

"""What the program writes in its log, kept for a test to read."""

import logging

from django.conf import settings
from django.utils.module_loading import import_string


class Kept(logging.Handler):
    """Every line as the program would write it."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        how = dict(settings.LOGGING["formatters"]["plain"])
        self.setFormatter(import_string(how.pop("()"))(how["format"]))
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

"""What an action raises when it refuses. The message is Dutch, for the person who asked, and names the way on."""

from collections.abc import Mapping


class ActionError(Exception):
    """An action refused. `field` is the form field the message belongs beside, if there is one."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field

    def after_rollback(self) -> None:
        """Do what must stay although the action was undone. Called once, outside the action's transaction."""


class ChangedMeanwhileError(ActionError):
    """Somebody else saved the same record first. `current` holds label -> value as it stands now."""

    def __init__(self, message: str, *, current: Mapping[str, str]) -> None:
        super().__init__(message)
        self.current = dict(current)

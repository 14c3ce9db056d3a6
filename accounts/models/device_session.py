"""Sessions: one per device on which somebody is signed in."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.user import User

if TYPE_CHECKING:
    from accounts.sessions import SessionStore


class DeviceSessionQuerySet(QuerySet["DeviceSession"]):
    """Questions about sessions."""

    def of(self, user: User) -> "DeviceSessionQuerySet":
        """The devices on which this user is signed in now, the last used first."""
        return self.filter(user=user, expire_date__gt=timezone.now()).order_by("-seen_at", "uuid")

    def others(self, user: User, session_key: str | None) -> "DeviceSessionQuerySet":
        """All of the user's sessions but this one."""
        return self.filter(user=user).exclude(session_key=session_key)


class DeviceSession(AbstractBaseSession):
    """A session, with what its owner needs to recognise the device. No address of the internet is kept."""

    uuid = models.UUIDField(null=True, editable=False, db_index=True)
    user = models.ForeignKey(
        User, on_delete=models.CASCADE, null=True, related_name="sessions", verbose_name=_("gebruiker")
    )
    device = models.CharField(_("toestel"), max_length=60, blank=True)
    place = models.CharField(_("plaats"), max_length=60, blank=True)
    signed_in_at = models.DateTimeField(_("aangemeld"), null=True)
    seen_at = models.DateTimeField(_("laatst gebruikt"), default=timezone.now)

    objects: ClassVar[Any] = DeviceSessionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("toestel")
        verbose_name_plural = _("toestellen")

    def __str__(self) -> str:
        return self.device or "?"

    @classmethod
    def get_session_store_class(cls) -> "type[SessionStore]":
        """The store that writes these rows."""
        from accounts.sessions import SessionStore

        return SessionStore

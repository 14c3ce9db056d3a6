"""The person who logs in."""

from functools import cached_property

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.access import Access
from accounts.models.organisation import Organisation
from accounts.permissions import Permission
from accounts.roles import ROLES


class UserQuerySet(QuerySet["User"]):
    """Questions about users."""

    def active(self) -> "UserQuerySet":
        """Users who can log in."""
        return self.filter(is_active=True)

    def in_neighbourhood(self, neighbourhood_id: int) -> "UserQuerySet":
        """Active users with a membership that holds today in this neighbourhood."""
        today = timezone.localdate()
        return (
            self.active()
            .filter(
                Q(memberships__until_on__isnull=True) | Q(memberships__until_on__gte=today),
                memberships__neighbourhood_id=neighbourhood_id,
                memberships__from_on__lte=today,
            )
            .distinct()
        )

    def with_permission(self, permission: Permission, neighbourhood_id: int) -> "UserQuerySet":
        """Active users to whom a role in this neighbourhood gives the permission."""
        roles = [role.value for role, spec in ROLES.items() if permission in spec.permissions]
        return self.in_neighbourhood(neighbourhood_id).filter(
            memberships__role__in=roles, memberships__neighbourhood_id=neighbourhood_id
        )


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Creates users with a hashed password."""

    def create_user(self, username: str, password: str | None = None, **fields: object) -> "User":
        """Create a user; without a password nobody can log in with it."""
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find a user whatever the case in which the name is typed."""
        return self.get(username__iexact=username)


class User(AbstractBaseUser):
    """Somebody who works with Arsenaal. There are no superusers: what one may do comes from memberships alone."""

    username = models.CharField(_("gebruikersnaam"), max_length=60, unique=True)
    first_name = models.CharField(_("voornaam"), max_length=60)
    last_name = models.CharField(_("familienaam"), max_length=60)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telefoon"), max_length=30, blank=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="users", verbose_name=_("organisatie")
    )
    language = models.CharField(
        _("taal"), max_length=2, choices=[("nl", "Nederlands"), ("en", "English")], default="nl"
    )
    is_active = models.BooleanField(_("actief"), default=True)
    # One more, and every session that still runs has ended.
    session_epoch = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["first_name", "last_name"]

    class Meta:
        verbose_name = _("gebruiker")
        verbose_name_plural = _("gebruikers")
        constraints = (
            models.UniqueConstraint(
                models.functions.Lower("username"),
                name="user_username_caseless",
                violation_error_message=_("Deze gebruikersnaam bestaat al."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}"

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must hold to be his: it changes with the password, and when he signs out everywhere."""
        return salted_hmac(
            "accounts.User.session",
            f"{self.session_epoch} {self.password}",
            secret=secret,
            algorithm="sha256",
        ).hexdigest()

    @property
    def initials(self) -> str:
        """Return the two letters shown in the round picture."""
        return f"{self.first_name[:1]}{self.last_name[:1]}".upper()

    @cached_property
    def access(self) -> Access:
        """What this user may do today. Read once per request, in one query."""
        if not self.is_active:
            return Access({})
        today = timezone.localdate()
        memberships = self.memberships.filter(
            Q(until_on__isnull=True) | Q(until_on__gte=today),
            from_on__lte=today,
            neighbourhood__is_active=True,
        ).order_by("pk")
        return Access.from_memberships(memberships.values_list("neighbourhood_id", "role"))

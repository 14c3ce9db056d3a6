"""The street where a colleague lives: asked for one reason, to see when he looks at his neighbours' cases."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.user import User


class HomeStreet(models.Model):
    """The street of one user, told by himself or by the administrator. Without a house number: it isn't needed."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="home_street")
    street = models.CharField(
        _("straat"), max_length=120, help_text=_("Alleen de naam van de straat, zonder huisnummer.")
    )
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("straat van een collega")

    def __str__(self) -> str:
        return self.street

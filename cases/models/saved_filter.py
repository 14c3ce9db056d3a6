"""A filter of a list that somebody keeps."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class SavedFilter(models.Model):
    """A named filter, shown as a tab above its list."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_filters")
    list_code = models.CharField(max_length=40)
    name = models.CharField(_("naam"), max_length=60)
    query = models.CharField(max_length=1000, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["user", "list_code", "name"],
                name="savedfilter_name_unique",
                violation_error_message=_("Je hebt al een filter met deze naam."),
            ),
        )

    def __str__(self) -> str:
        return self.name

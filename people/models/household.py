"""People who live together, also one person alone (gezin)."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Neighbourhood, User
from accounts.permissions import Permission
from arsenaal.lib.registries import people_scopes
from arsenaal.lib.trigrams import Searchable, SearchableQuerySet


class HouseholdQuerySet(SearchableQuerySet):
    """Questions about households."""

    def visible_to(self, user: User) -> "HouseholdQuerySet":
        """Every household in neighbourhoods where one may see all people, and those one registered oneself.

        Higher packages widen this through a registry: with the households of the cases one may read.
        """
        rule = Q(neighbourhood_id__in=user.access.where(Permission.PEOPLE_READ_ALL)) | Q(
            created_by=user, neighbourhood_id__in=user.access.where(Permission.RADAR_REPORT)
        )
        for scope in people_scopes:
            rule |= scope.households(user)
        return self.filter(rule)


class Household(Searchable):
    """A household. Its members and their roles change over time (HouseholdMember)."""

    neighbourhood = models.ForeignKey(Neighbourhood, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(
        _("naam van het gezin"), max_length=120, help_text=_("Bijvoorbeeld: gezin Peeters.")
    )
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = HouseholdQuerySet.as_manager()

    class Meta(Searchable.Meta):
        verbose_name = _("gezin")
        verbose_name_plural = _("gezinnen")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the household's page."""
        return reverse("people:household", args=[self.pk])

    def search_text(self) -> str:
        """Found by its name."""
        return self.name

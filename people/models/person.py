"""Somebody in the neighbourhood."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Neighbourhood, User
from accounts.permissions import Permission
from arsenaal.lib.registries import people_scopes
from arsenaal.lib.trigrams import Searchable, SearchableQuerySet
from people.enums import ReachBy
from people.languages import language_names


class PersonQuerySet(SearchableQuerySet):
    """Questions about persons."""

    def visible_to(self, user: User) -> "PersonQuerySet":
        """Everybody in neighbourhoods where one may see all people, and whom one registered oneself.

        Higher packages widen this through a registry: with the people of the cases one may read.
        """
        rule = Q(neighbourhood_id__in=user.access.where(Permission.PEOPLE_READ_ALL)) | Q(
            created_by=user, neighbourhood_id__in=user.access.where(Permission.RADAR_REPORT)
        )
        rule &= ~self._restricted() | Q(neighbourhood_id__in=user.access.where(Permission.RIGHTS_DECIDE))
        for scope in people_scopes:
            rule |= scope.persons(user)
        return self.filter(rule)

    @staticmethod
    def _restricted() -> Q:
        """Whose data are restricted is found through his case, by who may still work on it, and by who decides."""
        from people.models.restriction import Restriction

        return Q(Exists(Restriction.objects.standing().filter(person=OuterRef("pk"))))


class Person(Searchable):
    """A person. National register numbers are not stored (domain.md F2)."""

    neighbourhood = models.ForeignKey(Neighbourhood, on_delete=models.PROTECT, related_name="+")
    given_name = models.CharField(_("voornaam"), max_length=80)
    family_name = models.CharField(_("familienaam"), max_length=80, blank=True)
    born_on = models.DateField(_("geboortedatum"), null=True, blank=True)
    birth_year = models.PositiveSmallIntegerField(_("geboortejaar (ongeveer)"), null=True, blank=True)
    languages = ArrayField(models.CharField(max_length=3), verbose_name=_("talen"), default=list, blank=True)
    needs_interpreter = models.BooleanField(_("tolk nodig"), default=False)
    phone = models.CharField(_("telefoon"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    reach_by = models.CharField(_("best bereikbaar door"), max_length=8, choices=ReachBy, blank=True)
    reach_note = models.CharField(_("wanneer en hoe"), max_length=160, blank=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)  # a number is left of him
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = PersonQuerySet.as_manager()

    class Meta(Searchable.Meta):
        verbose_name = _("persoon")
        verbose_name_plural = _("personen")

    def __str__(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    def get_absolute_url(self) -> str:
        """Return the address of the person's page."""
        return reverse("people:person", args=[self.pk])

    @property
    def born(self) -> int | None:
        """Return the year of birth as far as it is known."""
        return self.born_on.year if self.born_on else self.birth_year

    @property
    def language_names(self) -> list[str]:
        """Return the names of the languages this person speaks."""
        return language_names(self.languages)

    def search_text(self) -> str:
        """Found by given and family name, in any order."""
        return f"{self.given_name} {self.family_name}"

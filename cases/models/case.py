"""The case (dossier) of a household or of a building."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Neighbourhood, User
from accounts.permissions import Permission
from arsenaal.lib.trigrams import Searchable, SearchableQuerySet
from cases.enums import CaseKind, CaseOutcome, CaseState, ConsentCategory, TrustStage
from cases.models.radar import RadarEntry
from people.models import Household
from people.models.restriction import restricted_household

if TYPE_CHECKING:
    from cases.models.team import CaseMember


def team_members() -> models.QuerySet["CaseMember"]:
    """The memberships that hold today of the case in the outer query."""
    from cases.models.team import CaseMember

    today = timezone.localdate()
    return CaseMember.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gte=today), case=OuterRef("pk"), from_on__lte=today
    )


class CaseQuerySet(SearchableQuerySet):
    """Questions about cases. They chain."""

    def visible_to(self, user: User) -> "CaseQuerySet":
        """The cases this user may read: all of a neighbourhood, or those on whose team he is."""
        everywhere = user.access.where(Permission.CASE_READ_ALL)
        own = [pk for pk in user.access.where(Permission.CASE_READ) if pk not in everywhere]
        on_team = Exists(team_members().filter(user=user))
        found = self.filter(Q(neighbourhood_id__in=everywhere) | Q(on_team, neighbourhood_id__in=own))
        # Whose data are restricted (GDPR art. 18): his case is there for who coordinates, and for its lead.
        coordinates = Q(neighbourhood_id__in=user.access.where(Permission.CASE_OPEN)) | Q(lead=user)
        return found.filter(coordinates | ~Q(restricted_household("household")))

    def unrestricted(self) -> "CaseQuerySet":
        """Cases that may stand in a list that is taken along as a file."""
        return self.exclude(Q(restricted_household("household")))

    def shared_with(self, user: User) -> "CaseQuerySet":
        """The cases of which this user may know the team's own work: plan, tasks, questions, the shared circle.

        For who works for the team's organisations all that he may read. For a partner those with a valid consent to
        his organisation that covers the plan; of the others he knows the address (domain.md F1, docs/adr/0015).
        """
        from cases.models.agreement import Consent

        visible = self.visible_to(user)
        if user.organisation.is_of_team:
            return visible
        consents = Consent.objects.valid_on().filter(
            case=OuterRef("pk"),
            recipients=user.organisation_id,
            categories__contains=[ConsentCategory.PLAN],
        )
        return visible.filter(Exists(consents))

    def of_team_member(self, user: User) -> "CaseQuerySet":
        """Cases on whose team this user is today."""
        return self.filter(Exists(team_members().filter(user=user)))

    def of_family(self, name: str) -> "CaseQuerySet":
        """Cases of households with nearly this name."""
        alike = Household.objects.all().like_name(name).order_by().values("pk")
        return self.filter(household__in=alike).order_by("-opened_at", "-pk")

    def open(self) -> "CaseQuerySet":
        """Cases that are not closed."""
        return self.exclude(state=CaseState.CLOSED)


class CaseCounter(models.Model):
    """The last case number given per neighbourhood and year; its row is locked while a number is taken."""

    neighbourhood = models.ForeignKey(Neighbourhood, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["neighbourhood", "year"], name="casecounter_unique"),)

    def __str__(self) -> str:
        return f"{self.neighbourhood_id}-{self.year}: {self.last}"


class Case(Searchable):
    """A case. Its story is the timeline; what stands here is how it is now."""

    number = models.CharField(_("nummer"), max_length=20, unique=True)
    neighbourhood = models.ForeignKey(
        Neighbourhood, on_delete=models.PROTECT, related_name="cases", verbose_name=_("wijk")
    )
    kind = models.CharField(_("soort"), max_length=9, choices=CaseKind)
    title = models.CharField(_("titel"), max_length=140)
    household = models.ForeignKey(
        Household,
        on_delete=models.PROTECT,
        related_name="cases",
        null=True,
        blank=True,
        verbose_name=_("gezin"),
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="children",
        null=True,
        blank=True,
        verbose_name=_("blokdossier"),
    )
    radar_entry = models.OneToOneField(
        RadarEntry, on_delete=models.PROTECT, related_name="case", null=True, blank=True
    )
    # Where it is, as it was told; housing shows the registered dwelling instead once there is one.
    address_hint = models.CharField(_("adres"), max_length=200, blank=True)
    address: str  # where the family lives by what is known today; `cases.facts.set_addresses` fills it in
    state = models.CharField(_("stand"), max_length=9, choices=CaseState, default=CaseState.EXPLORING)
    lead = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="led_cases", verbose_name=_("trekker")
    )
    trust_stage = models.PositiveSmallIntegerField(
        _("vertrouwen"), choices=TrustStage, default=TrustStage.KNOWS_US
    )
    opened_at = models.DateTimeField(_("geopend op"))
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(_("afgesloten op"), null=True, blank=True)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    outcome = models.CharField(_("uitkomst"), max_length=16, choices=CaseOutcome, blank=True)
    # Never empty (a case starts with its opening), so that lists can be sorted by it.
    last_entry_at = models.DateTimeField(_("laatste gebeurtenis"), default=timezone.now)
    last_seen_at = models.DateTimeField(_("gezin laatst gezien"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = CaseQuerySet.as_manager()

    class Meta(Searchable.Meta):
        verbose_name = _("dossier")
        verbose_name_plural = _("dossiers")
        indexes = (
            *Searchable.Meta.indexes,
            models.Index(F("neighbourhood"), F("opened_at").desc(), F("id").desc(), name="case_newest"),
            models.Index(
                F("neighbourhood"), F("last_entry_at").desc(), F("id").desc(), name="case_last_entry"
            ),
            models.Index(fields=["neighbourhood", "title", "id"], name="case_title"),
            models.Index(fields=["neighbourhood", "trust_stage", "id"], name="case_trust"),
            models.Index(fields=["neighbourhood", "state"], name="case_state"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(kind=CaseKind.HOUSEHOLD, household__isnull=False)
                | Q(kind=CaseKind.BUILDING, household__isnull=True, parent__isnull=True),
                name="case_kind_matches",
                violation_error_message=_("Een gezinsdossier hoort bij een gezin, een blokdossier niet."),
            ),
            models.UniqueConstraint(
                fields=["household"],
                condition=~Q(state=CaseState.CLOSED),
                name="case_one_open_per_household",
                violation_error_message=_("Dit gezin heeft al een open dossier."),
            ),
            models.CheckConstraint(
                condition=~Q(parent=F("id")),
                name="case_not_its_own_block",
                violation_error_message=_("Een dossier kan niet in zichzelf zitten."),
            ),
            models.CheckConstraint(
                condition=Q(state=CaseState.CLOSED, closed_at__isnull=False, closed_by__isnull=False)
                & ~Q(outcome="")
                | ~Q(state=CaseState.CLOSED) & Q(closed_at__isnull=True, closed_by__isnull=True, outcome=""),
                name="case_closed_paired",
            ),
            models.CheckConstraint(condition=Q(trust_stage__range=(1, 5)), name="case_trust_stage_known"),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        """Return the address of the case page."""
        return reverse("cases:case", args=[self.number])

    def search_text(self) -> str:
        """Found by number, title and address."""
        return f"{self.number} {self.title} {self.address_hint}"

    @property
    def is_open(self) -> bool:
        """Tell whether work on this case goes on."""
        return self.state != CaseState.CLOSED

"""An inspection (conformiteitsonderzoek) with its technical report, and all that was found in it."""

import uuid
from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from accounts.models import Neighbourhood, User
from accounts.permissions import Permission
from housing.inspection_enums import (
    AttemptResult,
    Category,
    InspectionState,
    Outcome,
    RoomKind,
    Trigger,
)
from housing.models.building import Building
from housing.models.dwelling import Dwelling
from housing.models.report_item import ReportItem, ReportVersion


class InspectionQuerySet(QuerySet["Inspection"]):
    """Questions about inspections."""

    def visible_to(self, user: User) -> "InspectionQuerySet":
        """Those of the neighbourhoods where one may read inspections."""
        return self.filter(neighbourhood_id__in=user.access.where(Permission.INSPECTION_READ))

    def finished(self) -> "InspectionQuerySet":
        """Signed reports that no later version took the place of."""
        return self.filter(state=InspectionState.FINISHED).current()

    def current(self) -> "InspectionQuerySet":
        """All but those of which a later version was signed."""
        later = Inspection.objects.filter(corrects=OuterRef("pk"), state=InspectionState.FINISHED)
        return self.filter(~Exists(later))

    def waiting(self) -> "InspectionQuerySet":
        """Planned or begun."""
        return self.filter(state__in=[InspectionState.PLANNED, InspectionState.BUSY])


class Inspection(models.Model):
    """One inspection of a dwelling, or of the common parts of a building (`dwelling` is empty).

    Once finished the database refuses any change (see the migration); a correction is a new row that points at the
    one it takes the place of. What the inspector noted for himself stands in InspectionNote.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    neighbourhood = models.ForeignKey(Neighbourhood, on_delete=models.PROTECT, related_name="+")
    building = models.ForeignKey(Building, on_delete=models.PROTECT, related_name="inspections")
    dwelling = models.ForeignKey(
        Dwelling, on_delete=models.PROTECT, related_name="inspections", null=True, blank=True
    )
    report_version = models.ForeignKey(ReportVersion, on_delete=models.PROTECT, related_name="inspections")
    trigger = models.CharField(_("aanleiding"), max_length=12, choices=Trigger)
    state = models.CharField(
        _("stand"), max_length=9, choices=InspectionState, default=InspectionState.PLANNED
    )
    scheduled_at = models.DateTimeField(_("wanneer"))
    inspector = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="inspections", verbose_name=_("wooncontroleur")
    )
    started_at = models.DateTimeField(null=True, blank=True)
    cancelled_reason = models.CharField(_("waarom niet?"), max_length=200, blank=True)
    # Part A, as told or read on the spot.
    present = models.CharField(_("wie was erbij?"), max_length=200, blank=True)
    right_holder = models.CharField(_("houder van het zakelijk recht"), max_length=200, blank=True)
    landlord_name = models.CharField(_("verhuurder"), max_length=200, blank=True)
    # What the occupancy part asks besides the rooms; empty is: not known.
    is_before_2016 = models.BooleanField(_("gebouwd of vergund voor 1 oktober 2016?"), null=True, blank=True)
    has_folding_bed = models.BooleanField(_("opklapbed of hoogslaper?"), null=True, blank=True)
    is_old_student_room = models.BooleanField(
        _("studentenkamer van voor september 1998?"), null=True, blank=True
    )
    persons_living = models.PositiveSmallIntegerField(
        _("hoeveel personen wonen er?"), null=True, blank=True, validators=[MaxValueValidator(99)]
    )
    # The common parts that were inspected once for all: their defects count here as well.
    common = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="taken_along_by", null=True, blank=True
    )
    previous = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="followed_by", null=True, blank=True
    )
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="corrections", null=True, blank=True
    )
    correction_reason = models.CharField(_("waarom verbeteren?"), max_length=300, blank=True)
    report_number = models.PositiveSmallIntegerField(default=1)
    # Frozen when it is signed.
    outcome = models.CharField(_("uitkomst"), max_length=13, choices=Outcome, blank=True)
    result = models.JSONField(default=dict, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    signed_name = models.CharField(_("naam onder het verslag"), max_length=160, blank=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = InspectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("conformiteitsonderzoek")
        verbose_name_plural = _("conformiteitsonderzoeken")
        indexes = (
            models.Index(fields=["neighbourhood", "scheduled_at", "id"], name="inspection_by_moment"),
            models.Index(fields=["dwelling", "-scheduled_at"], name="inspection_of_dwelling"),
            models.Index(fields=["building", "-scheduled_at"], name="inspection_of_building"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(
                    state=InspectionState.FINISHED,
                    finished_at__isnull=False,
                    signed_by__isnull=False,
                    started_at__isnull=False,
                )
                & ~Q(outcome="")
                & ~Q(signed_name="")
                | ~Q(state=InspectionState.FINISHED) & Q(outcome="", finished_at__isnull=True),
                name="inspection_signed_when_finished",
                violation_error_message=_("Een afgewerkt verslag heeft een uitkomst en een handtekening."),
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True, correction_reason="")
                | Q(corrects__isnull=False) & ~Q(correction_reason=""),
                name="inspection_correction_has_reason",
                violation_error_message=_("Schrijf op waarom het verslag verbeterd wordt."),
            ),
            models.UniqueConstraint(
                fields=["corrects"],
                condition=~Q(state=InspectionState.CANCELLED),
                name="inspection_one_correction",
                violation_error_message=_("Er is al een verbetering van dit verslag."),
            ),
        )

    def __str__(self) -> str:
        return str(self.dwelling) if self.dwelling_id else f"{self.building} ({_('gemene delen')})"

    def get_absolute_url(self) -> str:
        """Return the address of the inspection's page."""
        return reverse("housing:inspection", args=[self.uuid])

    @property
    def is_open(self) -> bool:
        """Tell whether it can still be written in."""
        return self.state in (InspectionState.PLANNED, InspectionState.BUSY)

    @property
    def is_of_common_parts(self) -> bool:
        """Tell whether this is about the building rather than a dwelling."""
        return self.dwelling_id is None


class InspectionNote(models.Model):
    """What the inspector notes for himself: in the circle of enforcement, in no report."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField(_("notitie"), max_length=4000)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"note of {self.inspection_id}"


class InspectionRoom(models.Model):
    """A room as it was measured. The uuid can be made by the device, so that it can be used before it was sent."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4)
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="rooms")
    name = models.CharField(_("naam"), max_length=60)
    kind = models.CharField(_("soort"), max_length=8, choices=RoomKind)
    area = models.DecimalField(
        _("oppervlakte in m²"),
        max_digits=6,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.1"))],
    )
    height = models.PositiveSmallIntegerField(
        _("hoogte in cm"),
        null=True,
        blank=True,
        validators=[MinValueValidator(50), MaxValueValidator(1000)],
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("lokaal")
        verbose_name_plural = _("lokalen")
        constraints = (
            models.UniqueConstraint(
                fields=["inspection", "name"],
                name="inspectionroom_name_unique",
                violation_error_message=_("Er is al een lokaal met deze naam."),
            ),
            models.CheckConstraint(
                condition=(Q(area__isnull=True) | Q(area__gt=0)) & (Q(height__isnull=True) | Q(height__gt=0)),
                name="inspectionroom_measures_positive",
                violation_error_message=_("Een maat is groter dan nul."),
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def measures(self) -> str:
        """Return area and height as far as they are known: 12,5 m², 246 cm."""
        area = f"{number_format(self.area.normalize())} m²" if self.area else ""
        return ", ".join(filter(None, [area, f"{self.height} cm" if self.height else ""]))


class SmokeDetector(models.Model):
    """Whether there is a working smoke detector on a storey. The report notes at least one per storey."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="smoke_detectors")
    storey = models.CharField(_("verdieping"), max_length=40)
    is_working = models.BooleanField(_("werkende rookmelder"))
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("rookmelder")
        verbose_name_plural = _("rookmelders")
        constraints = (
            models.UniqueConstraint(
                fields=["inspection", "storey"],
                name="smokedetector_one_per_storey",
                violation_error_message=_("Deze verdieping staat er al."),
            ),
        )

    def __str__(self) -> str:
        return self.storey


class Defect(models.Model):
    """A defect: one item of the report with exactly one category, in the rooms where it was seen."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="defects")
    item = models.ForeignKey(ReportItem, on_delete=models.PROTECT, related_name="defects")
    category = models.CharField(_("categorie"), max_length=3, choices=Category)
    note = models.TextField(_("wat zag je?"), max_length=2000, blank=True)
    rooms = models.ManyToManyField(InspectionRoom, related_name="defects", blank=True)
    first_seen_on = models.DateField()
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("gebrek")
        verbose_name_plural = _("gebreken")
        constraints = (
            models.UniqueConstraint(
                fields=["inspection", "item"],
                name="defect_one_category_per_item",
                violation_error_message=_("Een gebrek heeft in een verslag precies één categorie."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.item_id}: {self.category}"


class DefectPhoto(models.Model):
    """A photo of a defect, re-encoded and without place data."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4)
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="photos")
    defect = models.ForeignKey(Defect, on_delete=models.CASCADE, related_name="photos")
    room = models.ForeignKey(
        InspectionRoom, on_delete=models.SET_NULL, related_name="photos", null=True, blank=True
    )
    file = models.FileField(upload_to="inspections/%Y/%m/")
    thumbnail = models.FileField(upload_to="inspections/%Y/%m/")
    source_digest = models.CharField(max_length=64)  # sha-256 of what was sent: the same photo twice is one
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["defect", "source_digest"], name="defectphoto_once_per_defect"),
        )

    def __str__(self) -> str:
        return str(self.uuid)


class AccessAttempt(models.Model):
    """A time that we did not get in: when, who said what, and the moment that was proposed instead."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="attempts")
    at = models.DateTimeField(_("wanneer"))
    result = models.CharField(_("wat gebeurde er?"), max_length=9, choices=AttemptResult)
    spoken_with = models.CharField(_("wie sprak je?"), max_length=120, blank=True)
    note = models.CharField(_("wat is er gezegd?"), max_length=600, blank=True)
    proposed_at = models.DateTimeField(_("volgend moment voorgesteld"), null=True, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("poging om binnen te komen")
        verbose_name_plural = _("pogingen om binnen te komen")
        constraints = (
            models.CheckConstraint(
                condition=Q(proposed_at__isnull=True) | Q(proposed_at__gt=F("at")),
                name="accessattempt_next_is_later",
                violation_error_message=_("Het volgende moment ligt na deze poging."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.inspection_id} {self.at:%Y-%m-%d}"


class Repair(models.Model):
    """That a re-inspection no longer found a defect: kept apart, because the report that found it is frozen."""

    defect = models.OneToOneField(Defect, on_delete=models.PROTECT, related_name="repair")
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="repairs")
    repaired_on = models.DateField()

    class Meta:
        verbose_name = _("hersteld gebrek")
        verbose_name_plural = _("herstelde gebreken")

    def __str__(self) -> str:
        return f"{self.defect_id} {self.repaired_on}"

"""Forms of an inspection: planning, what is asked besides the defects, attempts, signing."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import Permission
from accounts.widgets import ClockInput, DayInput, PickOne, Segments
from cases.forms.fields import PlausibleDateField, StoryField, moment_of
from housing.enums import ContactChannel, DwellingKind
from housing.forms.registers import number_field, text_field
from housing.inspection_enums import (
    AttemptResult,
    InspectionState,
    ReportModel,
    RoomKind,
    Trigger,
)
from housing.models import Dwelling, Inspection, InspectionRoom, Landlord, Ownership

STOREYS = (
    ("kelder", _("kelder")),
    ("gelijkvloers", _("gelijkvloers")),
    ("1", _("1e verdieping")),
    ("2", _("2e verdieping")),
    ("3", _("3e verdieping")),
    ("4", _("4e verdieping")),
    ("zolder", _("zolder")),
)


class MomentFields(forms.Form):
    """A day and a time, together one moment in Belgian time."""

    day = PlausibleDateField(
        label=_("Dag"), widget=DayInput(), error_messages={"required": _("Kies de dag.")}
    )
    time = forms.TimeField(
        label=_("Uur"), widget=ClockInput(), error_messages={"required": _("Kies het uur.")}
    )

    def moment(self) -> dt.datetime:
        """Return day and time as one moment."""
        return moment_of(self.cleaned_data["day"], self.cleaned_data["time"])


def _inspectors(neighbourhood_id: int) -> Any:
    return User.objects.with_permission(Permission.INSPECTION_WORK, neighbourhood_id).order_by(
        "first_name", "last_name", "pk"
    )


class _WithInspector(MomentFields):
    """When, and which inspector."""

    inspector = forms.ModelChoiceField(
        label=_("Wooncontroleur"), queryset=User.objects.none(), empty_label=None
    )

    def offer(self, neighbourhood_id: int) -> None:
        """Offer the inspectors of this neighbourhood."""
        self.fields["inspector"].queryset = _inspectors(neighbourhood_id)


class InspectionPlanForm(_WithInspector):
    """Planning an inspection of a dwelling, or of the common parts of a building."""

    trigger = forms.ChoiceField(label=_("Wat is de aanleiding?"), choices=Trigger.choices, widget=PickOne)
    report_model = forms.ChoiceField(
        label=_("Welk technisch verslag?"), choices=ReportModel.choices, widget=Segments
    )
    field_order = ("day", "time", "inspector", "trigger", "report_model")

    def __init__(self, *args: Any, neighbourhood_id: int, dwelling: Dwelling | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(neighbourhood_id)
        if dwelling is None:
            del self.fields["report_model"]
        elif dwelling.kind == DwellingKind.ROOM:
            self.fields["report_model"].initial = ReportModel.ROOM
        else:
            self.fields["report_model"].initial = ReportModel.DWELLING


class InspectionMoveForm(_WithInspector):
    """Another moment, or another inspector."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ("day", "time", "inspector", "version")

    def __init__(self, *args: Any, neighbourhood_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(neighbourhood_id)


class InspectionCancelForm(forms.Form):
    """Why it does not go ahead."""

    reason = text_field(_("Waarom gaat het niet door?"), 200, required=True)


class _Answer(forms.TypedChoiceField):
    """Yes, no, or not known."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            choices=[("", _("niet geweten")), ("yes", _("ja")), ("no", _("nee"))],
            coerce=lambda value: value == "yes",
            empty_value=None,
            required=False,
            widget=Segments,
            **kwargs,
        )

    def prepare_value(self, value: Any) -> Any:
        """Show what is stored as one of the three."""
        return {True: "yes", False: "no", None: ""}.get(value, value)


class InspectionFactsForm(forms.Form):
    """Part A, and what the occupancy part asks besides the rooms."""

    present = text_field(_("Wie was erbij?"), 200)
    right_holder = text_field(_("Houder van het zakelijk recht"), 200, help_text=_("Meestal de eigenaar."))
    landlord_name = text_field(_("Verhuurder"), 200)
    persons_living = number_field(Inspection._meta.get_field("persons_living"), max_value=99)
    is_before_2016 = _Answer(label=_("Gebouwd of vergund voor 1 oktober 2016?"))
    has_folding_bed = _Answer(
        label=_("Opklapbed of hoogslaper?"), help_text=_("Met 180 cm vrij eronder en 100 cm erboven.")
    )
    is_old_student_room = _Answer(
        label=_("Studentenkamer van voor 1 september 1998?"),
        help_text=_("En het eerste attest aangevraagd voor 1 september 2001."),
    )
    common = forms.ModelChoiceField(
        label=_("Gemene delen: één keer nagekeken voor alle woningen?"),
        queryset=Inspection.objects.none(),
        required=False,
        empty_label=_("nee, deel B staat in dit verslag"),
        help_text=_("De gebreken van dat verslag tellen hier dan mee."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, inspection: Inspection, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if inspection.is_of_common_parts:
            for name in (
                "landlord_name", "persons_living", "is_before_2016", "has_folding_bed", "is_old_student_room", "common",
            ):  # fmt: skip
                del self.fields[name]
            return
        if inspection.report_version.report_model != ReportModel.ROOM:
            del self.fields["is_old_student_room"]
        common = (
            Inspection.objects.current()
            .filter(building=inspection.building, dwelling=None)
            .exclude(state=InspectionState.CANCELLED)
        )
        field = self.fields["common"]
        field.queryset = common.select_related("building").order_by("-scheduled_at", "-pk")
        field.label_from_instance = lambda one: (
            _("%(day)s, %(state)s")
            % {
                "day": f"{timezone.localtime(one.scheduled_at):%d/%m/%Y}",
                "state": one.get_state_display(),
            }
        )


class AccessAttemptForm(MomentFields):
    """A time that we did not get in."""

    result = forms.ChoiceField(label=_("Wat gebeurde er?"), choices=AttemptResult.choices, widget=PickOne)
    spoken_with = text_field(_("Wie sprak je?"), 120)
    note = StoryField(label=_("Wat is er gezegd?"), longest=600, rows=3, required=False)
    next_day = PlausibleDateField(label=_("Volgend moment: dag"), widget=DayInput(), required=False)
    next_time = forms.TimeField(label=_("Volgend moment: uur"), widget=ClockInput(), required=False)

    def proposed(self) -> dt.datetime | None:
        """Return the moment that was proposed, if any."""
        day = self.cleaned_data.get("next_day")
        return moment_of(day, self.cleaned_data.get("next_time") or dt.time(9)) if day else None

    def clean(self) -> dict[str, Any]:
        """A time needs its day."""
        data = super().clean() or {}
        if data.get("next_time") and not data.get("next_day") and "next_day" not in self.errors:
            self.add_error("next_day", _("Kies ook de dag."))
        return data


class InspectorNoteForm(forms.Form):
    """A note for who enforces."""

    text = StoryField(label=_("Notitie"), longest=4000, rows=5)


class AnnounceForm(forms.Form):
    """Telling the landlord of the inspection."""

    landlord = forms.ModelChoiceField(label=_("Aan wie?"), queryset=Landlord.objects.none(), empty_label=None)
    channel = forms.ChoiceField(label=_("Hoe?"), choices=ContactChannel.choices, widget=PickOne)
    summary = StoryField(label=_("Wat heb je gezegd of geschreven?"), longest=2000, rows=4)
    via_contact_person = _Answer(
        label=_("Liep dit via het vaste aanspreekpunt?"),
        help_text=_("Enkel nodig als iemand anders het vaste aanspreekpunt is."),
    )

    def __init__(self, *args: Any, inspection: Inspection, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owners = Ownership.objects.on(timezone.localdate())
        owned = (
            owners.filter(dwelling=inspection.dwelling)
            if inspection.dwelling_id
            else owners.filter(dwelling__building=inspection.building)
        )
        self.fields["landlord"].queryset = Landlord.objects.filter(pk__in=owned.values("landlord")).order_by(
            "name", "pk"
        )


class InspectionFinishForm(forms.Form):
    """The name under the report."""

    signed_name = text_field(
        _("Je naam onder het verslag"),
        160,
        required=True,
        help_text=_("Na het tekenen ligt het verslag vast. Verbeteren kan dan enkel met een nieuwe versie."),
    )


class InspectionCorrectForm(forms.Form):
    """Why a signed report is corrected."""

    reason = text_field(_("Wat klopt er niet?"), 300, required=True)


class RoomForm(forms.Form):
    """A room, measured or not yet."""

    name = text_field(_("Naam"), 60, required=True)
    kind = forms.ChoiceField(label=_("Wat voor lokaal?"), choices=RoomKind.choices)
    area = number_field(InspectionRoom._meta.get_field("area"))
    height = number_field(InspectionRoom._meta.get_field("height"), min_value=50, max_value=1000)

    @staticmethod
    def initial_of(room: InspectionRoom) -> dict[str, Any]:
        """Return what stands there now."""
        return {name: getattr(room, name) for name in ("name", "kind", "area", "height")}


class SmokeForm(forms.Form):
    """Per storey whether there is a smoke detector that works."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, label in STOREYS:
            self.fields[f"storey_{code}"] = forms.ChoiceField(
                label=label,
                required=False,
                choices=[("", _("geen woonlaag")), ("yes", _("werkt")), ("no", _("ontbreekt"))],
                widget=Segments(icons={"yes": "check-lg", "no": "x-lg"}),
            )

    def storeys(self) -> dict[str, bool]:
        """Return the storeys that were answered, in order."""
        return {
            str(label): self.cleaned_data[f"storey_{code}"] == "yes"
            for code, label in STOREYS
            if self.cleaned_data[f"storey_{code}"]
        }

    @staticmethod
    def initial_of(inspection: Inspection) -> dict[str, Any]:
        """Return what stands there now."""
        known = {row.storey: row.is_working for row in inspection.smoke_detectors.all()}
        return {
            f"storey_{code}": "yes" if known[str(label)] else "no"
            for code, label in STOREYS
            if str(label) in known
        }

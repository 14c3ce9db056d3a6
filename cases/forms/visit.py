"""Forms of a home visit: logging, planning, cancelling, correcting."""

import datetime as dt
import uuid as uuids
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import Permission
from accounts.widgets import ClockInput, DayInput, PickMany, PickOne, Segments, SeverityField
from cases.actions.log_visit import NextStep
from cases.actions.visit_record import MAX_AGREED, MAX_NARRATIVE, MAX_PRESENT
from cases.enums import Agreed, Severity, Sighting, TrustStage, VisitPurpose, VisitResult
from cases.models import Case, CaseMember, Visit

_RESULT_ICONS = {
    VisitResult.MET: "chat-dots",
    VisitResult.NOBODY_HOME: "door-closed",
    VisitResult.REFUSED: "hand-thumbs-down",
    VisitResult.CUT_SHORT: "scissors",
}
_AGREED_ICONS = {Agreed.YES: "hand-thumbs-up", Agreed.NO: "hand-thumbs-down", Agreed.NOT_ASKED: "question-lg"}
# Years in which a day can be compared with today at all; whether it makes sense is for the action to say.
_YEARS = range(1900, 2200)


class PhotosField(forms.Field):
    """Photos are taken in one by one by the view, before the form is judged; here they only have a place."""

    def clean(self, value: Any) -> None:
        """Nothing to judge."""


def colleagues(case: Case, user: User) -> list[User]:
    """Return who can go along: the team of today that works on cases here, and the user, first. In one
    query.
    """
    team = CaseMember.objects.current().filter(case=case).values("user_id")
    workers = User.objects.with_permission(Permission.CASE_WORK, case.neighbourhood_id)
    found = workers.filter(pk__in=team).order_by("first_name", "last_name", "pk")
    return [user, *(colleague for colleague in found if colleague.pk != user.pk)]


class _MomentMixin(forms.Form):
    """A day and a time, together one moment in Belgian time."""

    day = forms.DateField(label=_("Dag"), widget=DayInput, error_messages={"required": _("Kies de dag.")})
    time = forms.TimeField(label=_("Uur"), widget=ClockInput, error_messages={"required": _("Kies het uur.")})

    def clean_day(self) -> dt.date:
        """A year that a calendar can hold."""
        day: dt.date = self.cleaned_data["day"]
        if day.year not in _YEARS:
            raise forms.ValidationError(_t("Kijk het jaartal na."))
        return day

    def moment(self) -> dt.datetime:
        """Return day and time as one moment."""
        return timezone.make_aware(dt.datetime.combine(self.cleaned_data["day"], self.cleaned_data["time"]))


class _VisitorsMixin(forms.Form):
    """Who goes, picked from the team."""

    visitors = forms.MultipleChoiceField(
        label=_("Wie ging mee?"),
        widget=PickMany,
        error_messages={
            "required": _("Kies wie er op bezoek ging."),
            "invalid_choice": _("Deze collega zit niet meer in het team. Kies opnieuw."),
        },
    )

    def set_people(self, people: list[User]) -> None:
        """Offer these colleagues; the first is the user himself, chosen unless the form says otherwise."""
        self.people = {str(user.pk): user for user in people}
        me = str(people[0].pk)
        choices = [(pk, _t("Ik") if pk == me else str(user)) for pk, user in self.people.items()]
        self.fields["visitors"].choices = choices
        self.fields["visitors"].initial = [me]

    def clean_visitors(self) -> list[User]:
        """Return the colleagues themselves."""
        return [self.people[pk] for pk in self.cleaned_data["visitors"]]


class _StoryMixin(forms.Form):
    """What happened: the same fields when logging and when correcting."""

    result = forms.ChoiceField(
        label=_("Hoe liep het?"),
        choices=VisitResult.choices,
        widget=Segments(icons=_RESULT_ICONS),
        error_messages={"required": _("Kies hoe het bezoek liep.")},
    )
    present = forms.CharField(
        label=_("Wie was er thuis?"),
        required=False,
        max_length=MAX_PRESENT,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    sightings = SeverityField(
        label=_("Wat zagen we?"),
        things=Sighting.choices,
        levels=Severity.choices,
        required=False,
        help_text=_("Tik nog eens voor duidelijk, en nog eens voor ernstig."),
    )
    narrative = forms.CharField(
        label=_("Wat is er gezegd?"),
        required=False,
        max_length=MAX_NARRATIVE,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto", "maxlength": None}),
    )
    agreed = forms.CharField(
        label=_("Wat spraken we af?"),
        required=False,
        max_length=MAX_AGREED,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto", "maxlength": None}),
    )


class VisitForm(_StoryMixin, _MomentMixin, _VisitorsMixin, forms.Form):
    """A visit, in the order in which it goes: how it went, who was there, what was seen and said, what comes
    next.
    """

    purpose = forms.ChoiceField(label=_("Waarvoor?"), choices=VisitPurpose.choices)
    photos = PhotosField(label=_("Foto’s"), required=False)
    circle = forms.ChoiceField(label=_("Wie leest dit?"), required=False, widget=forms.RadioSelect)
    trust_stage = forms.TypedChoiceField(
        label=_("Vertrouwen nu"), required=False, coerce=int, empty_value=None
    )
    trust_event = forms.CharField(
        label=_("Wat maakte het verschil?"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        help_text=_("Bijvoorbeeld: hij liet ons voor het eerst in de keuken. Het hele team leest dit."),
    )
    next_title = forms.CharField(
        label=_("Wat gebeurt er nu?"),
        required=False,
        max_length=160,
        widget=forms.TextInput(
            attrs={
                "dir": "auto",
                "autocomplete": "off",
                "placeholder": _("Bijvoorbeeld: Energiepunt ziet de kachel na"),
            }
        ),
    )
    next_due_on = forms.DateField(label=_("Tegen wanneer?"), required=False, widget=DayInput)
    next_assignee = forms.ChoiceField(label=_("Wie doet dit?"), required=False)
    next_agreed = forms.ChoiceField(
        label=_("Akkoord van het gezin?"),
        required=False,
        choices=Agreed.choices,
        initial=Agreed.NOT_ASKED,
        widget=Segments(icons=_AGREED_ICONS),
    )
    next_kind = forms.ChoiceField(
        label=_("Waar hoort dit?"),
        required=False,
        choices=[("step", _("Stap in het plan")), ("task", _("Taak van een collega"))],
        initial="step",
        widget=PickOne,
    )

    def __init__(
        self, *args: Any, case: Case, user: User, circles: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        people = colleagues(case, user)
        self.set_people(people)
        stage = TrustStage(case.trust_stage)
        self.case_stage = stage
        self.fields["trust_stage"].choices = [
            ("", _t("blijft: %(n)d, %(stage)s") % {"n": stage, "stage": stage.label}),
            *((value, f"{value}, {label}") for value, label in TrustStage.choices if value != stage),
        ]
        self.fields["next_assignee"].choices = [
            ("", _t("nog niemand")),
            *((str(person.pk), _t("ik") if person.pk == user.pk else str(person)) for person in people),
        ]
        self.fields["circle"].choices = [("", ""), *circles]

    def clean_next_assignee(self) -> User | None:
        """Return the colleague himself."""
        return self.people.get(self.cleaned_data["next_assignee"])

    def clean_next_due_on(self) -> dt.date | None:
        """A year that a calendar can hold."""
        day: dt.date | None = self.cleaned_data["next_due_on"]
        if day is not None and day.year not in _YEARS:
            raise forms.ValidationError(_t("Kijk het jaartal na."))
        return day

    def clean(self) -> dict[str, Any]:
        """What belongs together is there together."""
        data = super().clean() or self.cleaned_data
        if not data.get("next_title", "").strip() and (data.get("next_due_on") or data.get("next_assignee")):
            self.add_error("next_title", _t("Schrijf op wat de volgende stap is."))
        if data.get("trust_event", "").strip() and data.get("trust_stage") is None:
            self.add_error(
                "trust_stage", _t("Kies waar het vertrouwen nu staat, of maak het veld ernaast leeg.")
            )
        return data

    def next_step(self) -> NextStep | None:
        """Return what comes next, if anything was written."""
        data = self.cleaned_data
        if not data["next_title"].strip():
            return None
        return NextStep(
            title=data["next_title"],
            due_on=data["next_due_on"],
            assignee=data["next_assignee"],
            agreed=data["next_agreed"] or Agreed.NOT_ASKED,
            is_task=data["next_kind"] == "task",
        )


class VisitPlanForm(_MomentMixin, _VisitorsMixin, forms.Form):
    """When, why and who goes."""

    purpose = forms.ChoiceField(label=_("Waarvoor?"), choices=VisitPurpose.choices, widget=PickOne)
    field_order = ("day", "time", "purpose", "visitors")

    def __init__(self, *args: Any, case: Case, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.set_people(colleagues(case, user))
        self.fields["visitors"].label = _t("Wie gaat?")


class VisitMoveForm(_MomentMixin, forms.Form):
    """The new moment of a planned visit."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ("day", "time")


class VisitCancelForm(forms.Form):
    """Why a planned visit doesn't happen."""

    reason = forms.CharField(
        label=_("Waarom gaat het niet door?"),
        max_length=300,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        help_text=_("Het hele team leest dit. Houd het kort: het gezin vroeg een andere dag."),
        error_messages={"required": _("Schrijf op waarom het niet doorgaat.")},
    )


class VisitCorrectForm(_StoryMixin, forms.Form):
    """The same story in better words, with why."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    remove_photos = forms.TypedMultipleChoiceField(
        label=_("Welke foto’s moeten weg?"), required=False, coerce=uuids.UUID, widget=PickMany
    )
    reason = forms.CharField(
        label=_("Waarom verbeter je dit?"),
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        help_text=_("Wie het bezoek mag lezen, ziet ook wat er eerst stond."),
        error_messages={"required": _("Schrijf kort op waarom je dit verbetert.")},
    )

    def __init__(self, *args: Any, visit: Visit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        photos = visit.photos.order_by("added_at", "pk").values_list("uuid", flat=True)
        self.fields["remove_photos"].choices = [
            (str(pk), _t("foto %(n)d") % {"n": n}) for n, pk in enumerate(photos, start=1)
        ]
        if not photos:
            del self.fields["remove_photos"]


def initial_from_draft(payload: Mapping[str, list[str]]) -> dict[str, Any]:
    """Return what was typed as the initial values of a VisitForm."""
    initial: dict[str, Any] = {"sightings": {}}
    for name, values in payload.items():
        if name.startswith("sightings-"):
            if values and values[-1]:
                initial["sightings"][name.removeprefix("sightings-")] = values[-1]
        elif name == "visitors":
            initial[name] = values
        else:
            initial[name] = values[-1] if values else ""
    return initial

"""Forms of the radar. The first is filled in on a phone, in less than a minute."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout, LayoutObject
from django import forms
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.enums import OrganisationKind
from accounts.models import Neighbourhood, Organisation, User
from accounts.widgets import DayInput, PickOne
from arsenaal.lib.workdays import next_working_day
from cases.enums import RadarReason, RadarSource
from cases.models import RadarEntry
from cases.models.radar import REVIEW_WITHIN
from people.enums import ReachBy

_LOOK_AGAIN_AFTER = dt.timedelta(days=14)
_USUAL_SOURCE = {
    OrganisationKind.CITY: RadarSource.CITY,
    OrganisationKind.WELFARE: RadarSource.WELFARE,
    OrganisationKind.COMMUNITY: RadarSource.COMMUNITY_WORK,
    OrganisationKind.ENERGY: RadarSource.PARTNER,
    OrganisationKind.PARTNER: RadarSource.PARTNER,
}
_WORRY_FIELDS = (
    "reason",
    "worry",
    "name",
    "street",
    "house_number",
    "box",
    "postcode",
    "phone",
    "reach_by",
    "reach_note",
    "source",
    "source_organisation",
    "review_on",
)


def usual_review_date() -> dt.date:
    """Return the day two weeks from now, or the first working day after it."""
    return next_working_day(timezone.localdate() + _LOOK_AGAIN_AFTER)


class ReviewDateField(forms.DateField):
    """The day on which a signal is looked at again; the picker offers the three months that are allowed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Opnieuw bekijken op"),
            widget=DayInput(),
            error_messages={
                "required": _("Kies wanneer we dit opnieuw bekijken."),
                "invalid": _("Kies een bestaande dag."),
            },
            **kwargs,
        )

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Give the picker its first and last day."""
        today = timezone.localdate()
        return {"min": today.isoformat(), "max": (today + REVIEW_WITHIN).isoformat()}


class Folded(LayoutObject):
    """Fields that are filled in already, behind one line that says what stands there."""

    def __init__(self, *fields: str, says: Callable[[], str], is_open: bool) -> None:
        self.fields = list(fields)
        self.says, self.is_open = says, is_open

    def render(self, form: forms.Form, context: Any, template_pack: str = "bootstrap5", **kwargs: Any) -> str:
        """Draw the line and the fields."""
        inside = self.get_rendered_fields(form, context, template_pack, **kwargs)
        told = {"says": self.says(), "is_open": self.is_open, "inside": inside}
        return render_to_string("cases/_folded.html", told)


class RadarForm(forms.ModelForm):
    """What is told about a worry, in the order in which one tells it."""

    reason = forms.ChoiceField(
        label=_("Waarover gaat het?"),
        choices=RadarReason.choices,
        widget=PickOne,
        error_messages={"required": _("Kies waarover het gaat.")},
    )
    reach_by = forms.ChoiceField(
        label=_("Best bereikbaar door"), choices=ReachBy.choices, widget=PickOne, required=False
    )
    review_on = ReviewDateField()
    neighbourhood = forms.ModelChoiceField(
        label=_("Welke wijk?"), queryset=Neighbourhood.objects.none(), empty_label=None
    )

    class Meta:
        model = RadarEntry
        fields = _WORRY_FIELDS
        widgets = {
            "worry": forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
            "name": forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
            "street": forms.TextInput(attrs={"list": "known-streets", "autocomplete": "off"}),
            "house_number": forms.TextInput(attrs={"autocomplete": "off", "class": "short"}),
            "box": forms.TextInput(attrs={"autocomplete": "off", "class": "short"}),
            "postcode": forms.TextInput(
                attrs={"autocomplete": "off", "inputmode": "numeric", "class": "short"}
            ),
            "phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
            "reach_note": forms.TextInput(attrs={"dir": "auto"}),
        }
        help_texts = {
            "worry": _("Wat zag of hoorde je? Schrijf zoals je het aan een collega vertelt."),
            "name": _("Mag ook een roepnaam zijn. Ken je geen naam, vul dan het adres in."),
            "reach_note": _("Bijvoorbeeld: na 14 uur, of via de buurvrouw."),
        }
        error_messages = {"worry": {"required": _("Schrijf in één of twee zinnen wat de zorg is.")}}

    def __init__(
        self, *args: Any, user: User, neighbourhoods: QuerySet[Neighbourhood], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source_organisation"].queryset = Organisation.objects.filter(is_active=True).order_by(
            "name"
        )
        self.fields["source_organisation"].empty_label = None
        if self.instance.pk is None:
            self.initial.setdefault("review_on", usual_review_date())
            self.initial.setdefault("source_organisation", user.organisation_id)
            self.initial.setdefault("source", _USUAL_SOURCE[OrganisationKind(user.organisation.kind)])
        choices = list(neighbourhoods)
        if len(choices) > 1:
            self.fields["neighbourhood"].queryset = neighbourhoods
            self.fields["neighbourhood"].initial = choices[0].pk
        else:
            del self.fields["neighbourhood"]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = self._layout()

    def _layout(self) -> Layout:
        return Layout(
            *(["neighbourhood"] if "neighbourhood" in self.fields else []),
            "reason",
            "worry",
            Div(
                "name",
                "street",
                Div("house_number", "box", "postcode", css_class="short-row"),
                "phone",
                "reach_by",
                "reach_note",
                css_class="all-optional",
            ),
            # Filled in already for most signals: one line says what stands there.
            Folded("source", "source_organisation", "review_on", says=self._summary, is_open=self.is_bound),
        )

    def _summary(self) -> str:
        """Say in one line what the folded fields hold."""
        chosen = str(self["source_organisation"].value() or "")
        is_id = chosen.isdecimal() and len(chosen) < 19  # what was sent may be nonsense
        organisation = self.fields["source_organisation"].queryset.filter(pk=int(chosen) if is_id else None)
        day = self["review_on"].value()
        return _("Van %(who)s, opnieuw bekijken op %(day)s") % {
            "who": organisation.first() or "",
            "day": date_format(day, "l j F") if isinstance(day, dt.date) else day,
        }

    def clean(self) -> dict[str, Any]:
        """A house number alone leads nowhere."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("house_number") and not cleaned.get("street") and "street" not in self.errors:
            self.add_error("street", _("Vul ook de straat in."))
        return cleaned

    def _post_clean(self) -> None:
        """The action checks and writes; the form only cleans, so the instance stays as it is in the database."""

    def worry_data(self) -> dict[str, Any]:
        """Return what was told, as the action wants it."""
        return {name: self.cleaned_data[name] for name in _WORRY_FIELDS}


class CorrectRadarForm(RadarForm):
    """The same, for a signal that exists; tells which version was on screen."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, neighbourhoods=Neighbourhood.objects.none(), **kwargs)
        self.initial["version"] = self.instance.version
        self.helper.layout.append("version")


class ReasonForm(forms.Form):
    """Why. One sentence is enough."""

    reason = forms.CharField(
        label=_("Waarom?"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        error_messages={"required": _("Schrijf in één zin waarom.")},
    )


class PassOnForm(ReasonForm):
    """To whom, and why."""

    organisation = forms.ModelChoiceField(
        label=_("Aan welke organisatie geef je dit door?"),
        queryset=Organisation.objects.none(),
        empty_label=_("Kies een organisatie"),
        error_messages={"required": _("Kies aan wie je dit doorgeeft.")},
    )
    field_order = ("organisation", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.filter(is_active=True).order_by("name")


class PostponeForm(ReasonForm):
    """Until when, and why."""

    review_on = ReviewDateField()
    version = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ("review_on", "reason", "version")

    def __init__(self, *args: Any, entry: RadarEntry, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "review_on": usual_review_date(),
            "version": entry.version,
            **kwargs.get("initial", {}),
        }
        super().__init__(*args, **kwargs)

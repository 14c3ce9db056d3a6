"""Questions to services, and the mandates they rest on."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Neighbourhood, User
from accounts.permissions import Permission
from cases.actions.help_requests import proposed_due
from cases.forms.choices import day_field, line, offer_neighbourhoods, organisation_field
from cases.forms.fields import StoryField
from cases.models import Case, HelpRequest, Mandate, PlanStep


class MandateChoiceField(forms.ModelChoiceField):
    """A mandate, with how soon the service answers."""

    def label_from_instance(self, obj: Mandate) -> str:
        """Name the service, the subject and the working days."""
        return _("%(organisation)s: %(subject)s (antwoord binnen %(days)d werkdagen)") % {
            "organisation": obj.organisation,
            "subject": obj.subject,
            "days": obj.answer_within_days,
        }


class HelpRequestForm(forms.Form):
    """Which service, on what mandate, what we ask and by when."""

    neighbourhood = forms.ModelChoiceField(
        label=_("Voor welke wijk?"), queryset=Neighbourhood.objects.none(), empty_label=_("Kies een wijk")
    )
    organisation = organisation_field(_("Aan welke dienst?"))
    mandate = MandateChoiceField(
        label=_("Op welk mandaat?"),
        queryset=Mandate.objects.none(),
        required=False,
        empty_label=_("zonder mandaat"),
        help_text=_("Een mandaat zegt wat we mogen vragen, en hoe snel het antwoord komt."),
    )
    question = StoryField(
        label=_("Wat vragen we?"),
        longest=2000,
        rows=4,
        help_text=_("De dienst leest dit. Geef niet meer dan nodig is, en geen naam zonder toestemming."),
    )
    step = forms.ModelChoiceField(
        label=_("Hoort dit bij een stap van het plan?"),
        queryset=PlanStep.objects.none(),
        required=False,
        empty_label=_("geen stap"),
    )
    due_on = day_field(
        _("Antwoord tegen"),
        required=False,
        help_text=_("Laat leeg voor de termijn van het mandaat, of vijf werkdagen zonder mandaat."),
    )

    def __init__(self, *args: Any, user: User, case: Case | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        where = user.access.where(Permission.HELP_REQUEST_ASK)
        if case is not None:
            where = [case.neighbourhood_id]
            del self.fields["neighbourhood"]
            self.fields["step"].queryset = case.steps.open().order_by("position")
        else:
            del self.fields["step"]
            offer_neighbourhoods(self, user, Permission.HELP_REQUEST_ASK)
        self.fields["mandate"].queryset = (
            Mandate.objects.valid_on()
            .filter(neighbourhood_id__in=where, organisation__is_active=True)
            .select_related("organisation")
            .order_by("organisation__name", "subject", "pk")
        )

    def clean(self) -> dict[str, Any]:
        """Propose the day by which an answer may be expected where none was typed."""
        cleaned = super().clean() or {}
        if not cleaned.get("due_on") and "due_on" not in self.errors:
            cleaned["due_on"] = proposed_due(cleaned.get("mandate"), today=timezone.localdate())
        return cleaned


class AnswerForm(forms.Form):
    """What the service answered."""

    text = StoryField(label=_("Wat is het antwoord?"), longest=4000, rows=5)


class EscalateForm(forms.Form):
    """To whom the question goes now, and why already."""

    to = line(_("Aan wie vraag je het hogerop?"), 160, help_text=_("Bijvoorbeeld: het diensthoofd."))
    reason = line(_("Waarom?"), 400, required=False)

    def __init__(self, *args: Any, help_request: HelpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if timezone.localdate() <= help_request.due_on:
            self.fields["reason"].required = True
            self.fields["reason"].help_text = _("De dienst heeft nog tijd: waarom wacht je niet?")


class WithdrawForm(forms.Form):
    """Why the question is no longer needed."""

    reason = line(_("Waarom is het niet meer nodig?"), 400)


class MandateForm(forms.Form):
    """What the team may ask of which service, and who says so."""

    neighbourhood = forms.ModelChoiceField(
        label=_("Voor welke wijk?"), queryset=Neighbourhood.objects.none(), empty_label=_("Kies een wijk")
    )
    organisation = organisation_field(_("Welke dienst?"))
    subject = line(_("Waarover mogen we iets vragen?"), 200)
    granted_by = line(_("Wie gaf dit mandaat?"), 160, help_text=_("Bijvoorbeeld: het college, op 3 maart."))
    answer_within_days = forms.IntegerField(
        label=_("Binnen hoeveel werkdagen komt het antwoord?"), min_value=1, max_value=120, initial=5
    )
    from_on = day_field(_("Vanaf"))
    until_on = day_field(_("Tot en met"), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["from_on"].initial = timezone.localdate
        offer_neighbourhoods(self, user, Permission.MANDATE_MANAGE)


class MandateEndForm(forms.Form):
    """The last day of a mandate."""

    until_on = day_field(_("Tot en met"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until_on"].initial = timezone.localdate

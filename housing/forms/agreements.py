"""Forms of agreements, their templates and their obligations."""

from typing import Any

from django import forms
from django.db.models import Case as SqlCase
from django.db.models import IntegerField, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.enums import OrganisationKind
from accounts.models import Organisation
from accounts.widgets import PickMany, PickOne, Segments
from cases.forms.choices import day_field, line, organisation_field
from cases.forms.fields import StoryField
from cases.models import Case
from housing.agreement_catalogue import LANGUAGES
from housing.agreement_days import add_months
from housing.agreement_enums import BreachNext, DueRule, FollowUp, PartyKind, Topic
from housing.models import (
    Agreement,
    AgreementParty,
    AgreementTemplate,
    Dwelling,
    Landlord,
    Ownership,
)
from housing.models.agreement_template import LONGEST_RULE_DAYS
from housing.stay_rules import default_stay_months
from people.models import Household

LANGUAGE_NAMES = {"fr": _("Frans"), "en": _("Engels"), "tr": _("Turks"), "ar": _("Arabisch")}
_PARTIES = frozenset({OrganisationKind.CITY, OrganisationKind.WELFARE})


def file_field(label: Any, **more: Any) -> forms.FileField:
    """A photo or a PDF; what it really is, is judged by its content."""
    more.setdefault("required", False)
    return forms.FileField(
        label=label,
        widget=forms.ClearableFileInput(attrs={"accept": "image/*,application/pdf"}),
        help_text=_("Een foto of een pdf, tot 25 MB."),
        **more,
    )


def landlords_of(case: Case) -> QuerySet[Landlord]:
    """The landlords of the neighbourhood, those of the family's own dwellings first."""
    own = (
        Ownership.objects.filter(
            dwelling__occupancies__household=case.household_id, dwelling__crisis__isnull=True
        )
        .order_by()
        .values_list("landlord", flat=True)
    )
    return (
        Landlord.objects.filter(neighbourhood_id=case.neighbourhood_id)
        .annotate(
            place=SqlCase(
                When(pk__in=list(own), then=Value(0)), default=Value(1), output_field=IntegerField()
            )
        )
        .order_by("place", "name", "pk")
    )


def dwellings_of(case: Case) -> QuerySet[Dwelling]:
    """The dwellings where the family lives and lived; where it stays for a while is none of them."""
    return (
        Dwelling.objects.filter(occupancies__household=case.household_id, crisis__isnull=True)
        .select_related("building")
        .distinct()
        .order_by("pk")
    )


class AgreementForm(forms.Form):
    """A new agreement: from which template, with whom, from when to when."""

    template = forms.ModelChoiceField(
        label=_("Volgens welk sjabloon?"), queryset=AgreementTemplate.objects.none(), empty_label=None
    )
    landlords = forms.ModelMultipleChoiceField(
        label=_("Welke verhuurder?"), queryset=Landlord.objects.none(), required=False, widget=PickMany
    )
    organisations = forms.ModelMultipleChoiceField(
        label=_("Welke dienst van stad of OCMW?"),
        queryset=Organisation.objects.none(),
        required=False,
        widget=PickMany,
    )
    dwelling = forms.ModelChoiceField(
        label=_("Over welke woning?"),
        queryset=Dwelling.objects.none(),
        required=False,
        empty_label=_("geen bepaalde woning"),
    )
    starts_on = day_field(_("Begint op"))
    return_on = day_field(_("Terugkeer gepland op"))

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["template"].queryset = AgreementTemplate.objects.current().order_by("code")
        # The owners of where they live and lived; anybody else is added as a party later.
        owners = landlords_of(case).filter(place=0)
        self.fields["landlords"].queryset = owners
        self.fields["landlords"].initial = [owner.pk for owner in owners]
        if not owners:
            del self.fields["landlords"]
        self.fields["organisations"].queryset = Organisation.objects.filter(
            is_active=True, kind__in=_PARTIES
        ).order_by("name")
        found = dwellings_of(case)
        self.fields["dwelling"].queryset = found
        self.fields["dwelling"].initial = found.last()
        today = timezone.localdate()
        self.fields["starts_on"].initial = today
        self.fields["return_on"].initial = add_months(today, default_stay_months(today))


class AgreementEditForm(forms.Form):
    """The words and days of a draft."""

    title = line(_("Titel"), 140)
    intro = StoryField(label=_("Inleiding"), longest=2000, rows=5, required=False)
    closing = StoryField(label=_("Slot"), longest=2000, rows=4, required=False)
    dwelling = forms.ModelChoiceField(
        label=_("Over welke woning?"),
        queryset=Dwelling.objects.none(),
        required=False,
        empty_label=_("geen bepaalde woning"),
    )
    starts_on = day_field(_("Begint op"))
    return_on = day_field(
        _("Terugkeer gepland op"),
        help_text=_("Verandert een dag, dan schuiven de dagen van de verbintenissen mee."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = dwellings_of(agreement.case)
        known = Dwelling.objects.filter(pk=agreement.dwelling_id).select_related("building")
        keys = {*own.values_list("pk", flat=True), *known.values_list("pk", flat=True)}
        self.fields["dwelling"].queryset = Dwelling.objects.filter(pk__in=keys).select_related("building")


class PartyForm(forms.Form):
    """One more party."""

    kind = forms.ChoiceField(label=_("Wat voor partij?"), choices=PartyKind.choices, widget=Segments)
    landlord = forms.ModelChoiceField(
        label=_("Welke verhuurder?"), queryset=Landlord.objects.none(), required=False, empty_label="-"
    )
    household = forms.ModelChoiceField(
        label=_("Welk gezin?"), queryset=Household.objects.none(), required=False, empty_label="-"
    )
    organisation = organisation_field(_("Welke dienst?"), required=False, empty_label="-")
    name = line(_("Naam op papier"), 200, required=False, help_text=_("Leeg: de naam zoals wij die kennen."))
    signer = line(_("Wie tekent?"), 200, required=False)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["landlord"].queryset = landlords_of(case)
        keys = {case.household_id, *case.children.values_list("household_id", flat=True)}
        self.fields["household"].queryset = Household.objects.filter(pk__in=keys - {None}).order_by("name")


class _ObligationFields(forms.Form):
    """What has to be done, when, and what follows when it isn't."""

    text = StoryField(label=_("Wat?"), longest=600, rows=3)
    topic = forms.ChoiceField(
        label=_("Waarover?"), choices=Topic.choices, initial=Topic.GENERAL, widget=PickOne
    )
    rule = forms.ChoiceField(label=_("Tegen wanneer?"), choices=DueRule.choices, widget=PickOne)
    days = forms.IntegerField(
        label=_("Aantal dagen"),
        min_value=0,
        max_value=LONGEST_RULE_DAYS,
        initial=0,
        help_text=_("Bij “elke maand”: hoeveel dagen na het begin de eerste keer is."),
    )
    warn_days = forms.IntegerField(
        label=_("Hoeveel dagen vooraf waarschuwen?"), min_value=0, max_value=90, initial=7
    )
    breach_next = forms.ChoiceField(
        label=_("Wat volgt als het niet gebeurt?"),
        choices=BreachNext.choices,
        initial=BreachNext.NOTHING,
        widget=PickOne,
    )
    breach_text = line(
        _("Zo staat dat in de overeenkomst"), 400, required=False, help_text=_("Een zin, voor op papier.")
    )


class ObligationForm(_ObligationFields):
    """An obligation of an agreement."""

    party = forms.ModelChoiceField(
        label=_("Van wie?"), queryset=AgreementParty.objects.none(), empty_label=None
    )
    field_order = ("party", "text")

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].queryset = agreement.parties.order_by("position")


class TemplateObligationForm(_ObligationFields):
    """An obligation of a template, with its translations."""

    party_kind = forms.ChoiceField(label=_("Van wie?"), choices=PartyKind.choices, widget=Segments)
    field_order = ("party_kind", "text")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in LANGUAGES:
            self.fields[f"text_{code}"] = StoryField(
                label=gettext("Uitleg in het %(language)s") % {"language": LANGUAGE_NAMES[code]},
                longest=600,
                rows=2,
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        """Gather the translations."""
        data = super().clean() or self.cleaned_data
        data["translations"] = {code: words for code in LANGUAGES if (words := data.pop(f"text_{code}", ""))}
        return data


class TemplateForm(forms.Form):
    """The words around the obligations of a template, with their translations."""

    title = line(_("Titel"), 140)
    intro = StoryField(label=_("Inleiding"), longest=2000, rows=5, required=False)
    closing = StoryField(label=_("Slot"), longest=2000, rows=4, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in LANGUAGES:
            language = {"language": LANGUAGE_NAMES[code]}
            self.fields[f"title_{code}"] = line(
                gettext("Titel in het %(language)s") % language, 200, required=False
            )
            self.fields[f"intro_{code}"] = StoryField(
                label=gettext("Inleiding in het %(language)s") % language,
                longest=2000,
                rows=3,
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        """Gather the translations."""
        data = super().clean() or self.cleaned_data
        data["translations"] = {
            code: {
                "title": data.pop(f"title_{code}", ""),
                "intro": data.pop(f"intro_{code}", ""),
            }
            for code in LANGUAGES
        }
        return data


class SignForm(forms.Form):
    """When everybody signed, with a scan of the paper."""

    signed_on = day_field(_("Wanneer tekende iedereen?"))
    file = file_field(_("Getekend exemplaar"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signed_on"].initial = timezone.localdate


class CopyForm(forms.Form):
    """A scan of the signed paper."""

    file = file_field(_("Getekend exemplaar"), required=True)


class ReasonForm(forms.Form):
    """Why."""

    reason = line(_("Waarom?"), 400)


class EndForm(forms.Form):
    """How it ended, when and why."""

    how = forms.ChoiceField(
        label=_("Hoe eindigt ze?"),
        choices=[("ended", _("afgelopen zoals afgesproken")), ("broken", _("verbroken"))],
        widget=Segments,
    )
    ended_on = day_field(_("Sinds wanneer?"))
    reason = line(_("Waarom?"), 400)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ended_on"].initial = timezone.localdate


class EvidenceForm(forms.Form):
    """What shows that an obligation was kept."""

    on = day_field(_("Van welke dag?"))
    text = StoryField(label=_("Wat toont het?"), longest=600, rows=3)
    file = file_field(_("Foto of document"))
    is_done = forms.BooleanField(label=_("Hiermee is de verbintenis gedaan"), required=False, initial=True)

    def __init__(self, *args: Any, may_finish: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate
        if not may_finish:
            del self.fields["is_done"]


class NoteForm(forms.Form):
    """A remark that may stay empty."""

    note = line(_("Wat gebeurde er?"), 400, required=False)


class NeededNoteForm(forms.Form):
    """A remark that is needed."""

    note = line(_("Waarom?"), 400)


class FollowUpForm(forms.Form):
    """What to do with what the agreement says comes next."""

    follow_up = forms.ChoiceField(label=_("Wat doen we?"), choices=FollowUp.choices, widget=Segments)
    note = line(_("Toelichting"), 400, required=False, help_text=_("Nodig als we het niet doen."))


class MoreTimeForm(forms.Form):
    """More time, and why."""

    until_on = day_field(_("Uitstel tot"))
    reason = line(_("Waarom?"), 400)


class DecisionForm(forms.Form):
    """Yes or no to what was asked."""

    decision = forms.ChoiceField(
        label=_("Wat is de beslissing?"),
        choices=[("yes", _("toekennen")), ("no", _("weigeren"))],
        widget=Segments(icons={"yes": "check-lg", "no": "x-lg"}),
    )
    note = line(_("Toelichting"), 400, required=False, help_text=_("Nodig als je weigert."))

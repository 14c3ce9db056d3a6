"""Forms of the legal file and of the evidence ledger."""

from typing import Any

from django import forms
from django.db.models import Case as SqlCase
from django.db.models import Q, QuerySet, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import Permission
from accounts.widgets import ClockInput, PickMany, PickOne
from cases.forms.fields import StoryField
from cases.models import Case
from housing.actions.exhibits import members_of
from housing.enums_legal import (
    ClaimKind,
    ClaimState,
    CourtDateKind,
    CourtDateState,
    EvidenceKind,
    LegalState,
    PartyRole,
    PermissionHow,
    PermissionScope,
)
from housing.forms.registers import text_field
from housing.forms.rent import amount_input, day_field
from housing.models import Claim, CourtDate, Evidence, Exhibit, Landlord, LegalFile, LegalTenant
from people.models import Person

# Kinds that somebody adds by hand; a rent overview is made from what was written down.
BY_HAND = [choice for choice in EvidenceKind.choices if choice[0] != EvidenceKind.RENT]


def lawyers(neighbourhood_id: int) -> QuerySet[User]:
    """Return who does legal files here."""
    return User.objects.with_permission(Permission.LEGAL_FILE_WORK, neighbourhood_id).order_by(
        "first_name", "last_name", "pk"
    )


class LegalFileNewForm(forms.Form):
    """Name and lawyer."""

    title = text_field(_("Naam van het juridisch dossier"), 140, required=True)
    lawyer = forms.ModelChoiceField(
        label=_("Wie is de jurist?"), queryset=User.objects.none(), empty_label=_("kies een jurist")
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lawyer"].queryset = lawyers(case.neighbourhood_id)


class LegalFileEditForm(forms.Form):
    """Everything that holds for the whole file."""

    title = text_field(_("Naam van het juridisch dossier"), 140, required=True)
    lawyer = forms.ModelChoiceField(
        label=_("Wie is de jurist?"), queryset=User.objects.none(), empty_label=None
    )
    state = forms.ChoiceField(
        label=_("Stand"),
        choices=LegalState.choices,
        widget=PickOne,
        help_text=_("Het team ziet de stand. Afgesloten kan niet terug."),
    )
    court = text_field(_("Welk vredegerecht?"), 120)
    roll_number = text_field(_("Rolnummer"), 40)
    strategy = StoryField(
        label=_("Aanpak"), longest=10000, required=False, help_text=_("Alleen de juristen lezen dit.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, legal_file: LegalFile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Who leads it now can stay, also when that person does no legal files any more.
        here = Q(pk__in=lawyers(legal_file.neighbourhood_id).values("pk")) | Q(pk=legal_file.lawyer_id)
        self.fields["lawyer"].queryset = User.objects.filter(here).order_by("first_name", "last_name", "pk")

    @staticmethod
    def initial_of(legal_file: LegalFile) -> dict[str, Any]:
        """Return what stands there now."""
        names = ("title", "lawyer", "state", "court", "roll_number", "strategy", "version")
        return {name: getattr(legal_file, name) for name in names}


class TenantJoinForm(forms.Form):
    """Which household takes part."""

    case = forms.ModelChoiceField(
        label=_("Welk gezin doet mee?"),
        queryset=Case.objects.none(),
        empty_label=_("kies een dossier"),
        help_text=_("Eerst de gezinnen van dit blok; daarna de andere open dossiers van de wijk."),
    )

    def __init__(self, *args: Any, legal_file: LegalFile, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taking_part = legal_file.tenants.filter(left_at__isnull=True).values("case_id")
        self.fields["case"].queryset = (
            Case.objects.visible_to(user)
            .open()
            .filter(neighbourhood_id=legal_file.neighbourhood_id, household__isnull=False)
            .exclude(pk__in=taking_part)
            .annotate(is_elsewhere=SqlCase(When(parent_id=legal_file.case_id, then=0), default=1))
            .order_by("is_elsewhere", "title", "pk")
        )


class ReasonForm(forms.Form):
    """Why."""

    reason = text_field(_("Waarom?"), 300, required=True)


class PartyForm(forms.Form):
    """A landlord of the register, or somebody else."""

    role = forms.ChoiceField(label=_("In welke rol?"), choices=PartyRole.choices, widget=PickOne)
    landlord = forms.ModelChoiceField(
        label=_("Verhuurder uit het register"),
        queryset=Landlord.objects.none(),
        required=False,
        empty_label=_("iemand anders"),
    )
    name = text_field(_("Naam"), 140, help_text=_("Leeg is de naam van de verhuurder die je koos."))
    address = text_field(_("Adres, telefoon of e-mail"), 200)

    def __init__(self, *args: Any, legal_file: LegalFile, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["landlord"].queryset = (
            Landlord.objects.visible_to(user)
            .filter(neighbourhood_id=legal_file.neighbourhood_id)
            .order_by("name", "pk")
        )


class TenantChoice(forms.ModelChoiceField):
    """A household, by the title of its case."""

    def label_from_instance(self, obj: LegalTenant) -> str:
        """Name the case."""
        return f"{obj.case.title} ({obj.case.number})"


def _tenants(legal_file: LegalFile) -> QuerySet[LegalTenant]:
    return (
        legal_file.tenants.filter(left_at__isnull=True).select_related("case").order_by("case__title", "pk")
    )


class ClaimForm(forms.Form):
    """What is asked for one household, and what came of it."""

    tenant = TenantChoice(
        label=_("Voor welk gezin?"), queryset=LegalTenant.objects.none(), empty_label=_("kies een gezin")
    )
    kind = forms.ChoiceField(label=_("Wat vragen we?"), choices=ClaimKind.choices, widget=PickOne)
    amount = amount_input(Claim._meta.get_field("amount"), label=_("Bedrag (euro)"))
    ground = StoryField(label=_("Waarop steunt het?"), longest=4000, rows=3, required=False)
    state = forms.ChoiceField(
        label=_("Stand"), choices=ClaimState.choices, initial=ClaimState.DRAFT, widget=PickOne
    )
    decided_on = day_field(_("Beslist op"), required=False, past=True)
    awarded = amount_input(Claim._meta.get_field("awarded"), label=_("Toegekend of geregeld (euro)"))
    recovered = amount_input(
        Claim._meta.get_field("recovered"), label=_("Al ontvangen of kwijtgescholden (euro)")
    )
    version = forms.IntegerField(widget=forms.HiddenInput, initial=1)

    def __init__(self, *args: Any, legal_file: LegalFile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tenant"].queryset = _tenants(legal_file)

    @staticmethod
    def initial_of(claim: Claim) -> dict[str, Any]:
        """Return what stands there now."""
        names = (
            "tenant",
            "kind",
            "amount",
            "ground",
            "state",
            "decided_on",
            "awarded",
            "recovered",
            "version",
        )
        return {name: getattr(claim, name) for name in names}


class CourtDateForm(forms.Form):
    """A day with consequences."""

    kind = forms.ChoiceField(label=_("Wat is het?"), choices=CourtDateKind.choices, widget=PickOne)
    on = day_field(_("Op welke dag?"))
    at = forms.TimeField(label=_("Hoe laat?"), widget=ClockInput(), required=False)
    place = text_field(_("Waar?"), 140)
    note = StoryField(label=_("Wat moet er klaar zijn?"), longest=2000, rows=3, required=False)
    state = forms.ChoiceField(
        label=_("Stand"), choices=CourtDateState.choices, initial=CourtDateState.OPEN, widget=PickOne
    )
    result = text_field(_("Wat kwam eruit?"), 300)
    version = forms.IntegerField(widget=forms.HiddenInput, initial=1)

    @staticmethod
    def initial_of(row: CourtDate) -> dict[str, Any]:
        """Return what stands there now."""
        names = ("kind", "on", "at", "place", "note", "state", "result", "version")
        return {name: getattr(row, name) for name in names}


class EvidenceForm(forms.Form):
    """A file or a text for the ledger."""

    kind = forms.ChoiceField(label=_("Wat is het?"), choices=BY_HAND, widget=PickOne)
    title = text_field(
        _("Korte omschrijving"), 140, required=True, help_text=_("Bijvoorbeeld: schimmel in de slaapkamer.")
    )
    about_on = day_field(
        _("Van welke dag?"),
        past=True,
        initial=timezone.localdate,
        help_text=_("De datum op de brief of de foto."),
    )
    file = forms.FileField(
        label=_("Foto of pdf"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*,application/pdf"}),
        help_text=_(
            "Tot 25 MB. We bewaren een vingerafdruk, zodat te bewijzen valt dat er niets aan veranderde."
        ),
    )
    body = StoryField(
        label=_("Wat staat erin?"),
        longest=10000,
        rows=5,
        required=False,
        help_text=_("Voor een verklaring: de woorden zelf. Bij een foto of brief mag dit leeg blijven."),
    )


class EvidenceChoice(forms.ModelMultipleChoiceField):
    """Pieces of evidence, each with of whom it is."""

    def label_from_instance(self, obj: Evidence) -> str:
        """Name it and whose it is."""
        return f"{obj.title} · {obj.case.title}"


class ExhibitNewForm(forms.Form):
    """Which evidence gets a number."""

    evidence = EvidenceChoice(
        label=_("Welk bewijs krijgt een nummer?"), queryset=Evidence.objects.none(), widget=PickMany
    )

    def __init__(self, *args: Any, evidence: QuerySet[Evidence], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["evidence"].queryset = evidence


class PermissionForm(forms.Form):
    """Somebody of the household permits to show exhibits of that household."""

    exhibits = forms.ModelMultipleChoiceField(
        label=_("Voor welke stukken?"), queryset=Exhibit.objects.none(), widget=PickMany
    )
    person = forms.ModelChoiceField(
        label=_("Wie geeft toestemming?"), queryset=Person.objects.none(), empty_label=None, widget=PickOne
    )
    scope = forms.ChoiceField(
        label=_("Waar mogen ze in?"),
        choices=PermissionScope.choices,
        initial=PermissionScope.JOINT,
        widget=PickOne,
    )
    how = forms.ChoiceField(label=_("Hoe?"), choices=PermissionHow.choices, widget=PickOne)
    given_on = day_field(_("Wanneer?"), past=True, initial=timezone.localdate)

    def __init__(self, *args: Any, tenant: LegalTenant, exhibits: QuerySet[Exhibit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["exhibits"].queryset = exhibits
        people = members_of(tenant.case)
        self.fields["person"].queryset = Person.objects.filter(pk__in=[person.pk for person in people])


class PermissionWithdrawForm(forms.Form):
    """How the permission was taken back."""

    how = forms.ChoiceField(
        label=_("Hoe werd ze ingetrokken?"), choices=PermissionHow.choices, widget=PickOne
    )


class BundleForm(forms.Form):
    """For whom the bundle is."""

    tenant = TenantChoice(
        label=_("Voor wie?"),
        queryset=LegalTenant.objects.none(),
        required=False,
        empty_label=_("alle huurders samen"),
        help_text=_("In de bundel van één gezin staat niets van een ander gezin."),
    )

    def __init__(self, *args: Any, legal_file: LegalFile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tenant"].queryset = _tenants(legal_file)

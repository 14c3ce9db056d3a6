"""Opening a case: of a household that is known, of a new one, or of a whole building."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Neighbourhood, User
from accounts.permissions import Permission
from accounts.search_pick import Option, SearchPickField
from accounts.widgets import PickOne
from cases.actions.start_case import NewHousehold
from cases.enums import CaseKind
from cases.lookalikes import bare_name, households_named
from cases.models import Case, RadarEntry
from people.models import Household
from people.search import households_like

KNOWN, NEW, BLOCK = "known", "new", "block"


def _who_work_in(neighbourhood_ids: Sequence[int]) -> QuerySet[User]:
    """Return everybody who works on cases in one of these neighbourhoods, by name."""
    condition = Q(pk__in=[])
    for pk in neighbourhood_ids:
        condition |= Q(pk__in=User.objects.with_permission(Permission.CASE_WORK, pk).values("pk"))
    return User.objects.filter(condition).order_by("first_name", "last_name", "pk")


def _option(household: Household) -> Option:
    """Describe a household to choose: its name, and the first names of who belongs to it."""
    return Option(household.pk, household.name, ", ".join(getattr(household, "member_names", [])))


class OpenCaseForm(forms.Form):
    """Who it is about, what to call it, who leads."""

    neighbourhood = forms.ModelChoiceField(
        label=_("Welke wijk?"), queryset=Neighbourhood.objects.none(), empty_label=None
    )
    about = forms.ChoiceField(
        label=_("Over wie gaat het?"),
        widget=PickOne,
        error_messages={
            "required": _("Kies over wie het gaat."),
            "invalid_choice": _("Kies een van deze mogelijkheden."),
        },
    )
    household = SearchPickField(
        label=_("Welk gezin?"),
        suggest_url="people:household-suggest",
        placeholder=_("Naam van het gezin of van iemand uit het gezin"),
        required=False,
    )
    name = forms.CharField(
        label=_("Naam van het gezin"),
        max_length=120,
        required=False,
        help_text=_("Bijvoorbeeld: gezin Peeters."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    given_name = forms.CharField(
        label=_("Voornaam"),
        max_length=80,
        required=False,
        help_text=_("Van wie we het eerst spreken."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    family_name = forms.CharField(
        label=_("Familienaam"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    title = forms.CharField(
        label=_("Titel van het dossier"),
        max_length=140,
        help_text=_(
            "Kort en zonder naam: zo vind je het terug in een lijst. Bijvoorbeeld: alleenstaande man, studio."
        ),
        error_messages={"required": _("Geef het dossier een korte titel.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    address_hint = forms.CharField(
        label=_("Adres"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    lead = forms.ModelChoiceField(
        label=_("Wie trekt het?"),
        queryset=User.objects.none(),
        empty_label=_("Kies een collega"),
        error_messages={"required": _("Kies wie het dossier trekt.")},
        help_text=_("Het kernteam komt er vanzelf bij."),
    )
    parent = forms.ModelChoiceField(
        label=_("Hoort het bij een blokdossier?"),
        queryset=Case.objects.none(),
        required=False,
        empty_label=_("nee"),
    )

    def __init__(
        self,
        *args: Any,
        user: User,
        neighbourhoods: Sequence[Neighbourhood],
        entry: RadarEntry | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.neighbourhoods, self.entry = user, list(neighbourhoods), entry
        ids = [neighbourhood.pk for neighbourhood in self.neighbourhoods]
        if len(ids) > 1:
            self.fields["neighbourhood"].queryset = Neighbourhood.objects.filter(pk__in=ids)
            self.fields["neighbourhood"].initial = ids[0]
        else:
            del self.fields["neighbourhood"]
        self.alike = (
            households_named(user, entry.name, neighbourhood_id=entry.neighbourhood_id)
            if entry is not None and entry.name
            else []
        )
        self._offer_households(ids)
        self.fields["lead"].queryset = _who_work_in(ids)
        blocks = Case.objects.visible_to(user).open().filter(kind=CaseKind.BUILDING, neighbourhood_id__in=ids)
        self.fields["parent"].queryset = blocks.order_by("number")
        if not blocks.exists():
            del self.fields["parent"]
        if entry is not None:
            self._start_from(entry)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = self._layout()

    def _offer_households(self, neighbourhood_ids: Sequence[int]) -> None:
        """Offer what looks like the signal as a choice of its own; every other known household can be searched."""
        self.fields["about"].choices = [
            *((str(household.pk), household.name) for household in self.alike),
            (KNOWN, _("een ander gezin dat we kennen") if self.alike else _("een gezin dat we kennen")),
            (NEW, _("een nieuw gezin")),
            (BLOCK, _("een heel pand (blokdossier)")),
        ]
        visible = Household.objects.visible_to(self.user).filter(neighbourhood_id__in=neighbourhood_ids)
        self.fields["household"].connect(
            queryset=visible,
            search=lambda text: [_option(row) for row in households_like(self.user, text)],
            describe=_option,
            chosen=str(self.data.get(self.add_prefix("household"), "")) if self.is_bound else "",
        )

    def _layout(self) -> Layout:
        """The fields of a choice are there when it is chosen (lists.css)."""
        return Layout(
            *(["neighbourhood"] if "neighbourhood" in self.fields else []),
            "about",
            Div("household", css_class="when-known"),
            Div(Field("name", wrapper_class="must"), "given_name", "family_name", css_class="when-new"),
            "title",
            "address_hint",
            "lead",
            *(["parent"] if "parent" in self.fields else []),
        )

    def _start_from(self, entry: RadarEntry) -> None:
        """Fill in what the signal tells already."""
        name = bare_name(entry.name)
        given_name, _space, family_name = name.partition(" ")
        self.initial.setdefault("about", NEW)
        self.initial.setdefault("name", f"Gezin {family_name or name}" if name else "")
        self.initial.setdefault("given_name", given_name if family_name else "")
        self.initial.setdefault("family_name", family_name)
        self.initial.setdefault("address_hint", entry.address_line)

    def clean(self) -> dict[str, Any]:
        """A new household needs a name, a building needs an address."""
        cleaned = super().clean() or self.cleaned_data
        cleaned.setdefault("parent", None)
        choice = cleaned.get("about")
        if choice == KNOWN and not cleaned.get("household") and "household" not in self.errors:
            self.add_error("household", _("Typ een deel van de naam en kies het gezin."))
        if choice != KNOWN:
            self.errors.pop("household", None)
        if choice == NEW and not cleaned.get("name"):
            self.add_error("name", _("Geef het gezin een naam, bijvoorbeeld: gezin Peeters."))
        if choice == NEW and cleaned.get("family_name") and not cleaned.get("given_name"):
            self.add_error("given_name", _("Vul ook de voornaam in."))
        if choice == BLOCK:
            cleaned["parent"] = None
            if not cleaned.get("address_hint"):
                self.add_error("address_hint", _("Vul het adres van het pand in."))
        return cleaned

    def chosen_about(self) -> Household | NewHousehold | None:
        """Return whom the case is about, as the action wants it; None for a building."""
        choice = self.cleaned_data["about"]
        if choice == BLOCK:
            return None
        if choice == KNOWN:
            return self.cleaned_data["household"]
        if choice != NEW:
            return next(household for household in self.alike if str(household.pk) == choice)
        entry = self.entry
        return NewHousehold(
            name=self.cleaned_data["name"],
            given_name=self.cleaned_data["given_name"],
            family_name=self.cleaned_data["family_name"],
            phone=entry.phone if entry else "",
            reach_by=entry.reach_by if entry else "",
            reach_note=entry.reach_note if entry else "",
        )

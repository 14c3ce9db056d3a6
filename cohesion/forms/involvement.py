"""Forms of what people do in their neighbourhood."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Neighbourhood, User
from accounts.permissions import Permission
from accounts.search_pick import SearchPickField
from accounts.widgets import PickOne
from cases.forms.choices import day_field, line, offer_neighbourhoods
from cohesion.involvement_enums import InvolvementKind
from people.models import Person
from people.search import person_option, persons_like


class _InvolvementWords(forms.Form):
    kind = forms.ChoiceField(
        label=_("Wat voor iets is het?"), choices=InvolvementKind.choices, widget=PickOne
    )
    what = line(
        _("Wat doet hij of zij?"),
        120,
        help_text=_("In een paar woorden: herstelt fietsen in de hub, geeft de tegeltuinen water."),
    )
    since = day_field(_("Sinds wanneer?"))
    until = day_field(_("Tot en met wanneer?"), required=False, help_text=_("Leeg: het loopt nog."))

    def __init__(self, *args: Any, has_thing: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if has_thing:  # it says of what kind it is
            del self.fields["kind"]


class InvolvementForm(_InvolvementWords):
    """That somebody takes part. What comes from a thing has its kind and its neighbourhood already."""

    person = SearchPickField(
        label=_("Wie?"),
        suggest_url="cohesion:capital-persons",
        placeholder=_("Naam"),
        help_text=_("Iemand die we kennen."),
    )
    neighbourhood = forms.ModelChoiceField(
        label=_("In welke wijk?"), queryset=Neighbourhood.objects.none(), empty_label=_("Kies een wijk")
    )
    field_order = ("neighbourhood", "person")

    def __init__(self, *args: Any, user: User, has_thing: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, has_thing=has_thing, **kwargs)
        if has_thing:
            del self.fields["neighbourhood"]
        else:
            offer_neighbourhoods(self, user, Permission.CAPITAL_WORK)
        chosen = self.data.get("person", "") if self.is_bound else str(self.initial.get("person") or "")
        self.fields["person"].connect(  # type: ignore[attr-defined]
            queryset=Person.objects.visible_to(user),
            search=lambda text: [person_option(person) for person in persons_like(user, text)],
            describe=person_option,
            chosen=chosen,
        )


class InvolvementEditForm(_InvolvementWords):
    """The same of what is there; of whom it is stays."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class YesForm(forms.Form):
    """Until when the team of the case may know."""

    agreed_until = day_field(
        _("Tot en met wanneer?"), required=False, help_text=_("Leeg: tot hij of zij het intrekt.")
    )

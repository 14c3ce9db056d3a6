"""The dwelling of a case: recorded in one go, starting from what the radar or the case already tells."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from accounts.permissions import Permission
from cases.enums import CaseKind
from cases.views.base import CaseActionView
from housing.actions.case_dwelling import Address, house_case, link_case_building
from housing.actions.occupancies import LivesElsewhere
from housing.forms.case_dwelling import CaseBuildingForm, CaseDwellingForm
from housing.perms import can_house_case
from housing.reading import streets_known


class CaseDwellingView(CaseActionView):
    """Where the family lives, or which building a block case is about."""

    permission = Permission.REGISTER_READ
    template_name = "housing/register_form.html"

    def may_act(self) -> bool:
        """Who works on the case and may read the registers."""
        return can_house_case(self.request.user, self.case)

    @property
    def is_block(self) -> bool:
        """Tell whether this is about a building."""
        return self.case.kind == CaseKind.BUILDING

    def get_form_class(self) -> type[forms.Form]:
        """A block case asks for less."""
        return CaseBuildingForm if self.is_block else CaseDwellingForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """Lookalikes are found in the neighbourhood of the case."""
        return {**super().get_form_kwargs(), "user": self.request.user, "case": self.case}

    def get_initial(self) -> dict[str, Any]:
        """Start from what was told on the radar."""
        entry = self.case.radar_entry
        if entry is None or not entry.street:
            return {}
        return {name: getattr(entry, name) for name in ("street", "house_number", "box", "postcode")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what is asked, and what was told before."""
        hint = self.case.address_hint
        return super().get_context_data(
            title=_("Over welk pand gaat het?") if self.is_block else _("Waar woont het gezin?"),
            intro=_("Zo stond het in het dossier: %(hint)s.") % {"hint": hint} if hint else "",
            submit_label=_("Pand bewaren") if self.is_block else _("Woning bewaren"),
            matches=[],
            streets=streets_known(self.request.user),
            **kwargs,
        )

    def act(self, form: forms.Form) -> str:
        """Record it."""
        data = form.cleaned_data
        address = Address(data["street"], data["house_number"], data["postcode"])
        if self.is_block:
            link_case_building(
                by=self.request.user,
                case=self.case,
                building=data["the_building"],
                address=address,
                keep_anyway=data.get("building") == "new",
            )
            return self.case.get_absolute_url()
        same_building = data["the_building"]
        try:
            house_case(
                by=self.request.user,
                case=self.case,
                dwelling=data["the_dwelling"],
                building=same_building,
                address=address,
                keep_anyway=form.is_surely_new,
                **{
                    name: data[name]
                    for name in (
                        "box",
                        "kind",
                        "floor",
                        "area",
                        "from_on",
                        "tenure",
                        "rent",
                        "charges",
                        "moved",
                    )
                },
            )
        except LivesElsewhere:
            form.ask_moved()
            raise
        return self.case.get_absolute_url()

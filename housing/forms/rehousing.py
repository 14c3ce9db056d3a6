"""Where a family goes: one form per household, with a part for each member."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from accounts.widgets import Segments
from cases.forms.choices import day_field, line
from housing.actions.rehousing import MemberPlan
from housing.rehousing import FamilyPlan
from people.models import HouseholdMember


class RehousingForm(forms.Form):
    """The plan of a household. What isn't known yet may stay empty; it is asked before a decision is made ready."""

    where_to = line(_("Waarheen?"), 300, required=False)
    moves_on = day_field(_("Vanaf wanneer?"), required=False)
    belongings = line(_("Wat gebeurt er met de spullen?"), 300, required=False)
    pets = line(_("En de huisdieren?"), 300, required=False)
    costs = line(_("Wie betaalt wat?"), 300, required=False)
    cost_amount = forms.DecimalField(
        label=_("Geraamde kost (euro)"),
        max_digits=8,
        decimal_places=2,
        min_value=0,
        required=False,
        localize=True,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, found: FamilyPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members: list[HouseholdMember] = found.members
        for member in self.members:
            who = str(member.person)
            self.fields[f"along_{member.pk}"] = forms.ChoiceField(
                label=_g("%(who)s: gaat mee?") % {"who": who},
                choices=[
                    ("yes", _("gaat mee")),
                    ("no", _("gaat ergens anders heen")),
                    ("", _("nog niet geweten")),
                ],
                widget=Segments,
                required=False,
            )
            self.fields[f"where_{member.pk}"] = line(
                _g("%(who)s: waarheen dan?") % {"who": who},
                200,
                required=False,
                help_text=_("Enkel als het niet dezelfde plek is."),
            )
            self.fields[f"school_{member.pk}"] = line(
                _g("%(who)s: school of werk") % {"who": who}, 200, required=False
            )

    @staticmethod
    def initial_of(found: FamilyPlan) -> dict[str, Any]:
        """Start from what was planned."""
        plan = found.plan
        if plan is None:
            return {"version": 0}
        initial: dict[str, Any] = {
            name: getattr(plan, name)
            for name in ("where_to", "moves_on", "belongings", "pets", "costs", "cost_amount", "version")
        }
        for pk, row in found.planned.items():
            initial[f"along_{pk}"] = "yes" if row.goes_along else "no"
            initial[f"where_{pk}"] = row.where_to
            initial[f"school_{pk}"] = row.school
        return initial

    def member_plans(self) -> list[MemberPlan]:
        """Return what was filled in for each member of whom something is known."""
        data = self.cleaned_data
        return [
            MemberPlan(
                member,
                goes_along=data[f"along_{member.pk}"] == "yes",
                where_to=data[f"where_{member.pk}"],
                school=data[f"school_{member.pk}"],
            )
            for member in self.members
            if data[f"along_{member.pk}"]
        ]

    def plan_fields(self) -> dict[str, Any]:
        """Return the fields of the plan itself."""
        names = ("where_to", "moves_on", "belongings", "pets", "costs", "cost_amount", "version")
        return {name: self.cleaned_data[name] for name in names}

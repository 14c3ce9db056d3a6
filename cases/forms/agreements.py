"""Boundaries and consents: what was agreed with the family."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from accounts.widgets import PickMany, PickOne
from cases.actions.consents import USUAL_YEARS, years_later
from cases.enums import BoundaryKind, ConsentCategory
from cases.forms.choices import day_field, line, organisation_field
from cases.models import Case
from people.languages import COMMON, LANGUAGES, RARER
from people.models import Person


class BoundaryForm(forms.Form):
    """What the family does not want yet, and why."""

    kind = forms.ChoiceField(
        label=_("Wat wil het gezin nog niet?"), choices=BoundaryKind.choices, widget=PickOne
    )
    organisation = organisation_field(
        _("Om welke dienst gaat het?"),
        required=False,
        empty_label=_("geen bepaalde dienst"),
        help_text=_("Nodig bij “niets naar deze dienst”."),
    )
    description = line(_("Wat precies?"), 200, required=False, help_text=_("Nodig bij “iets anders”."))
    reason = line(
        _("Waarom niet?"),
        400,
        help_text=_("Wie later iets wil doen, leest dit. Het hele team ziet het."),
    )


class LiftForm(forms.Form):
    """With whose agreement a boundary goes."""

    agreed_by = line(_("Wie van het gezin ging akkoord?"), 120)
    agreed_on = day_field(_("Wanneer?"))
    agreement = line(
        _("Wat spraken jullie af?"),
        400,
        help_text=_("Bijvoorbeeld: we gaan samen praten, hij is erbij."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreed_on"].initial = timezone.localdate


class ConsentForm(forms.Form):
    """Who lets us share what, with whom, what for, in which language and until when."""

    person = forms.ModelChoiceField(
        label=_("Wie geeft toestemming?"), queryset=Person.objects.none(), empty_label=_("Kies een gezinslid")
    )
    categories = forms.MultipleChoiceField(
        label=_("Wat mogen we delen?"), choices=ConsentCategory.choices, widget=PickMany
    )
    recipients = forms.ModelMultipleChoiceField(
        label=_("Met wie?"),
        queryset=Organisation.objects.filter(is_active=True).order_by("name"),
        widget=PickMany,
    )
    purpose = line(_("Waarvoor?"), 300, help_text=_("Zoals je het aan het gezin uitlegde."))
    language = forms.ChoiceField(
        label=_("In welke taal vroeg je het?"),
        choices=[(_("vaak"), list(COMMON.items())), (_("andere talen"), list(RARER.items()))],
        initial="nl",
    )
    with_interpreter = forms.BooleanField(label=_("Er was een tolk bij"), required=False)
    from_on = day_field(_("Vanaf"))
    until_on = day_field(_("Tot en met"), help_text=_("Meestal een jaar, nooit langer dan vijf jaar."))

    def __init__(self, *args: Any, user: User, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.fields["from_on"].initial = today
        self.fields["until_on"].initial = years_later(today, USUAL_YEARS)
        living_there = Q(memberships__until_on__isnull=True) | Q(memberships__until_on__gte=today)
        self.fields["person"].queryset = (
            Person.objects.visible_to(user)
            .filter(living_there, memberships__household_id=case.household_id)
            .distinct()
            .order_by("given_name", "family_name", "pk")
        )
        spoken = self._spoken_by(self.fields["person"].queryset)
        if spoken:
            self.fields["language"].initial = spoken

    @staticmethod
    def _spoken_by(persons: Any) -> str:
        """Return the language of the first person who has one that we know."""
        return next((code for person in persons for code in person.languages if code in LANGUAGES), "")


class WithdrawConsentForm(forms.Form):
    """Why a consent ends; the family owes nobody a reason."""

    note = line(
        _("Wil het gezin er iets bij zeggen?"),
        300,
        required=False,
        help_text=_("Het hoeft niet. Het hele team leest dit."),
    )

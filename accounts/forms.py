"""Forms of the door (logging in, the own language and password) and of setting up who works here."""

import zoneinfo
from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import Neighbourhood, Organisation, User
from accounts.widgets import DayInput, Segments

PASSWORD_HELP = _("Minstens twaalf tekens. Niet je naam, en geen woord dat iedereen gebruikt.")


class LoginForm(AuthenticationForm):
    """Name and password. A wrong pair says the same whether the name exists or not."""

    error_messages = {
        "invalid_login": _("Deze naam en dit wachtwoord horen niet samen. Kijk na of Caps Lock uit staat."),
        "inactive": _("Deze gebruiker is niet meer actief. Vraag het aan je beheerder."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("Gebruikersnaam")
        self.fields["password"].label = _("Wachtwoord")


class ProfileForm(forms.Form):
    """What everybody may change about himself."""

    language = forms.ChoiceField(
        label=_("Taal van het scherm"), choices=User._meta.get_field("language").choices, widget=Segments
    )


class OwnPasswordForm(PasswordChangeForm):
    """A new password, with the old one to be sure."""

    error_messages = {
        "password_incorrect": _("Dit is niet je huidige wachtwoord. Typ het opnieuw."),
        "password_mismatch": _("De twee nieuwe wachtwoorden zijn niet gelijk. Typ ze opnieuw."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = _("Huidig wachtwoord")
        self.fields["new_password1"].label = _("Nieuw wachtwoord")
        self.fields["new_password2"].label = _("Nieuw wachtwoord, nog eens")
        self.fields["new_password1"].help_text = PASSWORD_HELP
        self.fields["new_password2"].help_text = ""


class SetupForm(forms.Form):
    """The fields of a model, without its checks on what is taken: the action does these, under a lock, and says so
    beside the field.
    """

    model: type[models.Model]
    names: tuple[str, ...]

    def __init__(self, *args: Any, instance: models.Model | None = None, **kwargs: Any) -> None:
        known = forms.model_to_dict(instance, self.names) if instance is not None else {}
        super().__init__(*args, initial={**known, **kwargs.pop("initial", {})}, **kwargs)
        self.fields.update(forms.fields_for_model(self.model, self.names))


class UserForm(SetupForm):
    """Who somebody is."""

    model = User
    names = ("username", "first_name", "last_name", "organisation", "email", "phone", "is_active")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.order_by("name")
        self.fields["is_active"].label = _("Kan aanmelden")
        self.fields["username"].help_text = _("Waarmee hij of zij aanmeldt. Zonder spaties.")


class RoleForm(forms.Form):
    """A role in a neighbourhood."""

    neighbourhood = forms.ModelChoiceField(label=_("Wijk"), queryset=Neighbourhood.objects.none())
    role = forms.ChoiceField(label=_("Rol"), choices=Role.choices)
    from_on = forms.DateField(label=_("Vanaf"), widget=DayInput)
    until_on = forms.DateField(
        label=_("Tot en met"),
        required=False,
        widget=DayInput,
    )

    def __init__(self, *args: Any, neighbourhoods: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["neighbourhood"].queryset = neighbourhoods
        self.fields["from_on"].initial = timezone.localdate

    def clean(self) -> dict[str, Any]:
        """Dates must be of our time."""
        data = super().clean() or {}
        for name in ("from_on", "until_on"):
            day = data.get(name)
            if day is not None and not 2000 <= day.year <= timezone.localdate().year + 20:
                self.add_error(name, _("Deze datum kan niet kloppen. Kijk het jaar na."))
        return data


class OrganisationForm(SetupForm):
    """A service or partner."""

    model = Organisation
    names = ("name", "kind", "email", "phone", "is_active")


class NeighbourhoodForm(SetupForm):
    """A neighbourhood."""

    model = Neighbourhood
    names = ("name", "code", "slug", "city", "postcode", "time_zone", "is_active")

    def clean_time_zone(self) -> str:
        """Only a time zone that exists."""
        name = self.cleaned_data["time_zone"]
        if name not in zoneinfo.available_timezones():
            raise forms.ValidationError(
                _("Deze tijdzone bestaat niet. Europe/Brussels is bijna altijd juist.")
            )
        return str(name)

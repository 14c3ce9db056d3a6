"""Forms of the second step, of the own security page and of invitations."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import PASSWORD_HELP


class CodeForm(forms.Form):
    """The code of an app."""

    code = forms.CharField(
        label=_("Code van zes cijfers"),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "autocapitalize": "none",
                "spellcheck": "false",
            }
        ),
    )


class SecondStepForm(CodeForm):
    """The code of an app, or one from paper."""

    def __init__(self, *args: Any, has_app: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        if has_app:
            field.help_text = _("Uit de app op je telefoon. Telefoon kwijt? Typ een herstelcode.")
        else:
            field.label = _("Herstelcode")
            field.help_text = _("Van je blad met herstelcodes.")
        # A recovery code has letters: a phone must not offer figures only.
        field.widget.attrs["inputmode"] = "text"
        field.widget.attrs["autofocus"] = True


class ConfirmForm(forms.Form):
    """One's own password, once more."""

    password = forms.CharField(
        label=_("Wachtwoord"),
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )


class PasskeyNewForm(forms.Form):
    """A name to know a key by, and what the browser made."""

    name = forms.CharField(
        label=_("Hoe noem je deze passkey?"), max_length=60, help_text=_("Bijvoorbeeld: mijn telefoon.")
    )
    answer = forms.CharField(max_length=20_000, required=False, widget=forms.HiddenInput)


class PasskeyAnswerForm(forms.Form):
    """What the browser answers with a key."""

    answer = forms.CharField(max_length=20_000, required=False, widget=forms.HiddenInput)


class ChoosePasswordForm(forms.Form):
    """A first or new password, twice. Whether it will do is checked by the action, which knows for whom it is."""

    new_password1 = forms.CharField(
        label=_("Nieuw wachtwoord"),
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=PASSWORD_HELP,
    )
    new_password2 = forms.CharField(
        label=_("Nieuw wachtwoord, nog eens"),
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """Twice the same."""
        data = super().clean() or {}
        if (
            data.get("new_password1")
            and data.get("new_password2")
            and data["new_password1"] != data["new_password2"]
        ):
            self.add_error(
                "new_password2", _("De twee nieuwe wachtwoorden zijn niet gelijk. Typ ze opnieuw.")
            )
        return data


class NewLinkForm(forms.Form):
    """What a new link is for."""

    resets_second_factor = forms.BooleanField(
        label=_("Ook de tweede stap opnieuw (telefoon of passkey kwijt)"), required=False
    )

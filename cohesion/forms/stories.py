"""Forms of stories."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Neighbourhood, User
from accounts.permissions import Permission
from accounts.search_pick import SearchPickField
from accounts.widgets import PickMany, PickOne, Segments
from cases.forms.choices import day_field, line, offer_neighbourhoods
from cases.forms.fields import StoryField
from cohesion.actions.stories import LONGEST_WORDS, Told
from cohesion.enums import STORY_ICONS, ApprovedHow, StoryForm, StoryUse
from people.models import Person
from people.search import person_option, persons_like

_USUAL_CONSENT = dt.timedelta(days=365)


class _ToldForm(forms.Form):
    title = line(_("Titel"), 120)
    words = StoryField(
        label=_("Het verhaal"),
        longest=LONGEST_WORDS,
        rows=10,
        required=False,
        help_text=_("In de woorden van de verteller. Bij geluid: schrijf op wat er gezegd wordt."),
    )
    file = forms.FileField(
        label=_("Foto of geluid"),
        required=False,
        help_text=_("Foto tot 15 MB. Geluid (MP3, M4A, OGG of WAV) tot 25 MB: ongeveer twintig minuten."),
    )
    alt = line(
        _("Wat zie je op de foto?"), 200, required=False, help_text=_("Voor wie de foto niet kan zien.")
    )
    video_url = forms.CharField(
        label=_("Adres van de video"),
        max_length=300,
        required=False,
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
        help_text=_("Wij tonen enkel een link naar de video."),
    )

    def told(self) -> Told:
        """Return what was filled in."""
        return Told.of(self.cleaned_data)


class StoryNewForm(_ToldForm):
    """A story that somebody tells."""

    form = forms.ChoiceField(
        label=_("Hoe wordt het verteld?"),
        choices=StoryForm.choices,
        widget=Segments(icons=STORY_ICONS),
        initial=StoryForm.TEXT.value,
    )
    teller_name = line(
        _("Welke naam mag erbij staan?"),
        80,
        help_text=_("Zoals de verteller het wil: “Mina”, “een buurvrouw”."),
    )
    teller = SearchPickField(
        label=_("Kennen we de verteller al?"),
        suggest_url="cohesion:teller-suggest",
        placeholder=_("Voornaam en familienaam"),
        required=False,
        help_text=_("Enkel voor het team. Dit komt op geen enkele pagina."),
    )
    neighbourhood = forms.ModelChoiceField(
        label=_("In welke wijk?"), queryset=Neighbourhood.objects.none(), empty_label=None
    )
    field_order = (
        "form", "title", "words", "file", "alt", "video_url", "teller_name", "teller", "neighbourhood"
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_neighbourhoods(self, user, Permission.STORY_WORK)
        self.fields["teller"].connect(
            queryset=Person.objects.visible_to(user),
            search=lambda text: [person_option(person) for person in persons_like(user, text)],
            describe=person_option,
            chosen=str(self.data.get(self.add_prefix("teller")) or ""),
        )


class StoryChangeForm(_ToldForm):
    """The next version of a story. A file that isn't chosen again stays."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, form: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        needed = {
            StoryForm.TEXT: (),
            StoryForm.PHOTO: ("file", "alt"),
            StoryForm.AUDIO: ("file",),
            StoryForm.VIDEO: ("video_url",),
        }[StoryForm(form)]
        for name in ("file", "alt", "video_url"):
            if name not in needed:
                del self.fields[name]
        if "file" in self.fields:
            self.fields["file"].help_text = _("Leeg laten: het bestand van de vorige versie blijft.")


class StoryConsentForm(forms.Form):
    """Where a story may appear and until when."""

    uses = forms.MultipleChoiceField(
        label=_("Waar mag het staan?"),
        choices=StoryUse.choices,
        widget=PickMany,
        error_messages={"required": _("Kies waar het verhaal mag staan.")},
    )
    other_use = line(
        _("Waar nog?"), 160, required=False, help_text=_("Bijvoorbeeld: het stadsmagazine van mei.")
    )
    given_on = day_field(_("Wanneer zei de verteller ja?"))
    until_on = day_field(
        _("Tot en met wanneer mag het?"), help_text=_("Daarna verdwijnt het vanzelf van elke pagina.")
    )


def consent_initial() -> dict[str, dt.date]:
    """Return the days that stand ready."""
    today = timezone.localdate()
    return {"given_on": today, "until_on": today + _USUAL_CONSENT}


class StoryApproveForm(forms.Form):
    """That the teller approved this version, and how."""

    approved_on = day_field(_("Wanneer keurde de verteller dit goed?"))
    approved_how = forms.ChoiceField(
        label=_("Hoe?"),
        choices=ApprovedHow.choices,
        widget=PickOne,
        error_messages={"required": _("Kies hoe de verteller het goedkeurde.")},
    )
    number = forms.IntegerField(widget=forms.HiddenInput)


class StoryPublishForm(forms.Form):
    """Which version."""

    number = forms.IntegerField(widget=forms.HiddenInput)

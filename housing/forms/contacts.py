"""Writing down a contact with a landlord, and who alone talks to him."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from accounts.permissions import Permission
from accounts.widgets import ClockInput, DayInput, PickOne, Segments
from arsenaal.lib.dates import validate_not_future
from cases.forms.fields import StoryField
from cases.models import Case
from housing.enums import ContactChannel, ContactDirection
from housing.landlord_warnings import LandlordWarning, cases_touching
from housing.models import Landlord, SinglePointOfContact


class ContactForm(forms.Form):
    """Who rang whom, about what, and what was said."""

    direction = forms.ChoiceField(
        label=_("Wie nam contact op?"),
        choices=ContactDirection.choices,
        widget=Segments(icons={"outgoing": "telephone-outbound", "incoming": "telephone-inbound"}),
    )
    channel = forms.ChoiceField(label=_("Hoe?"), choices=ContactChannel.choices, widget=PickOne)
    case = forms.ModelChoiceField(
        label=_("Over welk dossier?"),
        queryset=Case.objects.none(),
        required=False,
        empty_label=_("geen bepaald dossier"),
        help_text=_("Dan staat het ook op de tijdlijn van dat dossier, voor het hele team."),
    )
    not_about_family = forms.BooleanField(
        label=_("Ik spreek niet over dit gezin"),
        required=False,
        help_text=_("Nodig als wij contact opnamen, zolang de waarschuwing hierboven staat."),
    )
    day = forms.DateField(
        label=_("Welke dag?"), widget=DayInput(), initial=timezone.localdate, validators=[validate_not_future]
    )
    time = forms.TimeField(label=_("Hoe laat?"), widget=ClockInput(), required=False)
    summary = StoryField(label=_("Wat is er gezegd?"), longest=4000, rows=5)
    via_contact_person = forms.ChoiceField(
        label=_("Liep dit via het vaste aanspreekpunt?"),
        choices=[("yes", _("ja")), ("no", _("nee"))],
        widget=Segments,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        user: User,
        landlord: Landlord,
        warnings: list[LandlordWarning],
        contact_person: SinglePointOfContact | None,
        had_contact_person: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case"].queryset = (
            Case.objects.visible_to(user)
            .open()
            .filter(neighbourhood_id=landlord.neighbourhood_id, pk__in=cases_touching(landlord).values("pk"))
            .order_by("number")
        )
        if not warnings:
            del self.fields["not_about_family"]
        if contact_person is None or contact_person.user_id == user.pk:
            del self.fields["via_contact_person"]
        else:
            self.fields["via_contact_person"].label = _g(
                "Liep dit via %(name)s, het vaste aanspreekpunt?"
            ) % {"name": contact_person.user}

    def moment(self) -> dt.datetime:
        """Return when it was: at noon when only the day is known, and now for today."""
        day, time = self.cleaned_data["day"], self.cleaned_data.get("time")
        now = timezone.localtime()
        if time is None:
            if day == now.date():
                return now
            time = dt.time(12)
        return timezone.make_aware(dt.datetime.combine(day, time))

    def via(self) -> bool | None:
        """Return the answer about the one voice, or None when there was none."""
        return {"yes": True, "no": False}.get(self.cleaned_data.get("via_contact_person", ""))


class PointOfContactForm(forms.Form):
    """Who alone talks to this landlord."""

    user = forms.ModelChoiceField(
        label=_("Wie?"), queryset=User.objects.none(), empty_label=_("kies een collega")
    )
    organisation = forms.ModelChoiceField(
        label=_("Voor welke dienst?"),
        queryset=Organisation.objects.none(),
        empty_label=_("kies een dienst"),
    )
    since = forms.DateField(
        label=_("Vanaf"), widget=DayInput(), initial=timezone.localdate, validators=[validate_not_future]
    )

    def __init__(self, *args: Any, landlord: Landlord, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = User.objects.with_permission(
            Permission.LANDLORD_CONTACT, landlord.neighbourhood_id
        ).order_by("first_name", "last_name", "pk")
        self.fields["organisation"].queryset = Organisation.objects.filter(is_active=True).order_by("name")

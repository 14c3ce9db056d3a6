"""Releasing: for which circle, what for, why, about whom, and on what it rests."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.enums import Circle
from accounts.models import User
from accounts.widgets import Segments
from cases.circles import CIRCLE_CHOICES, readers_in_words
from cases.forms.choices import day_field, line
from cases.forms.fields import CIRCLE_ICONS
from cases.models import Case, Consent, LegalGround
from cases.perms import releasable_circles
from people.models import Person


class ConsentChoice(forms.ModelChoiceField):
    """A consent that holds, with whom we may share and until when."""

    def label_from_instance(self, obj: Consent) -> str:
        """Say for whom, what for and until when."""
        names = ", ".join(str(organisation) for organisation in obj.recipients.all())
        until = date_format(obj.until_on, "j F Y") if obj.until_on else ""
        return " · ".join(filter(None, (names, obj.purpose, until)))


class _ReleaseForm(forms.Form):
    """What every release asks."""

    to_circle = forms.ChoiceField(label=_("Wie mag het ook lezen?"), widget=Segments(icons=CIRCLE_ICONS))
    purpose = line(
        _("Waarvoor is het nodig?"), 300, help_text=_("Alleen wat daarvoor nodig is, geef je vrij.")
    )
    reason = line(_("Waarom geef je het vrij?"), 400)
    person = forms.ModelChoiceField(
        label=_("Wie van het gezin gaat akkoord, of over wie gaat het?"),
        queryset=Person.objects.none(),
        empty_label=_("Kies een gezinslid"),
    )
    consent = ConsentChoice(
        label=_("Op welke toestemming steunt het?"),
        queryset=Consent.objects.none(),
        required=False,
        empty_label=_("op geen toestemming"),
        help_text=_("Intrekken of aflopen sluit meteen wat je vrijgeeft."),
    )
    legal_ground = forms.ModelChoiceField(
        label=_("Of op welke wettelijke grond?"),
        queryset=LegalGround.objects.none(),
        required=False,
        empty_label=_("op geen wettelijke grond"),
        help_text=_("Alleen als er geen toestemming kan zijn. Een partner leest dit nooit."),
    )
    until_on = day_field(_("Tot en met"), required=False, help_text=_("Leeg: tot iemand het stopt."))

    def __init__(self, *args: Any, user: User, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = _family(user, case)
        if case.household_id is None:
            del self.fields["person"]
        self.fields["consent"].queryset = (
            Consent.objects.valid_on().filter(case=case).prefetch_related("recipients").order_by("until_on")
        )
        self.fields["legal_ground"].queryset = LegalGround.objects.filter(is_active=True).order_by("name")

    def clean(self) -> dict[str, Any]:
        """One of both grounds: said beside the first."""
        cleaned = super().clean() or self.cleaned_data
        both = cleaned.get("consent"), cleaned.get("legal_ground")
        if not {"consent", "legal_ground"} & set(self.errors) and (both[0] is None) == (both[1] is None):
            self.add_error(
                "consent", _("Kies een toestemming die geldt, of een wettelijke grond. Een van beide.")
            )
        return cleaned


def _family(user: User, case: Case) -> QuerySet[Person]:
    """The people of the household, also who left: what is told can be about them."""
    return (
        Person.objects.visible_to(user)
        .filter(memberships__household_id=case.household_id)
        .distinct()
        .order_by("given_name", "family_name", "pk")
    )


class ReleaseEntryForm(_ReleaseForm):
    """Of one entry or document."""

    def __init__(self, *args: Any, user: User, case: Case, circle: str, **kwargs: Any) -> None:
        super().__init__(*args, user=user, case=case, **kwargs)
        self.fields["to_circle"].choices = [
            (other.value, CIRCLE_CHOICES[other]) for other in Circle if other.value != circle
        ]
        self.fields["to_circle"].help_text = "; ".join(
            f"{CIRCLE_CHOICES[other]}: {readers_in_words(other)}"
            for other in Circle
            if other.value not in (circle, Circle.SHARED)
        )


class ReleaseFromDayForm(_ReleaseForm):
    """Of everything that one's own discipline wrote about what happened from a day on."""

    from_circle = forms.ChoiceField(label=_("Uit welke kring?"), widget=Segments(icons=CIRCLE_ICONS))
    from_on = day_field(
        _("Wat gebeurde vanaf"), help_text=_("Ook wat je later nog schrijft, wordt dan gelezen.")
    )

    def __init__(self, *args: Any, user: User, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, user=user, case=case, **kwargs)
        own = releasable_circles(user, case)
        self.fields["from_circle"].choices = [(circle.value, CIRCLE_CHOICES[circle]) for circle in own]
        self.fields["from_circle"].initial = own[0].value if own else None
        self.fields["from_on"].initial = timezone.localdate
        self.fields["to_circle"].choices = [(circle.value, CIRCLE_CHOICES[circle]) for circle in Circle]
        self.order_fields(["from_circle", "from_on", "to_circle"])


class EndReleaseForm(forms.Form):
    """Why it is closed again."""

    reason = line(_("Waarom stopt deze vrijgave?"), 300)


class LegalGroundForm(forms.Form):
    """A legal ground in words."""

    name = line(_("Naam"), 120)
    explanation = line(
        _("Uitleg"),
        400,
        required=False,
        help_text=_(
            "Wanneer mag het, en wat schrijf je op. Noem de wet zonder artikelnummer: die verschuiven."
        ),
    )


class LegalGroundEditForm(LegalGroundForm):
    """The same, of one that exists; it can go out of use."""

    is_active = forms.BooleanField(
        label=_("In gebruik"),
        required=False,
        help_text=_("Zonder vinkje kan niemand hem nog kiezen. Wat erop steunt, blijft vrijgegeven."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

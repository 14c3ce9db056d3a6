"""What is asked about a person, and who belongs to a household."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from accounts.models import Neighbourhood
from accounts.search_pick import Option
from accounts.widgets import DayInput, PickMany, PickOne
from arsenaal.lib.dates import validate_not_future
from people.actions.create_person import PersonDetails
from people.enums import JoinReason, LeaveReason, MemberRole, ReachBy
from people.languages import COMMON, LANGUAGES, RARER
from people.models import Person

NEW = "new"


class AlikeWidget(forms.Widget):
    """Who looks like the name typed above: choose one, or say that it is somebody else. Empty while nobody does."""

    use_fieldset = True

    def __init__(self) -> None:
        super().__init__()
        self.options: Sequence[Option] = ()

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Draw the place where they appear while typing."""
        return render_to_string(
            "people/_alike_field.html", {"alike": self.options, "chosen": str(value or "")}
        )


def _text(label: Any, length: int, *, required: bool = False, **attrs: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=length,
        required=required,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto", **attrs}),
    )


class PersonFields(forms.Form):
    """Name, birth, languages and how to reach somebody."""

    given_name = _text(_("Voornaam"), 80, required=True)
    family_name = _text(_("Familienaam"), 80)
    born_on = forms.DateField(
        label=_("Geboortedatum"), required=False, widget=DayInput(), validators=[validate_not_future]
    )
    birth_year = forms.IntegerField(
        label=_("Of geboortejaar, ongeveer"),
        required=False,
        min_value=1900,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "short"}),
        help_text=_("Als je de dag niet kent."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Welke talen?"), required=False, choices=list(COMMON.items()), widget=PickMany
    )
    other_language = forms.ChoiceField(
        label=_("Nog een taal"),
        required=False,
        choices=[("", _("geen")), *sorted(RARER.items(), key=lambda item: str(item[1]))],
    )
    needs_interpreter = forms.BooleanField(label=_("Er is een tolk nodig"), required=False)
    phone = forms.CharField(
        label=_("Telefoon"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=_("E-mail"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    reach_by = forms.ChoiceField(
        label=_("Hoe best te bereiken?"),
        required=False,
        choices=ReachBy.choices,
        widget=PickOne,
    )
    reach_note = _text(_("Wanneer en hoe?"), 160)

    def __init__(self, *args: Any, person: Person | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Rarer languages that this person has stand among the ones to tick, so that none gets lost.
        extra = [code for code in (person.languages if person else []) if code not in COMMON]
        posted = self.data.getlist("languages") if hasattr(self.data, "getlist") else []
        extra += [code for code in posted if code in RARER and code not in extra]
        self.fields["languages"].choices = [
            *COMMON.items(),
            *((code, LANGUAGES.get(code, code)) for code in extra),
        ]

    def clean_birth_year(self) -> int | None:
        """Refuse a year that still has to come."""
        year = self.cleaned_data["birth_year"]
        if year is not None and year > timezone.localdate().year:
            raise ValidationError(_g("Dit jaar moet nog komen. Kijk het na."))
        return year

    def details(self) -> PersonDetails:
        """Return what was filled in, as the actions want it."""
        data = self.cleaned_data
        languages = [*data["languages"], *filter(None, [data["other_language"]])]
        return PersonDetails(
            given_name=data["given_name"],
            family_name=data["family_name"],
            born_on=data["born_on"],
            birth_year=data["birth_year"],
            languages=tuple(languages),
            needs_interpreter=data["needs_interpreter"],
            phone=data["phone"],
            email=data["email"],
            reach_by=data["reach_by"],
            reach_note=data["reach_note"],
        )


class PersonForm(PersonFields):
    """Correcting a person."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    @staticmethod
    def initial_of(person: Person) -> dict[str, Any]:
        """Return what stands there now."""
        names = "given_name family_name born_on languages needs_interpreter phone email reach_by reach_note version"
        initial = {name: getattr(person, name) for name in names.split()}
        return {**initial, "birth_year": None if person.born_on else person.birth_year}


class KnownPersonMixin(forms.Form):
    """Adds `person`: somebody who looked alike while typing, or "new" for somebody else of that name."""

    person = forms.CharField(label="", required=False, widget=AlikeWidget)

    def connect(self, visible: QuerySet[Person]) -> None:
        """Say who may be chosen, and look them up while the name is typed."""
        self.visible = visible
        self.chosen = str(self.data.get("person", ""))
        if self.is_known:
            self.fields["given_name"].required = False
        for name in ("given_name", "family_name"):
            self.fields[name].widget.attrs |= {
                "hx-post": reverse("people:person-suggest"),
                "hx-trigger": "input changed delay:400ms",
                "hx-target": "#alike",
                "hx-sync": "closest form:replace",
                "hx-params": "csrfmiddlewaretoken,given_name,family_name,person",
            }

    def point_out(self, options: Sequence[Option]) -> None:
        """Show who looks alike under the name."""
        self.fields["person"].widget.options = options

    @property
    def is_known(self) -> bool:
        """Tell whether an existing person was chosen."""
        return self.chosen.isdecimal()

    @property
    def is_surely_new(self) -> bool:
        """Tell whether somebody said that it is another person of that name."""
        return self.chosen == NEW

    def clean_person(self) -> Person | None:
        """Return the chosen person."""
        if not self.is_known or len(self.chosen) > 18:
            return None
        person = self.visible.filter(pk=int(self.chosen)).first()
        if person is None:
            raise ValidationError(_g("Deze persoon bestaat niet meer. Kies opnieuw."))
        return person


class MemberForm(KnownPersonMixin, PersonFields):
    """Somebody who joins a household: known already, or new."""

    role = forms.ChoiceField(
        label=_("Wat is die persoon in het gezin?"), choices=MemberRole.choices, widget=PickOne
    )
    join_reason = forms.ChoiceField(
        label=_("Hoe kwam die erbij?"), choices=JoinReason.choices, initial=JoinReason.START, widget=PickOne
    )
    from_on = forms.DateField(
        label=_("Hoort erbij sinds"),
        widget=DayInput(),
        initial=timezone.localdate,
        validators=[validate_not_future],
        required=False,
        help_text=_("Voor een pasgeborene neemt Arsenaal de geboortedatum."),
    )
    field_order = (
        "given_name",
        "family_name",
        "person",
        "role",
        "join_reason",
        "born_on",
        "birth_year",
        "from_on",
    )

    def clean(self) -> dict[str, Any]:
        """A child that is born has a birthday; who came otherwise came on a day."""
        data = super().clean() or {}
        if data.get("join_reason") == JoinReason.BIRTH:
            known = data.get("person")
            born = known.born_on if known else data.get("born_on")
            if born is None and "born_on" not in self.errors:
                self.add_error("born_on", _g("Vul in wanneer het kind geboren is."))
            data["from_on"] = born
        elif not data.get("from_on") and "from_on" not in self.errors:
            self.add_error("from_on", _g("Vul in sinds wanneer. Ongeveer is ook goed."))
        return data


class LeaveForm(forms.Form):
    """Who leaves a household: why and when."""

    leave_reason = forms.ChoiceField(
        label=_("Wat is er gebeurd?"), choices=LeaveReason.choices, widget=PickOne
    )
    until_on = forms.DateField(
        label=_("Laatste dag in het gezin"),
        widget=DayInput(),
        initial=timezone.localdate,
        validators=[validate_not_future],
    )


class HouseholdNameForm(forms.Form):
    """Giving a household another name."""

    name = _text(_("Naam van het gezin"), 120, required=True)
    version = forms.IntegerField(widget=forms.HiddenInput)


class HouseholdForm(KnownPersonMixin, PersonFields):
    """A new household with its first member."""

    neighbourhood = forms.ModelChoiceField(
        label=_("Welke wijk?"), queryset=Neighbourhood.objects.none(), empty_label=None
    )
    name = _text(_("Naam van het gezin"), 120, required=True)
    role = forms.ChoiceField(
        label=_("Wat is die persoon in het gezin?"),
        choices=MemberRole.choices,
        initial=MemberRole.ADULT,
        widget=PickOne,
    )
    from_on = forms.DateField(
        label=_("We kennen het gezin sinds"),
        widget=DayInput(),
        initial=timezone.localdate,
        validators=[validate_not_future],
    )
    field_order = ("neighbourhood", "name", "given_name", "family_name", "person", "role", "from_on")

    def __init__(self, *args: Any, neighbourhoods: QuerySet[Neighbourhood], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(neighbourhoods) > 1:
            self.fields["neighbourhood"].queryset = neighbourhoods
        else:
            del self.fields["neighbourhood"]
        self.fields["name"].help_text = _("Bijvoorbeeld: gezin Peeters.")


class VerdictForm(forms.Form):
    """Whether two persons are one."""

    verdict = forms.ChoiceField(
        label=_("Is dit dezelfde persoon?"),
        choices=[("same", _("Ja, dezelfde persoon")), ("different", _("Nee, twee verschillende mensen"))],
        widget=PickOne,
    )

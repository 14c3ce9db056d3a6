"""Forms of the neighbourhood budget."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from accounts.models import Neighbourhood, User
from accounts.permissions import Permission
from accounts.widgets import PickOne, Segments
from arsenaal.lib.public_forms import PublicForm
from cases.forms.choices import DIR_AUTO, day_field, line, offer_neighbourhoods
from cohesion.budget_enums import ApplicantKind, TieRule, Verdict
from cohesion.models import BudgetProject, BudgetRound, BudgetTheme, RuleCheck
from cohesion.models.budget_project import MOST_PEOPLE
from cohesion.models.budget_round import LEAST_MONEY, MOST_CHOICES, MOST_MONEY
from cohesion.models.budget_vote import MOST_PAPER, MOST_SLIPS


class EuroField(forms.DecimalField):
    """An amount as people type it: 412,50 and 1.200 and € 1.200,00, on a page in English too."""

    def to_python(self, value: Any) -> Decimal | None:
        """Take out what only makes it easier to read."""
        if isinstance(value, str):
            text = re.sub(r"[€\s]", "", value)
            if re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]{3})+(,[0-9]*)?", text):
                text = text.replace(".", "")
            elif re.fullmatch(r"-?[0-9]{1,3}(,[0-9]{3})+\.[0-9]*", text):
                text = text.replace(",", "")
            value = text.replace(",", ".")
        return super().to_python(value)


def euro_field(label: Any, *, least: Decimal = LEAST_MONEY, **more: Any) -> forms.DecimalField:
    """An amount in euro, typed with a comma."""
    field = EuroField(
        label=label,
        max_digits=9,
        decimal_places=2,
        min_value=least,
        max_value=MOST_MONEY,
        localize=True,
        **more,
    )
    field.widget.attrs["inputmode"] = "decimal"
    return field


def _number(label: Any, least: int, most: int, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        **more,
    )


def _words(label: Any, longest: int, rows: int = 3, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=longest, widget=forms.Textarea(attrs={"rows": rows, **DIR_AUTO}), **more
    )


class _RoundWords(forms.Form):
    title = line(_("Hoe heet de ronde?"), 80, help_text=_("Bijvoorbeeld: Pro Arsenaal 2026."))
    intro = _words(_("Uitleg voor bewoners"), 1000, required=False)
    envelope = euro_field(_("Hoeveel geld is er (euro)?"))
    ideas_from_on = day_field(_("Ideeën indienen vanaf"))
    ideas_until_on = day_field(_("Ideeën indienen tot en met"))
    choices = _number(
        _("Hoeveel projecten mag iemand kiezen met één stem?"),
        1,
        MOST_CHOICES,
        initial=1,
        help_text=_("Alleen als er gestemd wordt: dat is als er meer gevraagd wordt dan er is."),
    )
    tie_rule = forms.ChoiceField(
        label=_("En bij evenveel stemmen?"),
        choices=TieRule.choices,
        widget=PickOne,
        initial=TieRule.SMALLEST,
    )


class RoundForm(_RoundWords):
    """A new round."""

    neighbourhood = forms.ModelChoiceField(
        label=_("In welke wijk?"), queryset=Neighbourhood.objects.none(), empty_label=_("Kies een wijk")
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_neighbourhoods(self, user, Permission.BUDGET_DECIDE)


class RoundEditForm(_RoundWords):
    """A round with its themes and rules, one per line."""

    themes = _words(_("Thema's, één per regel"), 1200, rows=4)
    rules = _words(
        _("Regels waaraan elk project moet voldoen, één per regel"),
        3000,
        rows=8,
        help_text=_("Elk project wordt aan elke regel getoetst."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean_themes(self) -> list[str]:
        """One per line."""
        return self.cleaned_data["themes"].splitlines()

    def clean_rules(self) -> list[str]:
        """One per line."""
        return self.cleaned_data["rules"].splitlines()


class _ProjectWords(forms.Form):
    title = line(_("Hoe heet het project?"), 80)
    summary = _words(
        _("Wat wil je doen?"),
        600,
        help_text=_("In een paar zinnen. Dit komt op de publieke pagina als het project goedgekeurd is."),
    )
    theme = forms.ModelChoiceField(
        label=_("Bij welk thema hoort het?"),
        queryset=BudgetTheme.objects.none(),
        widget=PickOne,
        empty_label=None,
    )
    place = line(_("Waar in de wijk?"), 160, required=False)
    asked = euro_field(_("Hoeveel geld vraag je (euro)?"))
    quote = forms.FileField(
        label=_("Offerte of prijslijst"),
        required=False,
        allow_empty_file=True,  # the action says it in words
        max_length=255,
        widget=forms.FileInput(attrs={"accept": "image/*,application/pdf"}),
        help_text=_("Eén foto of pdf."),
    )
    motivation = _words(
        _("Waarom is dit goed voor de wijk?"),
        4000,
        rows=4,
        required=False,
        help_text=_("Alleen het wijkteam leest dit."),
    )
    partner = line(
        _("Wie helpt mee?"), 160, required=False, help_text=_("Een buur, een vereniging, een winkel.")
    )
    kind = forms.ChoiceField(
        label=_("Wie vraagt het?"),
        choices=ApplicantKind.choices,
        widget=Segments(icons={"resident": "person", "association": "people", "school": "mortarboard"}),
    )
    organisation = line(_("Welke vereniging of school?"), 120, required=False)
    name = line(_("Jouw naam"), 120)
    address = line(
        _("Jouw adres"), 200, help_text=_("Straat en nummer. Daar komt de brief met de beslissing.")
    )
    email = forms.EmailField(label=_("E-mail"), max_length=160, required=False)
    phone = line(_("Telefoon"), 40, required=False)
    iban = line(
        _("Rekeningnummer"),
        42,
        required=False,
        help_text=_("Het mag ook later. Zonder rekening kunnen we niet betalen."),
    )
    account_holder = line(_("Op naam van"), 120, required=False)
    public_name = line(
        _("Welke naam mag op de publieke pagina?"),
        80,
        required=False,
        help_text=_("Laat leeg als je niet genoemd wilt worden."),
    )

    def __init__(self, *args: Any, budget_round: BudgetRound, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"].queryset = budget_round.themes.order_by("position", "pk")


class ProjectForm(_ProjectWords):
    """A project that came in on paper or by word of mouth, typed in by the coach."""


class ProjectEditForm(_ProjectWords):
    """What stands there, corrected."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class PublicProjectForm(PublicForm, _ProjectWords):
    """A project, handed in by whoever lives or works in the neighbourhood."""

    agrees = forms.BooleanField(
        label=_("Ik ben meerderjarig, ik ken de regels en ik kan tonen waar het geld naartoe gaat."),
        error_messages={"required": _("Vink dit aan om in te dienen.")},
    )


class RulesForm(forms.Form):
    """Each rule of the round: yes, no or unclear, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, project: BudgetProject, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known: dict[int, RuleCheck] = {check.rule_id: check for check in project.checks.all()}
        self.rules = list(project.round.rules.order_by("position", "pk"))
        for rule in self.rules:
            check = known.get(rule.pk)
            self.fields[f"verdict_{rule.pk}"] = forms.ChoiceField(
                label=rule.text,
                choices=Verdict.choices,
                required=False,
                initial=check and check.verdict,
                widget=Segments(
                    icons={"yes": "check-lg", "no": "x-lg", "unclear": "question-lg"},
                ),
            )
            self.fields[f"reason_{rule.pk}"] = line(
                _("Waarom?"),
                400,
                required=False,
                initial=check and check.reason,
                help_text=_("Bij nee en bij nog niet duidelijk moet er een reden staan."),
            )

    @property
    def verdicts(self) -> dict[int, tuple[str, str]]:
        """What was filled in, by rule."""
        data = self.cleaned_data
        return {rule.pk: (data[f"verdict_{rule.pk}"], data[f"reason_{rule.pk}"]) for rule in self.rules}


class AdviceForm(forms.Form):
    """An advice on a project."""

    source = line(
        _("Wie geeft het advies?"), 120, help_text=_("Een dienst of de stuurgroep, liefst geen naam.")
    )
    text = _words(_("Wat is het advies?"), 2000, rows=4)
    amount = euro_field(_("Geadviseerd bedrag (euro)"), least=Decimal(0))


class DecideForm(forms.Form):
    """The decision: its reason stands in the letter."""

    is_granted = forms.ChoiceField(
        label=_("Wat is de beslissing?"),
        choices=[("yes", _("goedkeuren")), ("no", _("niet goedkeuren"))],
        widget=Segments(icons={"yes": "check-lg", "no": "x-lg"}),
    )
    amount = euro_field(_("Toegekend bedrag (euro)"), required=False)
    reason = _words(
        _("Waarom?"), 2000, rows=4, help_text=_("Dit staat in de brief. Schrijf het zoals je het zou zeggen.")
    )


class LowerForm(forms.Form):
    """A lower grant than before."""

    amount = euro_field(_("Nieuw toegekend bedrag (euro)"), least=Decimal(0))
    reason = _words(_("Waarom?"), 2000, help_text=_("Dit staat in de brief."))


class PayForm(forms.Form):
    """A payment, or a part of it."""

    amount = euro_field(_("Bedrag (euro)"))
    moved_on = day_field(_("Betaald op"))
    note = line(_("Mededeling"), 160, required=False, help_text=_("Zonder namen: het staat in het kasboek."))


class RefundForm(forms.Form):
    """Money that came back."""

    amount = euro_field(_("Bedrag (euro)"))
    moved_on = day_field(_("Teruggekregen op"))
    note = line(_("Waarom?"), 160, help_text=_("Zonder namen: het staat in het kasboek."))


class ReasonForm(forms.Form):
    """Why a payment is turned back."""

    reason = line(_("Waarom?"), 160, help_text=_("Zonder namen: het staat in het kasboek."))


class ReportForm(forms.Form):
    """How it went."""

    is_finished = forms.ChoiceField(
        label=_("Is het project af?"),
        choices=[("yes", _("ja, het is er")), ("no", _("nee, het is gestopt"))],
        widget=Segments(icons={"yes": "flower1", "no": "sign-stop"}),
    )
    finished_on = day_field(_("Wanneer?"))
    participants = _number(_("Hoeveel mensen deden mee?"), 0, MOST_PEOPLE)
    outcome = _words(
        _("Wat is het geworden?"),
        1500,
        rows=4,
        help_text=_("Zonder namen. Van een project dat af is komt dit op de publieke pagina."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class PhotoForm(forms.Form):
    """A photo of what it became."""

    file = forms.FileField(
        label=_("Foto"),
        max_length=255,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        help_text=_("Plaats en toestel gaan er vanzelf uit."),
    )
    caption = line(_("Wat is er te zien?"), 160, help_text=_("Wie de foto niet kan zien, hoort dit."))
    is_public = forms.BooleanField(
        label=_(
            "Op de publieke pagina: er staat niemand herkenbaar op, of iedereen die erop staat vond het goed."
        ),
        required=False,
    )


class SlipsForm(forms.Form):
    """How many slips to print."""

    size = _number(
        _("Hoeveel briefjes?"),
        1,
        MOST_SLIPS,
        help_text=_("Acht op een blad. De codes worden nergens bewaard: druk ze meteen af."),
    )


class PaperForm(forms.Form):
    """The ballots of one box."""

    where = line(_("Waar stond de bus?"), 120)
    ballots = _number(_("Geldige biljetten"), 1, MOST_PAPER)

    def __init__(self, *args: Any, budget_round: BudgetRound, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.projects = list(budget_round.projects.on_ballot().order_by("number"))
        for one in self.projects:
            self.fields[f"votes_{one.pk}"] = _number(
                _g("Stemmen voor %(title)s") % {"title": one.title}, 0, MOST_PAPER, initial=0
            )

    @property
    def votes(self) -> dict[int, int]:
        """What was filled in, by project."""
        return {one.pk: self.cleaned_data[f"votes_{one.pk}"] for one in self.projects}


class VoteForm(PublicForm):
    """A ballot: what one chooses, and the code of the slip."""

    code = forms.CharField(
        label=_("De code op je briefje"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        help_text=_("Twaalf tekens. Streepjes en hoofdletters maken niet uit."),
    )

    def __init__(self, *args: Any, budget_round: BudgetRound, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.listed = list(budget_round.projects.on_ballot().select_related("theme").order_by("number"))
        options = [(str(one.pk), one.title) for one in self.listed]
        if budget_round.choices == 1:
            field: forms.Field = forms.ChoiceField(choices=options, widget=forms.RadioSelect)
        else:
            field = forms.MultipleChoiceField(choices=options, widget=forms.CheckboxSelectMultiple)
        field.error_messages["required"] = _("Kies een project.")
        self.fields["projects"] = field

    def clean_projects(self) -> list[int]:
        """Their ids, one or several."""
        chosen = self.cleaned_data["projects"]
        return [int(pk) for pk in ([chosen] if isinstance(chosen, str) else chosen)]

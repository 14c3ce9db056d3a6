"""Forms with which a coach makes a questionnaire."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Neighbourhood, User
from accounts.permissions import Permission
from accounts.widgets import PickMany, PickOne
from cases.forms.choices import DIR_AUTO, line, offer_neighbourhoods
from surveys.actions.questions import answers_of
from surveys.enums import CAN_BE_CONDITION, TRANSLATIONS, WITH_OPTIONS, Language, QuestionKind
from surveys.models import Question, QuestionnaireVersion

_OFFERED = [(code, Language(code).label) for code in TRANSLATIONS]


class LinesField(forms.CharField):
    """Several texts, one on each line."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 4000)
        super().__init__(widget=forms.Textarea(attrs={"rows": 6, **DIR_AUTO}), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Show a list as lines."""
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        """Return the lines."""
        return [text.strip() for text in super().clean(value).splitlines() if text.strip()]


class VersionForm(forms.Form):
    """What stands above the questions."""

    title = line(_("Titel"), 120, help_text=_("Dit leest wie invult. Kort en in gewone woorden."))
    intro = forms.CharField(
        label=_("Inleiding"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, **DIR_AUTO}),
        help_text=_("Waarom jullie dit vragen, en wat ermee gebeurt."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Ook in deze talen"), choices=_OFFERED, widget=PickMany, required=False
    )
    asks_name = forms.BooleanField(
        label=_("Vraag een voornaam"),
        required=False,
        help_text=_("Alleen als je iemand wilt kunnen terugvinden. Zonder naam antwoorden mensen vrijer."),
    )
    name_reason = line(
        _("Waarvoor dient de naam?"), 200, required=False, help_text=_("Dit leest wie invult.")
    )


class VersionEditForm(VersionForm):
    """The same of a draft that is there."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class QuestionnaireForm(VersionForm):
    """A new questionnaire."""

    neighbourhood = forms.ModelChoiceField(
        label=_("In welke wijk?"), queryset=Neighbourhood.objects.none(), empty_label=_("Kies een wijk")
    )
    name = line(_("Hoe noemen jullie deze vragenlijst?"), 80, help_text=_("Alleen voor het team."))
    field_order = ("neighbourhood", "name", "title", "intro", "languages", "asks_name", "name_reason")

    def __init__(self, *args: Any, user: User, permission: Permission, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_neighbourhoods(self, user, permission)


def _bound(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=-1000,
        max_value=100_000,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


class QuestionForm(forms.Form):
    """One question, of any kind. What doesn't belong to the kind stays empty."""

    text = line(_("Vraag"), 240)
    help_text = line(_("Uitleg onder de vraag"), 240, required=False)
    kind = forms.ChoiceField(
        label=_("Hoe wordt ze beantwoord?"), choices=QuestionKind.choices, widget=PickOne
    )
    options = LinesField(
        label=_("Keuzes, elk op een regel"),
        required=False,
        help_text=_("Alleen bij een of meer keuzes. Wie een keuze anders verwoordt, houdt dezelfde keuze."),
    )
    lowest = _bound(_("Laagste waarde"))
    highest = _bound(_("Hoogste waarde"))
    low_label = line(_("Wat betekent de laagste?"), 60, required=False)
    high_label = line(_("Wat betekent de hoogste?"), 60, required=False)
    is_required = forms.BooleanField(label=_("Moet ingevuld worden"), required=False)
    is_perception = forms.BooleanField(
        label=_("Gaat over hoe mensen de wijk ervaren"),
        required=False,
        help_text=_("Alleen bij een schaal waarop hoog goed is. Over rondes heen staat dit in het rapport."),
    )
    when = forms.MultipleChoiceField(
        label=_("Alleen vragen na een van deze antwoorden"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, earlier: Sequence[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: list[tuple[str, list[tuple[str, str]]]] = []
        for question in earlier:
            if question.kind not in CAN_BE_CONDITION:
                continue
            texts = {option.code: option.text for option in question.options.all()}
            choices.append(
                (
                    question.text,
                    [
                        (f"{question.code}:{code}", f"{question.text} → {texts.get(code, code)}")
                        for code in answers_of(question)
                    ],
                )
            )
        self.fields["when"].choices = [pair for _label, group in choices for pair in group]
        if not choices:
            del self.fields["when"]

    def clean(self) -> dict[str, Any]:
        """Bring the answers that were ticked together under their one question; leave out what isn't of the kind."""
        data = super().clean() or self.cleaned_data
        ticked = [value.partition(":") for value in data.pop("when", None) or []]
        codes = {code for code, _colon, _value in ticked}
        if len(codes) > 1:
            self.add_error("when", _("Kies antwoorden van één vraag."))
        data["when_code"] = ticked[0][0] if ticked else ""
        data["when_values"] = [value for _code, _colon, value in ticked]
        kind = data.get("kind")
        if kind not in WITH_OPTIONS and data.get("options"):
            self.add_error("options", _("Bij deze soort vraag horen geen keuzes."))
        return data


def question_initial(question: Question) -> dict[str, Any]:
    """Return what stands in the form of a question that is there."""
    names = (
        "text", "help_text", "kind", "lowest", "highest", "low_label", "high_label", "is_required",
        "is_perception",
    )  # fmt: skip
    return {
        **{name: getattr(question, name) for name in names},
        "options": [option.text for option in question.options.all()],
        "when": [f"{question.when_code}:{value}" for value in question.when_values],
    }


class TranslationForm(forms.Form):
    """All words of a version in one language, each below the Dutch ones."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        draft: QuestionnaireVersion,
        questions: Sequence[Question],
        language: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.language = language
        said = draft.translations.get(language, {})
        for name, longest in (("title", 120), ("intro", 600), ("name_reason", 200)):
            self._add(f"version-{name}", getattr(draft, name), said.get(name, ""), longest)
        for question in questions:
            words = question.translations.get(language, {})
            for name, longest in (("text", 240), ("help_text", 240), ("low_label", 60), ("high_label", 60)):
                self._add(
                    f"question-{question.pk}-{name}", getattr(question, name), words.get(name, ""), longest
                )
            for option in question.options.all():
                self._add(f"option-{option.pk}", option.text, option.translations.get(language, ""), 120)

    def _add(self, name: str, dutch: str, said: str, longest: int) -> None:
        if not dutch:
            return
        attrs = {"lang": self.language, **DIR_AUTO}
        self.fields[name] = forms.CharField(
            label=dutch,
            max_length=longest,
            required=False,
            initial=said,
            widget=forms.Textarea(attrs={"rows": 3, **attrs})
            if longest > 240
            else forms.TextInput(attrs=attrs),
        )

    def parts(self) -> dict[str, Any]:
        """Return what was filled in, as `translate_version` wants it."""
        words: dict[str, str] = {}
        questions: dict[int, dict[str, str]] = {}
        options: dict[int, str] = {}
        for name, value in self.cleaned_data.items():
            kind, _dash, rest = name.partition("-")
            if kind == "version" and rest:
                words[rest] = value
            elif kind == "question":
                pk, _dash, part = rest.partition("-")
                questions.setdefault(int(pk), {})[part] = value
            elif kind == "option":
                options[int(rest)] = value
        return {"words": words, "questions": questions, "options": options}

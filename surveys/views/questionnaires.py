"""Questionnaires: the list, one of them with its versions, and making it."""

from typing import Any

from django import forms
from django.db.models import Count, Q
from django.http import Http404
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from accounts.permissions import Permission
from accounts.views.base import ActionFormView
from arsenaal.lib.keyset import page_or_first
from cases.views.neighbourhood import NeighbourhoodMixin
from surveys.actions.questionnaires import (
    edit_version,
    make_questionnaire,
    missing_languages,
    publish_version,
    revise,
    translate_version,
)
from surveys.actions.questions import add_question, edit_question, move_question, remove_question
from surveys.answering import language_asked, questionnaire_of
from surveys.enums import Language, direction
from surveys.forms.questionnaires import (
    QuestionForm,
    QuestionnaireForm,
    TranslationForm,
    VersionEditForm,
    question_initial,
)
from surveys.models import Questionnaire, SurveyRound
from surveys.reading import questions_of
from surveys.results import response_of
from surveys.views.base import (
    PurposeMixin,
    QuestionFormView,
    QuestionnaireMixin,
    VersionFormView,
    VersionMixin,
)

ROUNDS_A_PAGE = 20


class ListView(PurposeMixin, NeighbourhoodMixin, TemplateView):
    """The questionnaires of a neighbourhood, and the rounds that were held."""

    template_name = "surveys/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather it in a fixed number of queries."""
        user, here = self.request.user, {"purpose": self.purpose.code, "neighbourhood": self.neighbourhood}
        questionnaires = (
            Questionnaire.objects.visible_to(user)
            .filter(**here)
            .annotate(
                version_count=Count("versions"),
                draft_count=Count("versions", filter=Q(versions__published_at__isnull=True)),
            )
            .order_by("name", "pk")
        )
        rounds = page_or_first(
            SurveyRound.objects.visible_to(user)
            .filter(**here)
            .select_related("questionnaire_version__questionnaire"),
            order="-from_on",
            size=ROUNDS_A_PAGE,
            cursor=self.request.GET.get("cursor", ""),
        )
        counts = dict(
            SurveyRound.objects.filter(pk__in=[row.pk for row in rounds.rows])
            .values_list("pk")
            .annotate(Count("answer_sets"))
            .order_by()
        )
        return super().get_context_data(
            questionnaires=questionnaires[:50],
            page=rounds,
            rounds=[
                {
                    "round": row,
                    "count": counts[row.pk],
                    "response": response_of(counts[row.pk], row.invited_count),
                }
                for row in rounds.rows
            ],
            may_work=self.may_work(self.neighbourhood.pk),
            **kwargs,
        )


class QuestionnaireNewView(PurposeMixin, ActionFormView):
    """A new questionnaire."""

    is_work = True
    form_class = QuestionnaireForm
    title = gettext_lazy("Vragenlijst maken")
    submit_label = gettext_lazy("Verder naar de vragen")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the neighbourhoods where one works on this."""
        return {
            **super().get_form_kwargs(),
            "user": self.request.user,
            "permission": Permission(self.purpose.work),
        }

    def act(self, form: forms.Form) -> str:
        """Make it."""
        version = make_questionnaire(by=self.request.user, purpose=self.purpose.code, **form.cleaned_data)
        return version.get_absolute_url()


class QuestionnaireView(QuestionnaireMixin, TemplateView):
    """One questionnaire: a version with its questions, and the rounds in which it was held."""

    template_name = "surveys/questionnaire.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather it in a fixed number of queries."""
        versions = list(self.questionnaire.versions.order_by("-number"))
        asked = self.request.GET.get("versie", "")
        version = next((row for row in versions if str(row.number) == asked), versions[0])
        questions = questions_of(version)
        by_code = {question.code: question for question in questions}
        for question in questions:
            question.when = by_code.get(question.when_code)  # type: ignore[attr-defined]
        return super().get_context_data(
            versions=versions,
            version=version,
            questions=questions,
            languages=[
                {
                    "code": code,
                    "name": Language(code).label,
                    "is_missing": code in missing,
                }
                for missing in [missing_languages(version) if version.is_draft else []]
                for code in version.languages
            ],
            rounds=SurveyRound.objects.filter(questionnaire_version__questionnaire=self.questionnaire)
            .select_related("questionnaire_version")
            .order_by("-from_on", "-pk")[:20],
            may_work=self.may_work(self.questionnaire.neighbourhood_id),
            **kwargs,
        )


class ReviseView(QuestionnaireMixin, ActionFormView):
    """A new version."""

    is_work = True
    form_class = forms.Form
    title = gettext_lazy("Nieuwe versie maken?")
    submit_label = gettext_lazy("Nieuwe versie maken")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what happens."""
        return super().get_context_data(
            intro=gettext_lazy(
                "De vragen komen mee. Antwoorden blijven bij de versie waarop ze gegeven zijn; "
                "vragen die dezelfde blijven, kun je over rondes heen vergelijken."
            ),
            **kwargs,
        )

    def act(self, form: forms.Form) -> str:
        """Make it."""
        return revise(by=self.request.user, questionnaire=self.questionnaire).get_absolute_url()


class VersionEditView(VersionFormView):
    """What stands above the questions."""

    form_class = VersionEditForm
    title = gettext_lazy("Titel, inleiding en talen")
    done_message = gettext_lazy("De vragenlijst is bewaard.")

    def get_initial(self) -> dict[str, Any]:
        """Start from what stands there."""
        return {name: getattr(self.version, name) for name in VersionEditForm.base_fields}

    def act(self, form: forms.Form) -> str:
        """Save it."""
        return edit_version(by=self.request.user, draft=self.version, **form.cleaned_data).get_absolute_url()


class PreviewView(VersionMixin, TemplateView):
    """How it looks for who fills it in."""

    template_name = "surveys/preview.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """In the language that was asked for."""
        language = language_asked(self.version, self.request.GET.get("taal", ""))
        return super().get_context_data(**questionnaire_of(self.version, language), **kwargs)


class PublishView(VersionFormView):
    """From here on it doesn't change."""

    form_class = forms.Form
    title = gettext_lazy("Vragenlijst publiceren?")
    submit_label = gettext_lazy("Publiceren")
    done_message = gettext_lazy("De vragenlijst is gepubliceerd. Begin nu een ronde.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what happens."""
        return super().get_context_data(
            intro=gettext_lazy(
                "Daarna verandert deze versie niet meer. Iets anders vragen? Dan een nieuwe versie."
            ),
            **kwargs,
        )

    def act(self, form: forms.Form) -> str:
        """Publish it."""
        return publish_version(by=self.request.user, draft=self.version).get_absolute_url()


class TranslateView(VersionFormView):
    """All words in one language."""

    form_class = TranslationForm
    submit_label = gettext_lazy("Vertaling bewaren")
    done_message = gettext_lazy("De vertaling is bewaard.")

    def load(self, **kwargs: Any) -> None:
        """Find the version; it offers the language."""
        super().load(**kwargs)
        self.language = kwargs["language"]
        if self.language not in self.version.languages:
            raise Http404

    def get_form_kwargs(self) -> dict[str, Any]:
        """What there is to translate."""
        return {
            **super().get_form_kwargs(),
            "draft": self.version,
            "questions": questions_of(self.version),
            "language": self.language,
        }

    def get_initial(self) -> dict[str, Any]:
        """Which version is translated."""
        return {"version": self.version.version}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the language as its readers do."""
        return super().get_context_data(
            title=Language(self.language).label, direction=direction(self.language), **kwargs
        )

    def act(self, form: TranslationForm) -> str:  # type: ignore[override]
        """Keep it."""
        return translate_version(
            by=self.request.user,
            draft=self.version,
            version=form.cleaned_data["version"],
            language=self.language,
            **form.parts(),
        ).get_absolute_url()


class QuestionNewView(VersionFormView):
    """Something more to ask."""

    form_class = QuestionForm
    template_name = "surveys/question_form.html"
    title = gettext_lazy("Vraag toevoegen")
    submit_label = gettext_lazy("Vraag bewaren")

    def get_form_kwargs(self) -> dict[str, Any]:
        """The questions before it can be its condition."""
        return {**super().get_form_kwargs(), "earlier": questions_of(self.version)}

    def get_initial(self) -> dict[str, Any]:
        """To which draft it is added."""
        return {"version": self.version.version, "kind": "single", "lowest": None}

    def act(self, form: forms.Form) -> str:
        """Add it."""
        question = add_question(by=self.request.user, draft=self.version, **form.cleaned_data)
        return question.questionnaire_version.get_absolute_url()


class QuestionEditView(QuestionFormView):
    """Ask it differently."""

    form_class = QuestionForm
    template_name = "surveys/question_form.html"
    title = gettext_lazy("Vraag wijzigen")
    submit_label = gettext_lazy("Vraag bewaren")

    def get_form_kwargs(self) -> dict[str, Any]:
        """The questions before it can be its condition."""
        earlier = [row for row in questions_of(self.version) if row.position < self.question.position]
        return {**super().get_form_kwargs(), "earlier": earlier}

    def get_initial(self) -> dict[str, Any]:
        """Start from what stands there."""
        return {**question_initial(self.question), "version": self.version.version}

    def act(self, form: forms.Form) -> str:
        """Save it."""
        edit_question(by=self.request.user, question=self.question, **form.cleaned_data)
        return self.version.get_absolute_url()


class _MoveForm(forms.Form):
    up = forms.BooleanField(required=False, widget=forms.HiddenInput)


class QuestionMoveView(QuestionFormView):
    """One place up or down; the page itself asks once more, for who came here by an address."""

    form_class = _MoveForm
    title = gettext_lazy("Vraag verplaatsen")
    submit_label = gettext_lazy("Verplaatsen")

    def act(self, form: forms.Form) -> str:
        """Move it."""
        move_question(by=self.request.user, question=self.question, up=form.cleaned_data["up"])
        return f"{self.version.get_absolute_url()}#q-{self.question.pk}"


class QuestionRemoveView(QuestionFormView):
    """Take it out."""

    form_class = forms.Form
    title = gettext_lazy("Vraag weghalen?")
    submit_label = gettext_lazy("Weghalen")
    done_message = gettext_lazy("De vraag is weg.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which."""
        return super().get_context_data(intro=self.question.text, **kwargs)

    def act(self, form: forms.Form) -> str:
        """Take it out."""
        return remove_question(by=self.request.user, question=self.question).get_absolute_url()

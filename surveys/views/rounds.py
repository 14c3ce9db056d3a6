"""Rounds: begun, held in three ways, closed, and what they say."""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.generic import TemplateView, View

from accounts.looks import Look, LookKind, Subject, look_at
from accounts.views.base import ActionFormView
from arsenaal.lib.charts import Bar, Palette, bar_chart, with_font
from arsenaal.lib.errors import ActionError
from arsenaal.lib.exports import csv_response, pdf_response, xlsx_response
from arsenaal.lib.keyset import page_or_first
from arsenaal.lib.suppression import written
from surveys.actions.answers import answer_during_visit, take_words_away
from surveys.actions.rounds import (
    begin_round,
    close_round,
    edit_round,
    make_codes,
    start_tablet,
    stop_tablets,
)
from surveys.answering import language_asked, page_uuid, questionnaire_page, read_answers
from surveys.codes_paper import slips
from surveys.enums import QuestionKind
from surveys.forms.rounds import CodesForm, RoundEditForm, RoundForm
from surveys.models import AnswerWords, Question, SurveyRound
from surveys.reading import questions_of
from surveys.results import compare, results_of
from surveys.views.base import QuestionnaireMixin, RoundFormView, RoundMixin

PALETTES = {
    "housing": Palette("#a8431f", "#fbeae3"),
    "cohesion": Palette("#2f6f3e", "#e5f2e7"),
    "safety": Palette("#2a559c", "#e6edf8"),
}
WORDS_A_PAGE = 30


class RoundNewView(QuestionnaireMixin, ActionFormView):
    """Hold the version that was published last."""

    is_work = True
    form_class = RoundForm
    title = gettext_lazy("Ronde beginnen")
    submit_label = gettext_lazy("Ronde bewaren")
    done_message = gettext_lazy("De ronde staat klaar. Kies hoe mensen invullen.")

    def load(self, **kwargs: Any) -> None:
        """Find the questionnaire, and what was published of it."""
        super().load(**kwargs)
        published = self.questionnaire.versions.filter(published_at__isnull=False)
        self.version = published.select_related("questionnaire").order_by("-number").first()
        if self.version is None:
            raise Http404

    def get_initial(self) -> dict[str, Any]:
        """The streets of the round before."""
        last = SurveyRound.objects.filter(questionnaire_version__questionnaire=self.questionnaire).order_by(
            "-pk"
        )
        before = last.first()
        return {
            "from_on": timezone.localdate(),
            "streets": before.streets if before else [],
            "audience": before.audience if before else "",
        }

    def act(self, form: forms.Form) -> str:
        """Begin it."""
        return begin_round(
            by=self.request.user, questionnaire_version=self.version, **form.cleaned_data
        ).get_absolute_url()


class RoundView(RoundMixin, TemplateView):
    """One round: how many answered, the ways in, and once it has ended what they said."""

    template_name = "surveys/round.html"

    def looks(self) -> Iterable[Look]:
        """Figures of a neighbourhood."""
        return [look_at(Subject.OTHER, self.round.pk, neighbourhood_id=self.round.neighbourhood_id)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather it in a fixed number of queries, however many answered."""
        results = results_of(self.round)
        return super().get_context_data(
            results=results,
            others=other_rounds(self.round) if self.round.has_ended else (),
            code_count=self.round.codes.count(),
            tablet_count=self.round.tablets.filter(expires_at__gt=timezone.now()).count(),
            public_url=public_address(self.request, self.round),
            **kwargs,
        )


def public_address(request: HttpRequest, round_: SurveyRound) -> str:
    """Return the page on which somebody types a code."""
    return request.build_absolute_uri(reverse("wijk:questions", args=[round_.neighbourhood.slug]))


def other_rounds(round_: SurveyRound) -> QuerySet[SurveyRound]:
    """The rounds of the same questionnaire that ended."""
    return (
        SurveyRound.objects.ended(timezone.localdate())
        .filter(questionnaire_version__questionnaire=round_.questionnaire_version.questionnaire)
        .exclude(pk=round_.pk)
        .order_by("-from_on", "-pk")
    )


class RoundEditView(RoundFormView):
    """What is said of it."""

    form_class = RoundEditForm
    title = gettext_lazy("Ronde wijzigen")
    done_message = gettext_lazy("De ronde is bewaard.")

    def get_initial(self) -> dict[str, Any]:
        """Start from what stands there."""
        return {name: getattr(self.round, name) for name in RoundEditForm.base_fields}

    def act(self, form: forms.Form) -> str:
        """Save it."""
        return edit_round(by=self.request.user, round_=self.round, **form.cleaned_data).get_absolute_url()


class RoundCloseView(RoundFormView):
    """End it now."""

    form_class = forms.Form
    title = gettext_lazy("Ronde afsluiten?")
    submit_label = gettext_lazy("Afsluiten")
    done_message = gettext_lazy("De ronde is afgesloten. Hieronder staat wat mensen zeggen.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what happens."""
        return super().get_context_data(
            intro=gettext_lazy(
                "Daarna komt er niets meer bij, en staan de resultaten er. Dit kan niet ongedaan gemaakt worden."
            ),
            **kwargs,
        )

    def act(self, form: forms.Form) -> str:
        """Close it."""
        return close_round(by=self.request.user, round_=self.round).get_absolute_url()


class CodesView(RoundFormView):
    """Codes to hand out: the sheet is the answer itself, for they are readable only now."""

    form_class = CodesForm
    title = gettext_lazy("Codes afdrukken")
    submit_label = gettext_lazy("Blad met codes maken (pdf)")

    def get_initial(self) -> dict[str, Any]:
        """A sheet of its own for each page: sent twice, it is the same sheet."""
        return {"count": 40, "seed": uuid.uuid4()}

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Make the codes and send the sheet."""
        try:
            codes = make_codes(by=self.request.user, round_=self.round, **form.cleaned_data)
        except ActionError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
            return self.form_invalid(form)
        return pdf_response(
            f"codes-{self.round.pk}", slips(self.round, codes, public_address(self.request, self.round))
        )


class TabletView(RoundFormView):
    """Hand the tablet over: this session ends here, for good."""

    form_class = forms.Form
    title = gettext_lazy("Tablet uit handen geven")
    submit_label = gettext_lazy("Afmelden en vragenlijst tonen")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what happens."""
        return super().get_context_data(
            intro=gettext_lazy(
                "Je wordt op dit toestel afgemeld. De tablet toont daarna alleen de vragenlijst, de hele dag lang, "
                "ook voor wie na deze bewoner komt. Om verder te werken meld je je weer aan."
            ),
            **kwargs,
        )

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Make the pass, sign out, and show the questionnaire."""
        try:
            _made, secret = start_tablet(by=self.request.user, round_=self.round)
        except ActionError as error:
            form.add_error(None, error.message)
            return self.form_invalid(form)
        url = reverse("wijk:tablet", args=[self.round.neighbourhood.slug, secret])
        logout(self.request)
        # What this session left in the cache of the tablet is gone; drafts of visits stay, they are nobody's page.
        return HttpResponseRedirect(url, headers={"Clear-Site-Data": '"cache"'})


class TabletStopView(RoundFormView):
    """Stop the tablets of this round."""

    form_class = forms.Form
    title = gettext_lazy("Tablets stoppen?")
    submit_label = gettext_lazy("Stoppen")
    done_message = gettext_lazy("Geen enkele tablet toont de vragenlijst nog.")

    def act(self, form: forms.Form) -> str:
        """Stop them."""
        stop_tablets(by=self.request.user, round_=self.round)
        return self.round.get_absolute_url()


class FillInView(RoundMixin, TemplateView):
    """Filled in by the coach, at somebody's table."""

    is_work = True
    template_name = "surveys/fill_in.html"

    def load(self, **kwargs: Any) -> None:
        """Find the round; it runs."""
        super().load(**kwargs)
        if not self.round.is_running:
            raise Http404

    def looks(self) -> Iterable[Look]:
        """Nothing of anybody stands on an empty form; what is typed is this resident's."""
        return [look_at(Subject.OTHER, self.round.pk, neighbourhood_id=self.round.neighbourhood_id)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The empty page, or what was sent with what is wrong in it."""
        version = self.round.questionnaire_version
        kwargs.setdefault("language", language_asked(version, self.request.GET.get("taal", "")))
        return super().get_context_data(
            **questionnaire_page(
                version,
                kwargs.pop("questions", None) or questions_of(version),
                language=kwargs["language"],
                streets=self.round.streets,
                data=kwargs.pop("data", None),
                errors=kwargs.pop("errors", None),
            ),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Keep it, or show it again with everything that was typed."""
        version = self.round.questionnaire_version
        language = language_asked(version, request.POST.get("language", ""))
        questions = questions_of(version)
        given = read_answers(self.round, questions, request.POST, language)
        errors = dict(given.errors)
        if not errors:
            try:
                answer_during_visit(
                    by=request.user,
                    round_=self.round,
                    given=given,
                    page=page_uuid(request.POST),
                    language=language,
                )
            except ActionError as error:
                errors[""] = error.message
        if errors:
            context = self.get_context_data(
                questions=questions, data=request.POST, errors=errors, language=language
            )
            return self.render_to_response(context, status=422)
        with override(request.user.language):
            messages.success(request, _("De antwoorden zijn bewaard."))
        return HttpResponseRedirect(self.round.get_absolute_url())


class EndedRoundMixin(RoundMixin):
    """A page of results: before the round has ended, there are none."""

    def load(self, **kwargs: Any) -> None:
        """Find it."""
        super().load(**kwargs)
        if not self.round.has_ended:
            raise Http404

    def looks(self) -> Iterable[Look]:
        """Figures of a neighbourhood."""
        return [look_at(Subject.OTHER, self.round.pk, neighbourhood_id=self.round.neighbourhood_id)]


def _svg_response(bars: Sequence[Bar], goal: str) -> HttpResponse:
    return HttpResponse(
        with_font(bar_chart(bars, PALETTES[goal])),
        content_type="image/svg+xml",
        headers={
            "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; font-src data:; sandbox"
        },
    )


class ChartView(EndedRoundMixin, View):
    """One question as a picture; its twin is the table beside it."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Draw it."""
        found = results_of(self.round, only=kwargs["code"]).questions
        if not found or not found[0].bars:
            raise Http404
        return _svg_response(found[0].bars, self.purpose.goal)


class WordsView(EndedRoundMixin, TemplateView):
    """What people wrote, without the street they live in."""

    template_name = "surveys/words.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One page of it."""
        question = get_object_or_404(
            Question,
            questionnaire_version=self.round.questionnaire_version,
            code=self.kwargs["code"],
            kind=QuestionKind.TEXT,
        )
        rows = AnswerWords.objects.filter(question=question, answer_set__round=self.round)
        return super().get_context_data(
            question=question,
            page=page_or_first(
                rows, order="pk", size=WORDS_A_PAGE, cursor=self.request.GET.get("cursor", "")
            ),
            **kwargs,
        )


class WordsRemoveView(RoundFormView):
    """Take away what somebody wrote."""

    form_class = forms.Form
    title = gettext_lazy("Dit antwoord weghalen?")
    submit_label = gettext_lazy("Weghalen")
    done_message = gettext_lazy("Het antwoord is weg.")

    def load(self, **kwargs: Any) -> None:
        """Find the words in this round."""
        super().load(**kwargs)
        self.words = get_object_or_404(
            AnswerWords.objects.select_related("question"), pk=kwargs["words"], answer_set__round=self.round
        )

    def looks(self) -> Iterable[Look]:
        """The words are shown once more."""
        return [look_at(Subject.OTHER, self.round.pk, neighbourhood_id=self.round.neighbourhood_id)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show which."""
        return super().get_context_data(intro=self.words.words, **kwargs)

    def act(self, form: forms.Form) -> str:
        """Take it away."""
        take_words_away(by=self.request.user, words=self.words)
        return self.round.get_absolute_url()


class ComparedMixin(EndedRoundMixin):
    """Two rounds beside each other."""

    def load(self, **kwargs: Any) -> None:
        """Find both, the earlier one first."""
        super().load(**kwargs)
        other = get_object_or_404(other_rounds(self.round), pk=kwargs["other"])
        other = SurveyRound.objects.select_related("questionnaire_version").get(pk=other.pk)
        self.earlier, self.later = sorted((self.round, other), key=lambda row: (row.from_on, row.pk))


class CompareView(ComparedMixin, TemplateView):
    """What changed between two rounds."""

    template_name = "surveys/compare.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Question by question."""
        return super().get_context_data(
            compared=compare(self.earlier, self.later), earlier=self.earlier, later=self.later, **kwargs
        )


class CompareChartView(ComparedMixin, View):
    """One question of two rounds as a picture."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Draw it."""
        found = compare(self.earlier, self.later, only=kwargs["code"])
        if not found or not found[0].bars:
            raise Http404
        return _svg_response(found[0].bars, self.purpose.goal)


class ExportView(EndedRoundMixin, View):
    """The results as a file: what the page shows, nothing more."""

    def looks(self) -> Iterable[Look]:
        """Taken along."""
        return [
            look_at(
                Subject.OTHER,
                self.round.pk,
                neighbourhood_id=self.round.neighbourhood_id,
                kind=LookKind.EXPORTED,
            )
        ]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Send it."""
        if kwargs["kind"] not in ("csv", "xlsx"):
            raise Http404
        respond = xlsx_response if kwargs["kind"] == "xlsx" else csv_response
        headers = (_("Vraag"), _("Straat"), _("Antwoord"), _("Aantal"), _("Beantwoord door"))
        return respond(f"ronde-{self.round.pk}", headers, list(self._lines()))

    def _lines(self) -> Iterator[Sequence[Any]]:
        for result in results_of(self.round).questions:
            text, base = result.question.text, written(result.answered)
            if result.average:
                yield (text, "", _("gemiddelde"), result.average, base)
            for cell in result.cells:
                yield (text, "", cell.label, written(cell) if cell.value is None else cell.value, base)
            if not result.cells and not result.average:
                yield (text, "", "", _("te klein om te tonen") if result.is_withheld else "", base)
            for row in result.streets:
                for head, count in zip(result.street_heads, row.counts, strict=True):
                    yield (text, row.label, head, count, row.answered)

"""Questionnaires for everybody: with a code, or on the tablet of a coach who signed out. No login, no cookie.

A code opens one answer and tells nothing of any other: never made, used up, of another neighbourhood or of a round
that is over, the page says the same. There is nothing to forge a request for: no session, only what the page brings.
"""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import TemplateView

from arsenaal.lib.errors import ActionError
from cohesion.views.public_base import PublicMixin
from surveys.actions.answers import (
    NoWayInError,
    answer_on_tablet,
    answer_with_code,
    pass_of_tablet,
    round_of_code,
)
from surveys.actions.rounds import normalised
from surveys.answering import Given, language_asked, page_uuid, questionnaire_page, read_answers
from surveys.enums import Language, direction
from surveys.models import SurveyRound
from surveys.reading import questions_of
from surveys.words import words

CODES_A_MINUTE = "30/m"  # of one address: a room full of people on one network, and nobody who guesses


@method_decorator([csrf_exempt, login_not_required], name="dispatch")
class PublicSurveyMixin(PublicMixin):
    """What these pages share: nothing is kept by anybody in between, and other languages than the program's own."""

    rate = CODES_A_MINUTE

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let no cache keep a page that holds a code or an answer, and no search engine list it."""
        response = super().dispatch(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    def spoken(self) -> str:
        """The language that was asked for, of those that a questionnaire can have."""
        asked = self.request.POST.get("language", "") or self.request.GET.get("taal", "")
        return asked if asked in Language.values else Language.NL.value

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The program's own sentences in that language."""
        language = kwargs.pop("survey_language", None) or self.spoken()
        context = super().get_context_data(**kwargs)
        return context | {
            "language": language,
            "direction": direction(language),
            "says": words(language),
            "languages": context.get("survey_languages", Language.values),
        }


class QuestionsView(PublicSurveyMixin, TemplateView):
    """Where somebody types the code of his slip. It isn't looked up here: every code leads to its own page."""

    template_name = "cohesion/public/code.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Go to the page of the code."""
        code = normalised(request.POST.get("code", ""))
        if not code:
            return self.render_to_response(self.get_context_data(is_wrong=True), status=422)
        url = reverse("wijk:answer", args=[self.neighbourhood.slug, code])
        return HttpResponseRedirect(f"{url}?taal={self.spoken()}")


class FillInMixin(PublicSurveyMixin, TemplateView):
    """The questionnaire itself, in whichever way it was opened."""

    template_name = "cohesion/public/answer.html"
    on_tablet = False

    def find_round(self) -> SurveyRound:
        """Return the round that this address opens. Raises NoWayInError."""
        raise NotImplementedError

    def keep(self, given: Given, language: str) -> None:
        """Keep what was answered. Raises ActionError."""
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show it, empty."""
        try:
            round_ = self.find_round()
        except NoWayInError:
            return self.no_way_in()
        return self.show(round_, language_asked(round_.questionnaire_version, self.spoken()))

    def show(
        self, round_: SurveyRound, language: str, *, errors: dict[str, str] | None = None, status: int = 200
    ) -> HttpResponse:
        """Show it, with what was sent when something is wrong in it."""
        version = round_.questionnaire_version
        page = questionnaire_page(
            version,
            questions_of(version),
            language=language,
            streets=round_.streets,
            data=self.request.POST if errors else None,
            errors=errors,
        )
        context = self.get_context_data(
            survey_language=language, survey_languages=version.all_languages, **page
        )
        return self.render_to_response(context, status=status)

    def no_way_in(self) -> HttpResponse:
        """The one answer to every code that opens nothing."""
        self.template_name = "cohesion/public/code.html"
        return self.render_to_response(self.get_context_data(is_wrong=True), status=404)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep it, or show it again with everything that was typed."""
        try:
            round_ = self.find_round()
        except NoWayInError:
            # Sent twice: the first time used the code up. The action tells whether it is this page again.
            return self._again()
        language = language_asked(round_.questionnaire_version, self.spoken())
        given = read_answers(round_, questions_of(round_.questionnaire_version), request.POST, language)
        if given.errors:
            return self.show(round_, language, errors=dict(given.errors), status=422)
        try:
            self.keep(given, language)
        except NoWayInError:
            return self.no_way_in()
        except ActionError:
            return self.show(round_, language, errors={"": words(language)["mistakes"]}, status=422)
        return self.thank(language)

    def _again(self) -> HttpResponse:
        try:
            self.keep(Given({}, {}, {}), self.spoken())
        except ActionError:
            return self.no_way_in()
        return self.thank(self.spoken())

    def thank(self, language: str) -> HttpResponse:
        """Say that it was kept."""
        self.template_name = "cohesion/public/thanks.html"
        return self.render_to_response(
            self.get_context_data(survey_language=language, on_tablet=self.on_tablet)
        )


class AnswerView(FillInMixin):
    """With a code from a slip."""

    def find_round(self) -> SurveyRound:
        """The round of the code."""
        return round_of_code(
            self.kwargs["code"], neighbourhood_id=self.neighbourhood.pk, today=timezone.localdate()
        )

    def keep(self, given: Given, language: str) -> None:
        """One answer for one code."""
        answer_with_code(
            code=self.kwargs["code"],
            neighbourhood_id=self.neighbourhood.pk,
            given=given,
            page=page_uuid(self.request.POST),
            language=language,
        )


class TabletView(FillInMixin):
    """On the tablet that a coach handed over."""

    on_tablet = True

    def find_round(self) -> SurveyRound:
        """The round for which the tablet is on."""
        return pass_of_tablet(
            self.kwargs["secret"], neighbourhood_id=self.neighbourhood.pk, now=timezone.now()
        ).round

    def keep(self, given: Given, language: str) -> None:
        """As many answers as there are residents."""
        answer_on_tablet(
            secret=self.kwargs["secret"],
            neighbourhood_id=self.neighbourhood.pk,
            given=given,
            page=page_uuid(self.request.POST),
            language=language,
        )

"""What the pages of questionnaires share: what they are for, and who may do that."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from accounts.permissions import Permission
from accounts.views.base import ActionFormView, PermissionMixin
from arsenaal.lib.registries import SurveyPurpose, survey_purposes
from surveys.models import Question, Questionnaire, QuestionnaireVersion, SurveyRound
from surveys.perms import can_work_on_surveys


class PurposeMixin(PermissionMixin):
    """A page of one purpose: its address says which, and with it which permission it takes."""

    is_work = False

    @property
    def purpose(self) -> SurveyPurpose:
        """What is asked for, by the address."""
        return survey_purposes.get(self.kwargs["purpose"])

    @property
    def permission(self) -> Permission:  # type: ignore[override]
        """To read, or to work."""
        return Permission(self.purpose.work if self.is_work else self.purpose.read)

    def check_work(self, neighbourhood_id: int) -> None:
        """Refuse who may only read here."""
        if self.is_work and not self.may_work(neighbourhood_id):
            raise PermissionDenied

    def may_work(self, neighbourhood_id: int) -> bool:
        """Whether this user works on it here."""
        return can_work_on_surveys(self.request.user, self.purpose.code, neighbourhood_id)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Every page says what it is for."""
        return super().get_context_data(**(kwargs | {"purpose": self.purpose}))  # type: ignore[misc]


class QuestionnaireMixin(PurposeMixin):
    """One questionnaire: 404 outside the user's scope."""

    questionnaire: Questionnaire

    def load(self, **kwargs: Any) -> None:
        """Find it."""
        rows = Questionnaire.objects.visible_to(self.request.user).filter(purpose=self.purpose.code)
        self.questionnaire = get_object_or_404(rows.select_related("neighbourhood"), pk=kwargs["pk"])
        self.check_work(self.questionnaire.neighbourhood_id)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the page its questionnaire."""
        kwargs.setdefault("cancel_url", self.questionnaire.get_absolute_url())
        return super().get_context_data(questionnaire=self.questionnaire, **kwargs)


class VersionMixin(PurposeMixin):
    """One version: 404 outside the user's scope."""

    version: QuestionnaireVersion

    def load(self, **kwargs: Any) -> None:
        """Find it."""
        rows = QuestionnaireVersion.objects.visible_to(self.request.user).filter(
            questionnaire__purpose=self.purpose.code
        )
        self.version = get_object_or_404(rows.select_related("questionnaire__neighbourhood"), pk=kwargs["pk"])
        self.check_work(self.version.questionnaire.neighbourhood_id)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the page its version; going back leads to the questionnaire."""
        kwargs.setdefault("cancel_url", self.version.get_absolute_url())
        return super().get_context_data(version=self.version, **kwargs)

    def latest_version(self) -> int:
        """The version as it stands now."""
        return QuestionnaireVersion.objects.get(pk=self.version.pk).version


class VersionFormView(VersionMixin, ActionFormView):
    """A form about one version."""

    is_work = True


class QuestionFormView(VersionFormView):
    """A form about one question of a draft."""

    question: Question

    def load(self, **kwargs: Any) -> None:
        """Find the question, and through it the version."""
        rows = Question.objects.visible_to(self.request.user).select_related("questionnaire_version")
        self.question = get_object_or_404(rows, pk=kwargs["pk"])
        super().load(pk=self.question.questionnaire_version_id)


class RoundMixin(PurposeMixin):
    """One round: 404 outside the user's scope."""

    round: SurveyRound

    def load(self, **kwargs: Any) -> None:
        """Find it."""
        rows = SurveyRound.objects.visible_to(self.request.user).filter(purpose=self.purpose.code)
        self.round = get_object_or_404(
            rows.select_related("neighbourhood", "questionnaire_version__questionnaire"), pk=kwargs["pk"]
        )
        self.check_work(self.round.neighbourhood_id)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the page its round; going back leads to it."""
        kwargs.setdefault("cancel_url", self.round.get_absolute_url())
        return super().get_context_data(
            round=self.round, may_work=self.may_work(self.round.neighbourhood_id), **kwargs
        )

    def latest_version(self) -> int:
        """The version as it stands now."""
        return SurveyRound.objects.get(pk=self.round.pk).version


class RoundFormView(RoundMixin, ActionFormView):
    """A form about one round."""

    is_work = True

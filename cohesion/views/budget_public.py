"""The neighbourhood budget for everybody: what became of it, handing in an idea, voting. No login and no cookie."""

from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import FormView, TemplateView

from arsenaal.lib.errors import ActionError
from arsenaal.lib.public_forms import new_stamp, stamp_for, submission_of
from arsenaal.lib.uploads import serve
from cohesion.actions.budget_projects import hand_in, receipt_hash, receipt_token
from cohesion.actions.budget_votes import WrongCodeError, cast_vote
from cohesion.budget_enums import RoundState
from cohesion.budget_reading import is_open_for_ideas, public_photos, public_projects, public_rounds
from cohesion.budget_votes import rule_in_words
from cohesion.forms.budget import PublicProjectForm, VoteForm
from cohesion.models import BudgetProject, BudgetRound
from cohesion.views.public_base import PublicMixin, too_many

IDEAS_AN_HOUR = "20/h"  # of one address: a class can hand in together
WRONG_CODES_AN_HOUR = "30/h"
_WRONG = "public.budget.wrong_code"


class BudgetPageView(PublicMixin, TemplateView):
    """What can be done now, and every project that was granted."""

    template_name = "cohesion/budget/public/budget.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather it: a fixed number of queries."""
        rounds = list(public_rounds(self.neighbourhood)[:10])
        return super().get_context_data(
            rounds=rounds,
            open_rounds=[one for one in rounds if is_open_for_ideas(one)],
            voting=[one for one in rounds if one.state == RoundState.VOTING],
            results=[one for one in rounds if hasattr(one, "result")],
            projects=list(public_projects(self.neighbourhood)[:60]),
            **kwargs,
        )


class ProjectPageView(PublicMixin, TemplateView):
    """One project that was granted, to share."""

    template_name = "cohesion/budget/public/project.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather it: a fixed number of queries."""
        project = get_object_or_404(public_projects(self.neighbourhood), pk=kwargs["pk"])
        photos = public_photos(self.neighbourhood, project_id=project.pk)
        return super().get_context_data(
            project=project,
            photos=photos,
            address=self.request.build_absolute_uri(self.request.path),
            picture=photos[0] if photos else None,
            **kwargs,
        )


class PhotoFileView(PublicMixin):
    """A public photo of a project that everybody may know."""

    rate = "240/m"  # a page has twelve of them

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send it."""
        photos = public_photos(self.neighbourhood, pk=kwargs["pk"])
        if not photos:
            raise Http404
        photo = photos[0]
        return serve(photo.file, content_type="image/jpeg", filename=f"wijkbudget-{photo.pk}.jpg")


class ResultPageView(PublicMixin, TemplateView):
    """The result of a vote, with the rule it was made by."""

    template_name = "cohesion/budget/public/result.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Read what was frozen."""
        rounds = public_rounds(self.neighbourhood).filter(result__isnull=False).select_related("result")
        found = get_object_or_404(rounds, pk=kwargs["pk"])
        result = found.result
        in_words = rule_in_words(envelope=result.envelope, tie_rule=found.tie_rule, choices=found.choices)
        return super().get_context_data(
            round=found, result=result, rule=result.rule if self.language == "nl" else in_words, **kwargs
        )


@method_decorator(csrf_exempt, name="dispatch")  # nobody is logged in here: there is no session to ride on
class PublicFormView(PublicMixin, FormView):
    """A form for everybody. Its page is nobody's to keep: the stamp on it belongs to one visitor."""

    round: BudgetRound
    cache_control = "no-store"

    def get_initial(self) -> dict[str, Any]:
        """A fresh stamp."""
        return {"stamp": new_stamp()}

    def get_form_kwargs(self) -> dict[str, Any]:
        """The round that the page is about."""
        self.round = get_object_or_404(public_rounds(self.neighbourhood), pk=self.kwargs["pk"])
        return {**super().get_form_kwargs(), "budget_round": self.round}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the page its round."""
        context = super().get_context_data(**kwargs)
        return context | {"round": self.round}

    def here(self, name: str, *args: Any) -> str:
        """Return a public address in the language that is spoken."""
        return reverse(name, args=[self.neighbourhood.slug, *args]) + self.in_language

    def form_invalid(self, form: Any) -> HttpResponse:
        """Show it again with everything that was typed."""
        form.data = form.data.copy()
        form.data["stamp"] = stamp_for(form.data.get("stamp", ""))
        response = self.render_to_response(self.get_context_data(form=form))
        response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return response

    def refuse(self, form: Any, error: ActionError) -> HttpResponse:
        """Show what the action said beside its field."""
        error.after_rollback()
        form.add_error(error.field if error.field in form.fields else None, error.message)
        return self.form_invalid(form)


class ApplyView(PublicFormView):
    """Hand in an idea."""

    template_name = "cohesion/budget/public/apply.html"
    form_class = PublicProjectForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The rules, to read before one begins."""
        context = super().get_context_data(**kwargs)
        rules = list(self.round.rules.order_by("position", "pk"))
        return context | {"rules": rules, "is_open": is_open_for_ideas(self.round)}

    def form_valid(self, form: Any) -> HttpResponse:
        """Take it in, once."""
        if too_many(self.request, "public.budget.idea", IDEAS_AN_HOUR):
            form.add_error(
                None, _("Er kwamen hier net veel ideeën binnen. Probeer het over een uur nog eens.")
            )
            return self.form_invalid(form)
        data = {
            name: value
            for name, value in form.cleaned_data.items()
            if name not in ("website", "stamp", "agrees")
        }
        submission = submission_of(self.request, form.cleaned_data["stamp"])
        try:
            hand_in(by=None, budget_round=self.round, submission=submission, **data)
        except ActionError as error:
            return self.refuse(form, error)
        return HttpResponseRedirect(self.here("wijk:budget-receipt", receipt_token(submission)))


class ReceiptView(PublicMixin, TemplateView):
    """That it came in and where it stands, for whoever has the address; nothing of who handed it in."""

    template_name = "cohesion/budget/public/receipt.html"
    cache_control = "no-store"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Find it by what only the applicant was told."""
        project = (
            BudgetProject.objects.filter(
                neighbourhood=self.neighbourhood, receipt_hash=receipt_hash(kwargs["token"])
            )
            .select_related("round")
            .first()
        )
        if project is None:
            raise Http404
        return super().get_context_data(project=project, **kwargs)

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """No search machine keeps it, and it is told to no other site."""
        response = super().render_to_response(context, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response


class VoteView(PublicFormView):
    """Vote with the code of a slip."""

    template_name = "cohesion/budget/public/vote.html"
    form_class = VoteForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The projects, and the rule by which is counted."""
        context = super().get_context_data(**kwargs)
        form = context["form"]
        chosen = form["projects"].value() or []
        return context | {
            "is_voting": self.round.state == RoundState.VOTING,
            "projects": form.listed,
            "chosen": [chosen] if isinstance(chosen, str) else chosen,
            "rule": rule_in_words(
                envelope=self.round.envelope, tie_rule=self.round.tie_rule, choices=self.round.choices
            ),
        }

    def form_valid(self, form: Any) -> HttpResponse:
        """Take the ballot. Whoever guesses too often has to wait; whoever has a slip never notices."""
        if too_many(self.request, _WRONG, WRONG_CODES_AN_HOUR, counts=False):
            form.add_error(None, _("Er waren hier te veel foute codes. Probeer het over een uur nog eens."))
            return self.form_invalid(form)
        data = form.cleaned_data
        try:
            cast_vote(by=None, budget_round=self.round, code=data["code"], projects=data["projects"])
        except WrongCodeError as error:
            too_many(self.request, _WRONG, WRONG_CODES_AN_HOUR)
            return self.refuse(form, error)
        except ActionError as error:
            return self.refuse(form, error)
        return HttpResponseRedirect(self.here("wijk:budget-voted", self.round.pk))


class VotedView(PublicMixin, TemplateView):
    """Thank you."""

    template_name = "cohesion/budget/public/voted.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say in which round."""
        found = get_object_or_404(public_rounds(self.neighbourhood), pk=kwargs["pk"])
        return super().get_context_data(round=found, **kwargs)

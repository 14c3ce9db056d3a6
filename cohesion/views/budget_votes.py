"""The vote in a round of the budget: slips, ballots on paper, the result."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from accounts.permissions import Permission
from accounts.views.base import PermissionMixin
from arsenaal.lib.errors import ActionError
from arsenaal.lib.exports import pdf_response
from cohesion.actions.budget_votes import (
    check_paper,
    count_again,
    count_paper,
    drop_paper,
    freeze_result,
    print_codes,
    void_batch,
)
from cohesion.budget_enums import RoundState
from cohesion.budget_papers import slips_pdf
from cohesion.budget_votes import rule_in_words
from cohesion.forms.budget import PaperForm, SlipsForm
from cohesion.models import BudgetRound, CodeBatch, PaperCount
from cohesion.perms import can_decide_on_budget, can_work_on_budget
from cohesion.views.budget_rounds import RoundFormView, RoundMixin


class VotesView(RoundMixin, TemplateView):
    """How far the vote is; what was chosen is seen by nobody before it ended."""

    template_name = "cohesion/budget/votes.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather it in a fixed number of queries."""
        counts = list(
            self.round.paper_counts.select_related("counted_by", "checked_by")
            .prefetch_related("rows__project")
            .order_by("pk")
        )
        result = getattr(self.round, "result", None)
        return super().get_context_data(
            batches=list(self.round.batches.select_related("printed_by").order_by("pk")),
            ballots=self.round.ballots.count(),
            counts=counts,
            result=result,
            is_same=result is None or count_again(self.round) == result.checksum,
            rule=result.rule
            if result
            else rule_in_words(
                envelope=self.round.envelope, tie_rule=self.round.tie_rule, choices=self.round.choices
            ),
            is_voting=self.round.state == RoundState.VOTING,
            can_print=self.round.state in (RoundState.ASSESSING, RoundState.VOTING),
            user_id=self.request.user.pk,
            **kwargs,
        )


class VoteFormView(RoundFormView):
    """A form about the vote of a round; going back leads to it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Going back leads to the vote."""
        return super().get_context_data(**kwargs) | {"cancel_url": self.votes_url}

    @property
    def votes_url(self) -> str:
        """Where the vote stands."""
        return reverse("cohesion:budget-votes", args=[self.round.pk])


class SlipsView(VoteFormView):
    """Slips with codes: made, printed, and known to nobody afterwards."""

    form_class = SlipsForm
    title = _("Stembriefjes afdrukken")
    submit_label = _("Briefjes maken (pdf)")

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Answer with the slips themselves: there is no address where they could be found again."""
        try:
            _batch, codes = print_codes(by=self.request.user, budget_round=self.round, **form.cleaned_data)
        except ActionError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
            return self.form_invalid(form)
        path = reverse("wijk:budget-vote", args=[self.round.neighbourhood.slug, self.round.pk])
        content = slips_pdf(self.round, codes, self.request.build_absolute_uri(path))
        return pdf_response(f"stembriefjes-{self.round.pk}", content)


class PaperNewView(VoteFormView):
    """The ballots of one box."""

    form_class = PaperForm
    title = _("Biljetten op papier tellen")
    submit_label = _("Telling bewaren")
    done_message = _("De telling is bewaard. Ze telt mee als een collega ze nagekeken heeft.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """One number per project."""
        return {**super().get_form_kwargs(), "budget_round": self.round}

    def act(self, form: forms.Form) -> str:
        """Keep the count."""
        data = form.cleaned_data
        count_paper(
            by=self.request.user,
            budget_round=self.round,
            where=data["where"],
            ballots=data["ballots"],
            votes=form.votes,  # type: ignore[attr-defined]
        )
        return self.votes_url


class FreezeView(VoteFormView):
    """End the vote and count."""

    permission = Permission.BUDGET_DECIDE
    form_class = forms.Form
    title = _("Stemming afsluiten en tellen")
    submit_label = _("Afsluiten en tellen")
    done_message = _("De uitslag staat vast.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say that there is no way back."""
        return super().get_context_data(
            intro=_("Daarna kan niemand meer stemmen, en de uitslag verandert niet meer."), **kwargs
        )

    def act(self, form: forms.Form) -> str:
        """Count."""
        freeze_result(by=self.request.user, budget_round=self.round)
        return self.votes_url


class _OfRoundView(PermissionMixin):
    """Something that hangs on a round: 404 outside the user's scope, 403 for who may only read it."""

    permission = Permission.BUDGET_WORK
    model: Any

    def load(self, **kwargs: Any) -> None:
        """Find it with its round."""
        found = self.model.objects.filter(pk=kwargs["pk"]).first()
        if found is None:
            raise Http404
        self.found = found
        rows = BudgetRound.objects.visible_to(self.request.user).select_related("neighbourhood")
        self.round = get_object_or_404(rows, pk=found.round_id)
        self.may_work = can_work_on_budget(self.request.user, self.round.neighbourhood_id)
        self.may_decide = can_decide_on_budget(self.request.user, self.round.neighbourhood_id)
        if not self.may_work:
            raise PermissionDenied


class BatchVoidView(_OfRoundView, VoteFormView):
    """Slips that got lost."""

    model = CodeBatch
    form_class = forms.Form
    title = _("Zijn deze briefjes zoek?")
    submit_label = _("Briefjes ongeldig maken")
    done_message = _("Met deze briefjes kan niemand meer stemmen. Wie al stemde, telt mee.")

    def act(self, form: forms.Form) -> str:
        """Make them void."""
        void_batch(by=self.request.user, batch=self.found)
        return self.votes_url


class PaperCheckView(_OfRoundView, VoteFormView):
    """A second pair of eyes."""

    model = PaperCount
    form_class = forms.Form
    template_name = "cohesion/budget/paper_check.html"
    title = _("Telling nakijken")
    submit_label = _("Ik telde hetzelfde")
    done_message = _("De telling is nagekeken en telt mee.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show what was counted."""
        rows = self.found.rows.select_related("project").order_by("project__number")
        return super().get_context_data(count=self.found, rows=list(rows), **kwargs)

    def act(self, form: forms.Form) -> str:
        """Say so."""
        check_paper(by=self.request.user, count=self.found)
        return self.votes_url


class PaperDropView(_OfRoundView, VoteFormView):
    """Count again."""

    model = PaperCount
    form_class = forms.Form
    title = _("Klopt de telling niet?")
    submit_label = _("Telling weghalen")
    done_message = _("De telling is weg. Tel de biljetten opnieuw.")

    def act(self, form: forms.Form) -> str:
        """Take it away."""
        drop_paper(by=self.request.user, count=self.found)
        return self.votes_url

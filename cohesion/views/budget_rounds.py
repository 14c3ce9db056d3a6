"""The neighbourhood budget: its rounds, one round, its ledger."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View

from accounts.permissions import Permission
from accounts.views.base import ActionFormView, PermissionMixin
from arsenaal.lib.exports import xlsx_response
from cases.reference import value_on
from cases.views.neighbourhood import NeighbourhoodMixin
from cohesion.actions.budget_rounds import edit_round, go_to, open_round
from cohesion.budget_enums import ROUND_TRANSITIONS, ProjectState, RoundState, TieRule
from cohesion.budget_reading import assessed_of, ledger_headers, ledger_lines, ledger_of, sums_of, themes_of
from cohesion.budget_rules import ENVELOPE
from cohesion.forms.budget import RoundEditForm, RoundForm
from cohesion.models import BudgetProject, BudgetRound, LedgerLine
from cohesion.perms import can_decide_on_budget, can_work_on_budget

STEPS = {
    RoundState.IDEAS: _("Openstellen voor ideeën"),
    RoundState.ASSESSING: _("Indienen afsluiten"),
    RoundState.VOTING: _("Stemming openen"),
    RoundState.DECIDED: _("Naar de beslissing"),
    RoundState.CLOSED: _("Ronde afsluiten"),
}
STEPS_MEAN = {
    RoundState.IDEAS: _("Bewoners, verenigingen en scholen kunnen indienen op de publieke pagina."),
    RoundState.ASSESSING: _("Niemand kan nog indienen. Nu wordt elk project getoetst en komt er advies."),
    RoundState.VOTING: _(
        "Er is meer gevraagd dan er is. De projecten die aan elke regel voldoen komen op het stembiljet."
    ),
    RoundState.DECIDED: _("Wat past in de regels en in het bedrag kan toegekend worden."),
    RoundState.CLOSED: _("Daarna wordt er niets meer geboekt. De publieke pagina blijft."),
}


class BudgetView(NeighbourhoodMixin, TemplateView):
    """All rounds of a neighbourhood, the newest first."""

    permission = Permission.BUDGET_READ
    template_name = "cohesion/budget/budget.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather it in a fixed number of queries."""
        rounds = BudgetRound.objects.filter(neighbourhood=self.neighbourhood).order_by(
            "-ideas_from_on", "-pk"
        )
        return super().get_context_data(
            rounds=list(rounds[:20]),
            sums=sums_of(
                BudgetProject.objects.filter(neighbourhood=self.neighbourhood),
                LedgerLine.objects.filter(round__neighbourhood=self.neighbourhood),
            ),
            may_decide=can_decide_on_budget(self.request.user, self.neighbourhood.pk),
            **kwargs,
        )


class RoundNewView(ActionFormView):
    """A round."""

    permission = Permission.BUDGET_DECIDE
    form_class = RoundForm
    title = _("Ronde van het wijkbudget beginnen")
    submit_label = _("Ronde bewaren")
    done_message = _("De ronde staat klaar. Kijk de thema's en de regels na, en stel ze dan open.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the neighbourhoods where one decides on the budget."""
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        """The usual amount stands ready."""
        return {
            "envelope": value_on(ENVELOPE.code, timezone.localdate()).number,
            "choices": 1,
            "tie_rule": TieRule.SMALLEST,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Going back leads to the rounds."""
        return super().get_context_data(cancel_url=reverse("cohesion:budget"), **kwargs)

    def act(self, form: forms.Form) -> str:
        """Prepare it."""
        return open_round(by=self.request.user, **form.cleaned_data).get_absolute_url()


class RoundMixin(PermissionMixin):
    """One round: 404 outside the user's scope, 403 for who may only read it."""

    permission = Permission.BUDGET_READ
    round: BudgetRound

    def load(self, **kwargs: Any) -> None:
        """Find it, and check what one may there."""
        rows = BudgetRound.objects.visible_to(self.request.user).select_related("neighbourhood")
        self.round = get_object_or_404(rows, pk=kwargs["pk"])
        self.may_work = can_work_on_budget(self.request.user, self.round.neighbourhood_id)
        self.may_decide = can_decide_on_budget(self.request.user, self.round.neighbourhood_id)
        if (self.permission == Permission.BUDGET_WORK and not self.may_work) or (
            self.permission == Permission.BUDGET_DECIDE and not self.may_decide
        ):
            raise PermissionDenied

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the page its round, and tell what one may."""
        return super().get_context_data(
            round=self.round, may_work=self.may_work, may_decide=self.may_decide, **kwargs
        )


class RoundView(RoundMixin, TemplateView):
    """A round: what there is, what is asked, which projects, what comes next."""

    template_name = "cohesion/budget/round.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather it in a fixed number of queries."""
        projects = list(self.round.projects.select_related("theme").order_by("number"))
        rules = list(self.round.rules.order_by("position", "pk"))
        # Whether it keeps to the rules is for who works on the budget.
        assessed = assessed_of(projects, len(rules)) if self.may_work else {}
        for one in projects:
            one.assessed = assessed.get(one.pk) if one.state == ProjectState.RECEIVED else None
        sums = sums_of(self.round.projects.all(), self.round.lines.all())
        state = RoundState(self.round.state)
        return super().get_context_data(
            projects=projects,
            rules=rules,
            themes=themes_of(self.round),
            sums=sums,
            left=self.round.envelope - sums.promised,
            shortage=sums.asked - self.round.envelope,
            steps=[]
            if state == RoundState.VOTING
            else [(to, STEPS[to]) for to in RoundState if to in ROUND_TRANSITIONS[state]],
            has_votes=state in (RoundState.ASSESSING, RoundState.VOTING) or hasattr(self.round, "result"),
            **kwargs,
        )


class RoundFormView(RoundMixin, ActionFormView):
    """A form about one round; going back leads to it."""

    permission = Permission.BUDGET_WORK

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Going back leads to the round."""
        return super().get_context_data(cancel_url=self.round.get_absolute_url(), **kwargs)

    def latest_version(self) -> int:
        """The version as it stands now."""
        return BudgetRound.objects.get(pk=self.round.pk).version


class RoundEditView(RoundFormView):
    """The round with its themes and rules."""

    permission = Permission.BUDGET_DECIDE
    form_class = RoundEditForm
    title = _("Ronde wijzigen")
    submit_label = _("Ronde bewaren")
    done_message = _("De ronde is bewaard.")

    def get_initial(self) -> dict[str, Any]:
        """Start from what stands there."""
        names = (
            "title",
            "intro",
            "envelope",
            "ideas_from_on",
            "ideas_until_on",
            "choices",
            "tie_rule",
            "version",
        )
        themes = self.round.themes.order_by("position", "pk").values_list("name", flat=True)
        rules = self.round.rules.order_by("position", "pk").values_list("text", flat=True)
        return {name: getattr(self.round, name) for name in names} | {
            "themes": "\n".join(themes),
            "rules": "\n".join(rules),
        }

    def act(self, form: forms.Form) -> str:
        """Save it."""
        saved = edit_round(by=self.request.user, budget_round=self.round, **form.cleaned_data)
        return saved.get_absolute_url()


class RoundStepView(RoundFormView):
    """To the next state."""

    permission = Permission.BUDGET_DECIDE
    form_class = forms.Form
    done_message = _("De ronde is een stap verder.")

    def load(self, **kwargs: Any) -> None:
        """Find the round and the step."""
        super().load(**kwargs)
        if kwargs["to"] not in STEPS:
            raise Http404
        self.to = RoundState(kwargs["to"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what the step means."""
        step = STEPS[self.to]
        return super().get_context_data(title=step, submit_label=step, intro=STEPS_MEAN[self.to], **kwargs)

    def act(self, form: forms.Form) -> str:
        """Take it."""
        return go_to(by=self.request.user, budget_round=self.round, to=self.to).get_absolute_url()


class LedgerView(RoundMixin, TemplateView):
    """Every movement of money of a round, and what is left after each."""

    template_name = "cohesion/budget/ledger.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather it in a fixed number of queries."""
        return super().get_context_data(
            rows=ledger_of(self.round),
            sums=sums_of(self.round.projects.all(), self.round.lines.all()),
            **kwargs,
        )


class LedgerFileView(RoundMixin, View):
    """The ledger as a spreadsheet."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Make it."""
        return xlsx_response(f"wijkbudget-{self.round.pk}", ledger_headers(), ledger_lines(self.round))

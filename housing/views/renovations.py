"""Renovations: the list, one renovation, and how it begins, goes on and ends."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView

from accounts.looks import Look
from accounts.permissions import Permission
from accounts.views.base import ActionFormView, PermissionMixin
from cases.looks import case_look
from cases.views.base import CaseActionView
from cases.views.lists import FilteredListView, Sort
from cases.views.quick import number_of
from housing.actions.renovations import (
    answer_fund,
    begin_renovation,
    edit_renovation,
    finish_renovation,
    open_renovation,
    stop_renovation,
)
from housing.filters.renovations import RenovationFilter
from housing.forms.renovations import (
    FinishForm,
    FundForm,
    RenovationEditForm,
    RenovationForm,
    StopForm,
)
from housing.models import FundAnswer, Renovation
from housing.perms import can_lead_renovations, can_work_on_renovation
from housing.renovation_enums import RenovationState
from housing.renovation_reading import fund_of, progress_of, scans_of, shown_lists, shown_supports
from housing.renovation_rules import SupportRules, month_names
from housing.views.agreements import NothingAskedForm


class RenovationListView(FilteredListView):
    """The renovations of the cases one may read."""

    permission = Permission.RENOVATION_READ
    filter_class = RenovationFilter
    template_name = "housing/renovations/list.html"
    title = gettext_lazy("Renovaties")
    sorts = {
        "start": Sort("started_on", gettext_lazy("oudste eerst"), gettext_lazy("nieuwste eerst")),
    }
    default_sort = "-start"

    def visible(self) -> QuerySet[Renovation]:
        """Every renovation the user may see."""
        return Renovation.objects.visible_to(self.request.user)

    def enrich(self, rows: QuerySet[Renovation]) -> QuerySet[Renovation]:
        """With the case, the dwelling and the coach."""
        return rows.select_related("case", "dwelling__building", "coach")

    def subject(self, count: str) -> str:
        """Say how many."""
        return ngettext("%(n)s renovatie", "%(n)s renovaties", number_of(count)) % {"n": count}

    def remarks(self) -> Iterable[str]:
        """Say what else was chosen."""
        fields = self.filterset.form.fields
        yield str(dict(fields["state"].choices)[self.chosen.get("state") or "current"])
        if wanted := self.chosen.get("done_for"):
            yield str(dict(fields["done_for"].choices)[wanted])
        if self.chosen.get("mine"):
            yield _("die ik begeleid")
        if self.chosen.get("late"):
            yield _("waarvan de volgende datum voorbij is")


class RenovationNewView(CaseActionView):
    """A renovation of a case."""

    permission = Permission.RENOVATION_WORK
    form_class = RenovationForm
    title = gettext_lazy("Renovatie opvolgen")
    submit_label = gettext_lazy("Renovatie bewaren")
    done_message = gettext_lazy("De renovatie staat bij het dossier en bij de woning.")

    def may_act(self) -> bool:
        """Who leads renovations."""
        return can_lead_renovations(self.request.user, self.case)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the dwellings of the case, and who leads renovations here."""
        return {**super().get_form_kwargs(), "case": self.case, "user": self.request.user}

    def act(self, form: forms.Form) -> str:
        """Start it."""
        return open_renovation(by=self.request.user, case=self.case, **form.cleaned_data).get_absolute_url()


class RenovationMixin(PermissionMixin):
    """One renovation: 404 outside the user's scope."""

    permission = Permission.RENOVATION_READ
    renovation: Renovation

    def load(self, **kwargs: Any) -> None:
        """Find it."""
        rows = Renovation.objects.visible_to(self.request.user).select_related(
            "case__neighbourhood", "dwelling__building", "coach"
        )
        self.renovation = get_object_or_404(rows, pk=kwargs["pk"])

    def looks(self) -> Iterable[Look]:
        """The case that it belongs to."""
        return [case_look(self.renovation.case)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the page its renovation."""
        return super().get_context_data(renovation=self.renovation, case=self.renovation.case, **kwargs)


class RenovationView(RenovationMixin, TemplateView):
    """One renovation: scans, works with quotes, support, the Noodkoopfonds, progress, and what came of it."""

    template_name = "housing/renovations/renovation.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather it in a fixed number of queries."""
        renovation = self.renovation
        rules = SupportRules.read()
        supports = shown_supports(renovation, rules)
        may_work = can_work_on_renovation(self.request.user, renovation)
        return super().get_context_data(
            scans=scans_of(renovation),
            lists=shown_lists(renovation),
            supports=supports,
            fund=fund_of(renovation, rules, supports),
            progress=progress_of(renovation),
            may_work=may_work,
            may_begin=may_work and renovation.state != RenovationState.RUNNING,
            may_finish=may_work and renovation.state == RenovationState.RUNNING,
            may_stop=may_work and renovation.is_going_on,
            may_visit=renovation.case.is_open
            and self.request.user.access.can(Permission.CASE_WORK, renovation.case.neighbourhood_id),
            **kwargs,
        )


class RenovationFormView(RenovationMixin, ActionFormView):
    """A form about one renovation: 403 for who may only read it."""

    permission = Permission.RENOVATION_WORK

    def load(self, **kwargs: Any) -> None:
        """Find it, and check that one works on it."""
        super().load(**kwargs)
        if not can_work_on_renovation(self.request.user, self.renovation):
            raise PermissionDenied

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Going back leads to the renovation."""
        return super().get_context_data(cancel_url=self.renovation.get_absolute_url(), **kwargs)

    def perform(self, data: dict[str, Any]) -> Any:
        """Call one action with the cleaned data."""
        raise NotImplementedError

    def act(self, form: forms.Form) -> str:
        """Do it and go back to the renovation."""
        self.perform(form.cleaned_data)
        return self.renovation.get_absolute_url()


class RenovationEditView(RenovationFormView):
    """Who leads it, what for, and when we look again."""

    form_class = RenovationEditForm
    title = gettext_lazy("Renovatie bijwerken")
    done_message = gettext_lazy("De renovatie is bewaard.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer who leads renovations here."""
        return {**super().get_form_kwargs(), "case": self.renovation.case}

    def get_initial(self) -> dict[str, Any]:
        """Start from what stands there."""
        names = ("done_for", "goal", "started_on", "next_on", "next_step", "version")
        return {name: getattr(self.renovation, name) for name in names} | {"coach": self.renovation.coach_id}

    def latest_version(self) -> int:
        """The version as it stands now."""
        return Renovation.objects.get(pk=self.renovation.pk).version

    def perform(self, data: dict[str, Any]) -> Renovation:
        """Save it."""
        return edit_renovation(by=self.request.user, renovation=self.renovation, **data)


class RenovationBeginView(RenovationFormView):
    """What was asked begins, what ended goes on."""

    form_class = NothingAskedForm
    done_message = gettext_lazy("De renovatie loopt.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which of the two."""
        is_new = self.renovation.state == RenovationState.ASKED
        return super().get_context_data(
            title=_("Begint de renovatie?") if is_new else _("Gaat de renovatie verder?"),
            submit_label=_("De renovatie begint") if is_new else _("De renovatie gaat verder"),
            **kwargs,
        )

    def perform(self, data: dict[str, Any]) -> Renovation:
        """Begin."""
        return begin_renovation(by=self.request.user, renovation=self.renovation)


class RenovationFinishView(RenovationFormView):
    """The works are done."""

    form_class = FinishForm
    title = gettext_lazy("Renovatie klaar")
    submit_label = gettext_lazy("Resultaat bewaren")
    done_message = gettext_lazy("Het resultaat is bewaard.")

    def get_initial(self) -> dict[str, Any]:
        """The label of the last scan after the works."""
        after = scans_of(self.renovation).after
        return {
            "label_after": after.label if after else self.renovation.label_after,
            "final_cost": self.renovation.final_cost,
            "reached": self.renovation.reached,
        }

    def perform(self, data: dict[str, Any]) -> Renovation:
        """Finish it."""
        return finish_renovation(by=self.request.user, renovation=self.renovation, **data)


class RenovationStopView(RenovationFormView):
    """It doesn't go on."""

    form_class = StopForm
    title = gettext_lazy("Renovatie stopt")
    submit_label = gettext_lazy("Renovatie stoppen")
    done_message = gettext_lazy("De renovatie is gestopt. Wat genoteerd is, blijft staan.")

    def perform(self, data: dict[str, Any]) -> Renovation:
        """Stop it."""
        return stop_renovation(by=self.request.user, renovation=self.renovation, **data)


class FundView(RenovationFormView):
    """The conditions of the Noodkoopfonds."""

    form_class = FundForm
    title = gettext_lazy("Voorwaarden van het Noodkoopfonds")
    submit_label = gettext_lazy("Antwoorden bewaren")
    done_message = gettext_lazy("De antwoorden zijn bewaard.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """With what was answered before."""
        known = FundAnswer.objects.filter(renovation=self.renovation)
        return {**super().get_form_kwargs(), "answers": {row.condition: row for row in known}}

    def get_initial(self) -> dict[str, Any]:
        """The version that is answered on."""
        return {"version": self.renovation.fund_version}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Warn in a month without requests; filling in goes on all the same."""
        today = timezone.localdate()
        rules = SupportRules.read()
        intro = ""
        if rules.is_closed(today):
            intro = _("Het Noodkoopfonds neemt geen aanvragen in %(months)s. Voorbereiden kan wel.") % {
                "months": month_names(rules.closed_months(today))
            }
        return super().get_context_data(intro=intro, **kwargs)

    def latest_version(self) -> int:
        """The version as it stands now."""
        return Renovation.objects.get(pk=self.renovation.pk).fund_version

    def act(self, form: FundForm) -> str:  # type: ignore[override]
        """Keep the answers."""
        answer_fund(
            by=self.request.user,
            renovation=self.renovation,
            version=form.cleaned_data["version"],
            answers=form.answers(),
        )
        return f"{self.renovation.get_absolute_url()}#fund"

"""Stays: given, begun, prolonged, ended; their ledger; and aftercare."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from accounts.looks import Look
from accounts.permissions import Permission
from accounts.views.base import ActionFormView, PermissionMixin
from arsenaal.lib.exports import csv_response, xlsx_response
from arsenaal.lib.uploads import serve
from cases.looks import case_look
from cases.models import RadarEntry
from cases.views.base import CaseActionView
from housing.actions.aftercare import do_aftercare
from housing.actions.rehousing_costs import add_cost, record_recovered, strike_cost
from housing.actions.stays import (
    ask_longer,
    cancel_stay,
    decide_longer,
    end_stay,
    plan_stay,
    start_stay,
)
from housing.agreement_days import add_months
from housing.agreement_enums import AftercareState, RequestState, StayState
from housing.forms.agreements import ReasonForm
from housing.forms.stays import (
    AftercareForm,
    ArrivalForm,
    CostForm,
    LeaveForm,
    LongerDecisionForm,
    LongerForm,
    RecoveredForm,
    StayForm,
)
from housing.ledger import totals_of
from housing.models import AftercareCheck, Agreement, RehousingCost, Stay
from housing.perms import can_do_aftercare, can_house_temporarily, can_work_on_stay
from housing.stay_rules import default_stay_months


class StayNewView(CaseActionView):
    """The family of a case gets a crisis dwelling; the list of suggestions sends one here."""

    permission = Permission.STAY_WORK
    form_class = StayForm
    title = gettext_lazy("Crisiswoning geven")
    submit_label = gettext_lazy("Verblijf bewaren")
    done_message = gettext_lazy("Het verblijf is gepland.")

    def may_act(self) -> bool:
        """Who works with stays."""
        return can_house_temporarily(self.request.user, self.case)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the units of the neighbourhood."""
        return {**super().get_form_kwargs(), "case": self.case}

    def get_initial(self) -> dict[str, Any]:
        """Start from the suggestion that was pressed."""
        found = {"unit": self.request.GET.get("unit", "")[:20]}
        try:
            start = dt.date.fromisoformat(self.request.GET.get("from", ""))
            return found | {
                "from_on": start,
                "until_on": add_months(start, default_stay_months(start)),
            }
        except (ValueError, OverflowError):
            return found

    def act(self, form: forms.Form) -> str:
        """Give it."""
        return plan_stay(by=self.request.user, case=self.case, **form.cleaned_data).get_absolute_url()


class StayMixin(PermissionMixin):
    """One stay: 404 outside the user's scope."""

    permission = Permission.STAY_READ
    stay: Stay

    def load(self, **kwargs: Any) -> None:
        """Find it."""
        stays = Stay.objects.visible_to(self.request.user).select_related(
            "case__household",
            "case__neighbourhood",
            "period__crisis_dwelling__dwelling__building",
            "period__crisis_dwelling__operator",
            "came_from__dwelling__building",
            "made_by",
        )
        self.stay = get_object_or_404(stays, pk=kwargs["pk"])

    def looks(self) -> Iterable[Look]:
        """The case that stays there."""
        return [case_look(self.stay.case)]

    @property
    def may_work(self) -> bool:
        """Tell whether this user works on it."""
        return can_work_on_stay(self.request.user, self.stay)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the page its stay."""
        return super().get_context_data(stay=self.stay, case=self.stay.case, **kwargs)


class StayView(StayMixin, TemplateView):
    """One stay: where, until when, what was asked and decided, what it costs, and the aftercare."""

    template_name = "housing/stays/stay.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather it in a fixed number of queries."""
        stay, today = self.stay, timezone.localdate()
        extensions = list(
            stay.extensions.select_related("asked_by", "decided_by").order_by("-asked_at", "-pk")
        )
        asked = next((one for one in extensions if one.state == RequestState.ASKED), None)
        costs = list(stay.costs.select_related("proof", "added_by").order_by("spent_on", "pk"))
        checks = list(stay.aftercare.select_related("done_by", "radar_entry").order_by("due_on", "pk"))
        radar = RadarEntry.objects.visible_to(self.request.user).filter(
            pk__in=[check.radar_entry_id for check in checks if check.radar_entry_id]
        )
        seen = set(radar.values_list("pk", flat=True))
        is_case_open = stay.case.is_open
        is_going_on = stay.state in (StayState.PLANNED, StayState.RUNNING)
        totals = totals_of(costs)
        return super().get_context_data(
            extensions=extensions,
            asked=asked,
            costs=costs,
            totals=totals,
            checks=[
                {
                    "check": check,
                    "is_late": check.state == AftercareState.PLANNED and check.due_on < today,
                    "sees_radar": check.radar_entry_id in seen,
                }
                for check in checks
            ],
            is_overdue=is_going_on and stay.period.until_on < today,
            may_work=self.may_work,
            may_start=self.may_work and is_case_open and stay.state == StayState.PLANNED,
            may_end=self.may_work and is_case_open and stay.state == StayState.RUNNING,
            may_ask=self.may_work and is_case_open and is_going_on and asked is None,
            may_decide=self.may_work and is_case_open and asked is not None,
            may_check=can_do_aftercare(self.request.user, stay.case.neighbourhood_id),
            **kwargs,
        )


class StayFormView(StayMixin, ActionFormView):
    """A form about one stay."""

    permission = Permission.STAY_WORK

    def load(self, **kwargs: Any) -> None:
        """Find it, and check that one works with stays."""
        super().load(**kwargs)
        if not self.may_work:
            raise PermissionDenied

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Going back leads to the stay."""
        return super().get_context_data(cancel_url=self.stay.get_absolute_url(), **kwargs)

    def perform(self, data: dict[str, Any]) -> Any:
        """Call one action with the cleaned data."""
        raise NotImplementedError

    def act(self, form: forms.Form) -> str:
        """Do it and go back to the stay."""
        self.perform(form.cleaned_data)
        return self.stay.get_absolute_url()


class StayStartView(StayFormView):
    """They arrived."""

    form_class = ArrivalForm
    title = gettext_lazy("Aangekomen")
    submit_label = gettext_lazy("Aankomst bewaren")
    done_message = gettext_lazy("Het gezin woont nu in de crisiswoning.")

    def get_initial(self) -> dict[str, Any]:
        """The planned day, or today when that still has to come."""
        return {"arrived_on": min(self.stay.period.from_on, timezone.localdate())}

    def perform(self, data: dict[str, Any]) -> Any:
        """Begin it."""
        return start_stay(by=self.request.user, stay=self.stay, **data)


class StayCancelView(StayFormView):
    """It doesn't happen."""

    form_class = ReasonForm
    title = gettext_lazy("Verblijf gaat niet door")
    done_message = gettext_lazy("De crisiswoning is weer vrij.")

    def perform(self, data: dict[str, Any]) -> Any:
        """Call it off."""
        return cancel_stay(by=self.request.user, stay=self.stay, **data)


class StayEndView(StayFormView):
    """They left."""

    form_class = LeaveForm
    title = gettext_lazy("Vertrokken uit de crisiswoning")
    submit_label = gettext_lazy("Vertrek bewaren")
    done_message = gettext_lazy("Het verblijf is afgelopen. De nazorg staat gepland na 3, 6 en 12 maanden.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Returning needs somewhere to return to."""
        return {**super().get_form_kwargs(), "stay": self.stay}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say where they would return to."""
        before = self.stay.came_from
        intro = _("Keren ze terug, dan wonen ze weer in %(where)s, met dezelfde voorwaarden als voordien.")
        return super().get_context_data(intro=intro % {"where": before.dwelling} if before else "", **kwargs)

    def perform(self, data: dict[str, Any]) -> Any:
        """End it."""
        return end_stay(by=self.request.user, stay=self.stay, **data)


class StayLongerView(StayFormView):
    """A longer stay is asked."""

    form_class = LongerForm
    title = gettext_lazy("Verlenging vragen")
    submit_label = gettext_lazy("Verlenging vragen")
    done_message = gettext_lazy("De verlenging is gevraagd. Iemand moet ze nog toekennen.")

    def perform(self, data: dict[str, Any]) -> Any:
        """Ask."""
        return ask_longer(by=self.request.user, stay=self.stay, **data)


class StayLongerDecideView(StayFormView):
    """A longer stay is granted or refused."""

    form_class = LongerDecisionForm
    title = gettext_lazy("Beslissen over de verlenging")
    submit_label = gettext_lazy("Beslissing bewaren")
    done_message = gettext_lazy("De beslissing is bewaard.")

    def load(self, **kwargs: Any) -> None:
        """Find what was asked."""
        super().load(**kwargs)
        extensions = self.stay.extensions.select_related("stay__case")
        self.extension = get_object_or_404(extensions, pk=kwargs["extension"])

    def get_form(self, form_class: Any = None) -> forms.Form:
        """Only a case with an agreement has days to move."""
        form = super().get_form(form_class)
        if not Agreement.objects.live().filter(case=self.stay.case).exists():
            del form.fields["moves_agreement"]
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what was asked."""
        return super().get_context_data(intro=self.extension.asked_label, **kwargs)

    def perform(self, data: dict[str, Any]) -> Any:
        """Decide."""
        return decide_longer(
            by=self.request.user,
            extension=self.extension,
            is_granted=data["decision"] == "yes",
            note=data["note"],
            moves_agreement=data.get("moves_agreement", False),
        )


class CostNewView(StayFormView):
    """A line of the ledger."""

    form_class = CostForm
    title = gettext_lazy("Kost toevoegen")
    submit_label = gettext_lazy("Kost bewaren")
    done_message = gettext_lazy("De kost staat in het kasboek.")

    def perform(self, data: dict[str, Any]) -> Any:
        """Add it."""
        return add_cost(by=self.request.user, stay=self.stay, upload=data.pop("file"), **data)


class OneCostView(StayFormView):
    """A form about one line of the ledger."""

    def load(self, **kwargs: Any) -> None:
        """Find the line."""
        super().load(**kwargs)
        self.cost = get_object_or_404(self.stay.costs.select_related("case"), pk=kwargs["cost"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which."""
        return super().get_context_data(intro=f"{self.cost.description}: {self.cost.amount_label}", **kwargs)


class CostStrikeView(OneCostView):
    """A mistake."""

    form_class = ReasonForm
    title = gettext_lazy("Kost schrappen")
    submit_label = gettext_lazy("Schrappen")
    done_message = gettext_lazy("De kost is geschrapt en telt niet meer mee.")

    def perform(self, data: dict[str, Any]) -> Any:
        """Strike it out."""
        return strike_cost(by=self.request.user, cost=self.cost, **data)


class CostRecoveredView(OneCostView):
    """Money that came back."""

    form_class = RecoveredForm
    title = gettext_lazy("Teruggekregen")
    done_message = gettext_lazy("Dat is genoteerd.")

    def perform(self, data: dict[str, Any]) -> Any:
        """Write it down."""
        return record_recovered(by=self.request.user, cost=self.cost, **data)


class CostExportView(StayMixin):
    """The ledger as a file, with its totals."""

    permission = Permission.STAY_WORK

    def load(self, **kwargs: Any) -> None:
        """Find the stay; the ledger leaves with who keeps it."""
        super().load(**kwargs)
        if not self.may_work:
            raise PermissionDenied

    def get(self, request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
        """Send it, of the kinds that we make."""
        if kind not in ("csv", "xlsx"):
            raise Http404
        costs = list(self.stay.costs.select_related("added_by", "proof").order_by("spent_on", "pk"))
        headers = [
            _("datum"),
            _("soort kost"),
            _("waarvoor"),
            _("bedrag"),
            _("terug te vorderen"),
            _("teruggekregen"),
            _("teruggekregen op"),
            _("bewijs"),
            _("opmerking"),
            _("door"),
        ]
        lines = [*map(_line, costs), *_sums(costs)]
        name = f"kosten-herhuisvesting-{slugify(self.stay.case.number)}"
        return (xlsx_response if kind == "xlsx" else csv_response)(name, headers, lines)


def _line(cost: RehousingCost) -> list[Any]:
    return [
        cost.spent_on,
        str(cost.get_category_display()),
        cost.description,
        cost.amount,
        _("ja") if cost.is_recoverable else _("nee"),
        cost.recovered,
        cost.recovered_on,
        _("ja") if cost.proof_id else _("nee"),
        _("geschrapt") if cost.is_struck else "",
        str(cost.added_by),
    ]


def _sums(costs: list[RehousingCost]) -> list[list[Any]]:
    totals = totals_of(costs)
    return [
        ["", "", _("totaal"), totals.spent, "", totals.recovered, "", "", "", ""],
        ["", "", _("terug te vorderen"), totals.recoverable, "", "", "", "", "", ""],
        ["", "", _("nog terug te krijgen"), totals.outstanding, "", "", "", "", "", ""],
    ]


class CostProofView(StayMixin):
    """The proof of a line of the ledger."""

    def load(self, **kwargs: Any) -> None:
        """Find it."""
        super().load(**kwargs)
        cost = get_object_or_404(
            self.stay.costs.filter(proof__isnull=False).select_related("proof"), pk=kwargs["cost"]
        )
        self.file = cost.proof

    def get(self, request: HttpRequest, pk: int, cost: int) -> HttpResponse:
        """Send it."""
        return serve(self.file.file, content_type=self.file.content_type, filename=self.file.download_name)


class AftercareDoneView(ActionFormView):
    """How it is with the family some months later."""

    permission = Permission.EVIDENCE_RECORD
    form_class = AftercareForm
    submit_label = gettext_lazy("Nazorg bewaren")
    done_message = gettext_lazy("De nazorg is bewaard.")

    def load(self, **kwargs: Any) -> None:
        """Find it, and check who asks."""
        checks = AftercareCheck.objects.visible_to(self.request.user).select_related(
            "case__household", "case__neighbourhood", "stay"
        )
        self.check = get_object_or_404(checks, pk=kwargs["pk"])
        if not can_do_aftercare(self.request.user, self.check.case.neighbourhood_id):
            raise PermissionDenied

    def looks(self) -> Iterable[Look]:
        """The case that is looked after."""
        return [case_look(self.check.case)]

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form knows what it could be evidence of."""
        return {**super().get_form_kwargs(), "user": self.request.user, "check": self.check}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Going back leads to the case."""
        return super().get_context_data(
            title=_("Nazorg na %(n)d maanden") % {"n": self.check.months},
            case=self.check.case,
            cancel_url=self.check.stay.get_absolute_url(),
            **kwargs,
        )

    def act(self, form: forms.Form) -> str:
        """Write it down."""
        do_aftercare(by=self.request.user, check=self.check, **form.cleaned_data)
        return self.check.stay.get_absolute_url()

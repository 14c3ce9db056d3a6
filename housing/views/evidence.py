"""The evidence ledger and the rent of one case: for the lawyers, and for who adds evidence there."""

import datetime as dt
import uuid as uuids
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from accounts.models import User
from accounts.permissions import Permission
from arsenaal.lib.uploads import serve
from arsenaal.lib.wall import beyond_wall
from cases.views.base import CaseActionView, CaseMixin
from housing.actions.evidence import add_evidence, add_rent_overview, withdraw_line
from housing.actions.rent import add_charge_claim, add_indexation, record_months, save_lease
from housing.forms.legal import EvidenceForm
from housing.forms.rent import (
    ChargeClaimForm,
    IndexationForm,
    LeaseForm,
    MonthsForm,
    WithdrawForm,
    last_month,
)
from housing.models import ChargeClaim, Evidence, Indexation, Lease, LedgerRow, Occupancy, RentPayment
from housing.perms import can_add_evidence, can_read_evidence, evidence_open_to
from housing.rent_reading import MONTHS_BACK, RentSheet, add_months, rent_checks

LINES: dict[str, type[LedgerRow]] = {
    "evidence": Evidence,
    "month": RentPayment,
    "charges": ChargeClaim,
    "indexation": Indexation,
}


class EvidencePage(CaseMixin):
    """A page about evidence of one case: 404 outside one's cases, 403 for who adds none in this neighbourhood."""

    permission = Permission.EVIDENCE_ADD

    def load(self, **kwargs: Any) -> None:
        """Find the case and check the permission there."""
        super().load(**kwargs)
        if not self.request.user.access.can(Permission.EVIDENCE_ADD, self.case.neighbourhood_id):
            raise PermissionDenied


@dataclass(frozen=True)
class ClosedEvidence:
    """A piece that this reader may not read: that it is there, from which discipline and since when. No more."""

    discipline: str
    recorded_at: dt.datetime
    is_standing: bool


class CaseEvidenceView(EvidencePage, TemplateView):
    """Everything that is there: rent with its checks, and the ledger as far as one may read it."""

    template_name = "housing/legal/evidence.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What another colleague of the care side added stays closed."""
        sheet = RentSheet.of(self.case)
        return super().get_context_data(
            sheet=sheet,
            checks=rent_checks(sheet) if self.case.household_id else [],
            ledger=self._ledger(),
            may_add=can_add_evidence(self.request.user, self.case),
            is_block=self.case.household_id is None,
            **kwargs,
        )

    def _ledger(self) -> list[dict[str, Any]]:
        """Return the pieces in their order. The words of what is closed are not even asked."""
        rows = Evidence.objects.filter(case=self.case)
        with beyond_wall("that a colleague added evidence, of which discipline and when: none of its words"):
            lines = list(
                rows.order_by("-about_on", "-pk").values_list(
                    "pk", "recorded_by_id", "recorded_at", "withdrawn_at"
                )
            )
        readable = rows.filter(evidence_open_to(self.request.user, self.case))
        found = readable.select_related("recorded_by", "withdrawn_by").in_bulk()
        disciplines = self._disciplines({by for pk, by, *_moments in lines if pk not in found})
        return [
            {"is_open": True, "evidence": found[pk]}
            if pk in found
            else {
                "is_open": False,
                "evidence": ClosedEvidence(disciplines[by], recorded_at, withdrawn_at is None),
            }
            for pk, by, recorded_at, withdrawn_at in lines
        ]

    def _disciplines(self, users: set[int]) -> dict[int, str]:
        hood = self.case.neighbourhood_id
        return {
            pk: user.access.role_label(hood) or _("een collega")
            for pk, user in User.objects.in_bulk(users).items()
        }


class EvidenceFormView(CaseActionView):
    """A form that adds to the evidence of a case."""

    permission = Permission.EVIDENCE_ADD

    def may_act(self) -> bool:
        """Who adds evidence in this case."""
        return can_add_evidence(self.request.user, self.case)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Going back leads to the evidence."""
        context = super().get_context_data(**kwargs)
        context["cancel_url"] = self.back()
        return context

    def back(self) -> str:
        """Return the page with the evidence of this case."""
        return reverse("housing:case-evidence", args=[self.case.number])


class RentFormView(EvidenceFormView):
    """A form about rent: only a household pays any."""

    def load(self, **kwargs: Any) -> None:
        """404 for a block."""
        super().load(**kwargs)
        if self.case.household_id is None:
            raise Http404


class EvidenceNewView(EvidenceFormView):
    """Add a file or a text."""

    form_class = EvidenceForm
    title = gettext_lazy("Bewijs toevoegen")
    submit_label = gettext_lazy("Bewijs bewaren")
    done_message = gettext_lazy("Het bewijs is bewaard, met tijd en vingerafdruk.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say who will read it."""
        intro = _("Alleen jij en de jurist lezen dit. Het komt pas in een bundel als het gezin dat wil.")
        return super().get_context_data(intro=intro, **kwargs)

    def act(self, form: forms.Form) -> str:
        """Take it in."""
        data = dict(form.cleaned_data)
        add_evidence(by=self.request.user, case=self.case, upload=data.pop("file"), **data)
        return self.back()


class EvidenceFileView(EvidencePage):
    """The file itself."""

    def get(self, request: HttpRequest, number: str, uuid: uuids.UUID) -> HttpResponse:
        """Send it to who may read it."""
        evidence = get_object_or_404(
            Evidence.objects.filter(case=self.case).exclude(file="").select_related("case"), uuid=uuid
        )
        if not can_read_evidence(request.user, evidence):
            raise PermissionDenied
        extension = "jpg" if evidence.is_picture else "pdf"
        return serve(evidence.file, content_type=evidence.file_type, filename=f"{evidence.title}.{extension}")


class RentOverviewView(RentFormView):
    """Freeze what was paid as a piece of evidence."""

    form_class = forms.Form
    title = gettext_lazy("Van de huur een bewijsstuk maken?")
    submit_label = gettext_lazy("Bewijsstuk maken")
    done_message = gettext_lazy("Het overzicht van de huur staat nu bij het bewijs, zoals het vandaag is.")

    def act(self, form: forms.Form) -> str:
        """Make it."""
        add_rent_overview(by=self.request.user, case=self.case)
        return self.back()


class LineWithdrawView(EvidenceFormView):
    """Withdraw a line with a reason."""

    form_class = WithdrawForm
    title = gettext_lazy("Regel intrekken?")
    submit_label = gettext_lazy("Intrekken")
    done_message = gettext_lazy("Ingetrokken. De regel blijft leesbaar, maar telt niet meer mee.")

    def load(self, **kwargs: Any) -> None:
        """Find the line; a piece of evidence that one may not read isn't one's to withdraw."""
        super().load(**kwargs)
        lines = LINES[kwargs["kind"]]._default_manager.filter(case=self.case, withdrawn_at__isnull=True)
        self.line = get_object_or_404(lines.select_related("case"), pk=kwargs["pk"])
        if isinstance(self.line, Evidence) and not can_read_evidence(self.request.user, self.line):
            raise PermissionDenied

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the line."""
        name = str(self.line) if isinstance(self.line, Evidence) else str(self.line._meta.verbose_name)
        return super().get_context_data(intro=name.capitalize() if name.islower() else name, **kwargs)

    def act(self, form: forms.Form) -> str:
        """Withdraw it."""
        withdraw_line(by=self.request.user, line=self.line, reason=form.cleaned_data["reason"])
        return self.back()


class RentMonthsView(RentFormView):
    """Twelve months of rent on one screen."""

    template_name = "housing/legal/months.html"
    form_class = MonthsForm
    title = gettext_lazy("Betaalde huur")
    submit_label = gettext_lazy("Huur bewaren")
    done_message = gettext_lazy("De betaalde huur is bewaard.")

    def load(self, **kwargs: Any) -> None:
        """Find the case and which months are asked."""
        super().load(**kwargs)
        self.last = last_month(self.request.GET.get("until", ""))

    def get_form_kwargs(self) -> dict[str, Any]:
        """What is known already, and what is usually asked: last time, by the lease, or as it was recorded there."""
        lease = Lease.objects.filter(case=self.case).first()
        living = Occupancy.objects.filter(household=self.case.household_id).order_by("-from_on").first()
        standing = list(RentPayment.objects.standing().filter(case=self.case).order_by("month"))
        usual = (
            (standing[-1].due if standing else None)
            or (lease.rent if lease else None)
            or (living.rent if living else None)
        )
        return {**super().get_form_kwargs(), "last": self.last, "standing": standing, "usual": usual}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Lead to the year before and after."""
        return super().get_context_data(
            earlier=f"{add_months(self.last, -MONTHS_BACK):%Y-%m}",
            later=f"{add_months(self.last, MONTHS_BACK):%Y-%m}" if self.last < last_month("") else "",
            **kwargs,
        )

    def act(self, form: forms.Form) -> str:
        """Write it down."""
        record_months(
            by=self.request.user,
            case=self.case,
            entries=form.entries,
            reason=form.cleaned_data["reason"],
        )
        return self.back()


class LeaseView(RentFormView):
    """What the lease says."""

    form_class = LeaseForm
    title = gettext_lazy("Wat staat er in het huurcontract?")
    done_message = gettext_lazy("Het huurcontract is bewaard.")

    def get_initial(self) -> dict[str, Any]:
        """Start from what stands there."""
        return LeaseForm.initial_of(Lease.objects.filter(case=self.case).first())

    def latest_version(self) -> int | None:
        """Return the version as it stands now."""
        return Lease.objects.values_list("version", flat=True).get(case=self.case)

    def act(self, form: forms.Form) -> str:
        """Save it."""
        save_lease(by=self.request.user, case=self.case, **form.cleaned_data)
        return self.back()


class ChargeClaimNewView(RentFormView):
    """Costs that the landlord asked for."""

    form_class = ChargeClaimForm
    title = gettext_lazy("Gevraagde kosten")
    done_message = gettext_lazy("De kosten zijn bewaard.")

    def act(self, form: forms.Form) -> str:
        """Write it down."""
        add_charge_claim(by=self.request.user, case=self.case, **form.cleaned_data)
        return self.back()


class IndexationNewView(RentFormView):
    """The rent was put up."""

    form_class = IndexationForm
    title = gettext_lazy("Indexatie")
    done_message = gettext_lazy("De indexatie is bewaard.")

    def act(self, form: forms.Form) -> str:
        """Write it down."""
        add_indexation(by=self.request.user, case=self.case, **form.cleaned_data)
        return self.back()

"""Reports: the list, asking for one, watching it being made, reading it, taking it along."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View

from accounts.looks import Look, LookKind, Subject
from accounts.permissions import Permission
from accounts.views.base import ActionFormView, PermissionMixin
from arsenaal.lib.charts import with_font
from cases.neighbourhoods import neighbourhoods_where
from cases.views.lists import FilteredListView, Sort
from reporting.actions.request_report import request_report
from reporting.actions.retry_report import retry_report
from reporting.enums import ReportState
from reporting.filters import ReportFilter
from reporting.forms import ReportForm
from reporting.models import Report
from reporting.pdf import file_name
from reporting.perms import can_make_report, can_retry_report


class ReportListView(FilteredListView):
    """The reports of the neighbourhoods of which one may read the figures."""

    permission = Permission.MEASURE_READ
    template_name = "reporting/report_list.html"
    title = gettext_lazy("Rapporten")
    filter_class = ReportFilter
    sorts = {"new": Sort("requested_at", gettext_lazy("oudste eerst"), gettext_lazy("nieuwste eerst"))}
    default_sort = "-new"

    def filter_kwargs(self) -> dict[str, Any]:
        """The filter offers a choice of neighbourhood to who has several."""
        return {"neighbourhoods": neighbourhoods_where(self.request.user, Permission.MEASURE_READ)}

    def visible(self) -> QuerySet[Report]:
        """The reports the user may read, without their heavy content."""
        return Report.objects.visible_to(self.request.user).defer("snapshot")

    def enrich(self, rows: QuerySet[Report]) -> QuerySet[Report]:
        """Each row shows where and by whom."""
        return rows.select_related("neighbourhood", "requested_by")

    def subject(self, count: str) -> str:
        """Say how many."""
        return _("1 rapport") if count == "1" else _("%(n)s rapporten") % {"n": count}

    def remarks(self) -> Iterable[str]:
        """Say what was chosen."""
        if "state" in self.chosen:
            yield str(ReportState(self.chosen["state"]).label)
        if "neighbourhood" in self.chosen:
            yield str(self.chosen["neighbourhood"])


class ReportNewView(ActionFormView):
    """Ask for a report."""

    permission = Permission.REPORT_MAKE
    form_class = ReportForm
    title = gettext_lazy("Rapport maken")
    submit_label = gettext_lazy("Rapport maken")

    def get_form_kwargs(self) -> dict[str, Any]:
        """The neighbourhoods over which one may."""
        neighbourhoods = neighbourhoods_where(self.request.user, Permission.REPORT_MAKE)
        return {**super().get_form_kwargs(), "neighbourhoods": neighbourhoods}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what happens next."""
        intro = _(
            "Het rapport wordt op de achtergrond gemaakt. Je ziet hoever het staat, en je mag ondertussen weg."
        )
        return super().get_context_data(intro=intro, cancel_url=reverse("reporting:report-list"), **kwargs)

    def act(self, form: forms.Form) -> str:
        """Ask, and go and watch."""
        data = form.cleaned_data
        report = request_report(
            by=self.request.user,
            neighbourhood=data["neighbourhood"],
            period_start=data["period_start"],
            period_end=data["period_end"],
        )
        return report.get_absolute_url()


class ReportMixin(PermissionMixin):
    """A page of one report: 404 outside the user's scope."""

    permission = Permission.MEASURE_READ
    subject = Subject.REPORT
    look_kind = LookKind.OPENED
    report: Report

    def load(self, **kwargs: Any) -> None:
        """Find the report."""
        reports = Report.objects.visible_to(self.request.user).select_related("neighbourhood", "requested_by")
        self.report = get_object_or_404(reports, uuid=kwargs["uuid"])

    def looks(self) -> Iterable[Look]:
        """The report."""
        return [
            Look(
                self.look_kind,
                Subject.REPORT,
                subject_id=self.report.pk,
                label=str(self.report.pk),
                neighbourhood_id=self.report.neighbourhood_id,
            )
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the page its report, and whether the user may try again or make another."""
        return super().get_context_data(  # type: ignore[misc]
            report=self.report,
            may_retry=can_retry_report(self.request.user, self.report),
            may_make=can_make_report(self.request.user, self.report.neighbourhood),
            **kwargs,
        )


class ReportView(ReportMixin, TemplateView):
    """The report: how far it is, or what it says."""

    template_name = "reporting/report.html"


class ReportProgressView(ReportMixin, TemplateView):
    """How far it is, fetched every two seconds while it is being made."""

    template_name = "reporting/_progress.html"

    def looks(self) -> Iterable[Look]:
        """The page itself was kept; asking every two seconds how far it is tells nothing more."""
        return []

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Once there is nothing left to wait for, have the whole page shown."""
        if not request.htmx:
            raise Http404
        response = super().get(request, *args, **kwargs)
        if not self.report.is_unfinished:
            response["HX-Refresh"] = "true"
        response["Cache-Control"] = "no-store"
        return response


class DoneReportMixin(ReportMixin):
    """What only exists once the report is done."""

    def load(self, **kwargs: Any) -> None:
        """404 as long as it isn't done."""
        super().load(**kwargs)
        if self.report.state != ReportState.DONE:
            raise Http404


class ReportChartView(DoneReportMixin, View):
    """One chart of the snapshot, as a picture."""

    def looks(self) -> Iterable[Look]:
        """A chart is a piece of the page, which was kept."""
        return []

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Send the SVG with its font inside."""
        for section in self.report.snapshot["sections"]:
            if section["code"] == kwargs["code"] and section["chart"]:
                response = HttpResponse(with_font(section["chart"]["svg"]), content_type="image/svg+xml")
                patch_cache_control(response, private=True, max_age=3600)
                return response
        raise Http404


class ReportPdfView(DoneReportMixin, View):
    """The PDF, kept nowhere on the way."""

    look_kind = LookKind.PRINTED

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Send the file."""
        response = FileResponse(
            self.report.pdf.open(),
            as_attachment=True,
            filename=file_name(self.report.snapshot),
            content_type="application/pdf",
        )
        response["Cache-Control"] = "private, no-store"
        return response


class ReportRetryView(ReportMixin, ActionFormView):
    """Have a report that failed made once more."""

    permission = Permission.MEASURE_READ
    form_class = forms.Form
    title = gettext_lazy("Opnieuw proberen")
    submit_label = gettext_lazy("Opnieuw proberen")

    def load(self, **kwargs: Any) -> None:
        """Only for who makes reports."""
        super().load(**kwargs)
        if not can_retry_report(self.request.user, self.report):
            raise PermissionDenied

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which report it is about."""
        return super().get_context_data(
            intro=self.report.title, cancel_url=self.report.get_absolute_url(), **kwargs
        )

    def act(self, form: forms.Form) -> str:
        """Ask again, and go and watch."""
        return retry_report(by=self.request.user, report=self.report).get_absolute_url()

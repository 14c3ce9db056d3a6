"""Addresses of this package."""

from django.urls import path

from reporting.views.reports import (
    ReportChartView,
    ReportListView,
    ReportNewView,
    ReportPdfView,
    ReportProgressView,
    ReportRetryView,
    ReportView,
)

app_name = "reporting"

urlpatterns = [
    path("", ReportListView.as_view(), name="report-list"),
    path("new/", ReportNewView.as_view(), name="report-new"),
    path("<uuid:uuid>/", ReportView.as_view(), name="report"),
    path("<uuid:uuid>/progress/", ReportProgressView.as_view(), name="report-progress"),
    path("<uuid:uuid>/charts/<slug:code>.svg", ReportChartView.as_view(), name="report-chart"),
    path("<uuid:uuid>/pdf/", ReportPdfView.as_view(), name="report-pdf"),
    path("<uuid:uuid>/retry/", ReportRetryView.as_view(), name="report-retry"),
]

"""Addresses of the tenant track."""

from django.urls import path

from housing.views import tenancy, tenancy_lines

_of_track = [
    ("", tenancy.TenancyView, "tenancy"),
    ("edit/", tenancy.TenancyEditView, "tenancy-edit"),
    ("arrears.svg", tenancy.ArrearsPictureView, "tenancy-arrears"),
    ("right/<int:line>/inspection/", tenancy_lines.InspectionAskView, "tenancy-inspection"),
    ("fund/<int:line>/conditions/", tenancy_lines.ConditionsView, "tenancy-conditions"),
    ("<str:kind>/new/", tenancy_lines.LineNewView, "tenancy-line-new"),
    ("<str:kind>/<int:line>/edit/", tenancy_lines.LineEditView, "tenancy-line-edit"),
    ("<str:kind>/<int:line>/strike/", tenancy_lines.LineStrikeView, "tenancy-line-strike"),
    ("<str:kind>/<int:line>/restore/", tenancy_lines.LineRestoreView, "tenancy-line-restore"),
    ("<str:kind>/<int:line>/to/<str:to>/", tenancy_lines.StepView, "tenancy-step"),
]

tenancy_urls = [
    path("tenant-support/", tenancy.TenancyListView.as_view(), name="tenancy-list"),
    *(path(f"tenant-support/<int:pk>/{tail}", view.as_view(), name=name) for tail, view, name in _of_track),
    path("cases/<str:number>/tenant-support/new/", tenancy.TenancyNewView.as_view(), name="tenancy-new"),
]

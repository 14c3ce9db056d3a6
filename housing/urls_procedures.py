"""Addresses of procedures, rehousing plans and the tracks of a building."""

from django.urls import path, re_path

from housing.views import procedures, rehousing, tracks

procedure_urls = [
    path("procedures/", procedures.ProcedureListView.as_view(), name="procedure-list"),
    re_path(
        r"^procedures/export\.(?P<kind>csv|xlsx)$",
        procedures.ProcedureExportView.as_view(),
        name="procedure-export",
    ),
    path("procedures/<int:pk>/", procedures.ProcedureView.as_view(), name="procedure"),
    path("procedures/<int:pk>/sheet.pdf", procedures.ProcedureSheetView.as_view(), name="procedure-sheet"),
    path("procedures/<int:pk>/steps/<str:step>/", procedures.StepView.as_view(), name="procedure-step"),
    path(
        "procedures/<int:pk>/terms/<int:term>/pause/",
        procedures.TermPauseView.as_view(),
        name="procedure-term-pause",
    ),
    path(
        "procedures/<int:pk>/terms/<int:term>/resume/",
        procedures.TermResumeView.as_view(),
        name="procedure-term-resume",
    ),
    path(
        "procedures/<int:pk>/certificates/<int:certificate>/lapse/",
        procedures.CertificateLapseView.as_view(),
        name="certificate-lapse",
    ),
    path("rehousing/<int:part>/<int:household>/", rehousing.RehousingView.as_view(), name="rehousing-plan"),
    path("buildings/<int:pk>/procedures/new/", procedures.ProcedureNewView.as_view(), name="procedure-new"),
    path("buildings/<int:pk>/tracks/new/", tracks.TrackNewView.as_view(), name="track-new"),
    path("tracks/<int:pk>/", tracks.TrackView.as_view(), name="track"),
    path("tracks/<int:pk>/edit/", tracks.TrackEditView.as_view(), name="track-edit"),
]

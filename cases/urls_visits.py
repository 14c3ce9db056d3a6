"""Addresses of home visits, part of those of the spine."""

from django.urls import path

from cases.views.visit import VisitCancelView, VisitCorrectView, VisitMoveView, VisitPlanView, VisitView
from cases.views.visit_drafts import VisitDraftDropView, VisitDraftMoveView, VisitDraftView
from cases.views.visit_form import VisitLogView, VisitNewView
from cases.views.visit_offline import OfflineView, ServiceWorkerView
from cases.views.visit_photos import VisitPhotoAddView, VisitPhotoRemoveView, VisitPhotoView

_VISIT = "cases/<str:number>/visits/<uuid:visit>/"

visit_urls = [
    path("cases/<str:number>/visits/new/", VisitNewView.as_view(), name="visit-new"),
    path("cases/<str:number>/visits/plan/", VisitPlanView.as_view(), name="visit-plan"),
    path(_VISIT, VisitView.as_view(), name="visit"),
    path(f"{_VISIT}log/", VisitLogView.as_view(), name="visit-log"),
    path(f"{_VISIT}move/", VisitMoveView.as_view(), name="visit-move"),
    path(f"{_VISIT}cancel/", VisitCancelView.as_view(), name="visit-cancel"),
    path(f"{_VISIT}correct/", VisitCorrectView.as_view(), name="visit-correct"),
    path(f"{_VISIT}draft/", VisitDraftView.as_view(), name="visit-draft"),
    path(f"{_VISIT}draft/drop/", VisitDraftDropView.as_view(), name="visit-draft-drop"),
    path(f"{_VISIT}draft/move/", VisitDraftMoveView.as_view(), name="visit-draft-move"),
    path(f"{_VISIT}photos/add/", VisitPhotoAddView.as_view(), name="visit-photo-add"),
    path(f"{_VISIT}photos/<uuid:photo>/remove/", VisitPhotoRemoveView.as_view(), name="visit-photo-remove"),
    path("visits/photos/<uuid:photo>/", VisitPhotoView.as_view(), name="visit-photo"),
    path("offline/", OfflineView.as_view(), name="offline"),
    path("sw.js", ServiceWorkerView.as_view(), name="sw"),
]

"""Addresses of the inspections and of the lists behind them."""

from django.urls import path, re_path

from housing.views import inspection_lists as lists
from housing.views import inspection_steps as steps
from housing.views import inspection_work as work
from housing.views import inspections

_ONE = "inspections/<uuid:uuid>/"
_SETUP = "inspections/lists/"

inspection_urls = [
    path("inspections/", inspections.InspectionListView.as_view(), name="inspection-list"),
    re_path(
        r"^inspections/export\.(?P<kind>csv|xlsx)$",
        inspections.InspectionExportView.as_view(),
        name="inspection-export",
    ),
    path(
        "dwellings/<int:pk>/inspections/new/",
        steps.DwellingInspectionNewView.as_view(),
        name="dwelling-inspection-new",
    ),
    path(
        "buildings/<int:pk>/inspections/new/",
        steps.BuildingInspectionNewView.as_view(),
        name="building-inspection-new",
    ),
    path("inspections/photos/<uuid:photo>/", work.DefectPhotoView.as_view(), name="inspection-photo"),
    path(_ONE, inspections.InspectionView.as_view(), name="inspection"),
    path(f"{_ONE}pdf/", inspections.InspectionPdfView.as_view(), name="inspection-pdf"),
    path(f"{_ONE}compare/", inspections.InspectionCompareView.as_view(), name="inspection-compare"),
    path(f"{_ONE}again/", steps.InspectionAgainView.as_view(), name="inspection-again"),
    path(f"{_ONE}start/", steps.InspectionStartView.as_view(), name="inspection-start"),
    path(f"{_ONE}move/", steps.InspectionMoveView.as_view(), name="inspection-move"),
    path(f"{_ONE}cancel/", steps.InspectionCancelView.as_view(), name="inspection-cancel"),
    path(f"{_ONE}facts/", steps.InspectionFactsView.as_view(), name="inspection-facts"),
    path(f"{_ONE}attempts/new/", steps.AccessAttemptView.as_view(), name="inspection-attempt"),
    path(f"{_ONE}notes/new/", steps.InspectorNoteView.as_view(), name="inspection-note"),
    path(f"{_ONE}announce/", steps.AnnounceView.as_view(), name="inspection-announce"),
    path(f"{_ONE}sign/", steps.InspectionFinishView.as_view(), name="inspection-finish"),
    path(f"{_ONE}correct/", steps.InspectionCorrectView.as_view(), name="inspection-correct"),
    path(f"{_ONE}work/", work.InspectionWorkView.as_view(), name="inspection-work"),
    path(f"{_ONE}items/<int:item>/", work.DefectTapView.as_view(), name="inspection-defect"),
    path(f"{_ONE}items/<int:item>/words/", work.DefectDescribeView.as_view(), name="inspection-describe"),
    path(f"{_ONE}items/<int:item>/photos/", work.DefectPhotoAddView.as_view(), name="inspection-photo-add"),
    path(
        f"{_ONE}photos/<uuid:photo>/remove/",
        work.DefectPhotoRemoveView.as_view(),
        name="inspection-photo-remove",
    ),
    path(f"{_ONE}rooms/", work.RoomsView.as_view(), name="inspection-rooms"),
    path(f"{_ONE}rooms/add/", work.RoomAddView.as_view(), name="inspection-room-add"),
    path(f"{_ONE}rooms/new/", work.RoomNewView.as_view(), name="inspection-room-new"),
    path(f"{_ONE}rooms/<uuid:room>/", work.RoomEditView.as_view(), name="inspection-room-edit"),
    path(f"{_ONE}rooms/<uuid:room>/remove/", work.RoomRemoveView.as_view(), name="inspection-room-remove"),
    path(f"{_ONE}smoke/", work.SmokeView.as_view(), name="inspection-smoke"),
    # what an administrator keeps
    path(_SETUP, lists.ListsView.as_view(), name="inspection-lists"),
    path(f"{_SETUP}versions/new/", lists.VersionNewView.as_view(), name="inspection-version-new"),
    path(f"{_SETUP}versions/<int:pk>/", lists.VersionView.as_view(), name="inspection-version"),
    path(f"{_SETUP}versions/<int:pk>/edit/", lists.VersionEditView.as_view(), name="inspection-version-edit"),
    path(f"{_SETUP}versions/<int:pk>/items/new/", lists.ItemNewView.as_view(), name="inspection-item-new"),
    path(
        f"{_SETUP}versions/<int:pk>/items/<int:item>/",
        lists.ItemEditView.as_view(),
        name="inspection-item-edit",
    ),
    path(f"{_SETUP}versions/<int:pk>/import/", lists.ItemImportView.as_view(), name="inspection-import"),
    path(
        f"{_SETUP}versions/<int:pk>/import/<int:file>/",
        lists.ItemImportCheckView.as_view(),
        name="inspection-import-check",
    ),
    path(f"{_SETUP}norms/new/", lists.NormNewView.as_view(), name="inspection-norm-new"),
    path(f"{_SETUP}norms/<int:pk>/remove/", lists.NormRemoveView.as_view(), name="inspection-norm-remove"),
]

"""Addresses of documents, releases, legal grounds and consents."""

from django.urls import path

from cases.views import consents, documents, releases

_of_case = [
    ("documents/new/", documents.DocumentNewView, "document-new"),
    ("documents/<uuid:document>/", documents.DocumentView, "document"),
    ("documents/<uuid:document>/file/", documents.DocumentFileView, "document-file"),
    ("documents/<uuid:document>/correct/", documents.DocumentCorrectView, "document-correct"),
    ("documents/<uuid:document>/remove/", documents.DocumentRemoveView, "document-remove"),
    ("entries/<int:pk>/release/", releases.EntryReleaseView, "entry-release"),
    ("releases/new/", releases.ReleaseFromDayView, "release-new"),
    ("releases/<int:pk>/end/", releases.ReleaseEndView, "release-end"),
    ("consents/sheet.pdf", consents.ConsentSheetView, "consent-sheet"),
    ("consents/<int:pk>/renew/", consents.ConsentRenewView, "consent-renew"),
]

paper_urls = [
    *(path(f"cases/<str:number>/{tail}", view.as_view(), name=name) for tail, view, name in _of_case),
    path("consents/", consents.ConsentListView.as_view(), name="consent-list"),
    path("consents/export/<slug:kind>/", consents.ConsentExportView.as_view(), name="consent-export"),
    path("consents/counts/", consents.ConsentCountsView.as_view(), name="consent-counts"),
    path("legal-grounds/", releases.LegalGroundListView.as_view(), name="legal-grounds"),
    path("legal-grounds/new/", releases.LegalGroundNewView.as_view(), name="legal-ground-new"),
    path("legal-grounds/<int:pk>/", releases.LegalGroundEditView.as_view(), name="legal-ground-edit"),
]

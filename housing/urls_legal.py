"""Addresses of the civil track: legal files, evidence and rent, landlords that are linked."""

from django.urls import path, re_path

from housing.views import evidence, exhibits, landlord_links, legal

urlpatterns = [
    path("legal-files/", legal.LegalFileListView.as_view(), name="legal-file-list"),
    path("legal-files/<int:pk>/", legal.LegalFileView.as_view(), name="legal-file"),
    path("legal-files/<int:pk>/edit/", legal.LegalFileEditView.as_view(), name="legal-file-edit"),
    path("legal-files/<int:pk>/tenants/new/", legal.TenantJoinView.as_view(), name="legal-tenant-join"),
    path(
        "legal-files/<int:pk>/tenants/<int:tenant>/leave/",
        legal.TenantLeaveView.as_view(),
        name="legal-tenant-leave",
    ),
    path(
        "legal-files/<int:pk>/tenants/<int:tenant>/permission/",
        exhibits.PermissionGiveView.as_view(),
        name="exhibit-permission",
    ),
    path("legal-files/<int:pk>/parties/new/", legal.PartyNewView.as_view(), name="legal-party-new"),
    path(
        "legal-files/<int:pk>/parties/<int:party>/remove/",
        legal.PartyRemoveView.as_view(),
        name="legal-party-remove",
    ),
    path("legal-files/<int:pk>/claims/new/", legal.ClaimFormView.as_view(), name="claim-new"),
    path("legal-files/<int:pk>/claims/<int:claim>/", legal.ClaimFormView.as_view(), name="claim-edit"),
    path("legal-files/<int:pk>/dates/new/", legal.CourtDateFormView.as_view(), name="court-date-new"),
    path("legal-files/<int:pk>/dates/<int:date>/", legal.CourtDateFormView.as_view(), name="court-date-edit"),
    path("legal-files/<int:pk>/exhibits/new/", exhibits.ExhibitNewView.as_view(), name="exhibit-new"),
    path(
        "legal-files/<int:pk>/exhibits/<int:exhibit>/remove/",
        exhibits.ExhibitRemoveView.as_view(),
        name="exhibit-remove",
    ),
    path(
        "legal-files/<int:pk>/permissions/<int:permission>/withdraw/",
        exhibits.PermissionWithdrawView.as_view(),
        name="exhibit-permission-withdraw",
    ),
    path("legal-files/<int:pk>/bundles/new/", exhibits.BundleNewView.as_view(), name="bundle-new"),
    path("bundles/<uuid:uuid>/", exhibits.BundleView.as_view(), name="bundle"),
    path("bundles/<uuid:uuid>/progress/", exhibits.BundleProgressView.as_view(), name="bundle-progress"),
    path("bundles/<uuid:uuid>/retry/", exhibits.BundleRetryView.as_view(), name="bundle-retry"),
    path("bundles/<uuid:uuid>/files/<str:kind>/", exhibits.BundleFileView.as_view(), name="bundle-file"),
    path("cases/<str:number>/legal-file/new/", legal.LegalFileNewView.as_view(), name="legal-file-new"),
    path("cases/<str:number>/evidence/", evidence.CaseEvidenceView.as_view(), name="case-evidence"),
    path("cases/<str:number>/evidence/new/", evidence.EvidenceNewView.as_view(), name="evidence-new"),
    path(
        "cases/<str:number>/evidence/files/<uuid:uuid>/",
        evidence.EvidenceFileView.as_view(),
        name="evidence-file",
    ),
    re_path(
        r"^cases/(?P<number>[^/]+)/evidence/(?P<kind>evidence|month|charges|indexation)/(?P<pk>\d{1,18})/withdraw/$",
        evidence.LineWithdrawView.as_view(),
        name="evidence-withdraw",
    ),
    path("cases/<str:number>/rent/", evidence.RentMonthsView.as_view(), name="rent-months"),
    path("cases/<str:number>/rent/lease/", evidence.LeaseView.as_view(), name="lease"),
    path("cases/<str:number>/rent/charges/new/", evidence.ChargeClaimNewView.as_view(), name="charges-new"),
    path(
        "cases/<str:number>/rent/indexations/new/",
        evidence.IndexationNewView.as_view(),
        name="indexation-new",
    ),
    path("cases/<str:number>/rent/overview/", evidence.RentOverviewView.as_view(), name="rent-overview"),
    path(
        "landlords/<int:pk>/links/<int:other>/",
        landlord_links.LandlordLinkView.as_view(),
        name="landlord-link",
    ),
    path(
        "landlords/<int:pk>/links/<int:link>/undo/",
        landlord_links.LandlordUnlinkView.as_view(),
        name="landlord-unlink",
    ),
    path(
        "landlords/<int:pk>/portfolio.svg",
        landlord_links.PortfolioPictureView.as_view(),
        name="landlord-portfolio",
    ),
    path(
        "landlords/<int:pk>/patterns/<str:code>/",
        landlord_links.PatternDismissView.as_view(),
        name="pattern-dismiss",
    ),
    path(
        "landlords/<int:pk>/patterns/<int:verdict>/restore/",
        landlord_links.PatternRestoreView.as_view(),
        name="pattern-restore",
    ),
]

"""Addresses of this package."""

from django.urls import path

from rights.views import exports, requests, retention

app_name = "rights"

urlpatterns = [
    path("people/<int:pk>/rights/", requests.PersonRightsView.as_view(), name="person"),
    path("people/<int:pk>/rights/<slug:kind>/new/", requests.AskView.as_view(), name="ask"),
    path("rights/", requests.RequestListView.as_view(), name="overview"),
    path("rights/<int:pk>/", requests.RequestView.as_view(), name="request"),
    path("rights/<int:pk>/agree/", requests.AgreeView.as_view(), name="agree"),
    path("rights/<int:pk>/finish/", requests.FinishView.as_view(), name="finish"),
    path("rights/<int:pk>/refuse/", requests.RefuseView.as_view(), name="refuse"),
    path("rights/<int:pk>/withdraw/", requests.WithdrawView.as_view(), name="withdraw"),
    path("rights/<int:pk>/extend/", requests.ExtendView.as_view(), name="extend"),
    path("rights/<int:pk>/lift/", requests.LiftView.as_view(), name="lift"),
    path("rights/<int:pk>/retry/", requests.RetryView.as_view(), name="retry"),
    path("rights/<int:pk>/review/", exports.ReviewView.as_view(), name="review"),
    path("rights/<int:pk>/approve/", exports.ApproveExportView.as_view(), name="approve-export"),
    path("rights/<int:pk>/file/<slug:kind>/", requests.ExportFileView.as_view(), name="file"),
    path("retention/", retention.RetentionView.as_view(), name="retention"),
    path("retention/rules/<int:pk>/edit/", retention.RuleEditView.as_view(), name="rule-edit"),
    path("retention/<slug:slug>/rules/", retention.UsualRulesView.as_view(), name="usual-rules"),
    path("retention/<slug:slug>/new/", retention.ListNewView.as_view(), name="list-new"),
    path("retention/lists/<int:pk>/", retention.ListView.as_view(), name="list"),
    path("retention/lists/<int:pk>/lines/<int:line>/", retention.TakeOutView.as_view(), name="take-out"),
    path("retention/lists/<int:pk>/approve/", retention.ApproveListView.as_view(), name="list-approve"),
    path("retention/lists/<int:pk>/withdraw/", retention.WithdrawListView.as_view(), name="list-withdraw"),
    path("retention/lists/<int:pk>/certificate/", retention.CertificateView.as_view(), name="certificate"),
    path("cases/<str:number>/hold/", retention.HoldView.as_view(), name="hold"),
    path("cases/<str:number>/hold/lift/", retention.HoldLiftView.as_view(), name="hold-lift"),
]

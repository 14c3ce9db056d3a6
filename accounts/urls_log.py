"""Addresses of the access log, at the root of the site."""

from django.urls import path

from accounts.views.access_log import (
    AccessLogExportView,
    AccessLogView,
    LookRulesView,
    UnusualListView,
    UnusualView,
)

app_name = "access"

urlpatterns = [
    path("", AccessLogView.as_view(), name="log"),
    path("export/<slug:kind>/", AccessLogExportView.as_view(), name="log-export"),
    path("unusual/", UnusualListView.as_view(), name="unusual-list"),
    path("unusual/<int:pk>/", UnusualView.as_view(), name="unusual"),
    path("rules/<slug:slug>/", LookRulesView.as_view(), name="rules"),
]

"""Addresses of the reference data."""

from django.urls import path

from cases.views.reference import (
    ReferenceCodeView,
    ReferenceConfirmView,
    ReferenceNewView,
    ReferenceView,
)

reference_urls = [
    path("reference/", ReferenceView.as_view(), name="reference"),
    path("reference/<str:code>/", ReferenceCodeView.as_view(), name="reference-code"),
    path("reference/<str:code>/new/", ReferenceNewView.as_view(), name="reference-new"),
    path("reference/<str:code>/<int:pk>/confirm/", ReferenceConfirmView.as_view(), name="reference-confirm"),
]

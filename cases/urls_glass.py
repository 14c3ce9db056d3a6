"""Addresses of emergency access, and of who looked in a case."""

from django.urls import path

from cases.views.break_glass import (
    BreakGlassView,
    ColleagueFamilyView,
    GlassBannerView,
    GlassCloseView,
    GlassListView,
    GlassReviewView,
    GlassView,
)
from cases.views.case_looks import CaseLooksView, LogLooksView, PersonLooksView

glass_urls = [
    path("cases/<str:number>/emergency/", BreakGlassView.as_view(), name="break-glass"),
    path("cases/<str:number>/emergency/clock/", GlassBannerView.as_view(), name="glass-banner"),
    path("cases/<str:number>/emergency/<int:pk>/", GlassView.as_view(), name="glass"),
    path("cases/<str:number>/emergency/<int:pk>/close/", GlassCloseView.as_view(), name="glass-close"),
    path("cases/<str:number>/colleague-family/", ColleagueFamilyView.as_view(), name="case-colleague-family"),
    path("cases/<str:number>/looks/", CaseLooksView.as_view(), name="case-looks"),
    path("people/<int:pk>/looks/", PersonLooksView.as_view(), name="person-looks"),
    path("access-log/cases/<str:number>/", LogLooksView.as_view(), name="log-looks"),
    path("emergency/", GlassListView.as_view(), name="glass-list"),
    path("emergency/<int:pk>/", GlassReviewView.as_view(), name="glass-review"),
]

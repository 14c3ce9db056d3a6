"""Addresses of the drawings of neighbourhoods."""

from django.urls import path

from cases.views.maps import MapDrawingView, MapEditView, MapListView

map_urls = [
    path("maps/", MapListView.as_view(), name="map-list"),
    path("maps/<slug:slug>.json", MapDrawingView.as_view(), name="map-drawing"),
    path("maps/<slug:slug>/edit/", MapEditView.as_view(), name="map-edit"),
]

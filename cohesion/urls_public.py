"""Addresses that everybody may open: /wijk/<neighbourhood>/."""

from django.urls import path

from cohesion.views import public

app_name = "wijk"

urlpatterns = [
    path("<slug:slug>/", public.NeighbourhoodView.as_view(), name="neighbourhood"),
    path("<slug:slug>/transitiehub.ics", public.HubFeedView.as_view(), name="feed"),
    path("<slug:slug>/affiche/<int:year>-<int:month>.pdf", public.PublicPosterView.as_view(), name="poster"),
]

"""Addresses that everybody may open: /wijk/<neighbourhood>/."""

from django.urls import path

from cohesion.views import public, public_places

app_name = "wijk"

urlpatterns = [
    path("<slug:slug>/", public.NeighbourhoodView.as_view(), name="neighbourhood"),
    path("<slug:slug>/transitiehub.ics", public.HubFeedView.as_view(), name="feed"),
    path("<slug:slug>/affiche/<int:year>-<int:month>.pdf", public.PublicPosterView.as_view(), name="poster"),
    path("<slug:slug>/plekken/", public_places.PublicPlacesView.as_view(), name="places"),
    path("<slug:slug>/plekken.json", public_places.PublicPointsView.as_view(), name="places-points"),
    path("<slug:slug>/kaart.json", public_places.PublicDrawingView.as_view(), name="drawing"),
    path(
        "<slug:slug>/foto/<slug:kind>/<uuid:uuid>-<slug:size>.jpg",
        public_places.PublicPhotoView.as_view(),
        name="photo",
    ),
]

"""Addresses that everybody may open: /wijk/<neighbourhood>/."""

from django.urls import path

from cohesion.views import public, public_surveys

app_name = "wijk"

urlpatterns = [
    path("<slug:slug>/", public.NeighbourhoodView.as_view(), name="neighbourhood"),
    path("<slug:slug>/transitiehub.ics", public.HubFeedView.as_view(), name="feed"),
    path("<slug:slug>/affiche/<int:year>-<int:month>.pdf", public.PublicPosterView.as_view(), name="poster"),
    path("<slug:slug>/vragen/", public_surveys.QuestionsView.as_view(), name="questions"),
    path("<slug:slug>/vragen/tablet/<str:secret>/", public_surveys.TabletView.as_view(), name="tablet"),
    path("<slug:slug>/vragen/<str:code>/", public_surveys.AnswerView.as_view(), name="answer"),
]

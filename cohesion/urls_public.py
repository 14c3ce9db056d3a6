"""Addresses that everybody may open: /wijk/<neighbourhood>/."""

from django.urls import path

from cohesion.views import budget_public, public, public_places, public_stories, public_surveys

app_name = "wijk"

_budget = [
    ("", budget_public.BudgetPageView, "budget"),
    ("project/<int:pk>/", budget_public.ProjectPageView, "budget-project"),
    ("foto/<int:pk>/", budget_public.PhotoFileView, "budget-photo"),
    ("ronde/<int:pk>/indienen/", budget_public.ApplyView, "budget-apply"),
    ("ronde/<int:pk>/stemmen/", budget_public.VoteView, "budget-vote"),
    ("ronde/<int:pk>/gestemd/", budget_public.VotedView, "budget-voted"),
    ("ronde/<int:pk>/uitslag/", budget_public.ResultPageView, "budget-result"),
    ("ingediend/<slug:token>/", budget_public.ReceiptView, "budget-receipt"),
]

urlpatterns = [
    *(path(f"<slug:slug>/wijkbudget/{tail}", view.as_view(), name=name) for tail, view, name in _budget),
    path("<slug:slug>/", public.NeighbourhoodView.as_view(), name="neighbourhood"),
    path("<slug:slug>/transitiehub.ics", public.HubFeedView.as_view(), name="feed"),
    path("<slug:slug>/affiche/<int:year>-<int:month>.pdf", public.PublicPosterView.as_view(), name="poster"),
    path("<slug:slug>/verhalen/", public_stories.PublicStoriesView.as_view(), name="stories"),
    path("<slug:slug>/verhalen/<int:pk>/", public_stories.PublicStoryView.as_view(), name="story"),
    path(
        "<slug:slug>/verhalen/<int:pk>/bestand/",
        public_stories.PublicStoryFileView.as_view(),
        name="story-file",
    ),
    path("<slug:slug>/vragen/", public_surveys.QuestionsView.as_view(), name="questions"),
    path("<slug:slug>/vragen/tablet/<str:secret>/", public_surveys.TabletView.as_view(), name="tablet"),
    path("<slug:slug>/vragen/<str:code>/", public_surveys.AnswerView.as_view(), name="answer"),
    path("<slug:slug>/plekken/", public_places.PublicPlacesView.as_view(), name="places"),
    path("<slug:slug>/plekken.json", public_places.PublicPointsView.as_view(), name="places-points"),
    path("<slug:slug>/kaart.json", public_places.PublicDrawingView.as_view(), name="drawing"),
    path(
        "<slug:slug>/foto/<slug:kind>/<uuid:uuid>-<slug:size>.jpg",
        public_places.PublicPhotoView.as_view(),
        name="photo",
    ),
]

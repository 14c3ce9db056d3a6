"""Addresses of the wing of social cohesion."""

from django.urls import path

from cohesion.views import activities, capital, hub

app_name = "cohesion"

_of_place = [
    ("", hub.PlaceView, "hub-place"),
    ("edit/", hub.PlaceEditView, "hub-place-edit"),
    ("hours/", hub.HoursView, "hub-hours"),
    ("close/", hub.CloseView, "hub-close"),
    ("closings/<int:period>/open/", hub.OpenAgainView, "hub-open-again"),
]
_of_moment = [
    ("count/", activities.CountView, "moment-count"),
    ("move/", activities.MoveView, "moment-move"),
    ("cancel/", activities.CancelView, "moment-cancel"),
    ("restore/", activities.RestoreView, "moment-restore"),
]
_of_entry = [
    ("", capital.EntryView, "capital-entry"),
    ("edit/", capital.EntryEditView, "capital-edit"),
    ("end/", capital.EntryEndView, "capital-end"),
    ("consent/", capital.ConsentGiveView, "capital-consent"),
    ("consent/withdraw/", capital.ConsentWithdrawView, "capital-withdraw"),
    ("propose/<int:other>/", capital.ProposeView, "capital-propose"),
]

urlpatterns = [
    path("", hub.CohesionView.as_view(), name="home"),
    path("hub/", hub.HubView.as_view(), name="hub"),
    path("hub/poster.pdf", hub.PosterView.as_view(), name="hub-poster"),
    path("hub/places/new/", hub.PlaceNewView.as_view(), name="hub-place-new"),
    *(path(f"hub/places/<int:pk>/{tail}", view.as_view(), name=name) for tail, view, name in _of_place),
    path("hub/activities/new/", activities.ActivityNewView.as_view(), name="activity-new"),
    path("hub/activities/<int:pk>/", activities.ActivityView.as_view(), name="activity"),
    path("hub/activities/<int:pk>/edit/", activities.ActivityEditView.as_view(), name="activity-edit"),
    *(path(f"hub/moments/<int:pk>/{tail}", view.as_view(), name=name) for tail, view, name in _of_moment),
    path("capital/", capital.CapitalListView.as_view(), name="capital"),
    path("capital/new/", capital.CapitalNewView.as_view(), name="capital-new"),
    path("capital/persons/", capital.PersonSuggestView.as_view(), name="capital-persons"),
    path("capital/matches/", capital.MatchListView.as_view(), name="capital-matches"),
    path("capital/matches/<int:pk>/", capital.MatchView.as_view(), name="capital-match"),
    path("capital/matches/<int:pk>/step/", capital.MatchStepView.as_view(), name="capital-step"),
    *(path(f"capital/<int:pk>/{tail}", view.as_view(), name=name) for tail, view, name in _of_entry),
]

"""Addresses of the wing of social cohesion."""

from django.urls import path

from cohesion.views import activities, hub, photos, places

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

_of_project = [
    ("", places.ProjectView, "place-project"),
    ("points.json", places.ProjectPointsView, "place-points"),
    ("edit/", places.ProjectEditView, "place-edit"),
    ("step/", places.ProjectStepView, "place-step"),
    ("spots/new/", places.SpotNewView, "place-spot-new"),
    ("spots/<int:spot>/edit/", places.SpotEditView, "place-spot-edit"),
    ("spots/<int:spot>/remove/", places.SpotRemoveView, "place-spot-remove"),
    ("photos/new/", photos.PlacePhotoNewView, "place-photo-new"),
    ("care/new/", places.CareNewView, "place-care-new"),
    ("care/<int:care>/end/", places.CareEndView, "place-care-end"),
]
_of_photo = [
    ("places/photos/<uuid:uuid>/<slug:size>.jpg", photos.PlacePhotoImageView, "place-photo"),
    ("places/photos/<uuid:uuid>/edit/", photos.PlacePhotoEditView, "place-photo-edit"),
    ("places/photos/<uuid:uuid>/remove/", photos.PlacePhotoRemoveView, "place-photo-remove"),
    ("hub/photos/<uuid:uuid>/<slug:size>.jpg", photos.ActivityPhotoImageView, "activity-photo"),
    ("hub/photos/<uuid:uuid>/edit/", photos.ActivityPhotoEditView, "activity-photo-edit"),
    ("hub/photos/<uuid:uuid>/remove/", photos.ActivityPhotoRemoveView, "activity-photo-remove"),
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
    path(
        "hub/activities/<int:pk>/photos/new/",
        photos.ActivityPhotoNewView.as_view(),
        name="activity-photo-new",
    ),
    path("places/", places.PlaceListView.as_view(), name="places"),
    path("places/points.json", places.PlacePointsView.as_view(), name="places-points"),
    path("places/new/", places.ProjectNewView.as_view(), name="place-new"),
    *(path(f"places/<int:pk>/{tail}", view.as_view(), name=name) for tail, view, name in _of_project),
    *(path(where, view.as_view(), name=name) for where, view, name in _of_photo),
]

"""Addresses of the wing of social cohesion."""

from django.urls import include, path

from cohesion.views import (
    activities,
    budget_projects,
    budget_rounds,
    budget_votes,
    capital,
    hub,
    involvement,
    living_room,
    photos,
    places,
    stories,
)

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
_of_living_room = [
    ("", living_room.LivingRoomView, "living-room"),
    ("correct/", living_room.LivingRoomCorrectView, "living-room-correct"),
    ("strike/", living_room.LivingRoomStrikeView, "living-room-strike"),
    ("restore/", living_room.LivingRoomRestoreView, "living-room-restore"),
    ("redact/", living_room.LivingRoomRedactView, "living-room-redact"),
    ("radar/", living_room.LivingRoomRadarView, "living-room-radar"),
    ("follow-ups/add/", living_room.FollowUpAddView, "follow-up-add"),
    ("follow-ups/<int:pk>/done/", living_room.FollowUpDoneView, "follow-up-done"),
    ("draft/", living_room.LivingRoomDraftView, "living-room-draft"),
    ("draft/drop/", living_room.LivingRoomDraftDropView, "living-room-draft-drop"),
]
_of_story = [
    ("", stories.StoryView, "story"),
    ("change/", stories.StoryChangeView, "story-change"),
    ("consent/", stories.StoryConsentView, "story-consent"),
    ("approve/", stories.StoryApproveView, "story-approve"),
    ("publish/", stories.StoryPublishView, "story-publish"),
    ("take-down/", stories.StoryTakeDownView, "story-take-down"),
    ("withdraw/", stories.StoryWithdrawView, "story-withdraw"),
    ("versions/<int:version>/file/", stories.StoryFileView, "story-file"),
]
_of_entry = [
    ("", capital.EntryView, "capital-entry"),
    ("edit/", capital.EntryEditView, "capital-edit"),
    ("end/", capital.EntryEndView, "capital-end"),
    ("consent/", capital.ConsentGiveView, "capital-consent"),
    ("consent/withdraw/", capital.ConsentWithdrawView, "capital-withdraw"),
    ("propose/<int:other>/", capital.ProposeView, "capital-propose"),
]

_of_involvement = [
    ("", involvement.InvolvementView, "involvement"),
    ("edit/", involvement.InvolvementEditView, "involvement-edit"),
    ("end/", involvement.InvolvementEndView, "involvement-end"),
    ("yes/", involvement.YesView, "involvement-yes"),
    ("withdraw/", involvement.YesWithdrawView, "involvement-withdraw"),
]
_of_round = [
    ("", budget_rounds.RoundView, "budget-round"),
    ("edit/", budget_rounds.RoundEditView, "budget-round-edit"),
    ("step/<slug:to>/", budget_rounds.RoundStepView, "budget-round-step"),
    ("ledger/", budget_rounds.LedgerView, "budget-ledger"),
    ("ledger.xlsx", budget_rounds.LedgerFileView, "budget-ledger-file"),
    ("projects/new/", budget_projects.ProjectNewView, "budget-project-new"),
    ("votes/", budget_votes.VotesView, "budget-votes"),
    ("votes/slips/", budget_votes.SlipsView, "budget-slips"),
    ("votes/paper/", budget_votes.PaperNewView, "budget-paper-new"),
    ("votes/freeze/", budget_votes.FreezeView, "budget-freeze"),
]
_of_budget_project = [
    ("", budget_projects.ProjectView, "budget-project"),
    ("edit/", budget_projects.ProjectEditView, "budget-project-edit"),
    ("rules/", budget_projects.ProjectRulesView, "budget-project-rules"),
    ("advise/", budget_projects.ProjectAdviseView, "budget-project-advise"),
    ("decide/", budget_projects.ProjectDecideView, "budget-project-decide"),
    ("lower/", budget_projects.ProjectLowerView, "budget-project-lower"),
    ("withdraw/", budget_projects.ProjectWithdrawView, "budget-project-withdraw"),
    ("pay/", budget_projects.ProjectPayView, "budget-project-pay"),
    ("refund/", budget_projects.ProjectRefundView, "budget-project-refund"),
    ("report/", budget_projects.ProjectReportView, "budget-project-report"),
    ("photos/new/", budget_projects.PhotoNewView, "budget-photo-new"),
    ("letter.pdf", budget_projects.LetterView, "budget-letter"),
    ("quote/", budget_projects.QuoteView, "budget-quote"),
]
_budget = [
    path("", budget_rounds.BudgetView.as_view(), name="budget"),
    path("new/", budget_rounds.RoundNewView.as_view(), name="budget-round-new"),
    *(path(f"<int:pk>/{tail}", view.as_view(), name=name) for tail, view, name in _of_round),
    *(
        path(f"projects/<int:pk>/{tail}", view.as_view(), name=name)
        for tail, view, name in _of_budget_project
    ),
    path("lines/<int:pk>/reverse/", budget_projects.LineReverseView.as_view(), name="budget-line-reverse"),
    path("photos/<int:pk>/", budget_projects.PhotoView.as_view(), name="budget-photo"),
    path("photos/<int:pk>/remove/", budget_projects.PhotoRemoveView.as_view(), name="budget-photo-remove"),
    path("slips/<int:pk>/void/", budget_votes.BatchVoidView.as_view(), name="budget-batch-void"),
    path("paper/<int:pk>/check/", budget_votes.PaperCheckView.as_view(), name="budget-paper-check"),
    path("paper/<int:pk>/drop/", budget_votes.PaperDropView.as_view(), name="budget-paper-drop"),
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
    path("budget/", include(_budget)),
    path("hub/", hub.HubView.as_view(), name="hub"),
    path("hub/poster.pdf", hub.PosterView.as_view(), name="hub-poster"),
    path("hub/places/new/", hub.PlaceNewView.as_view(), name="hub-place-new"),
    *(path(f"hub/places/<int:pk>/{tail}", view.as_view(), name=name) for tail, view, name in _of_place),
    path("hub/activities/new/", activities.ActivityNewView.as_view(), name="activity-new"),
    path("hub/activities/<int:pk>/", activities.ActivityView.as_view(), name="activity"),
    path("hub/activities/<int:pk>/edit/", activities.ActivityEditView.as_view(), name="activity-edit"),
    *(path(f"hub/moments/<int:pk>/{tail}", view.as_view(), name=name) for tail, view, name in _of_moment),
    path("visits/", living_room.LivingRoomListView.as_view(), name="living-room-list"),
    path("visits/new/", living_room.LivingRoomNewView.as_view(), name="living-room-new"),
    *(path(f"visits/<uuid:visit>/{tail}", view.as_view(), name=name) for tail, view, name in _of_living_room),
    path("stories/", stories.StoryListView.as_view(), name="story-list"),
    path("stories/new/", stories.StoryNewView.as_view(), name="story-new"),
    path("stories/tellers/suggest/", stories.TellerSuggestView.as_view(), name="teller-suggest"),
    *(path(f"stories/<uuid:uuid>/{tail}", view.as_view(), name=name) for tail, view, name in _of_story),
    path("capital/", capital.CapitalListView.as_view(), name="capital"),
    path("capital/new/", capital.CapitalNewView.as_view(), name="capital-new"),
    path("capital/persons/", capital.PersonSuggestView.as_view(), name="capital-persons"),
    path("capital/matches/", capital.MatchListView.as_view(), name="capital-matches"),
    path("capital/matches/<int:pk>/", capital.MatchView.as_view(), name="capital-match"),
    path("capital/matches/<int:pk>/step/", capital.MatchStepView.as_view(), name="capital-step"),
    *(path(f"capital/<int:pk>/{tail}", view.as_view(), name=name) for tail, view, name in _of_entry),
    path("involvement/", involvement.InvolvementListView.as_view(), name="involvements"),
    path("involvement/new/", involvement.InvolvementNewView.as_view(), name="involvement-new"),
    *(
        path(f"involvement/<int:pk>/{tail}", view.as_view(), name=name)
        for tail, view, name in _of_involvement
    ),
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

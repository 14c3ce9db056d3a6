"""Addresses of this package."""

from django.urls import path

from people.views.household import (
    HouseholdEditView,
    HouseholdNewView,
    HouseholdView,
    MemberLeaveView,
    MemberNewView,
    MemberUndoView,
)
from people.views.person import PersonEditView, PersonLinkView, PersonUnlinkView, PersonView
from people.views.suggest import HouseholdSuggestView, PersonSuggestView

app_name = "people"

urlpatterns = [
    path("households/new/", HouseholdNewView.as_view(), name="household-new"),
    path("households/suggest/", HouseholdSuggestView.as_view(), name="household-suggest"),
    path("households/<int:pk>/", HouseholdView.as_view(), name="household"),
    path("households/<int:pk>/edit/", HouseholdEditView.as_view(), name="household-edit"),
    path("households/<int:pk>/members/new/", MemberNewView.as_view(), name="member-new"),
    path("households/<int:pk>/members/<int:member>/leave/", MemberLeaveView.as_view(), name="member-leave"),
    path("households/<int:pk>/members/<int:member>/undo/", MemberUndoView.as_view(), name="member-undo"),
    path("people/suggest/", PersonSuggestView.as_view(), name="person-suggest"),
    path("people/<int:pk>/", PersonView.as_view(), name="person"),
    path("people/<int:pk>/edit/", PersonEditView.as_view(), name="person-edit"),
    path("people/<int:pk>/same/<int:other>/", PersonLinkView.as_view(), name="person-link"),
    path("people/<int:pk>/links/<int:link>/undo/", PersonUnlinkView.as_view(), name="person-unlink"),
]

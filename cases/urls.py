"""Addresses of the spine."""

from django.urls import path

from cases.urls_calendar import calendar_urls
from cases.urls_glass import glass_urls
from cases.urls_lists import list_urls
from cases.urls_maps import map_urls
from cases.urls_papers import paper_urls
from cases.urls_plan import plan_urls
from cases.urls_reference import reference_urls
from cases.urls_visits import visit_urls
from cases.views.block import CaseBlockJoinView, CaseBlockLeaveView
from cases.views.case import CasePanelView, CaseTimelineView, CaseView
from cases.views.case_state import CaseCloseView, CaseEditView, CaseReopenView, CaseStateView, CaseTrustView
from cases.views.entries import (
    ContactNewView,
    EntryCorrectView,
    EntryPinView,
    EntryRedactView,
    EntryUnpinView,
    NoteNewView,
)
from cases.views.review import (
    AgendaAddView,
    AttendanceView,
    DecideView,
    DecisionWithdrawView,
    ItemStateView,
    MinutesPdfView,
    MinutesView,
    ReviewCloseView,
    ReviewHomeView,
    ReviewSessionView,
    ReviewStartView,
)
from cases.views.team import CaseTeamView

app_name = "cases"

_case = [
    path("cases/<str:number>/", CaseView.as_view(), name="case"),
    path("cases/<str:number>/timeline/", CaseTimelineView.as_view(), name="case-timeline"),
    path("cases/<str:number>/panels/<str:code>/", CasePanelView.as_view(), name="case-panel"),
    path("cases/<str:number>/edit/", CaseEditView.as_view(), name="case-edit"),
    path("cases/<str:number>/state/", CaseStateView.as_view(), name="case-state"),
    path("cases/<str:number>/close/", CaseCloseView.as_view(), name="case-close"),
    path("cases/<str:number>/reopen/", CaseReopenView.as_view(), name="case-reopen"),
    path("cases/<str:number>/team/", CaseTeamView.as_view(), name="case-team"),
    path("cases/<str:number>/trust/", CaseTrustView.as_view(), name="case-trust"),
    path("cases/<str:number>/block/join/", CaseBlockJoinView.as_view(), name="case-block-join"),
    path("cases/<str:number>/block/leave/", CaseBlockLeaveView.as_view(), name="case-block-leave"),
    path("cases/<str:number>/notes/new/", NoteNewView.as_view(), name="note-new"),
    path("cases/<str:number>/contacts/new/", ContactNewView.as_view(), name="contact-new"),
    path("cases/<str:number>/entries/<int:pk>/correct/", EntryCorrectView.as_view(), name="entry-correct"),
    path("cases/<str:number>/entries/<int:pk>/redact/", EntryRedactView.as_view(), name="entry-redact"),
    path("cases/<str:number>/entries/<int:pk>/pin/", EntryPinView.as_view(), name="entry-pin"),
    path("cases/<str:number>/entries/<int:pk>/unpin/", EntryUnpinView.as_view(), name="entry-unpin"),
]

_review = [
    path("review/", ReviewHomeView.as_view(), name="review"),
    path("review/start/<slug:slug>/", ReviewStartView.as_view(), name="review-start"),
    path("review/<int:pk>/", ReviewSessionView.as_view(), name="review-session"),
    path("review/<int:pk>/attendance/", AttendanceView.as_view(), name="review-attendance"),
    path("review/<int:pk>/add/", AgendaAddView.as_view(), name="review-add"),
    path("review/<int:pk>/items/<int:item>/decide/", DecideView.as_view(), name="review-decide"),
    path("review/<int:pk>/items/<int:item>/state/", ItemStateView.as_view(), name="review-item-state"),
    path(
        "review/<int:pk>/decisions/<int:decision>/withdraw/",
        DecisionWithdrawView.as_view(),
        name="review-withdraw",
    ),
    path("review/<int:pk>/close/", ReviewCloseView.as_view(), name="review-close"),
    path("review/<int:pk>/minutes/", MinutesView.as_view(), name="review-minutes"),
    path("review/<int:pk>/minutes.pdf", MinutesPdfView.as_view(), name="review-minutes-pdf"),
]

urlpatterns = [
    *plan_urls,
    *paper_urls,
    *visit_urls,
    *list_urls,
    *glass_urls,
    *map_urls,
    *reference_urls,
    *calendar_urls,
    *reference_urls,
    *_review,
    *_case,
]

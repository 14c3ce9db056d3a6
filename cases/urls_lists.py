"""Addresses of home, radar, lists and search."""

from django.urls import path

from cases.views.case_list import CaseExportView, CaseListView
from cases.views.case_new import CaseNewView
from cases.views.home import HomeView
from cases.views.radar import (
    RadarCloseView,
    RadarCorrectView,
    RadarDecideCaseView,
    RadarEntryView,
    RadarExportView,
    RadarListView,
    RadarNewView,
    RadarPassOnView,
    RadarPostponeView,
)
from cases.views.saved_filters import (
    SavedFilterDeleteView,
    SavedFilterRenameView,
    SavedFilterSaveView,
    SavedFiltersView,
)
from cases.views.search import SearchSuggestView, SearchView
from cases.views.visit_pick import VisitPickView

# Before the addresses of one case: "new" and "export" are no case numbers.
list_urls = [
    path("", HomeView.as_view(), name="home"),
    path("radar/", RadarListView.as_view(), name="radar"),
    path("radar/new/", RadarNewView.as_view(), name="radar-new"),
    path("radar/export/<slug:kind>/", RadarExportView.as_view(), name="radar-export"),
    path("radar/<int:pk>/", RadarEntryView.as_view(), name="radar-entry"),
    path("radar/<int:pk>/correct/", RadarCorrectView.as_view(), name="radar-correct"),
    path("radar/<int:pk>/case/", RadarDecideCaseView.as_view(), name="radar-decide-case"),
    path("radar/<int:pk>/pass-on/", RadarPassOnView.as_view(), name="radar-pass-on"),
    path("radar/<int:pk>/close/", RadarCloseView.as_view(), name="radar-close"),
    path("radar/<int:pk>/postpone/", RadarPostponeView.as_view(), name="radar-postpone"),
    path("cases/", CaseListView.as_view(), name="case-list"),
    path("cases/new/", CaseNewView.as_view(), name="case-new"),
    path("cases/export/<slug:kind>/", CaseExportView.as_view(), name="case-export"),
    path("visits/new/", VisitPickView.as_view(), name="visit-pick"),
    path("search/", SearchView.as_view(), name="search"),
    path("search/suggest/", SearchSuggestView.as_view(), name="search-suggest"),
    path("filters/<slug:list_code>/", SavedFiltersView.as_view(), name="saved-filters"),
    path("filters/<slug:list_code>/save/", SavedFilterSaveView.as_view(), name="saved-filter-save"),
    path("filters/own/<int:pk>/rename/", SavedFilterRenameView.as_view(), name="saved-filter-rename"),
    path("filters/own/<int:pk>/delete/", SavedFilterDeleteView.as_view(), name="saved-filter-delete"),
]

"""Addresses of the calendar."""

from django.urls import path

from cases.views import calendar

calendar_urls = [
    path("calendar/", calendar.CalendarView.as_view(), name="calendar"),
    path("calendar/feeds/", calendar.FeedListView.as_view(), name="calendar-feeds"),
    path("calendar/feeds/<int:pk>/revoke/", calendar.FeedRevokeView.as_view(), name="calendar-feed-revoke"),
    path("calendar/feed/<str:secret>.ics", calendar.FeedView.as_view(), name="calendar-feed"),
    path("calendar/<str:scope>/<int:key>/", calendar.CalendarView.as_view(), name="calendar-of"),
    path("calendar/<str:scope>/<int:key>/feed/", calendar.FeedNewView.as_view(), name="calendar-feed-new"),
]

"""The case page: header, panels, timeline; and the pieces of it that are fetched by themselves."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from accounts.looks import Look
from arsenaal.lib.keyset import BadCursorError, Page
from arsenaal.lib.registries import CasePanel, case_panels
from cases.filters.timeline import TimelineFilter
from cases.glass import running_glass
from cases.header import build_header
from cases.looks import case_look
from cases.perms import (
    breakable_circles,
    can_flag_colleague_family,
    can_manage_case,
    can_work_on_case,
    readable_circles,
)
from cases.reading import TimelineRow, decode_moment, pinned_rows, timeline_page
from cases.views.base import CaseMixin


@dataclass(frozen=True)
class ShownPanel:
    """A panel on the page: drawn already, or to be fetched."""

    code: str
    anchor: str  # "cases.plan" is found at #plan
    title: str
    goal: str
    html: str
    is_lazy: bool


@dataclass(frozen=True)
class Day:
    """The entries of one day; without a heading when that stands above them already."""

    date: dt.date
    rows: list[TimelineRow]
    has_heading: bool


def days_of(rows: Sequence[TimelineRow], *, after: dt.datetime | None = None) -> list[Day]:
    """Put rows, newest first, under the day on which they happened. `after` is the last entry already shown."""
    above = timezone.localtime(after).date() if after else None
    return [
        Day(day, list(entries), day != above)
        for day, entries in groupby(rows, key=lambda row: timezone.localtime(row.occurred_at).date())
    ]


class TimelineMixin(CaseMixin):
    """The timeline of a case as one reader asked to see it."""

    @cached_property
    def timeline_filter(self) -> TimelineFilter:
        """What the address asks for."""
        return TimelineFilter(self.request.GET, user=self.request.user, case=self.case)

    def timeline_context(self) -> dict[str, Any]:
        """Return what the timeline shows; an address with nonsense shows the newest page."""
        user, cursor = self.request.user, self.request.GET.get("cursor", "")
        after_day = None
        try:
            after_day = decode_moment(cursor)[0] if cursor else None
        except BadCursorError:
            cursor = ""
        page: Page = timeline_page(self.case, user, cursor=cursor, where=self.timeline_filter.where())
        may_work = can_work_on_case(user, self.case)
        query = QueryDict(mutable=True)
        query.update({name: self.request.GET[name] for name in self.timeline_filter.wanted})
        return {
            "page": page,
            "days": days_of(page.rows, after=after_day if self.request.htmx else None),
            "is_first_page": not cursor,
            "filter_form": self.timeline_filter,
            "says": self.timeline_filter.says(),
            "is_filtered": bool(self.timeline_filter.wanted),
            "query": query.urlencode(),
            "may_work": may_work,
            "is_lead": user.pk == self.case.lead_id,
            "may_break_glass": bool(breakable_circles(user, self.case)),
            "own_circles": readable_circles(user, self.case),
        }


class CaseView(TimelineMixin, TemplateView):
    """One case."""

    template_name = "cases/case.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather what the page shows, each part in a fixed number of queries."""
        user = self.request.user
        self.open_glass = running_glass(user, self.case) if breakable_circles(user, self.case) else []
        return super().get_context_data(
            running_glass=self.open_glass,
            may_flag_family=can_flag_colleague_family(user, self.case),
            header=build_header(self.case, user),
            panels=[panel for panel in map(self._shown, _panels_for(user, self.case)) if panel],
            pinned=pinned_rows(self.case, user),
            may_manage=can_manage_case(user, self.case),
            **self.timeline_context(),
            **kwargs,
        )

    def looks(self) -> Iterable[Look]:
        """The case; with the emergency when a closed circle stands open to this reader."""
        why = ", ".join(str(glass.get_emergency_display()) for glass in self.open_glass)
        return [case_look(self.case, why=_("noodtoegang: %(why)s") % {"why": why} if why else "")]

    def _shown(self, panel: CasePanel) -> ShownPanel | None:
        html = "" if panel.is_lazy else draw_panel(panel, self.case, self.request)
        if not html and not panel.is_lazy:
            return None
        return ShownPanel(
            panel.code, panel.code.rpartition(".")[2], str(panel.title), panel.goal, html, panel.is_lazy
        )


class CaseTimelineView(TimelineMixin, TemplateView):
    """The timeline alone: another filter, or the entries that follow. The address of the page goes along."""

    template_name = "cases/timeline/_timeline.html"

    def get_template_names(self) -> list[str]:
        """Only the rows when more is asked for below what stands there."""
        return ["cases/timeline/_rows.html" if self.request.GET.get("cursor") else self.template_name]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Only the first page has something pinned above it."""
        return super().get_context_data(
            pinned=pinned_rows(self.case, self.request.user), **self.timeline_context(), **kwargs
        )

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """Put the filter in the address of the page, so that a reload shows the same."""
        response = super().render_to_response(context, **kwargs)
        if self.request.htmx and context["is_first_page"]:
            query = f"?{context['query']}" if context["query"] else ""
            response.headers["HX-Push-Url"] = f"{self.case.get_absolute_url()}{query}"
        response.headers["Vary"] = "HX-Request, Cookie"
        return response


class CasePanelView(CaseMixin, TemplateView):
    """One panel, for what is too heavy to wait for."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Draw the panel; 404 for one that doesn't exist or isn't for this user."""
        for panel in _panels_for(request.user, self.case):
            if panel.code == kwargs["code"]:
                return HttpResponse(draw_panel(panel, self.case, request))
        raise Http404


def _panels_for(user: Any, case: Any) -> list[CasePanel]:
    allowed = [panel for panel in case_panels if panel.may_see(user, case)]
    return sorted(allowed, key=lambda panel: (panel.order, panel.code))


def draw_panel(panel: CasePanel, case: Any, request: HttpRequest) -> str:
    """Return a panel as HTML, empty when it has nothing to show. Its template draws its own card."""
    context = panel.context(case, request.user)
    if context is None:
        return ""
    shared = {
        "case": case,
        "panel": panel,
        "user": request.user,
        "may_work": can_work_on_case(request.user, case),
    }
    return render_to_string(panel.template, {**shared, **context}, request)

"""What every filtered list shares: a forgiving filter, keyset paging, a sentence that says what is shown."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import Http404, HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from accounts.looks import Look, LookKind, Subject, note_look
from accounts.views.base import PermissionMixin
from arsenaal.lib.exports import csv_response, xlsx_response
from arsenaal.lib.keyset import BadCursorError, Page, page
from cases.models import SavedFilter
from cases.saved_lists import normalised_query
from people.models.restriction import restricted_household

# Counting further than this tells nobody anything and would read the whole table.
COUNT_UP_TO = 100
PAGE_SIZE = 30
_AS_IT_IS = (int, float, Decimal, dt.date, str)


@dataclass(frozen=True)
class Sort:
    """One way to order a list. `field` has an index that ends on the primary key."""

    field: str
    says: Any  # "titel A–Z": lazy Dutch, in small letters
    says_reversed: Any


def bounded_count(rows: QuerySet[Any]) -> str:
    """Return how many rows there are in words, counting no further than a hundred."""
    count = rows.order_by()[: COUNT_UP_TO + 1].count()
    return _("meer dan %(n)d") % {"n": COUNT_UP_TO} if count > COUNT_UP_TO else str(count)


class FilteredQueryMixin(PermissionMixin):
    """The rows that the address asks for, within what the user may see. Nonsense in the address is left out."""

    filter_class: type[django_filters.FilterSet]
    sorts: dict[str, Sort]
    default_sort: str

    def visible(self) -> QuerySet[Any]:
        """Every row that the user may see."""
        raise NotImplementedError

    def filter_kwargs(self) -> dict[str, Any]:
        """What the filter wants to know besides the address."""
        return {}

    @cached_property
    def filterset(self) -> django_filters.FilterSet:
        """The filter, bound to the address."""
        return self.filter_class(
            self.request.GET, queryset=self.visible(), request=self.request, **self.filter_kwargs()
        )

    @cached_property
    def chosen(self) -> dict[str, Any]:
        """What was chosen and understood."""
        form = self.filterset.form
        form.is_valid()
        return {
            name: value for name, value in form.cleaned_data.items() if value not in (None, "", False, [])
        }

    @cached_property
    def sort(self) -> str:
        """The key of the order, with a minus for the other way round."""
        wanted = self.request.GET.get("sort", "")
        return wanted if wanted.removeprefix("-") in self.sorts else self.default_sort

    @property
    def order(self) -> str:
        """The order for the database."""
        minus = "-" if self.sort.startswith("-") else ""
        return minus + self.sorts[self.sort.removeprefix("-")].field

    @cached_property
    def rows(self) -> QuerySet[Any]:
        """The rows that match, in no order yet."""
        self.filterset.form.is_valid()
        return self.filterset.qs

    @property
    def was_misunderstood(self) -> bool:
        """Tell whether something in the address made no sense."""
        wanted = self.request.GET.get("sort", "").removeprefix("-")
        return bool(self.filterset.form.errors) or (wanted not in self.sorts and wanted != "")


class FilteredListView(FilteredQueryMixin, TemplateView):
    """A list with filters. Subclasses say which rows, which filter and what is shown, in words."""

    template_name = "list.html"
    title: Any = ""
    list_code = ""  # of cases.saved_lists; empty when filters of this list can't be kept
    export_url_name = ""
    first_tab: Any = ""

    def enrich(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Add what only the rows on the page need."""
        return rows

    def subject(self, count: str) -> str:
        """Say how many of what: "18 open dossiers"."""
        raise NotImplementedError

    def remarks(self) -> Iterable[str]:
        """Say what else was chosen, one short phrase each: "met een grens"."""
        return ()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather the page, its sentence, tabs and exports."""
        found, is_first_page = self._page()
        return super().get_context_data(
            title=self.title,
            page=found,
            says=self._says(),
            misunderstood=self.was_misunderstood or not is_first_page,
            filter_form=self.filterset.form,
            sort=self.sort,
            tabs=self.tabs(),
            exports=self._exports(),
            save_filter_url=reverse("cases:saved-filter-save", args=[self.list_code])
            if self.list_code
            else "",
            manage_filters_url=reverse("cases:saved-filters", args=[self.list_code])
            if self.list_code
            else "",
            is_filtered=bool(self.chosen),
            **kwargs,
        )

    def _page(self) -> tuple[Page, bool]:
        """Return the page, and whether its cursor was understood."""
        rows = self.enrich(self.rows)
        try:
            return page(
                rows, order=self.order, size=PAGE_SIZE, cursor=self.request.GET.get("cursor", "")
            ), True
        except BadCursorError:
            return page(rows, order=self.order, size=PAGE_SIZE), False

    def _says(self) -> str:
        order = self.sorts[self.sort.removeprefix("-")]
        by = order.says_reversed if self.sort.startswith("-") else order.says
        return ", ".join(str(part) for part in (self.subject(bounded_count(self.rows)), *self.remarks(), by))

    def tabs(self) -> list[dict[str, Any]]:
        """Return the list itself and the user's own filters of it."""
        if not self.list_code:
            return []
        current = normalised_query(self.request.GET.urlencode())
        saved = SavedFilter.objects.filter(user=self.request.user, list_code=self.list_code).order_by("name")
        tabs = [
            {"label": row.name, "url": f"?{row.query}", "is_current": row.query == current} for row in saved
        ]
        return [{"label": self.first_tab, "url": "?", "is_current": not current}, *tabs] if tabs else []

    def _exports(self) -> list[dict[str, Any]]:
        if not self.export_url_name:
            return []
        query = self.request.GET.urlencode()
        return [
            {"url": f"{reverse(self.export_url_name, args=[code])}?{query}", "label": label, "icon": icon}
            for code, label, icon in (
                ("csv", _("CSV-bestand"), "filetype-csv"),
                ("xlsx", _("Rekenblad (XLSX)"), "filetype-xlsx"),
            )
        ]


class ExportView(FilteredQueryMixin, View):
    """The same rows as the list shows, all of them, as a file."""

    filename = ""
    household = ""  # the lookup from a row to a household: whose data are restricted, stays out of every file
    case_field = ""  # leads from a row to the case it tells of; empty when it tells of none

    def look(self, rows: QuerySet[Any]) -> Look:
        """Say which cases are taken along and by which filters; never what somebody typed in them. One query."""
        ids = list(rows.order_by().values_list(self.case_field or "pk", flat=True))
        fields = self.filterset.form.fields
        return Look(
            LookKind.EXPORTED,
            Subject.LIST,
            label=self.filename,
            case_ids=tuple(sorted({pk for pk in ids if pk is not None})) if self.case_field else (),
            row_count=len(ids),
            detail=", ".join(str(fields[name].label) for name in self.chosen if name in fields),
        )

    def headers(self) -> Sequence[Any]:
        """Return the names of the columns."""
        raise NotImplementedError

    def lines(self, rows: QuerySet[Any]) -> Iterator[Sequence[Any]]:
        """Yield one line for each row."""
        raise NotImplementedError

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Send the file, of the kinds that we make."""
        if kwargs["kind"] not in ("csv", "xlsx"):
            raise Http404
        respond = xlsx_response if kwargs["kind"] == "xlsx" else csv_response
        minus = "-" if self.order.startswith("-") else ""
        rows = self.rows.order_by(self.order, f"{minus}pk")
        if self.household:
            rows = rows.exclude(restricted_household(self.household))
        with override("nl"):  # the log is Dutch, whoever looked
            note_look(request, self.look(rows))
        return respond(self.filename, self.headers(), self._in_words(rows, get_language()))

    def _in_words(self, rows: QuerySet[Any], language: str | None) -> Iterator[Sequence[Any]]:
        """Write the lines in the user's language; they are sent when the request itself is over."""
        lines = self.lines(rows)
        while True:
            with override(language):
                line = next(lines, None)
                if line is None:
                    return
                words = [
                    value if value is None or isinstance(value, _AS_IT_IS) else str(value) for value in line
                ]
            yield words

"""Inspections: the list, one report, comparing it with the one before, and the PDF."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from accounts.permissions import Permission
from arsenaal.lib.exports import pdf_response
from arsenaal.lib.pdf import render_pdf
from cases.neighbourhoods import neighbourhoods_where
from cases.views.lists import ExportView, FilteredListView, FilteredQueryMixin, Sort
from housing.actions.inspection_finish import signed_line
from housing.filters.inspections import InspectionFilter
from housing.inspection_enums import Category, InspectionState
from housing.inspection_reading import (
    assess,
    by_room,
    compare,
    defects_of,
    latest_version,
    outcome_tone,
    with_common,
)
from housing.models import Defect, Inspection, LegalStatus
from housing.perms import can_read_inspector_notes
from housing.views.inspection_base import InspectionMixin


def with_counts(rows: QuerySet[Inspection]) -> QuerySet[Inspection]:
    """Add how many defects of each category there are, counted only for the rows that are shown."""

    def counted(category: str) -> Any:
        found = Defect.objects.filter(inspection=OuterRef("pk"), category=category).order_by()
        return Coalesce(Subquery(found.values("inspection").annotate(n=Count("pk")).values("n")), 0)

    return rows.select_related("building", "dwelling__building", "inspector", "neighbourhood").annotate(
        ones=counted(Category.ONE), twos=counted(Category.TWO), threes=counted(Category.THREE)
    )


class InspectionRows(FilteredQueryMixin):
    """The inspections that the address asks for; of a corrected report only the newest version."""

    permission = Permission.INSPECTION_READ
    filter_class = InspectionFilter
    sorts = {
        "when": Sort("scheduled_at", gettext_lazy("oudste eerst"), gettext_lazy("nieuwste eerst")),
    }
    default_sort = "-when"

    def filter_kwargs(self) -> dict[str, Any]:
        """The filter offers a choice of neighbourhood to who has several."""
        return {"neighbourhoods": neighbourhoods_where(self.request.user, Permission.INSPECTION_READ)}

    def visible(self) -> QuerySet[Inspection]:
        """Every inspection the user may see."""
        return Inspection.objects.visible_to(self.request.user).current()


class InspectionListView(InspectionRows, FilteredListView):
    """The list of inspections."""

    template_name = "housing/inspections/list.html"
    title = gettext_lazy("Onderzoeken")
    export_url_name = "housing:inspection-export"

    def enrich(self, rows: QuerySet[Inspection]) -> QuerySet[Inspection]:
        """Each row tells what was found."""
        return with_counts(rows)

    def subject(self, count: str) -> str:
        """Say how many."""
        return _("1 onderzoek") if count == "1" else _("%(n)s onderzoeken") % {"n": count}

    def remarks(self) -> Iterable[str]:
        """Say what else was chosen."""
        form = self.filterset.form
        for name in ("state", "whose", "outcome", "trigger"):
            if name in self.chosen:
                yield str(dict(form.fields[name].choices)[self.chosen[name]])
        if "neighbourhood" in self.chosen:
            yield str(self.chosen["neighbourhood"])
        if "q" in self.chosen:
            yield _("lijkt op “%(words)s”") % {"words": self.chosen["q"]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give each row the tone of its outcome."""
        context = super().get_context_data(**kwargs)
        for row in context["page"].rows:
            row.tone = outcome_tone(row.outcome)
            counts = ((row.threes, Category.THREE), (row.twos, Category.TWO), (row.ones, Category.ONE))
            row.found = ", ".join(f"{n}× {category}" for n, category in counts if n)
        return {
            **context,
            "may_work": self.request.user.access.can_anywhere(Permission.INSPECTION_WORK),
        }


class InspectionExportView(InspectionRows, ExportView):
    """The same inspections as a file: facts of dwellings, no notes."""

    filename = "onderzoeken"

    def headers(self) -> Sequence[Any]:
        """Return the names of the columns."""
        return [
            _("Adres"),
            _("Wat"),
            _("Wanneer"),
            _("Stand"),
            _("Aanleiding"),
            _("Wooncontroleur"),
            _("Uitkomst"),
            _("Categorie I"),
            _("Categorie II"),
            _("Categorie III"),
        ]

    def lines(self, rows: QuerySet[Inspection]) -> Iterator[Sequence[Any]]:
        """Yield one line for each inspection."""
        for row in with_counts(rows).iterator(chunk_size=500):
            yield [
                str(row.dwelling or row.building),
                _("woning") if row.dwelling_id else _("gemene delen"),
                row.scheduled_at,
                str(row.get_state_display()),
                str(row.get_trigger_display()),
                str(row.inspector),
                str(row.get_outcome_display()) if row.outcome else "",
                row.ones,
                row.twos,
                row.threes,
            ]


class InspectionView(InspectionMixin, TemplateView):
    """One report: outcome and reasons, what was found per room, what is still to do."""

    template_name = "housing/inspections/report.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather everything in a fixed number of queries."""
        user, inspection = self.request.user, self.inspection
        kwargs.pop("uuid", None)
        context = report_context(inspection)
        reads_notes = can_read_inspector_notes(user, inspection.neighbourhood_id)
        statuses = LegalStatus.objects.on(timezone.localdate()).filter(dwelling=inspection.dwelling)
        corrections = list(inspection.corrections.exclude(state=InspectionState.CANCELLED))
        return super().get_context_data(
            **context,
            attempts=list(inspection.attempts.select_related("by").order_by("-at", "-pk")),
            notes=list(inspection.notes.select_related("by").order_by("-written_at", "-pk"))
            if reads_notes
            else [],
            reads_notes=reads_notes,
            legal_status=statuses.first() if inspection.dwelling_id else None,
            correction=corrections[0] if corrections else None,
            signed=signed_line(inspection),
            **kwargs,
        )


def report_context(inspection: Inspection) -> dict[str, Any]:
    """Return what a report shows, on screen and on paper."""
    found = list(defects_of(with_common(inspection)))
    own = [defect for defect in found if defect.inspection_id == inspection.pk]
    rooms = list(inspection.rooms.order_by("position", "pk"))
    result = assess(inspection, found)
    return {
        "result": result,
        "tone": outcome_tone(result["outcome"]),
        "groups": by_room(rooms, own),
        "common_defects": [defect for defect in found if defect.inspection_id != inspection.pk],
        "defect_count": len(own),
        "rooms": rooms,
    }


class InspectionCompareView(InspectionMixin, TemplateView):
    """A re-inspection beside the report before it, item by item."""

    template_name = "housing/inspections/compare.html"

    def load(self, **kwargs: Any) -> None:
        """Only a re-inspection has something to compare with."""
        super().load(**kwargs)
        if self.inspection.previous is None:
            raise Http404

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Compare with the newest signed version of the report before."""
        kwargs.pop("uuid", None)
        assert self.inspection.previous is not None  # noqa: S101 load() saw to it
        before = latest_version(self.inspection.previous)
        rows = compare(list(defects_of([before])), list(defects_of([self.inspection])))
        counts: dict[Any, int] = {}
        for row in rows:
            counts[row.change] = counts.get(row.change, 0) + 1
        return super().get_context_data(
            before=before,
            rows=rows,
            counts=[(change.label, n) for change, n in counts.items()],
            **kwargs,
        )


class InspectionPdfView(InspectionMixin):
    """The report on paper: what the team may read, without the inspector's own notes."""

    def get(self, request: HttpRequest, uuid: Any) -> HttpResponse:
        """Render and send the file."""
        inspection = self.inspection
        context = report_context(inspection)
        images = {}
        for defect in (*[d for g in context["groups"] for d in g.defects], *context["common_defects"]):
            for photo in defect.photos.all():
                name = f"{photo.uuid}.jpg"
                if name not in images:
                    images[name] = _bytes_of(photo)
        content = render_pdf(
            "housing/inspections/report_pdf.html",
            {
                **context,
                "inspection": inspection,
                "signed": signed_line(inspection),
                "shown": {name for name, body in images.items() if body},
            },
            language="nl",
            images={name: body for name, body in images.items() if body},
            styles=("pdf/inspection.css",),
        )
        where = slugify(str(inspection.dwelling or inspection.building))
        name = f"technisch-verslag-{where}-{timezone.localtime(inspection.scheduled_at):%Y-%m-%d}"
        return pdf_response(name, content)


def _bytes_of(photo: Any) -> bytes:
    """The thumbnail is sharp enough on paper; a file that went missing leaves its place empty."""
    try:
        with photo.thumbnail.storage.open(photo.thumbnail.name, "rb") as content:
            return bytes(content.read())
    except FileNotFoundError:
        return b""

"""The frozen content of a report: all figures of one moment, small groups hidden, charts drawn, definitions along.

The stories beside the figures are those that their tellers agreed to.
The page and the PDF are made from this alone. It is plain JSON; `format` tells how to read it.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.wall import figures_only
from arsenaal.lib.charts import Bar, bar_chart, column_chart
from arsenaal.lib.suppression import SHARE_BASE, SMALL
from cohesion.story_reading import report_stories
from reporting.figures import bars, figure
from reporting.models import Report
from reporting.sections import SECTIONS, Section

FORMAT = 1
LANGUAGE = "nl"
COUNTED, WRITTEN = 5, 85  # percent of the work at the start and at the end of the chapters


@contextmanager
def one_moment() -> Iterator[None]:
    """Read everything as it was at one moment, so that the figures fit together while others go on working."""
    if connection.in_atomic_block:
        with figures_only():
            yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        with figures_only():
            yield


def build_snapshot(
    report: Report, *, now: dt.datetime, on_progress: Callable[[int, str], None] = lambda percent, step: None
) -> dict[str, Any]:
    """Count, hide and draw everything. `on_progress(percent, step)` is called before each chapter."""
    sections = []
    with timezone.override(report.neighbourhood.time_zone), translation.override(LANGUAGE), one_moment():
        for at, section in enumerate(SECTIONS):
            on_progress(COUNTED + (WRITTEN - COUNTED) * at // len(SECTIONS), str(section.title))
            sections.append(_section(section, report))
    with timezone.override(report.neighbourhood.time_zone), translation.override(LANGUAGE):
        return {
            "format": FORMAT,
            "language": LANGUAGE,
            "uuid": str(report.uuid),
            "title": report.title,
            "neighbourhood": report.neighbourhood.name,
            "city": report.neighbourhood.city,
            "period": _period(report),
            "made_on": date_format(timezone.localtime(now), "j F Y"),
            "made_at": timezone.localtime(now).isoformat(timespec="seconds"),
            "made_by": str(report.requested_by) if report.requested_by else "",
            "small": SMALL,
            "share_base": SHARE_BASE,
            "sections": sections,
            "stories": _stories(report, timezone.localtime(now).date()),
        }


def _stories(report: Report, today: dt.date) -> list[dict[str, str]]:
    """Return what residents agreed to have told here, and still agree to on the day that the report is made."""
    found = report_stories(report.neighbourhood_id, report.period_start, report.period_end, today=today)
    return [{"title": one.title, "teller": one.teller_name, "words": one.words} for one in found]


def _period(report: Report) -> dict[str, str]:
    start, end = report.period_start, report.period_end
    label = _("%(start)s tot en met %(end)s") % {
        "start": date_format(start, "j F Y" if start.year != end.year else "j F"),
        "end": date_format(end, "j F Y"),
    }
    return {"start": start.isoformat(), "end": end.isoformat(), "label": label}


def _section(section: Section, report: Report) -> dict[str, Any]:
    figures = [
        figure(measure, measure.compute(report.neighbourhood_id, report.period))
        for measure in section.measures()
    ]
    return {
        "code": str(section.code),
        "title": str(section.title),
        "intro": str(section.intro),
        "figures": figures,
        "headlines": [headline for entry in figures for headline in entry["headlines"]],
        "chart": _chart(section, figures),
    }


def _chart(section: Section, figures: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Draw what the chapter is about, divided in a way that may be shown; else another figure, else the totals."""
    figures = sorted(figures, key=lambda entry: entry["code"] != section.chart_of)
    for entry in figures:
        for code in ("groups", "months", "parts"):
            for division in entry["divisions"]:
                if division["code"] == code and not division["is_withheld"]:
                    title = _("%(measure)s per %(division)s") % {
                        "measure": entry["name"],
                        "division": division["label"],
                    }
                    return _drawing(section, title, division["label"], bars(division), code == "months")
    totals = [
        Bar(entry["name"], entry["value"], entry["shown"], is_band=entry["value"] is None)
        for entry in figures
        if entry["form"] == "count"
    ]
    return _drawing(section, _("In cijfers"), _("maatstaf"), totals, False) if totals else None


def _drawing(
    section: Section, title: str, row_label: str, drawn: list[Bar], is_over_time: bool
) -> dict[str, Any]:
    draw = column_chart if is_over_time and len(drawn) <= 6 else bar_chart
    return {
        "title": title,
        "row_label": row_label,
        "rows": [{"label": bar.label, "shown": bar.shown} for bar in drawn],
        "alt": _("Staafdiagram: %(rows)s.")
        % {"rows": "; ".join(f"{bar.label} {bar.shown}" for bar in drawn)},
        "svg": draw(drawn, section.palette),
    }

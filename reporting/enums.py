"""Fixed lists of this package."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ReportState(TextChoices):
    """Where a report stands."""

    REQUESTED = "requested", _("aangevraagd")
    COMPUTING = "computing", _("wordt gemaakt")
    DONE = "done", _("klaar")
    FAILED = "failed", _("mislukt")


UNFINISHED = (ReportState.REQUESTED, ReportState.COMPUTING)

REPORT_TRANSITIONS: dict[ReportState, frozenset[ReportState]] = {
    ReportState.REQUESTED: frozenset({ReportState.COMPUTING, ReportState.FAILED}),
    ReportState.COMPUTING: frozenset({ReportState.COMPUTING, ReportState.DONE, ReportState.FAILED}),
    ReportState.DONE: frozenset(),  # frozen, in the database as well
    ReportState.FAILED: frozenset({ReportState.REQUESTED}),  # once more, by hand
}

"""Reading an export over before it leaves: one's own circles, part by part."""

from itertools import groupby
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from arsenaal.lib.errors import ActionError
from rights.actions.exports import approve_export, review_parts
from rights.enums import PartState, RequestKind
from rights.models import ExportPart, RightsRequest
from rights.perms import can_decide, can_review
from rights.views.base import RequestActionView


def can_approve(user: Any, request: RightsRequest) -> bool:
    """Approve an export: who decides."""
    return request.kind == RequestKind.EXPORT and can_decide(user, request)


class ReviewView(RequestActionView):
    """All parts that this reader may read, each ticked to go along; unticking one asks why."""

    may = staticmethod(can_review)
    form_class = forms.Form
    template_name = "rights/review.html"
    title = gettext_lazy("Inzage nalezen")
    submit_label = gettext_lazy("Nagelezen")
    done_message = gettext_lazy("Bewaard wat je nalas.")

    @cached_property
    def parts(self) -> list[ExportPart]:
        """What this reader may read over."""
        parts = ExportPart.objects.filter(export__request=self.request_found)
        readable = parts.open_to(self.request.user, self.request_found.neighbourhood_id)
        return list(readable.order_by("position"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show the parts under their sections, as they were left or as they were just sent."""
        posted = self.request.POST if self.request.method == "POST" else None
        wrong = getattr(self, "wrong", "")
        for part in self.parts:
            is_doubtful = part.state == PartState.PENDING and bool(part.suggestion)
            part.goes = (  # type: ignore[attr-defined]
                f"in-{part.pk}" in posted
                if posted is not None
                else part.state != PartState.OUT and not is_doubtful
            )
            part.typed = (
                posted.get(f"reason-{part.pk}", "") if posted is not None else part.reason or part.suggestion
            )  # type: ignore[attr-defined]
            part.is_wrong = wrong == f"reason-{part.pk}"  # type: ignore[attr-defined]
        others = ExportPart.objects.filter(
            export__request=self.request_found, state=PartState.PENDING
        ).exclude(pk__in=[part.pk for part in self.parts])
        return super().get_context_data(
            sections=[
                (title, list(group)) for title, group in groupby(self.parts, key=lambda part: part.section)
            ],
            others=others.count(),
            **kwargs,
        )

    def act(self, form: forms.Form) -> str:
        """Keep what was read over. Only what stood on the page counts as seen."""
        posted = self.request.POST
        seen = {part.pk for part in self.parts if f"seen-{part.pk}" in posted}
        left_out = {
            pk: posted.get(f"reason-{pk}", "").replace("\0", "")[:300]
            for pk in seen
            if f"in-{pk}" not in posted
        }
        try:
            review_parts(by=self.request.user, request=self.request_found, seen=seen, left_out=left_out)
        except ActionError as error:
            self.wrong = error.field or ""
            raise
        return self.request_found.get_absolute_url()


class ApproveExportView(RequestActionView):
    """Approving what was read over: then it is written."""

    may = staticmethod(can_approve)
    form_class = forms.Form
    title = gettext_lazy("Inzage goedkeuren")
    submit_label = gettext_lazy("Goedkeuren en schrijven")
    done_message = gettext_lazy("Goedgekeurd. De pdf en het gegevensbestand worden geschreven.")

    def act(self, form: forms.Form) -> str:
        """Approve."""
        approve_export(by=self.request.user, request=self.request_found)
        return self.request_found.get_absolute_url()

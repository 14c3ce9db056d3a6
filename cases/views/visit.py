"""The page of a visit; planning, moving, cancelling and correcting one."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from accounts.looks import Look, Subject
from cases.actions.cancel_visit import cancel_visit
from cases.actions.correct_visit import correct_visit
from cases.actions.move_visit import moment_version, move_visit
from cases.actions.plan_visit import moment_in_words, plan_visit
from cases.enums import VisitPurpose, VisitResult, VisitState
from cases.forms.visit import (
    VisitCancelForm,
    VisitCorrectForm,
    VisitMoveForm,
    VisitPlanForm,
    initial_from_draft,
)
from cases.looks import case_look
from cases.models import PlanStep, Visit, VisitDraft
from cases.perms import can_correct_entry, can_work_on_case
from cases.reading import TimelineRow, readable_rows
from cases.views.base import CaseActionView, CaseMixin
from cases.visit_moments import Suggestion, suggest_moments


class VisitView(CaseMixin, TemplateView):
    """One visit. Its words come from the timeline entry alone, so that circles and redaction hold here as
    well.
    """

    template_name = "cases/visit.html"
    visit: Visit

    def load(self, **kwargs: Any) -> None:
        """Find the visit in the case."""
        super().load(**kwargs)
        visits = Visit.objects.select_related("entry", "created_by").prefetch_related("visitors")
        self.visit = get_object_or_404(visits, case=self.case, uuid=kwargs["visit"])

    def looks(self) -> Iterable[Look]:
        """The visit, with its case."""
        return [case_look(self.case, subject=Subject.VISIT, subject_id=self.visit.pk)]

    def row(self) -> TimelineRow | None:
        """Return the entry as this reader may see it."""
        if self.visit.entry_id is None:
            return None
        return readable_rows([self.visit.entry_id], self.request.user, self.case)[0]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What happened, what came of it, what to do next."""
        user, visit = self.request.user, self.visit
        row = self.row()
        may_work = can_work_on_case(user, self.case)
        is_open = row is not None and row.is_open and not row.is_redacted
        kwargs.pop("visit", None)  # the uuid in the address
        return super().get_context_data(
            visit=visit,
            row=row,
            is_open=is_open,
            may_work=may_work,
            may_correct=bool(may_work and visit.entry and can_correct_entry(user, visit.entry)),
            draft=VisitDraft.objects.filter(user=user, case=self.case, visit_uuid=visit.uuid).first(),
            suggestions=self.suggestions() if may_work and is_open else [],
            steps=list(PlanStep.objects.filter(visit=visit).select_related("assignee").order_by("position")),
            **kwargs,
        )

    def suggestions(self) -> list[Suggestion]:
        """Nobody home: when to try again, as long as this was the last attempt."""
        if self.visit.result != VisitResult.NOBODY_HOME:
            return []
        later = Visit.objects.done().filter(case=self.case, visited_at__gt=self.visit.visited_at)
        return [] if later.exists() else suggest_moments(self.case)


class VisitPlanView(CaseActionView):
    """Plan a visit."""

    form_class = VisitPlanForm
    template_name = "cases/visit_plan.html"
    title = gettext_lazy("Huisbezoek plannen")
    submit_label = gettext_lazy("Bezoek plannen")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Give the form its case and user."""
        return {**super().get_form_kwargs(), "case": self.case, "user": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        """What the visit is most likely for."""
        return {"purpose": VisitPurpose.FOLLOW_UP if self.case.last_seen_at else VisitPurpose.GET_TO_KNOW}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Moments to try, when nobody was home the last time."""
        return super().get_context_data(suggestions=suggest_moments(self.case), **kwargs)

    def act(self, form: forms.Form) -> str:
        """Plan it and show it."""
        data = form.cleaned_data
        visit = plan_visit(
            by=self.request.user,
            case=self.case,
            scheduled_at=form.moment(),  # type: ignore[attr-defined]
            visitors=data["visitors"],
            purpose=data["purpose"],
        )
        messages.success(
            self.request,
            _("Gepland: %(moment)s. Het staat bij Vandaag van wie meegaat.")
            % {"moment": moment_in_words(visit.scheduled_at)},
        )
        return reverse("cases:visit", args=[self.case.number, visit.uuid])


class _OfVisitView(CaseActionView):
    """A form about one visit."""

    visit: Visit

    def load(self, **kwargs: Any) -> None:
        """Find the visit in the case."""
        super().load(**kwargs)
        visits = Visit.objects.select_related("entry__case")
        self.visit = get_object_or_404(visits, case=self.case, uuid=kwargs["visit"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Going back leads to the visit."""
        context = super().get_context_data(visit=self.visit, **kwargs)
        return {**context, "cancel_url": self.visit_url()}

    def visit_url(self) -> str:
        """Return the address of the visit's page."""
        return reverse("cases:visit", args=[self.case.number, self.visit.uuid])


class _PlannedVisitView(_OfVisitView):
    """A form about a visit that still has to happen."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask; a visit that isn't planned any more shows itself."""
        if self.visit.state != VisitState.PLANNED:
            return HttpResponseRedirect(self.visit_url())
        return super().get(request, *args, **kwargs)

    def moment(self) -> str:
        """Return when it is planned, in words."""
        return moment_in_words(self.visit.scheduled_at) if self.visit.scheduled_at else ""


class VisitMoveView(_PlannedVisitView):
    """Plan a visit at another moment."""

    form_class = VisitMoveForm
    title = gettext_lazy("Bezoek verplaatsen")
    submit_label = gettext_lazy("Bezoek verplaatsen")

    def get_initial(self) -> dict[str, Any]:
        """The moment it has now."""
        moment = timezone.localtime(self.visit.scheduled_at)
        return {"day": moment.date(), "time": moment.time(), "version": moment_version(moment)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the moment it has now."""
        intro = _("Nu gepland op %(moment)s. Op de tijdlijn ziet het team wanneer het wordt.") % {
            "moment": self.moment()
        }
        return super().get_context_data(intro=intro, **kwargs)

    def latest_version(self) -> int | None:
        """Return the moment it has by now."""
        moment = Visit.objects.values_list("scheduled_at", flat=True).get(pk=self.visit.pk)
        return moment_version(moment) if moment else None

    def act(self, form: forms.Form) -> str:
        """Move it and show it."""
        visit = move_visit(
            by=self.request.user,
            visit=self.visit,
            scheduled_at=form.moment(),  # type: ignore[attr-defined]
            version=form.cleaned_data["version"],
        )
        messages.success(
            self.request,
            _("Verplaatst naar %(moment)s. Laat het ook aan het gezin weten.")
            % {"moment": moment_in_words(visit.scheduled_at)},
        )
        return self.visit_url()


class VisitCancelView(_PlannedVisitView):
    """Say that a planned visit doesn't happen."""

    form_class = VisitCancelForm
    title = gettext_lazy("Bezoek gaat niet door")
    submit_label = gettext_lazy("Bezoek schrappen")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the visit that goes."""
        intro = _("Het gaat om %(moment)s. Op de tijdlijn blijft staan dat het gepland was.") % {
            "moment": self.moment()
        }
        return super().get_context_data(intro=intro, **kwargs)

    def act(self, form: forms.Form) -> str:
        """Cancel it and go back to the case."""
        cancel_visit(by=self.request.user, visit=self.visit, reason=form.cleaned_data["reason"])
        messages.success(self.request, _("Het bezoek gaat niet door. Plan een ander moment als dat kan."))
        return self.visit_url()


class VisitCorrectView(_OfVisitView):
    """Correct what one wrote about a visit."""

    form_class = VisitCorrectForm
    template_name = "cases/visit_correct.html"
    title = gettext_lazy("Bezoek verbeteren")
    submit_label = gettext_lazy("Verbetering bewaren")
    done_message = gettext_lazy("De verbetering staat op de tijdlijn. Wat er eerst stond, blijft leesbaar.")

    def load(self, **kwargs: Any) -> None:
        """Only who wrote it."""
        super().load(**kwargs)
        if self.visit.entry is None or not can_correct_entry(self.request.user, self.visit.entry):
            raise PermissionDenied

    def get_form_kwargs(self) -> dict[str, Any]:
        """Give the form its visit."""
        return {**super().get_form_kwargs(), "visit": self.visit}

    def get_initial(self) -> dict[str, Any]:
        """What stands there now, with what came in after it was saved on top."""
        visit = self.visit
        initial: dict[str, Any] = {
            "result": visit.result,
            "present": visit.words.present,
            "narrative": visit.words.narrative,
            "agreed": visit.words.agreed,
            "sightings": {seen.sighting: seen.severity for seen in visit.observations.all()},
        }
        draft = VisitDraft.objects.filter(
            user=self.request.user, case=self.case, visit_uuid=visit.uuid
        ).first()
        if draft is not None:
            initial |= {
                key: value for key, value in initial_from_draft(draft.payload).items() if key in initial
            }
        return {**initial, "version": visit.entry_id}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The photos, to choose which go."""
        photos = list(self.visit.photos.order_by("added_at", "pk"))
        return super().get_context_data(photos=photos, **kwargs)

    def latest_version(self) -> int | None:
        """Return the entry as it stands now."""
        return Visit.objects.values_list("entry_id", flat=True).get(pk=self.visit.pk)

    def act(self, form: forms.Form) -> str:
        """Correct it and show it."""
        data = form.cleaned_data
        correct_visit(
            by=self.request.user,
            visit=self.visit,
            entry_id=data["version"],
            reason=data["reason"],
            result=data["result"],
            present=data["present"],
            narrative=data["narrative"],
            agreed=data["agreed"],
            observations=data["sightings"],
            remove_photos=data.get("remove_photos", []),
        )
        return self.visit_url()

"""The form of a home visit: new, or of a planned one."""

import datetime as dt
import uuid as uuids
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from arsenaal.lib.errors import ActionError
from arsenaal.lib.images import PhotoRefused
from cases.actions.boundaries import standing_boundaries
from cases.actions.drafts import DraftNotHere
from cases.actions.log_visit import (
    LoggedVisit,
    VisitCancelled,
    VisitLoggedByColleague,
    VisitTaken,
    log_visit,
)
from cases.actions.visit_drafts import move_draft, save_draft
from cases.actions.visit_lock import visit_with
from cases.actions.visit_photos import add_photo
from cases.circles import circle_choices
from cases.enums import VisitPurpose, VisitState
from cases.facts import set_addresses
from cases.forms.visit import VisitForm, initial_from_draft
from cases.models import Visit, VisitDraft, VisitPhoto
from cases.timeline import default_circle
from cases.views.base import CaseActionView
from cases.views.drafts import DraftFormMixin, to_uuid


class VisitFormView(DraftFormMixin, CaseActionView):
    """What the form of a new and of a planned visit share."""

    form_class = VisitForm
    template_name = "cases/visit_form.html"
    visit_uuid: uuids.UUID
    planned: Visit | None = None

    def get_form_kwargs(self) -> dict[str, Any]:
        """Give the form its case, its user and the circles in which this user may write."""
        return {
            **super().get_form_kwargs(),
            "case": self.case,
            "user": self.request.user,
            "circles": [(value, label) for value, label, _readers in self.circles],
        }

    @cached_property
    def circles(self) -> list[tuple[str, str, str]]:
        """Return the circles in which this user may write: value, label, readers in words."""
        return circle_choices(self.request.user, self.case)

    @cached_property
    def own_draft(self) -> VisitDraft | None:
        """Return what this user typed before about this visit."""
        return VisitDraft.objects.filter(
            user=self.request.user, case=self.case, visit_uuid=self.visit_uuid
        ).first()

    def get_initial(self) -> dict[str, Any]:
        """Now, and what was typed before."""
        now = timezone.localtime()
        initial: dict[str, Any] = {
            "day": now.date(),
            "time": now.time(),
            "purpose": VisitPurpose.FOLLOW_UP if self.case.last_seen_at else VisitPurpose.GET_TO_KNOW,
        }
        if self.planned is not None:
            initial |= self.planned_initial(self.planned, now)
        if self.own_draft is not None:
            initial |= initial_from_draft(self.own_draft.payload)
        return initial

    def planned_initial(self, planned: Visit, now: dt.datetime) -> dict[str, Any]:
        """What was planned; its moment when that has passed."""
        moment = timezone.localtime(planned.scheduled_at)
        found: dict[str, Any] = {
            "purpose": planned.purpose,
            "visitors": [str(pk) for pk in planned.visitors.values_list("pk", flat=True)],
        }
        return {**found, "day": moment.date(), "time": moment.time()} if moment <= now else found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Boundaries, photos, circles in words, and other drafts of this user for this case."""
        user = self.request.user
        set_addresses([self.case], user)
        usual = default_circle("cases.visit", by=user, case=self.case)
        photos = VisitPhoto.objects.filter(
            case=self.case, visit_uuid=self.visit_uuid, added_by=user, visit=None
        ).order_by("added_at", "pk")
        return super().get_context_data(
            visit_uuid=self.visit_uuid,
            planned=self.planned,
            draft=self.own_draft,
            photos=photos,
            boundaries=standing_boundaries(self.case),
            usual_circle=usual,
            circles=[
                {"value": value, "label": label, "readers": readers} for value, label, readers in self.circles
            ],
            usual_readers={value: readers for value, _label, readers in self.circles}.get(usual.value, ""),
            other_drafts=self.other_drafts(),
            already_planned=self.already_planned(),
            **kwargs,
        )

    def other_drafts(self) -> list[VisitDraft]:
        """Visits of this case that this user began to write and didn't save."""
        drafts = VisitDraft.objects.filter(user=self.request.user, case=self.case)
        return list(drafts.exclude(visit_uuid=self.visit_uuid).order_by("-saved_at", "-pk")[:3])

    def already_planned(self) -> list[Visit]:
        """Visits planned for these days: whoever was there logs that one, not a second."""
        if self.planned is not None:
            return []
        near = Visit.objects.planned().filter(
            case=self.case, scheduled_at__lte=timezone.now() + dt.timedelta(days=1)
        )
        return list(near.order_by("-scheduled_at", "-pk")[:3])

    @property
    def left_url(self) -> str:  # type: ignore[override]
        """The case."""
        return self.case.get_absolute_url()

    def before_judging(self, form: forms.Form) -> None:
        """Take in the photos first, so that a mistake elsewhere costs none."""
        for problem in self.take_photos():
            form.add_error("photos", problem)

    def take_photos(self) -> list[str]:
        """Take in each photo that came with the form; return what was wrong, in words."""
        uploads = self.request.FILES.getlist("photos")
        problems = []
        for upload in uploads:
            try:
                add_photo(by=self.request.user, case=self.case, visit_uuid=self.visit_uuid, upload=upload)
            except PhotoRefused as error:
                name = upload.name or ""
                problems.append(f"{name}: {error.message}" if len(uploads) > 1 else error.message)
        mine = Visit.objects.done().filter(
            uuid=self.visit_uuid, case=self.case, entry__author=self.request.user
        )
        return [] if problems and mine.exists() else problems

    def log(self, form: VisitForm) -> LoggedVisit:
        """Save the visit."""
        data = form.cleaned_data
        return log_visit(
            by=self.request.user,
            case=self.case,
            uuid=self.visit_uuid,
            visited_at=form.moment(),
            result=data["result"],
            visitors=data["visitors"],
            purpose=data["purpose"],
            present=data["present"],
            observations=data["sightings"],
            narrative=data["narrative"],
            agreed=data["agreed"],
            circle=data["circle"] or None,
            trust_stage=data["trust_stage"],
            trust_event=data["trust_event"],
            next_step=form.next_step(),
        )

    def form_valid(self, form: VisitForm) -> HttpResponse:
        """Save the visit once; a refusal is shown beside its field, and words that can't be saved are
        kept.
        """
        try:
            logged = self.log(form)
        except (VisitTaken, VisitCancelled, VisitLoggedByColleague) as error:
            return self.keep_words(error)
        except ActionError as error:
            return self.refused(form, error)
        if logged.is_new:
            messages.success(self.request, _("Het bezoek is bewaard en staat op de tijdlijn."))
        elif logged.differs:
            self.keep(is_correction=True)
            messages.warning(
                self.request,
                _("Dit bezoek was al bewaard. Wat je daarna schreef, staat hieronder klaar als verbetering."),
            )
            return self.go_to(reverse("cases:visit-correct", args=[self.case.number, self.visit_uuid]))
        return self.go_to(reverse("cases:visit", args=[self.case.number, self.visit_uuid]))

    def keep(self, *, is_correction: bool = False) -> None:
        """Keep what was sent as the user's own draft."""
        save_draft(
            by=self.request.user,
            case=self.case,
            visit_uuid=self.visit_uuid,
            payload=self.sent_words(),
            is_correction=is_correction,
        )

    def keep_words(self, error: ActionError) -> HttpResponse:
        """The visit isn't his to save: keep his words, and take him to where he can go on."""
        messages.warning(self.request, error.message)
        if isinstance(error, VisitLoggedByColleague):
            self.keep()
            return self.go_to(reverse("cases:visit", args=[self.case.number, self.visit_uuid]))
        try:
            self.keep()
            self.visit_uuid = move_draft(by=self.request.user, case=self.case, visit_uuid=self.visit_uuid)
        except DraftNotHere:  # the uuid is a visit of another case
            self.visit_uuid = uuids.uuid4()
            self.keep()
        return self.go_to(f"{reverse('cases:visit-new', args=[self.case.number])}?visit={self.visit_uuid}")


class VisitNewView(VisitFormView):
    """A visit that wasn't planned."""

    def load(self, **kwargs: Any) -> None:
        """Find the case, and which visit this is: the one in the form, in the address, or a new one."""
        super().load(**kwargs)
        asked = to_uuid(self.request.POST.get("visit") or self.request.GET.get("visit"))
        self.visit_uuid = asked or uuids.uuid4()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show the form; a uuid that is taken elsewhere is quietly replaced, one that was saved leads to its
        page.
        """
        visit = visit_with(self.visit_uuid)
        if visit is not None and visit.case_id == self.case.pk:
            name = "cases:visit-log" if visit.state == VisitState.PLANNED else "cases:visit"
            return HttpResponseRedirect(reverse(name, args=[self.case.number, visit.uuid]))
        elsewhere = VisitDraft.objects.filter(user=request.user, visit_uuid=self.visit_uuid)
        if visit is not None or elsewhere.exclude(case=self.case).exists():
            self.visit_uuid = uuids.uuid4()
        return super().get(request, *args, **kwargs)


class VisitLogView(VisitFormView):
    """A visit that was planned."""

    def load(self, **kwargs: Any) -> None:
        """Find the planned visit in the case."""
        super().load(**kwargs)
        self.planned = get_object_or_404(Visit, case=self.case, uuid=kwargs["visit"])
        self.visit_uuid = self.planned.uuid

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show the form; a visit that was saved or cancelled shows itself."""
        if self.planned and self.planned.state != VisitState.PLANNED:
            return HttpResponseRedirect(reverse("cases:visit", args=[self.case.number, self.visit_uuid]))
        return super().get(request, *args, **kwargs)

"""The weekly review on screen: one case at a time, readable from the back of the room, by keyboard alone.

What is shown here is seen by everybody in the room, so only the shared circle is shown, whoever is logged in.
"""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from accounts.looks import Look, LookKind, Subject, note_look
from accounts.models import Neighbourhood, User
from accounts.permissions import Permission
from accounts.views.base import ActionFormView, PermissionMixin
from arsenaal.lib.exports import pdf_response
from arsenaal.lib.pdf import render_pdf
from arsenaal.lib.registries import Term, term_sources
from cases.actions import review as actions
from cases.agenda import last_closed_review, make_agenda
from cases.enums import AgendaState, ReviewState, StepState, TaskState
from cases.facts import facts_for
from cases.forms.review import AttendanceForm, DecisionForm
from cases.looks import case_look
from cases.models import AgendaItem, Case, Decision, Review
from cases.perms import can_decide_radar, can_lead_review
from cases.reading import shared_rows_since
from cases.signals import TERM_DAYS

PAST_REVIEWS = 12


class ReviewHomeView(PermissionMixin, TemplateView):
    """Before the review: the agenda as it stands, and the minutes of earlier ones."""

    permission = Permission.REVIEW_ATTEND
    template_name = "cases/review_home.html"

    def load(self, **kwargs: Any) -> None:
        """Take the neighbourhood that was chosen, or the first one."""
        ids = self.request.user.access.where(Permission.REVIEW_ATTEND)
        self.neighbourhoods = list(Neighbourhood.objects.filter(pk__in=ids).order_by("pk"))
        chosen = self.request.GET.get("wijk", "")
        self.neighbourhood = next(
            (n for n in self.neighbourhoods if n.slug == chosen), self.neighbourhoods[0]
        )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Go to the review that is going on, or show the agenda of the next one."""
        current = Review.objects.filter(neighbourhood=self.neighbourhood, state=ReviewState.OPEN).first()
        if current is not None:
            return redirect("cases:review-session", current.pk)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The agenda with the reason for each point."""
        previous = last_closed_review(self.neighbourhood)
        past = Review.objects.filter(neighbourhood=self.neighbourhood, state=ReviewState.CLOSED)
        return super().get_context_data(
            neighbourhood=self.neighbourhood,
            neighbourhoods=self.neighbourhoods,
            previous=previous,
            agenda=make_agenda(self.neighbourhood, timezone.localdate(), previous),
            past=past.order_by("-held_on", "-pk")[:PAST_REVIEWS],
            may_lead=can_lead_review(self.request.user, self.neighbourhood),
            **kwargs,
        )


class ReviewStartView(PermissionMixin, View):
    """Start the review of a neighbourhood."""

    permission = Permission.REVIEW_LEAD
    http_method_names = ("post",)

    def post(self, request: HttpRequest, slug: str) -> HttpResponseBase:
        """Start, or go to the one that was started a moment ago."""
        ids = request.user.access.where(Permission.REVIEW_LEAD)
        neighbourhood = get_object_or_404(Neighbourhood, pk__in=ids, slug=slug)
        review = actions.start_review(by=request.user, neighbourhood=neighbourhood)
        return redirect("cases:review-session", review.pk)


class ReviewMixin(PermissionMixin):
    """A page of one review: 404 outside the neighbourhoods where one attends."""

    permission = Permission.REVIEW_ATTEND
    subject = Subject.REVIEW
    look_kind = LookKind.OPENED
    review: Review

    def load(self, **kwargs: Any) -> None:
        """Find the review."""
        reviews = Review.objects.visible_to(self.request.user).select_related("neighbourhood", "closed_by")
        self.review = get_object_or_404(reviews, pk=kwargs["pk"])

    def looks(self) -> Iterable[Look]:
        """The review."""
        return [
            Look(
                self.look_kind,
                Subject.REVIEW,
                subject_id=self.review.pk,
                label=f"{self.review.held_on:%d/%m/%Y}",
                neighbourhood_id=self.review.neighbourhood_id,
            )
        ]

    def find_item(self, pk: int) -> AgendaItem:
        """Find an item of this review's agenda."""
        items = self.review.items.select_related(
            "case__household",
            "case__neighbourhood",
            "radar_entry__source_organisation",
            "help_request__organisation",
        )
        return get_object_or_404(items, pk=pk)

    def colleagues(self) -> Any:
        """Those to whom a task can be given."""
        return User.objects.with_permission(Permission.CASE_WORK, self.review.neighbourhood_id).order_by(
            "first_name", "last_name"
        )


@dataclass
class Promise:
    """A task or step that is open or was just kept."""

    title: str
    who: str
    due_on: dt.date | None
    is_late: bool
    is_done: bool


class ReviewSessionView(ReviewMixin, TemplateView):
    """The room: agenda on the left, the case in the middle, deciding on the right."""

    template_name = "cases/review_session.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A closed review shows its minutes instead."""
        if self.review.state == ReviewState.CLOSED:
            return redirect("cases:review-minutes", self.review.pk)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Everything about the item that is being discussed."""
        items = list(
            self.review.items.select_related("case", "radar_entry", "help_request__organisation")
            .annotate(decided=Count("decisions"))
            .order_by("position")
        )
        current = self._current(items)
        index = items.index(current) if current else -1
        context: dict[str, Any] = {
            "review": self.review,
            "items": items,
            "current": current,
            "number": index + 1,
            "previous_item": items[index - 1] if index > 0 else None,
            "next_item": items[index + 1] if current and index + 1 < len(items) else None,
            "attendance_form": AttendanceForm(review=self.review),
            "present_count": self.review.attendance.filter(is_present=True).count(),
            "attendance_count": self.review.attendance.count(),
            "form": kwargs.get("form") or DecisionForm(colleagues=self.colleagues()),
            "may_lead": can_lead_review(self.request.user, self.review.neighbourhood),
            "submission_token": kwargs.get("submission_token") or uuid.uuid4(),
        }
        if current is not None:
            item = self.find_item(current.pk)
            context["item"] = item
            context["decisions"] = item.decisions.select_related("task__assignee").order_by("pk")
            if item.case is not None:
                context |= self._case_context(item.case)
                note_look(self.request, case_look(item.case))
            if item.radar_entry is not None:
                context["may_decide_radar"] = can_decide_radar(self.request.user, item.radar_entry)
        return super().get_context_data(**context, **{k: v for k, v in kwargs.items() if k not in context})

    def _current(self, items: list[AgendaItem]) -> AgendaItem | None:
        wanted = self.request.GET.get("punt", "") or str(self.kwargs.get("item", ""))
        for item in items:
            if str(item.pk) == wanted:
                return item
        return next(
            (item for item in items if item.state == AgendaState.WAITING), items[0] if items else None
        )

    def _case_context(self, case: Case) -> dict[str, Any]:
        previous = last_closed_review(self.review.neighbourhood)
        since = previous.started_at if previous else self.review.started_at - dt.timedelta(days=7)
        today = timezone.localdate()
        terms: list[Term] = [
            term
            for source in term_sources
            for term in source.fetch([case.pk], today + dt.timedelta(days=TERM_DAYS))
        ]
        return {
            "case": case,
            "facts": [
                (fact, text)
                for fact, texts in facts_for(self.request.user, [case.pk])
                if (text := texts.get(case.pk))
            ],
            "boundaries": case.boundaries.standing(),
            "terms": sorted(terms, key=lambda term: term.due_on)[:4],
            "since": since,
            "rows": shared_rows_since(case, since),
            "promises": _promises(case, since),
        }


def _promises(case: Case, since: dt.datetime) -> list[Promise]:
    """Tasks and steps of this case that are open, or that were done since the last review."""
    today = timezone.localdate()
    tasks = case.tasks.filter(Q(state=TaskState.OPEN) | Q(state=TaskState.DONE, done_at__gte=since))
    steps = case.steps.filter(
        Q(state__in=[StepState.TODO, StepState.BUSY], due_on__isnull=False)
        | Q(state=StepState.DONE, done_on__gte=timezone.localtime(since).date())
    )
    found = [
        Promise(
            task.title,
            str(task.assignee),
            task.due_on,
            task.state == TaskState.OPEN and task.due_on < today,
            task.state == TaskState.DONE,
        )
        for task in tasks.select_related("assignee")
    ]
    found += [
        Promise(
            step.title,
            str(step.organisation or step.assignee or ""),
            step.due_on,
            step.state != StepState.DONE and step.due_on is not None and step.due_on < today,
            step.state == StepState.DONE,
        )
        for step in steps.select_related("assignee", "organisation")
    ]
    return sorted(found, key=lambda promise: (promise.is_done, promise.due_on or today))


class DecideView(ReviewMixin, ActionFormView):
    """Type a decision once; it is a task at once."""

    form_class = DecisionForm

    def load(self, **kwargs: Any) -> None:
        """Find the review and the item."""
        super().load(**kwargs)
        self.item = self.find_item(kwargs["item"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """There is no page of its own: the room shows the form."""
        return redirect(_item_url(self.review, self.item))

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the colleagues of this neighbourhood."""
        return {**super().get_form_kwargs(), "colleagues": self.colleagues()}

    def act(self, form: forms.Form) -> str:
        """Decide."""
        decision = actions.decide(by=self.request.user, item=self.item, **form.cleaned_data)
        messages.success(
            self.request,
            _("Beslist. De taak staat bij %(who)s.") % {"who": decision.task.assignee.first_name}
            if decision.task
            else _("Beslist."),
        )
        return _item_url(self.review, self.item)

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """Show the room again with what was typed."""
        room = ReviewSessionView()
        room.setup(self.request, pk=self.review.pk, item=self.item.pk)
        room.review = self.review
        context = room.get_context_data(form=form, submission_token=self.request.POST.get("submission_token"))
        response = room.render_to_response(context)
        response.status_code = 422
        return response


def _item_url(review: Review, item: AgendaItem | None) -> str:
    url = reverse("cases:review-session", args=[review.pk])
    return f"{url}?punt={item.pk}" if item else url


class ReviewPostView(ReviewMixin, View):
    """A button of the room: changes one thing and comes back to the room."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Do it, or say why not."""
        try:
            return redirect(self.act())
        except actions.CannotReview as error:
            messages.error(request, error.message)
            return redirect("cases:review-session", self.review.pk)

    def act(self) -> str:
        """Change one thing and return where to go."""
        raise NotImplementedError


class ItemStateView(ReviewPostView):
    """Discussed, carried over or back again; then on to the next item."""

    def act(self) -> str:
        """Set the state, go to the next item."""
        item = self.find_item(self.kwargs["item"])
        try:
            state = AgendaState(self.request.POST.get("state", ""))
        except ValueError as error:
            raise Http404 from error
        actions.set_item_state(by=self.request.user, item=item, state=state)
        if state == AgendaState.WAITING:
            return _item_url(self.review, item)
        following = self.review.items.filter(position__gt=item.position).order_by("position").first()
        return _item_url(self.review, following or item)


class DecisionWithdrawView(ReviewPostView):
    """Take a decision back while the review goes on."""

    def act(self) -> str:
        """Withdraw it."""
        decision = get_object_or_404(
            Decision.objects.select_related("item__review", "task"),
            pk=self.kwargs["decision"],
            item__review=self.review,
        )
        actions.withdraw_decision(by=self.request.user, decision=decision)
        messages.success(self.request, _("Beslissing teruggenomen."))
        return _item_url(self.review, decision.item)


class AttendanceView(ReviewPostView):
    """Who is there."""

    def act(self) -> str:
        """Record attendance; nonsense in the form is ignored."""
        form = AttendanceForm(self.request.POST, review=self.review)
        if form.is_valid():
            present = {int(pk) for pk in form.cleaned_data["present"]}
            actions.set_attendance(by=self.request.user, review=self.review, present=present)
            messages.success(self.request, _("Aanwezigheid bewaard."))
        item = self.request.POST.get("punt", "")
        return (
            f"{reverse('cases:review-session', args=[self.review.pk])}?punt={item if item.isdigit() else ''}"
        )


class AgendaAddView(ReviewPostView):
    """Put a case on the agenda by its number."""

    def act(self) -> str:
        """Find the case within what one may see and add it."""
        number = self.request.POST.get("number", "").strip()[:20]
        case = Case.objects.visible_to(self.request.user).filter(number__iexact=number).first()
        if case is None:
            raise actions.CannotReview(_("We vonden geen dossier met dit nummer. Kijk het nummer na."))
        return _item_url(
            self.review, actions.add_case_to_agenda(by=self.request.user, review=self.review, case=case)
        )


class ReviewCloseView(ReviewMixin, TemplateView):
    """Close the review and make the minutes; first it says what will happen."""

    permission = Permission.REVIEW_LEAD
    template_name = "cases/review_close.html"

    def load(self, **kwargs: Any) -> None:
        """Whoever may not lead here is refused."""
        super().load(**kwargs)
        if not can_lead_review(self.request.user, self.review.neighbourhood):
            raise PermissionDenied

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What carries over, and who was there."""
        waiting = self.review.items.filter(state=AgendaState.WAITING, decisions__isnull=True)
        attendance = self.review.attendance.filter(is_present=True).select_related("user")
        return super().get_context_data(
            review=self.review,
            left=waiting.select_related("case", "radar_entry", "help_request__organisation").order_by(
                "position"
            ),
            present=attendance.order_by("pk"),
            decided=Decision.objects.filter(item__review=self.review).count(),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Close it. Closed by somebody else a moment ago, its minutes are there."""
        try:
            actions.close_review(by=request.user, review=self.review)
        except actions.CannotReview as error:
            messages.error(request, error.message)
            return redirect("cases:review-session", self.review.pk)
        messages.success(request, _("Het overleg is afgerond. Iedereen vindt zijn taken bij Vandaag."))
        return redirect("cases:review-minutes", self.review.pk)


def minutes_context(minutes: dict[str, Any]) -> dict[str, Any]:
    """Prepare frozen minutes for reading: dates as dates, discussed and carried items apart."""
    items = [
        {
            **item,
            "decisions": [
                {**decision, "due_on": parse_date(decision["due_on"]) if decision["due_on"] else None}
                for decision in item["decisions"]
            ],
        }
        for item in minutes["items"]
    ]
    return {
        "minutes": minutes,
        "held_on": parse_date(minutes["held_on"]),
        "absent": ", ".join(person["name"] for person in minutes["attendance"] if not person["present"]),
        "discussed": [item for item in items if item["state"] == AgendaState.DISCUSSED],
        "carried": [item for item in items if item["state"] == AgendaState.CARRIED],
    }


class MinutesView(ReviewMixin, TemplateView):
    """The minutes of a closed review."""

    template_name = "cases/review_minutes.html"

    def load(self, **kwargs: Any) -> None:
        """Only a closed review has minutes."""
        super().load(**kwargs)
        if self.review.state != ReviewState.CLOSED:
            raise Http404

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The minutes as they were frozen."""
        return super().get_context_data(review=self.review, **minutes_context(self.review.minutes), **kwargs)


class MinutesPdfView(MinutesView):
    """The minutes as a PDF, made from what was frozen alone."""

    look_kind = LookKind.PRINTED

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Render and send the file."""
        content = render_pdf(
            "cases/review_minutes_pdf.html",
            minutes_context(self.review.minutes),
            language="nl",
        )
        name = f"overleg-{slugify(self.review.neighbourhood.name)}-{self.review.held_on:%Y-%m-%d}"
        return pdf_response(name, content)

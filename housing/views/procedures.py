"""Procedures about dwellings: the list, one procedure, starting it, its steps and terms, and its sheet on paper."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from accounts.looks import Look, Subject, look_at
from accounts.permissions import Permission
from accounts.views.base import ActionFormView, PermissionMixin
from arsenaal.lib.exports import pdf_response
from arsenaal.lib.pdf import render_pdf
from cases.neighbourhoods import neighbourhoods_where
from cases.reference import value_on, values_on
from cases.views.lists import ExportView, FilteredListView, FilteredQueryMixin, Sort
from housing.actions.certificates import lapse_certificate
from housing.actions.procedure_pauses import pause_term, resume_term
from housing.actions.procedure_steps import take_step
from housing.actions.start_procedure import start_procedure
from housing.filters.procedures import ProcedureFilter
from housing.forms.procedures import LapseForm, PauseForm, ResumeForm, StartForm, StepForm
from housing.models import Building, Certificate, DwellingProcedure, Procedure, ProcedureEvent, ProcedureTerm
from housing.perms import can_work_on_procedures
from housing.procedure_enums import MUST_LEAVE, TRANSITIONS, ProcedureKind, Step, TermCode
from housing.procedure_reading import lines_of, standings, with_terms
from housing.rehousing import family_plans
from people.models import Household

_VALUES = (
    "procedure.advice_exempt",
    "procedure.hearing_notice",
    "certificate.validity",
    "term.warn_days",
)


def soon_from(today: dt.date) -> dt.date:
    """Return until which day a term is near enough to warn for."""
    return today + dt.timedelta(days=value_on("term.warn_days", today).count)


class ProcedureRows(FilteredQueryMixin):
    """The procedures that the address asks for."""

    permission = Permission.PROCEDURE_READ
    filter_class = ProcedureFilter
    sorts = {
        "started": Sort("started_on", gettext_lazy("oudste eerst"), gettext_lazy("nieuwste eerst")),
    }
    default_sort = "-started"

    def filter_kwargs(self) -> dict[str, Any]:
        """The filter offers a choice of neighbourhood to who has several."""
        return {"neighbourhoods": neighbourhoods_where(self.request.user, Permission.PROCEDURE_READ)}

    def visible(self) -> QuerySet[Procedure]:
        """Every procedure the user may see."""
        return Procedure.objects.visible_to(self.request.user)


def _with_parts(rows: QuerySet[Procedure]) -> QuerySet[Procedure]:
    parts = (
        DwellingProcedure.objects.select_related("procedure").prefetch_related(with_terms()).order_by("pk")
    )
    return rows.select_related("building").prefetch_related(Prefetch("parts", queryset=parts))


class ProcedureListView(ProcedureRows, FilteredListView):
    """The list of procedures."""

    template_name = "housing/procedures/list.html"
    title = gettext_lazy("Procedures")
    export_url_name = "housing:procedure-export"

    def enrich(self, rows: QuerySet[Procedure]) -> QuerySet[Procedure]:
        """Each row tells where it stands and what comes next."""
        return _with_parts(rows)

    def subject(self, count: str) -> str:
        """Say how many procedures."""
        return _("1 procedure") if count == "1" else _("%(n)s procedures") % {"n": count}

    def remarks(self) -> Iterable[str]:
        """Say what else was chosen."""
        if "kind" in self.chosen:
            yield str(ProcedureKind(self.chosen["kind"]).label)
        if "running" in self.chosen:
            yield _("die nog lopen") if self.chosen["running"] == "yes" else _("afgesloten")
        if "late" in self.chosen:
            yield _("met een termijn die voorbij is")
        if "q" in self.chosen:
            yield _("lijkt op “%(words)s”") % {"words": self.chosen["q"]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give each row its line."""
        today = timezone.localdate()
        context = super().get_context_data(today=today, soon=soon_from(today), **kwargs)
        for procedure in context["page"].rows:
            procedure.line = lines_of(list(procedure.parts.all()))[0]
        return context


class ProcedureExportView(ProcedureRows, ExportView):
    """The same procedures as a file, one line per dwelling."""

    filename = "procedures"

    def headers(self) -> Sequence[Any]:
        """Return the names of the columns."""
        return [
            _("Soort"),
            _("Woning"),
            _("Stand"),
            _("Aan zet"),
            _("Verzoek"),
            _("Besluit"),
            _("Betekend"),
            _("Opgeheven"),
        ]

    def lines(self, rows: QuerySet[Procedure]) -> Iterator[Sequence[Any]]:
        """Yield one line for each dwelling of each procedure."""
        parts = (
            DwellingProcedure.objects.filter(procedure__in=rows.order_by())
            .select_related("procedure", "dwelling__building")
            .order_by("-procedure__started_on", "procedure_id", "pk")
        )
        for part in parts.iterator(chunk_size=500):
            yield [
                str(part.get_kind_display()),
                str(part.dwelling),
                str(part.get_state_display()),
                part.holder_label,
                part.procedure.started_on,
                part.decided_on,
                part.notified_on,
                part.lifted_on,
            ]


class ProcedureMixin(PermissionMixin):
    """A page of one procedure: 404 outside the user's scope."""

    permission = Permission.PROCEDURE_READ
    procedure: Procedure

    def load(self, **kwargs: Any) -> None:
        """Find the procedure."""
        rows = Procedure.objects.visible_to(self.request.user).select_related(
            "building__neighbourhood", "converted_from__building", "created_by"
        )
        self.procedure = get_object_or_404(rows, pk=kwargs["pk"])

    def looks(self) -> Iterable[Look]:
        """The building."""
        return [look_at(Subject.BUILDING, self.procedure.building.pk, neighbourhood_id=self.neighbourhood_id)]

    @property
    def neighbourhood_id(self) -> int:
        """Where it plays."""
        return self.procedure.building.neighbourhood_id

    def check_work(self) -> None:
        """Refuse who only reads procedures here."""
        if not can_work_on_procedures(self.request.user, self.neighbourhood_id):
            raise PermissionDenied


def _say_once(events: Iterable[ProcedureEvent]) -> list[dict[str, Any]]:
    """One line for what was done for several dwellings at once, newest first."""
    lines: list[dict[str, Any]] = []
    for event in events:
        same = (event.step, event.title, event.happened_on, event.by_id, event.reference)
        if lines and lines[-1]["same"] == same:
            lines[-1]["n"] += 1
        else:
            lines.append({"same": same, "event": event, "n": 1})
    return lines


def procedure_context(procedure: Procedure, user: Any) -> dict[str, Any]:
    """Gather what a page or a sheet says of a procedure, in a fixed number of queries."""
    today = timezone.localdate()
    parts = list(
        procedure.parts.select_related("dwelling__building", "certificate")
        .prefetch_related(with_terms())
        .order_by("dwelling__floor", "dwelling__box", "pk")
    )
    for part in parts:
        part.procedure = procedure
    values = values_on(_VALUES, today)
    running = [part for part in parts if not part.is_closed]
    plans = []
    if procedure.kind in (ProcedureKind.UNFIT, ProcedureKind.URGENT):
        plans = family_plans(running, today)
    lived_in = {found.part.pk for found in plans}
    for part in parts:  # who had to leave and left, has nothing to do any more
        part.open_terms = [
            term
            for term in part.open_terms
            if term.code != TermCode.LEAVE or term.due_on >= today or part.pk in lived_in
        ]
    groups = standings(parts, is_exempt=values["procedure.advice_exempt"].is_yes)
    seen = set(
        Household.objects.visible_to(user)
        .filter(pk__in=[found.household.pk for found in plans])
        .values_list("pk", flat=True)
    )
    events = (
        ProcedureEvent.objects.filter(part__procedure=procedure)
        .select_related("by")
        .order_by("-happened_on", "-pk")
    )
    return {
        "procedure": procedure,
        "groups": groups,
        "parts": parts,
        "plans": [{"found": found, "may_see": found.household.pk in seen} for found in plans],
        "must_leave": any(part.verdict in MUST_LEAVE for part in parts),
        "events": _say_once(events),
        "values": values,
        "exempt": values["procedure.advice_exempt"],
        "soon": today + dt.timedelta(days=values["term.warn_days"].count),
        "follows": list(procedure.converted_to.select_related("building")),
        "today": today,
    }


class ProcedureView(ProcedureMixin, TemplateView):
    """One procedure: what is proposed now, where each dwelling stands, the terms, the families, what happened."""

    template_name = "housing/procedures/procedure.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather it."""
        return super().get_context_data(
            **procedure_context(self.procedure, self.request.user),
            may_work=can_work_on_procedures(self.request.user, self.neighbourhood_id),
            **kwargs,
        )


class ProcedureSheetView(ProcedureMixin, TemplateView):
    """The procedure on paper, tagged: for the hearing, for the mayor. It names no family."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Render and send the file."""
        context = procedure_context(self.procedure, request.user)
        content = render_pdf("housing/procedures/sheet_pdf.html", context, language="nl")
        building = self.procedure.building
        name = f"procedure-{slugify(str(building))}-{context['today']:%Y-%m-%d}"
        return pdf_response(name, content)


class BuildingWorkView(ActionFormView):
    """A form that starts something about a building: 404 outside the user's scope, 403 for who only reads there."""

    permission = Permission.PROCEDURE_WORK
    building: Building

    def load(self, **kwargs: Any) -> None:
        """Find the building and check that one works on its procedures and tracks."""
        buildings = Building.objects.visible_to(self.request.user)
        self.building = get_object_or_404(buildings, pk=kwargs["pk"])
        if not can_work_on_procedures(self.request.user, self.building.neighbourhood_id):
            raise PermissionDenied

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form offers what belongs to this building."""
        return {**super().get_form_kwargs(), "building": self.building}


class ProcedureNewView(BuildingWorkView):
    """Starting a procedure about a building."""

    form_class = StartForm
    title = gettext_lazy("Procedure starten")
    submit_label = gettext_lazy("Procedure starten")
    done_message = gettext_lazy("De procedure is gestart. Dit staat op de tijdlijn van wie er woont.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which building; going back leads to it."""
        return super().get_context_data(
            intro=_("%(building)s. De verhuurder hoeft hiervoor niets te weten.")
            % {"building": self.building},
            cancel_url=self.building.get_absolute_url(),
            **kwargs,
        )

    def act(self, form: forms.Form) -> str:
        """Start it."""
        data = form.cleaned_data
        procedure = start_procedure(
            by=self.request.user,
            building=self.building,
            dwellings=list(data.pop("dwellings")),
            **data,
        )
        return procedure.get_absolute_url()


class StepView(ProcedureMixin, ActionFormView):
    """Taking one step, for one or more dwellings."""

    permission = Permission.PROCEDURE_WORK
    template_name = "housing/procedures/step.html"
    form_class = StepForm
    done_message = gettext_lazy("Bewaard. Dit staat op de tijdlijn van wie er woont.")

    def load(self, **kwargs: Any) -> None:
        """Find the procedure, and the step that belongs to its kind."""
        super().load(**kwargs)
        self.check_work()
        known = TRANSITIONS[ProcedureKind(self.procedure.kind)]
        if kwargs["step"] not in known:
            raise Http404
        self.step = Step(kwargs["step"])
        self.values = values_on(_VALUES, timezone.localdate())

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form fits the step."""
        return {
            **super().get_form_kwargs(),
            "procedure": self.procedure,
            "step": self.step,
            "values": self.values,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which step of which procedure."""
        plans = []
        if self.step == Step.MARK_READY:
            today = timezone.localdate()
            plans = family_plans(
                list(self.procedure.parts.running().select_related("dwelling__building")), today
            )
        return super().get_context_data(
            title=self.step.label,
            intro=str(self.procedure),
            submit_label=self.step.label,
            cancel_url=self.procedure.get_absolute_url(),
            procedure=self.procedure,
            unplanned=[found for found in plans if not found.is_whole],
            **kwargs,
        )

    def act(self, form: forms.Form) -> str:
        """Take it."""
        take_step(
            by=self.request.user,
            procedure=self.procedure,
            parts=list(form.cleaned_data["parts"]),
            step=self.step,
            on=form.cleaned_data["on"],
            details=form.details(),
        )
        if self.step == Step.CONVERT and (follows := self.procedure.converted_to.order_by("-pk").first()):
            return follows.get_absolute_url()
        return self.procedure.get_absolute_url()


class TermMixin(ProcedureMixin, ActionFormView):
    """A form about one term of a procedure."""

    permission = Permission.PROCEDURE_WORK

    def load(self, **kwargs: Any) -> None:
        """Find the procedure and its term."""
        super().load(**kwargs)
        self.check_work()
        terms = ProcedureTerm.objects.filter(part__procedure=self.procedure).select_related(
            "part__dwelling__building"
        )
        self.term = get_object_or_404(terms, pk=kwargs["term"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which term; going back leads to the procedure."""
        words = f"{str(self.term.get_code_display()).capitalize()}, {self.term.part.dwelling}"
        return super().get_context_data(intro=words, cancel_url=self.procedure.get_absolute_url(), **kwargs)


class TermPauseView(TermMixin):
    """Suspending a term."""

    form_class = PauseForm
    title = gettext_lazy("Termijn opschorten")
    submit_label = gettext_lazy("Opschorten")
    done_message = gettext_lazy("De termijn is opgeschort.")

    def act(self, form: forms.Form) -> str:
        """Suspend it."""
        pause_term(by=self.request.user, term=self.term, **form.cleaned_data)
        return self.procedure.get_absolute_url()


class TermResumeView(TermMixin):
    """Letting a term run again."""

    form_class = ResumeForm
    title = gettext_lazy("Termijn weer laten lopen")
    submit_label = gettext_lazy("Weer laten lopen")
    done_message = gettext_lazy("De termijn loopt weer.")

    def act(self, form: forms.Form) -> str:
        """Resume it."""
        resume_term(by=self.request.user, term=self.term, **form.cleaned_data)
        return self.procedure.get_absolute_url()


class CertificateLapseView(ProcedureMixin, ActionFormView):
    """A certificate that no longer holds."""

    permission = Permission.PROCEDURE_WORK
    form_class = LapseForm
    title = gettext_lazy("Attest is vervallen")
    submit_label = gettext_lazy("Vastleggen")
    done_message = gettext_lazy("Het attest staat als vervallen.")

    def load(self, **kwargs: Any) -> None:
        """Find the procedure and its certificate."""
        super().load(**kwargs)
        self.check_work()
        rows = Certificate.objects.filter(part__procedure=self.procedure)
        self.certificate = get_object_or_404(
            rows.select_related("dwelling__building"), pk=kwargs["certificate"]
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say whose certificate."""
        return super().get_context_data(
            intro=str(self.certificate.dwelling), cancel_url=self.procedure.get_absolute_url(), **kwargs
        )

    def act(self, form: forms.Form) -> str:
        """Record it."""
        lapse_certificate(by=self.request.user, certificate=self.certificate, **form.cleaned_data)
        return self.procedure.get_absolute_url()

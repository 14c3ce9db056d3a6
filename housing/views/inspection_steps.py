"""The steps of an inspection: planning, moving, attempts, part A, announcing, signing, correcting."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Permission
from accounts.views.base import ActionFormView
from housing.actions.inspection_finish import correct_inspection, finish_inspection
from housing.actions.inspections import (
    FACTS,
    CannotInspect,
    add_inspector_note,
    announce_inspection,
    cancel_inspection,
    log_access_attempt,
    move_inspection,
    plan_inspection,
    set_facts,
    start_inspection,
)
from housing.forms.inspections import (
    AccessAttemptForm,
    AnnounceForm,
    InspectionCancelForm,
    InspectionCorrectForm,
    InspectionFactsForm,
    InspectionFinishForm,
    InspectionMoveForm,
    InspectionPlanForm,
    InspectorNoteForm,
)
from housing.inspection_enums import InspectionState, ReportModel, Trigger
from housing.models import Building, Dwelling, Inspection
from housing.perms import can_inspect
from housing.views.inspection_base import InspectionFormView, InspectionWorkMixin
from housing.views.inspections import report_context


class InspectionPlanView(ActionFormView):
    """Planning what a subclass says: a dwelling, common parts, or the same again."""

    permission = Permission.INSPECTION_WORK
    form_class = InspectionPlanForm
    template_name = "housing/inspections/plan.html"
    submit_label = gettext_lazy("Onderzoek plannen")
    done_message = gettext_lazy("Het onderzoek is gepland. Het staat bij de termijnen van het dossier.")
    building: Building
    dwelling: Dwelling | None = None
    previous: Inspection | None = None

    def check(self) -> None:
        """Refuse who makes no inspections here."""
        if not can_inspect(self.request.user, self.building.neighbourhood_id):
            raise PermissionDenied

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form offers the inspectors of the neighbourhood."""
        return {
            **super().get_form_kwargs(),
            "neighbourhood_id": self.building.neighbourhood_id,
            "dwelling": self.dwelling,
        }

    def get_initial(self) -> dict[str, Any]:
        """Today, by oneself."""
        now = timezone.localtime()
        return {
            "day": now.date(),
            "time": now.time().replace(second=0, microsecond=0),
            "inspector": self.request.user.pk,
            "trigger": Trigger.AFTERCARE if self.previous else Trigger.OWN,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what is inspected."""
        about = self.dwelling or self.building
        kwargs.setdefault("title", _("Onderzoek plannen"))
        return super().get_context_data(
            intro=str(self.dwelling) if self.dwelling else _("%(b)s, gemene delen") % {"b": self.building},
            cancel_url=about.get_absolute_url(),
            previous=self.previous,
            **kwargs,
        )

    def act(self, form: forms.Form) -> str:
        """Plan it."""
        data = form.cleaned_data
        inspection = plan_inspection(
            by=self.request.user,
            building=self.building,
            dwelling=self.dwelling,
            scheduled_at=form.moment(),  # type: ignore[attr-defined]
            inspector=data["inspector"],
            trigger=data["trigger"],
            report_model=data.get("report_model") or ReportModel.DWELLING,
            previous=self.previous,
        )
        return inspection.get_absolute_url()


class DwellingInspectionNewView(InspectionPlanView):
    """Planning the inspection of a dwelling."""

    def load(self, **kwargs: Any) -> None:
        """Find the dwelling."""
        rows = Dwelling.objects.visible_to(self.request.user).select_related("building__neighbourhood")
        self.dwelling = get_object_or_404(rows, pk=kwargs["pk"])
        self.building = self.dwelling.building
        self.check()


class BuildingInspectionNewView(InspectionPlanView):
    """Planning the inspection of the common parts of a building."""

    def load(self, **kwargs: Any) -> None:
        """Find the building."""
        self.building = get_object_or_404(Building.objects.visible_to(self.request.user), pk=kwargs["pk"])
        self.check()


class InspectionAgainView(InspectionWorkMixin, InspectionPlanView):
    """Planning a re-inspection."""

    def load(self, **kwargs: Any) -> None:
        """Only a signed report can be looked at again."""
        super().load(**kwargs)
        if self.inspection.state != InspectionState.FINISHED:
            raise Http404
        self.previous, self.building, self.dwelling = (
            self.inspection,
            self.inspection.building,
            self.inspection.dwelling,
        )

    def get_initial(self) -> dict[str, Any]:
        """The same model as before."""
        return {**super().get_initial(), "report_model": self.inspection.report_version.report_model}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say that it is a second look."""
        kwargs.pop("uuid", None)
        return super().get_context_data(title=_("Opnieuw onderzoeken"), **kwargs)


class OpenInspectionFormView(InspectionFormView):
    """A form about an inspection that can still be written in; a signed one shows itself."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask, or show the inspection when there is nothing to ask any more."""
        if not self.inspection.is_open:
            return HttpResponseRedirect(self.inspection.get_absolute_url())
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The uuid of the address is no context of its own."""
        kwargs.pop("uuid", None)
        return super().get_context_data(**kwargs)


class InspectionStartView(InspectionWorkMixin):
    """Begin, and go to the page where defects are noted."""

    def post(self, request: HttpRequest, uuid: Any) -> HttpResponse:
        """Begin; a signed one shows itself."""
        if self.inspection.is_open:
            start_inspection(by=request.user, inspection=self.inspection)
            return HttpResponseRedirect(reverse("housing:inspection-work", args=[uuid]))
        return HttpResponseRedirect(self.inspection.get_absolute_url())

    def get(self, request: HttpRequest, uuid: Any) -> HttpResponse:
        """Reloaded or gone back to: show the inspection."""
        return HttpResponseRedirect(self.inspection.get_absolute_url())


class InspectionMoveView(OpenInspectionFormView):
    """Another moment, or another inspector."""

    form_class = InspectionMoveForm
    title = gettext_lazy("Onderzoek verplaatsen")
    done_message = gettext_lazy("Het onderzoek is verplaatst.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form offers the inspectors of the neighbourhood."""
        return {**super().get_form_kwargs(), "neighbourhood_id": self.inspection.neighbourhood_id}

    def get_initial(self) -> dict[str, Any]:
        """Start from what stands there."""
        moment = timezone.localtime(self.inspection.scheduled_at)
        return {
            "day": moment.date(),
            "time": moment.time(),
            "inspector": self.inspection.inspector_id,
            "version": self.inspection.version,
        }

    def act(self, form: forms.Form) -> str:
        """Move it."""
        move_inspection(
            by=self.request.user,
            inspection=self.inspection,
            scheduled_at=form.moment(),  # type: ignore[attr-defined]
            inspector=form.cleaned_data["inspector"],
            version=form.cleaned_data["version"],
        )
        return self.inspection.get_absolute_url()


class InspectionCancelView(OpenInspectionFormView):
    """It does not go ahead."""

    form_class = InspectionCancelForm
    title = gettext_lazy("Onderzoek gaat niet door")
    submit_label = gettext_lazy("Ja, het gaat niet door")
    done_message = gettext_lazy("Genoteerd: het onderzoek gaat niet door.")

    def act(self, form: forms.Form) -> str:
        """Cancel it."""
        cancel_inspection(by=self.request.user, inspection=self.inspection, **form.cleaned_data)
        return self.inspection.get_absolute_url()


class InspectionFactsView(OpenInspectionFormView):
    """Part A and the questions of the occupancy part."""

    form_class = InspectionFactsForm
    title = gettext_lazy("Gegevens van het onderzoek")
    done_message = gettext_lazy("De gegevens zijn bewaard.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Which questions depends on what is inspected."""
        return {**super().get_form_kwargs(), "inspection": self.inspection}

    def get_initial(self) -> dict[str, Any]:
        """Start from what stands there."""
        return {name: getattr(self.inspection, name) for name in (*FACTS, "version")}

    def act(self, form: forms.Form) -> str:
        """Save them; what wasn't asked stays as it is."""
        facts = {name: form.cleaned_data.get(name, getattr(self.inspection, name)) for name in FACTS}
        set_facts(
            by=self.request.user,
            inspection=self.inspection,
            version=form.cleaned_data["version"],
            **facts,
        )
        return self.inspection.get_absolute_url()


class AccessAttemptView(OpenInspectionFormView):
    """We did not get in."""

    form_class = AccessAttemptForm
    title = gettext_lazy("Niet binnengeraakt")
    submit_label = gettext_lazy("Poging bewaren")
    done_message = gettext_lazy("De poging is bewaard.")

    def get_initial(self) -> dict[str, Any]:
        """Now."""
        now = timezone.localtime()
        return {"day": now.date(), "time": now.time().replace(second=0, microsecond=0)}

    def act(self, form: forms.Form) -> str:
        """Write it down."""
        data = form.cleaned_data
        try:
            log_access_attempt(
                by=self.request.user,
                inspection=self.inspection,
                at=form.moment(),  # type: ignore[attr-defined]
                result=data["result"],
                spoken_with=data["spoken_with"],
                note=data["note"],
                proposed_at=form.proposed(),  # type: ignore[attr-defined]
            )
        except CannotInspect as error:
            error.field = {"at": "day", "proposed_at": "next_day"}.get(error.field or "", error.field)
            raise
        return self.inspection.get_absolute_url()


class InspectorNoteView(InspectionFormView):
    """A note in the circle of enforcement, also when the report is signed."""

    form_class = InspectorNoteForm
    title = gettext_lazy("Notitie voor handhaving")
    submit_label = gettext_lazy("Notitie bewaren")
    done_message = gettext_lazy("De notitie is bewaard.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say who reads it."""
        kwargs.pop("uuid", None)
        return super().get_context_data(
            intro=_("Enkel de kring handhaving leest dit. Het staat in geen enkel verslag."), **kwargs
        )

    def act(self, form: forms.Form) -> str:
        """Keep it."""
        add_inspector_note(by=self.request.user, inspection=self.inspection, **form.cleaned_data)
        return self.inspection.get_absolute_url()


class AnnounceView(OpenInspectionFormView):
    """Telling the landlord: stopped when a family wants no contact with him."""

    form_class = AnnounceForm
    title = gettext_lazy("Aankondigen aan de verhuurder")
    submit_label = gettext_lazy("Aankondiging bewaren")
    done_message = gettext_lazy("De aankondiging is bewaard.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Who owns it today."""
        return {**super().get_form_kwargs(), "inspection": self.inspection}

    def act(self, form: forms.Form) -> str:
        """Write it down."""
        announce_inspection(by=self.request.user, inspection=self.inspection, **form.cleaned_data)
        return self.inspection.get_absolute_url()


class InspectionFinishView(OpenInspectionFormView):
    """Signing: what the report will say stands above it."""

    form_class = InspectionFinishForm
    template_name = "housing/inspections/finish.html"
    title = gettext_lazy("Verslag tekenen")
    submit_label = gettext_lazy("Verslag tekenen")
    done_message = gettext_lazy("Het verslag is getekend en ligt vast.")

    def get_initial(self) -> dict[str, Any]:
        """One's own name."""
        return {"signed_name": str(self.request.user)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show what the report says."""
        return super().get_context_data(**report_context(self.inspection), **kwargs)

    def act(self, form: forms.Form) -> str:
        """Sign it."""
        finish_inspection(by=self.request.user, inspection=self.inspection, **form.cleaned_data)
        return self.inspection.get_absolute_url()


class InspectionCorrectView(InspectionFormView):
    """A new version of a signed report."""

    form_class = InspectionCorrectForm
    title = gettext_lazy("Verslag verbeteren")
    submit_label = gettext_lazy("Nieuwe versie maken")
    done_message = gettext_lazy("Dit is de nieuwe versie. Pas aan wat niet klopt en teken opnieuw.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what happens to the signed one."""
        kwargs.pop("uuid", None)
        return super().get_context_data(
            intro=_("Het getekende verslag blijft bestaan. De nieuwe versie telt zodra jij ze tekent."),
            **kwargs,
        )

    def act(self, form: forms.Form) -> str:
        """Make it."""
        new = correct_inspection(by=self.request.user, inspection=self.inspection, **form.cleaned_data)
        return new.get_absolute_url()

"""The look of the neighbourhood: the list with its map, one project, its spots, its steps and its care."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View

from accounts.models import Neighbourhood
from accounts.permissions import Permission
from accounts.views.base import ActionFormView, PermissionMixin
from cases.maps import map_box
from cases.neighbourhoods import neighbourhoods_where
from cases.views.lists import FilteredListView, FilteredQueryMixin, Sort
from cases.views.neighbourhood import NeighbourhoodMixin
from cohesion.actions.place_care import agree_care, end_care
from cohesion.actions.place_projects import (
    add_spot,
    edit_project,
    edit_spot,
    move_project,
    remove_spot,
    start_project,
)
from cohesion.enums import PhotoMoment, PlaceKind, PlaceState
from cohesion.filters.places import PlaceFilter
from cohesion.forms.places import CareForm, ProjectEditForm, ProjectForm, SpotEditForm, SpotForm, StepForm
from cohesion.models import CareAgreement, PlaceProject, PlaceSpot
from cohesion.perms import can_work_on_places
from cohesion.place_calendar import CODE
from cohesion.place_reading import points_of, side_by_side, streets_of, with_spots


class PlaceRows(NeighbourhoodMixin, FilteredQueryMixin):
    """The projects of one neighbourhood that the address asks for."""

    permission = Permission.PLACES_READ
    filter_class = PlaceFilter
    sorts = {
        "new": Sort("created_at", gettext_lazy("oudste eerst"), gettext_lazy("nieuwste eerst")),
        "title": Sort("title", gettext_lazy("naam A–Z"), gettext_lazy("naam Z–A")),
    }
    default_sort = "-new"

    def filter_kwargs(self) -> dict[str, Any]:
        """The filter offers the streets where something stands."""
        return {"neighbourhood": self.neighbourhood, "neighbourhoods": self.neighbourhoods}

    def visible(self) -> QuerySet[PlaceProject]:
        """Every project of the neighbourhood."""
        return PlaceProject.objects.visible_to(self.request.user).filter(neighbourhood=self.neighbourhood)


class PlaceListView(PlaceRows, FilteredListView):
    """The map and the list beside it."""

    template_name = "cohesion/places/list.html"
    title = gettext_lazy("Aanblik van de wijk")

    def enrich(self, rows: QuerySet[PlaceProject]) -> QuerySet[PlaceProject]:
        """Each row tells in which streets."""
        return with_spots(rows)

    def subject(self, count: str) -> str:
        """How many."""
        return _("%(count)s projecten in %(where)s") % {"count": count, "where": self.neighbourhood}

    def remarks(self) -> Iterable[str]:
        """What else was chosen."""
        if kind := self.chosen.get("kind"):
            yield str(PlaceKind(kind).label)
        if state := self.chosen.get("state"):
            yield str(PlaceState(state).label)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The map shows the same as the list."""
        points = reverse("cohesion:places-points") + f"?{self.request.GET.urlencode()}"
        context = super().get_context_data(
            map=map_box(
                self.neighbourhood,
                points_url=points,
                label=_("Kaart met de plekken van %(where)s") % {"where": self.neighbourhood},
            ),
            may_work=can_work_on_places(self.request.user, self.neighbourhood.pk),
            may_see_calendar=self.request.user.access.can_anywhere(Permission.CASE_READ),
            calendar_code=CODE,
            **kwargs,
        )
        context["rows"] = [(row, streets_of(row)) for row in context["page"].rows]
        return context


class PlacePointsView(PlaceRows, View):
    """The points of the map: what the list shows, all of it; what is gone only when one asks for it."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send them."""
        rows = self.rows if self.chosen.get("state") else self.rows.exclude(state=PlaceState.GONE)
        return JsonResponse(points_of(rows), headers={"Cache-Control": "private, no-store"})


class ProjectMixin(PermissionMixin):
    """One project: 404 outside the user's scope."""

    permission = Permission.PLACES_READ
    project: PlaceProject

    def load(self, **kwargs: Any) -> None:
        """Find it."""
        rows = PlaceProject.objects.visible_to(self.request.user).select_related(
            "neighbourhood", "created_by"
        )
        self.project = get_object_or_404(rows, pk=kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the page its project."""
        return super().get_context_data(project=self.project, **kwargs)


class ProjectView(ProjectMixin, TemplateView):
    """A project with its map, before and after, care and steps."""

    template_name = "cohesion/places/project.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather it in a fixed number of queries."""
        photos = list(self.project.photos.order_by("added_at", "pk"))
        care = list(self.project.care.order_by("-until_on", "-pk"))
        area = self.project.neighbourhood
        return super().get_context_data(
            map=map_box(
                area,
                points_url=reverse("cohesion:place-points", args=[self.project.pk]),
                label=_("Kaart met de plekken van dit project"),
            ),
            spots=list(self.project.spots.order_by("street_key", "pk")),
            pairs=side_by_side(photos),
            between=[photo for photo in photos if photo.moment == PhotoMoment.DURING],
            care=[row for row in care if row.ended_at is None],
            past_care=[row for row in care if row.ended_at is not None],
            steps=list(self.project.steps.select_related("taken_by").order_by("-on", "-pk")),
            may_work=can_work_on_places(self.request.user, area.pk),
            **kwargs,
        )


class ProjectPointsView(ProjectMixin, View):
    """The points of one project."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send them."""
        rows = PlaceProject.objects.filter(pk=self.project.pk)
        return JsonResponse(points_of(rows), headers={"Cache-Control": "private, no-store"})


class PickMixin:
    """A form with a place on the map of `area()`."""

    template_name = "cohesion/places/pick_form.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show its map."""
        return super().get_context_data(  # type: ignore[misc]
            map=map_box(
                self.area(),  # type: ignore[attr-defined]
                label=_("Kaart om een plek aan te tikken"),
                to_pick=True,
            ),
            **kwargs,
        )


class ProjectNewView(PickMixin, ActionFormView):
    """Begin a project."""

    permission = Permission.PLACES_WORK
    form_class = ProjectForm
    title = gettext_lazy("Nieuwe plek")
    submit_label = gettext_lazy("Plek bewaren")
    done_message = gettext_lazy("De plek staat er. Zet er nu een foto bij van voor de werken.")

    def load(self, **kwargs: Any) -> None:
        """Where one works; the list can say in which neighbourhood it is about."""
        self.areas = list(neighbourhoods_where(self.request.user, self.permission))
        asked = self.request.GET.get("wijk", "")
        self.chosen = next((one for one in self.areas if one.slug == asked), self.areas[0])

    def area(self) -> Neighbourhood:
        """The one asked for, or the first."""
        return self.chosen

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the neighbourhoods where one works on places."""
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        """The neighbourhood stands ready."""
        return {"neighbourhood": self.chosen.pk}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Going back leads to the list."""
        return super().get_context_data(cancel_url=reverse("cohesion:places"), **kwargs)

    def act(self, form: forms.Form) -> str:
        """Begin it."""
        return start_project(by=self.request.user, **form.cleaned_data).get_absolute_url()


class ProjectFormView(ProjectMixin, ActionFormView):
    """A form about one project: 403 for who may only read it."""

    permission = Permission.PLACES_WORK

    def load(self, **kwargs: Any) -> None:
        """Find it, and check that one works on it."""
        super().load(**kwargs)
        if not can_work_on_places(self.request.user, self.project.neighbourhood_id):
            raise PermissionDenied

    def area(self) -> Neighbourhood:
        """Where it lies."""
        return self.project.neighbourhood

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which project; going back leads to it."""
        kwargs.setdefault("intro", self.project.title)
        return super().get_context_data(cancel_url=self.project.get_absolute_url(), **kwargs)

    def latest_version(self) -> int:
        """The version as it stands now."""
        return PlaceProject.objects.get(pk=self.project.pk).version

    def perform(self, data: dict[str, Any]) -> Any:
        """Call one action with the cleaned data."""
        raise NotImplementedError

    def act(self, form: forms.Form) -> str:
        """Do it and go back to the project."""
        self.perform(form.cleaned_data)
        return self.project.get_absolute_url()


class ProjectEditView(ProjectFormView):
    """What is said of a project."""

    form_class = ProjectEditForm
    title = gettext_lazy("Project wijzigen")
    done_message = gettext_lazy("Het project is bewaard.")

    def get_initial(self) -> dict[str, Any]:
        """Start from what stands there."""
        return {name: getattr(self.project, name) for name in ProjectEditForm.base_fields}

    def perform(self, data: dict[str, Any]) -> PlaceProject:
        """Save it."""
        return edit_project(by=self.request.user, project=self.project, **data)


class ProjectStepView(ProjectFormView):
    """How far it is."""

    form_class = StepForm
    title = gettext_lazy("Hoe ver staat het?")
    done_message = gettext_lazy("De stand is bewaard.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer what can follow."""
        return {**super().get_form_kwargs(), "state": self.project.state}

    def perform(self, data: dict[str, Any]) -> PlaceProject:
        """Move it on."""
        return move_project(by=self.request.user, project=self.project, **data)


class SpotNewView(PickMixin, ProjectFormView):
    """One more spot."""

    form_class = SpotForm
    title = gettext_lazy("Plek toevoegen")
    submit_label = gettext_lazy("Plek bewaren")
    done_message = gettext_lazy("De plek is toegevoegd.")

    def perform(self, data: dict[str, Any]) -> PlaceSpot:
        """Add it."""
        return add_spot(by=self.request.user, project=self.project, **data)


class SpotFormView(ProjectFormView):
    """A form about one spot."""

    spot: PlaceSpot

    def load(self, **kwargs: Any) -> None:
        """Find its project first, then the spot in it."""
        super().load(pk=kwargs["pk"])
        self.spot = get_object_or_404(
            PlaceSpot.objects.select_related("project"), pk=kwargs["spot"], project=self.project
        )


class SpotEditView(PickMixin, SpotFormView):
    """Put a spot elsewhere."""

    form_class = SpotEditForm
    title = gettext_lazy("Plek verplaatsen")
    submit_label = gettext_lazy("Plek bewaren")
    done_message = gettext_lazy("De plek is verplaatst.")

    def get_initial(self) -> dict[str, Any]:
        """Start from where it is; half way along a street is nobody's choice."""
        spot, point = self.spot, ("lat", "lng")
        names = [name for name in SpotEditForm.base_fields if name != "version"]
        return {"version": self.project.version} | {
            name: getattr(spot, name) for name in names if spot.is_exact or name not in point
        }

    def perform(self, data: dict[str, Any]) -> PlaceSpot:
        """Move it."""
        return edit_spot(by=self.request.user, spot=self.spot, **data)


class SpotRemoveView(SpotFormView):
    """Take a spot away."""

    form_class = forms.Form
    title = gettext_lazy("Plek weghalen?")
    submit_label = gettext_lazy("Weghalen")
    done_message = gettext_lazy("De plek is weggehaald.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which one."""
        return super().get_context_data(intro=f"{self.project}: {self.spot}", **kwargs)

    def perform(self, data: dict[str, Any]) -> PlaceProject:
        """Take it away."""
        return remove_spot(by=self.request.user, spot=self.spot)


class CareNewView(ProjectFormView):
    """Agree on who cares for it."""

    form_class = CareForm
    title = gettext_lazy("Zorg afspreken")
    submit_label = gettext_lazy("Afspraak bewaren")
    done_message = gettext_lazy("De afspraak is bewaard.")

    def perform(self, data: dict[str, Any]) -> CareAgreement:
        """Keep it."""
        return agree_care(by=self.request.user, project=self.project, **data)


class CareEndView(ProjectFormView):
    """Somebody stops."""

    form_class = forms.Form
    title = gettext_lazy("Zorgafspraak beëindigen?")
    submit_label = gettext_lazy("Beëindigen")
    done_message = gettext_lazy("De zorgafspraak is beëindigd.")
    agreement: CareAgreement

    def load(self, **kwargs: Any) -> None:
        """Find its project first, then the agreement in it."""
        super().load(pk=kwargs["pk"])
        rows = CareAgreement.objects.select_related("project")
        self.agreement = get_object_or_404(rows, pk=kwargs["care"], project=self.project)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say whose."""
        return super().get_context_data(intro=f"{self.project}: {self.agreement}", **kwargs)

    def perform(self, data: dict[str, Any]) -> PlaceProject:
        """End it."""
        return end_care(by=self.request.user, agreement=self.agreement)

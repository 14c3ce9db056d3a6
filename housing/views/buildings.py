"""Buildings: the list, one building with its dwellings, adding and correcting."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django import forms
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from accounts.looks import Look, Subject, look_at
from accounts.permissions import Permission
from cases.models import Case
from cases.neighbourhoods import neighbourhoods_where
from cases.views.lists import ExportView, FilteredListView, FilteredQueryMixin, Sort
from housing.actions.buildings import create_building, edit_building
from housing.agreement_reading import agreements_at
from housing.filters.registers import BuildingFilter
from housing.forms.registers import BuildingEditForm, BuildingNewForm
from housing.inspection_panel import building_inspections
from housing.models import Building, Dwelling, Occupancy, Ownership
from housing.perms import can_work_on_procedures, can_work_on_register
from housing.reading import history, occupancy_rows
from housing.tracks import tracks_of
from housing.views.base import RegisterFormView, RegisterPage

_HISTORY = 40


def with_dwelling_count(rows: QuerySet[Building]) -> QuerySet[Building]:
    """Add how many dwellings each has, counted only for the rows that are shown."""
    counted = (
        Dwelling.objects.filter(building=OuterRef("pk")).order_by().values("building").annotate(n=Count("pk"))
    )
    return rows.select_related("neighbourhood").annotate(
        dwelling_count=Coalesce(Subquery(counted.values("n")), 0)
    )


class BuildingRows(FilteredQueryMixin):
    """The buildings that the address asks for."""

    permission = Permission.REGISTER_READ
    filter_class = BuildingFilter
    sorts = {
        "street": Sort(
            "sort_key", gettext_lazy("straat per straat"), gettext_lazy("straat per straat, omgekeerd")
        ),
        "new": Sort("created_at", gettext_lazy("oudste eerst"), gettext_lazy("nieuwste eerst")),
    }
    default_sort = "street"

    def filter_kwargs(self) -> dict[str, Any]:
        """The filter offers a choice of neighbourhood to who has several."""
        return {"neighbourhoods": neighbourhoods_where(self.request.user, Permission.REGISTER_READ)}

    def visible(self) -> QuerySet[Building]:
        """Every building the user may see."""
        return Building.objects.visible_to(self.request.user)


class BuildingListView(BuildingRows, FilteredListView):
    """The list of buildings."""

    template_name = "housing/building_list.html"
    title = gettext_lazy("Panden")
    export_url_name = "housing:building-export"

    def enrich(self, rows: QuerySet[Building]) -> QuerySet[Building]:
        """Each row tells how many dwellings it has."""
        return with_dwelling_count(rows)

    def subject(self, count: str) -> str:
        """Say how many buildings."""
        return _("1 pand") if count == "1" else _("%(n)s panden") % {"n": count}

    def remarks(self) -> Iterable[str]:
        """Say what else was chosen."""
        if "neighbourhood" in self.chosen:
            yield str(self.chosen["neighbourhood"])
        if "q" in self.chosen:
            yield _("lijkt op “%(words)s”") % {"words": self.chosen["q"]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say also whether one may add."""
        return super().get_context_data(
            may_add=self.request.user.access.can_anywhere(Permission.REGISTER_WORK), **kwargs
        )


class BuildingExportView(BuildingRows, ExportView):
    """The same buildings as a file."""

    filename = "panden"

    def headers(self) -> Sequence[Any]:
        """Return the names of the columns."""
        return [_("Straat"), _("Nummer"), _("Postcode"), _("Gemeente"), _("Wijk"), _("Woningen")]

    def lines(self, rows: QuerySet[Building]) -> Iterator[Sequence[Any]]:
        """Yield one line for each building."""
        for row in with_dwelling_count(rows).iterator(chunk_size=500):
            yield [
                row.street,
                row.house_number,
                row.postcode,
                row.city,
                str(row.neighbourhood),
                row.dwelling_count,
            ]


class BuildingMixin(RegisterPage):
    """A page of one building: 404 outside the user's scope."""

    building: Building

    def load(self, **kwargs: Any) -> None:
        """Find the building."""
        buildings = Building.objects.visible_to(self.request.user).select_related("neighbourhood")
        self.building = get_object_or_404(buildings, pk=kwargs["pk"])

    def looks(self) -> Iterable[Look]:
        """The building: it shows who lives there."""
        return [look_at(Subject.BUILDING, self.building.pk, neighbourhood_id=self.building.neighbourhood_id)]


class BuildingView(BuildingMixin, TemplateView):
    """One building: its dwellings with who lives there, its owners, its block cases, what happened."""

    template_name = "housing/building.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather everything in a fixed number of queries."""
        user, building = self.request.user, self.building
        dwellings = list(building.dwellings.order_by("floor", "box", "pk"))
        for dwelling in dwellings:
            dwelling.building = building
        by_key = {dwelling.pk: dwelling for dwelling in dwellings}
        occupancies = list(Occupancy.objects.filter(dwelling__building=building).order_by("-from_on", "-pk"))
        ownerships = list(
            Ownership.objects.filter(dwelling__building=building)
            .select_related("landlord")
            .order_by("-from_on", "-pk")
        )
        for record in (*occupancies, *ownerships):
            record.dwelling = by_key[record.dwelling_id]
        rows = occupancy_rows(occupancies, user)
        blocks = Case.objects.visible_to(user).filter(case_building__building=building).select_related("lead")
        return super().get_context_data(
            building=building,
            dwellings=[_dwelling_row(dwelling, rows, ownerships) for dwelling in dwellings],
            blocks=blocks.order_by("-opened_at", "-pk"),
            history=history(rows, ownerships, with_box=True)[:_HISTORY],
            agreements=agreements_at(building, user),
            may_work=can_work_on_register(user, building.neighbourhood_id),
            tracks=tracks_of(building, user),
            may_see_tracks=user.access.can(Permission.PROCEDURE_READ, building.neighbourhood_id),
            may_start=can_work_on_procedures(user, building.neighbourhood_id),
            **building_inspections(building, user),
            **kwargs,
        )


def _dwelling_row(dwelling: Dwelling, rows: list[Any], ownerships: list[Ownership]) -> dict[str, Any]:
    """Return a dwelling with who lives there now and who owns it now."""
    return {
        "dwelling": dwelling,
        "living": [row for row in rows if row.occupancy.dwelling_id == dwelling.pk and row.is_now],
        "owners": [o.landlord for o in ownerships if o.dwelling_id == dwelling.pk and o.is_now],
    }


class BuildingNewView(RegisterFormView):
    """Adding a building."""

    form_class = BuildingNewForm
    title = gettext_lazy("Nieuw pand")
    submit_label = gettext_lazy("Pand bewaren")
    done_message = gettext_lazy("Het pand is bewaard. Voeg hier de woningen toe.")
    has_streets = True

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form offers a choice of neighbourhood to who has several."""
        return {**super().get_form_kwargs(), "neighbourhoods": self.neighbourhoods}

    def get_initial(self) -> dict[str, Any]:
        """Start from the neighbourhood's own postcode and city."""
        first = self.neighbourhoods[0]
        return {"postcode": first.postcode, "city": first.city}

    def perform(self, form: forms.Form) -> str:
        """Add the building."""
        data = form.cleaned_data
        building = create_building(
            by=self.request.user,
            neighbourhood=form.chosen_neighbourhood,
            street=data["street"],
            house_number=data["house_number"],
            postcode=data["postcode"],
            city=data["city"],
            address_uri=data["address_uri"],
            keep_anyway=data["keep_anyway"],
        )
        return building.get_absolute_url()


class BuildingEditView(BuildingMixin, RegisterFormView):
    """Correcting a building."""

    permission = Permission.REGISTER_WORK
    form_class = BuildingEditForm
    title = gettext_lazy("Adres aanpassen")
    done_message = gettext_lazy("Het adres is bewaard.")
    has_streets = True

    def load(self, **kwargs: Any) -> None:
        """Find the building and check that one may change it."""
        super().load(**kwargs)
        self.check_work(self.building.neighbourhood_id)

    def get_initial(self) -> dict[str, Any]:
        """Start from what stands there."""
        return BuildingEditForm.initial_of(self.building)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Going back leads to the building."""
        return super().get_context_data(cancel_url=self.building.get_absolute_url(), **kwargs)

    def latest_version(self) -> int:
        """Return the version as it stands now."""
        return Building.objects.get(pk=self.building.pk).version

    def perform(self, form: forms.Form) -> str:
        """Save the address."""
        edit_building(by=self.request.user, building=self.building, **form.cleaned_data)
        return self.building.get_absolute_url()

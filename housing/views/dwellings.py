"""Dwellings: the list, one dwelling with who lived there and who owned it, and everything that changes it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django import forms
from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from accounts.looks import Look, Subject, look_at
from accounts.permissions import Permission
from cases.neighbourhoods import neighbourhoods_where
from cases.views.lists import ExportView, FilteredListView, FilteredQueryMixin, Sort
from housing.actions.dwellings import create_dwelling, edit_dwelling
from housing.actions.occupancies import edit_occupancy, end_occupancy, move_in
from housing.actions.ownerships import add_ownership, end_ownership
from housing.filters.registers import DwellingFilter
from housing.forms.living import DwellingOwnerForm, EndForm, OccupancyEditForm, OccupancyNewForm
from housing.forms.registers import DwellingEditForm, DwellingFields
from housing.inspection_panel import dwelling_inspections
from housing.models import Dwelling, Occupancy, Ownership, Renovation
from housing.perms import can_work_on_register
from housing.reading import history, interventions_for, occupancy_rows
from housing.views.base import RegisterFormView, RegisterPage
from housing.views.buildings import BuildingMixin
from people.models import Household


def with_present(rows: QuerySet[Dwelling]) -> QuerySet[Dwelling]:
    """Add who lives there and who owns it today, in two queries: `living` and `owning`."""
    today = timezone.localdate()
    return rows.select_related("building__neighbourhood").prefetch_related(
        Prefetch("occupancies", queryset=Occupancy.objects.on(today), to_attr="living"),
        Prefetch(
            "ownerships", queryset=Ownership.objects.on(today).select_related("landlord"), to_attr="owning"
        ),
    )


class DwellingRows(FilteredQueryMixin):
    """The dwellings that the address asks for."""

    permission = Permission.REGISTER_READ
    filter_class = DwellingFilter
    sorts = {
        "street": Sort(
            "building__sort_key",
            gettext_lazy("straat per straat"),
            gettext_lazy("straat per straat, omgekeerd"),
        ),
        "new": Sort("created_at", gettext_lazy("oudste eerst"), gettext_lazy("nieuwste eerst")),
    }
    default_sort = "street"

    def filter_kwargs(self) -> dict[str, Any]:
        """The filter offers a choice of neighbourhood to who has several."""
        return {"neighbourhoods": neighbourhoods_where(self.request.user, Permission.REGISTER_READ)}

    def visible(self) -> QuerySet[Dwelling]:
        """Every dwelling the user may see."""
        return Dwelling.objects.visible_to(self.request.user)

    def families(self, dwellings: Iterable[Dwelling]) -> dict[int, Household]:
        """Return the households in these dwellings that the user may see. One query."""
        ids = {occupancy.household_id for dwelling in dwellings for occupancy in dwelling.living}
        return Household.objects.visible_to(self.request.user).in_bulk(ids) if ids else {}


class DwellingListView(DwellingRows, FilteredListView):
    """The list of dwellings."""

    template_name = "housing/dwelling_list.html"
    title = gettext_lazy("Woningen")
    export_url_name = "housing:dwelling-export"

    def enrich(self, rows: QuerySet[Dwelling]) -> QuerySet[Dwelling]:
        """Each row tells who lives there and who owns it."""
        return with_present(rows)

    def subject(self, count: str) -> str:
        """Say how many dwellings."""
        return _("1 woning") if count == "1" else _("%(n)s woningen") % {"n": count}

    def remarks(self) -> Iterable[str]:
        """Say what else was chosen."""
        form = self.filterset.form
        for name in ("kind", "lived_in"):
            if name in self.chosen:
                yield str(dict(form.fields[name].choices)[self.chosen[name]])
        if "owner" in self.chosen:
            yield _("eigenaar bekend") if self.chosen["owner"] == "yes" else _("eigenaar niet bekend")
        if "neighbourhood" in self.chosen:
            yield str(self.chosen["neighbourhood"])
        if "q" in self.chosen:
            yield _("lijkt op “%(words)s”") % {"words": self.chosen["q"]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Put the visible names beside the dwellings."""
        context = super().get_context_data(**kwargs)
        families = self.families(context["page"].rows)
        for dwelling in context["page"].rows:
            for occupancy in dwelling.living:
                occupancy.shown_household = families.get(occupancy.household_id)
        return context


class DwellingExportView(DwellingRows, ExportView):
    """The same dwellings as a file, with the names of families the user may see."""

    filename = "woningen"

    def headers(self) -> Sequence[Any]:
        """Return the names of the columns."""
        return [
            _("Straat"),
            _("Nummer"),
            _("Bus"),
            _("Postcode"),
            _("Gemeente"),
            _("Soort"),
            _("Verdieping"),
            _("Oppervlakte (m²)"),
            _("Bewoond sinds"),
            _("Gezin"),
            _("Eigenaars"),
        ]

    def lines(self, rows: QuerySet[Dwelling]) -> Iterator[Sequence[Any]]:
        """Yield one line for each dwelling; names are looked up five hundred at a time."""
        batch: list[Dwelling] = []
        for row in with_present(rows).iterator(chunk_size=500):
            batch.append(row)
            if len(batch) == 500:
                yield from self._batch(batch)
                batch = []
        yield from self._batch(batch)

    def _batch(self, batch: list[Dwelling]) -> Iterator[Sequence[Any]]:
        families = self.families(batch)
        for row in batch:
            names = [families[o.household_id].name for o in row.living if o.household_id in families]
            yield [
                row.building.street,
                row.building.house_number,
                row.box,
                row.building.postcode,
                row.building.city,
                str(row.get_kind_display()),
                row.floor_label,
                row.area,
                min((o.from_on for o in row.living), default=""),
                ", ".join(names),
                ", ".join(o.landlord.name for o in row.owning),
            ]


class DwellingMixin(RegisterPage):
    """A page of one dwelling: 404 outside the user's scope."""

    dwelling: Dwelling

    def load(self, **kwargs: Any) -> None:
        """Find the dwelling."""
        dwellings = Dwelling.objects.visible_to(self.request.user).select_related("building__neighbourhood")
        self.dwelling = get_object_or_404(dwellings, pk=kwargs["pk"])

    def looks(self) -> Iterable[Look]:
        """The dwelling: it shows who lives there."""
        return [
            look_at(
                Subject.DWELLING, self.dwelling.pk, neighbourhood_id=self.dwelling.building.neighbourhood_id
            )
        ]


class DwellingView(DwellingMixin, TemplateView):
    """One dwelling: who lives and lived there, who owns and owned it."""

    template_name = "housing/dwelling.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather everything in a fixed number of queries."""
        user, dwelling = self.request.user, self.dwelling
        occupancies = list(dwelling.occupancies.order_by("-from_on", "-pk"))
        ownerships = list(dwelling.ownerships.select_related("landlord").order_by("-from_on", "-pk"))
        for record in (*occupancies, *ownerships):
            record.dwelling = dwelling
        rows = occupancy_rows(occupancies, user)
        return super().get_context_data(
            dwelling=dwelling,
            living=[row for row in rows if row.is_now],
            lived=[row for row in rows if not row.is_now],
            owning=[ownership for ownership in ownerships if ownership.is_now],
            owned=[ownership for ownership in ownerships if not ownership.is_now],
            history=history(rows, ownerships),
            interventions=interventions_for(user, dwelling=dwelling),
            renovations=Renovation.objects.visible_to(user)
            .filter(dwelling=dwelling)
            .select_related("coach")
            .order_by("-started_on", "-pk"),
            may_work=can_work_on_register(user, dwelling.building.neighbourhood_id),
            **dwelling_inspections(dwelling, user),
            **kwargs,
        )


class DwellingNewView(BuildingMixin, RegisterFormView):
    """Adding a dwelling to a building."""

    permission = Permission.REGISTER_WORK
    form_class = DwellingFields
    submit_label = gettext_lazy("Woning bewaren")
    done_message = gettext_lazy("De woning is bewaard. Wie woont er, en van wie is ze?")

    def load(self, **kwargs: Any) -> None:
        """Find the building and check that one may add to it."""
        super().load(**kwargs)
        self.check_work(self.building.neighbourhood_id)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the building."""
        return super().get_context_data(
            title=_("Woning in %(building)s") % {"building": self.building},
            cancel_url=self.building.get_absolute_url(),
            **kwargs,
        )

    def perform(self, form: forms.Form) -> str:
        """Add the dwelling."""
        dwelling = create_dwelling(by=self.request.user, building=self.building, **form.cleaned_data)
        return dwelling.get_absolute_url()


class DwellingFormView(DwellingMixin, RegisterFormView):
    """A form that changes a dwelling or what happens there: 403 for who may only read."""

    permission = Permission.REGISTER_WORK

    def load(self, **kwargs: Any) -> None:
        """Find the dwelling and check that one may change it."""
        super().load(**kwargs)
        self.check_work(self.dwelling.building.neighbourhood_id)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Going back leads to the dwelling; its address stands above the form."""
        kwargs.setdefault("intro", str(self.dwelling))
        return super().get_context_data(cancel_url=self.dwelling.get_absolute_url(), **kwargs)


class DwellingEditView(DwellingFormView):
    """Correcting a dwelling."""

    form_class = DwellingEditForm
    title = gettext_lazy("Woning aanpassen")
    done_message = gettext_lazy("De woning is bewaard.")

    def get_initial(self) -> dict[str, Any]:
        """Start from what stands there."""
        return DwellingEditForm.initial_of(self.dwelling)

    def latest_version(self) -> int:
        """Return the version as it stands now."""
        return Dwelling.objects.get(pk=self.dwelling.pk).version

    def perform(self, form: forms.Form) -> str:
        """Save the dwelling."""
        edit_dwelling(by=self.request.user, dwelling=self.dwelling, **form.cleaned_data)
        return self.dwelling.get_absolute_url()


class OccupancyNewView(DwellingFormView):
    """A household that lives here."""

    form_class = OccupancyNewForm
    title = gettext_lazy("Wie woont hier?")
    submit_label = gettext_lazy("Bewoning bewaren")
    done_message = gettext_lazy("De bewoning is bewaard.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Households are looked up within what the user may see."""
        neighbourhood_id = self.dwelling.building.neighbourhood_id
        return {**super().get_form_kwargs(), "user": self.request.user, "neighbourhood_id": neighbourhood_id}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Who isn't found can be added first."""
        return super().get_context_data(offers_new_household=True, **kwargs)

    def perform(self, form: forms.Form) -> str:
        """Let them live here."""
        move_in(by=self.request.user, dwelling=self.dwelling, **form.cleaned_data)
        return self.dwelling.get_absolute_url()


class _OccupancyMixin(DwellingFormView):
    occupancy: Occupancy

    def load(self, **kwargs: Any) -> None:
        """Find the occupancy of this dwelling, of a household that the user may see."""
        super().load(**kwargs)
        visible = self.dwelling.occupancies.filter(
            household__in=Household.objects.visible_to(self.request.user)
        )
        self.occupancy = get_object_or_404(visible.select_related("household"), pk=kwargs["occupancy"])


class OccupancyEditView(_OccupancyMixin):
    """Correcting who lives here since when."""

    form_class = OccupancyEditForm
    done_message = gettext_lazy("De bewoning is bewaard.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the household."""
        return super().get_context_data(title=str(self.occupancy.household), **kwargs)

    def get_initial(self) -> dict[str, Any]:
        """Start from what stands there."""
        return OccupancyEditForm.initial_of(self.occupancy)

    def latest_version(self) -> int:
        """Return the version as it stands now."""
        return Occupancy.objects.get(pk=self.occupancy.pk).version

    def perform(self, form: forms.Form) -> str:
        """Save it."""
        edit_occupancy(by=self.request.user, occupancy=self.occupancy, **form.cleaned_data)
        return self.dwelling.get_absolute_url()


class OccupancyEndView(_OccupancyMixin):
    """A household leaves."""

    form_class = EndForm
    submit_label = gettext_lazy("Vertrek bewaren")
    done_message = gettext_lazy("Het vertrek is bewaard. Klopt de dag niet, pas de bewoning dan aan.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the household."""
        return super().get_context_data(
            title=_("%(household)s vertrekt") % {"household": self.occupancy.household}, **kwargs
        )

    def perform(self, form: forms.Form) -> str:
        """Write down the last day."""
        end_occupancy(by=self.request.user, occupancy=self.occupancy, until_on=form.cleaned_data["until_on"])
        return self.dwelling.get_absolute_url()


class OwnershipNewView(DwellingFormView):
    """Who owns this dwelling."""

    form_class = DwellingOwnerForm
    title = gettext_lazy("Van wie is deze woning?")
    submit_label = gettext_lazy("Eigenaar bewaren")
    done_message = gettext_lazy("De eigenaar is bewaard.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Landlords are looked up within what the user may see."""
        neighbourhood_id = self.dwelling.building.neighbourhood_id
        return {**super().get_form_kwargs(), "user": self.request.user, "neighbourhood_id": neighbourhood_id}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Who isn't found can be added first."""
        return super().get_context_data(offers_new_landlord=True, **kwargs)

    def perform(self, form: forms.Form) -> str:
        """Add the owner."""
        add_ownership(by=self.request.user, dwelling=self.dwelling, **form.cleaned_data)
        return self.dwelling.get_absolute_url()


class OwnershipEndView(DwellingFormView):
    """Somebody owns his share no longer."""

    form_class = EndForm
    submit_label = gettext_lazy("Einddatum bewaren")
    done_message = gettext_lazy("De einddatum is bewaard.")
    ownership: Ownership

    def load(self, **kwargs: Any) -> None:
        """Find the ownership of this dwelling."""
        super().load(**kwargs)
        self.ownership = get_object_or_404(
            self.dwelling.ownerships.select_related("landlord"), pk=kwargs["ownership"]
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the owner."""
        return super().get_context_data(
            title=_("%(name)s is geen eigenaar meer") % {"name": self.ownership.landlord}, **kwargs
        )

    def perform(self, form: forms.Form) -> str:
        """Write down the last day."""
        end_ownership(by=self.request.user, ownership=self.ownership, until_on=form.cleaned_data["until_on"])
        return self.dwelling.get_absolute_url()

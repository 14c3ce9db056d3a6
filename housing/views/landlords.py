"""Landlords: the list, one landlord with everything he owns and everybody who talks to him."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from accounts.looks import Look, Subject, look_at
from accounts.permissions import Permission
from accounts.views.base import ActionFormView
from arsenaal.lib.keyset import page_or_first
from cases.neighbourhoods import neighbourhoods_where
from cases.views.lists import ExportView, FilteredListView, FilteredQueryMixin, Sort
from housing.actions.landlord_contacts import current_point_of_contact, log_landlord_contact
from housing.actions.landlords import (
    create_landlord,
    edit_landlord,
    end_point_of_contact,
    set_point_of_contact,
)
from housing.actions.ownerships import add_ownership
from housing.agreement_reading import agreements_with
from housing.filters.registers import LandlordFilter
from housing.forms.contacts import ContactForm, PointOfContactForm
from housing.forms.living import LandlordDwellingForm
from housing.forms.registers import LandlordEditForm, LandlordNewForm
from housing.inspection_panel import landlord_inspections
from housing.landlord_facts import landlord_facts
from housing.landlord_warnings import landlord_warnings
from housing.links import portfolio, suggestions
from housing.models import Landlord, LandlordContact, Ownership, SinglePointOfContact
from housing.perms import can_log_landlord_contact, can_set_point_of_contact, can_work_on_register
from housing.portfolio import PortfolioPicture
from housing.reading import contact_rows, interventions_for
from housing.views.base import RegisterFormView, RegisterPage

_CONTACTS = 20


class LandlordRows(FilteredQueryMixin):
    """The landlords that the address asks for."""

    permission = Permission.REGISTER_READ
    filter_class = LandlordFilter
    sorts = {
        "name": Sort("name", gettext_lazy("naam A–Z"), gettext_lazy("naam Z–A")),
        "new": Sort("created_at", gettext_lazy("oudste eerst"), gettext_lazy("nieuwste eerst")),
    }
    default_sort = "name"

    def filter_kwargs(self) -> dict[str, Any]:
        """The filter offers a choice of neighbourhood to who has several."""
        return {"neighbourhoods": neighbourhoods_where(self.request.user, Permission.REGISTER_READ)}

    def visible(self) -> QuerySet[Landlord]:
        """Every landlord the user may see."""
        return Landlord.objects.visible_to(self.request.user)


def with_present(rows: QuerySet[Landlord]) -> QuerySet[Landlord]:
    """Add how many dwellings he owns today and who alone talks to him, in one more query."""
    today = timezone.localdate()
    owned = Ownership.objects.on(today).filter(landlord=OuterRef("pk")).order_by().values("landlord")
    counted = owned.annotate(n=Count("dwelling", distinct=True)).values("n")
    voices = SinglePointOfContact.objects.on(today).select_related("user", "organisation")
    return (
        rows.select_related("neighbourhood")
        .annotate(dwelling_count=Coalesce(Subquery(counted), 0))
        .prefetch_related(Prefetch("points_of_contact", queryset=voices, to_attr="voices"))
    )


class LandlordListView(LandlordRows, FilteredListView):
    """The list of landlords."""

    template_name = "housing/landlord_list.html"
    title = gettext_lazy("Verhuurders")
    export_url_name = "housing:landlord-export"

    def enrich(self, rows: QuerySet[Landlord]) -> QuerySet[Landlord]:
        """Each row tells how much he owns and who talks to him."""
        return with_present(rows)

    def subject(self, count: str) -> str:
        """Say how many landlords."""
        return _("1 verhuurder") if count == "1" else _("%(n)s verhuurders") % {"n": count}

    def remarks(self) -> Iterable[str]:
        """Say what else was chosen."""
        if "kind" in self.chosen:
            yield str(dict(self.filterset.form.fields["kind"].choices)[self.chosen["kind"]])
        if "one_voice" in self.chosen:
            yield (
                _("met een vast aanspreekpunt")
                if self.chosen["one_voice"] == "yes"
                else _("zonder vast aanspreekpunt")
            )
        if "neighbourhood" in self.chosen:
            yield str(self.chosen["neighbourhood"])
        if "q" in self.chosen:
            yield _("lijkt op “%(words)s”") % {"words": self.chosen["q"]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say also whether one may add."""
        return super().get_context_data(
            may_add=self.request.user.access.can_anywhere(Permission.REGISTER_WORK), **kwargs
        )


class LandlordExportView(LandlordRows, ExportView):
    """The same landlords as a file."""

    filename = "verhuurders"

    def headers(self) -> Sequence[Any]:
        """Return the names of the columns."""
        return [
            _("Naam"),
            _("Soort"),
            _("Telefoon"),
            _("E-mail"),
            _("Wie spreken we aan"),
            _("Woningen"),
            _("Vast aanspreekpunt"),
        ]

    def lines(self, rows: QuerySet[Landlord]) -> Iterator[Sequence[Any]]:
        """Yield one line for each landlord."""
        for row in with_present(rows).iterator(chunk_size=500):
            yield [
                row.name,
                str(row.get_kind_display()),
                row.phone,
                row.email,
                row.contact_person,
                row.dwelling_count,
                str(row.voices[0]) if row.voices else "",
            ]


class LandlordMixin(RegisterPage):
    """A page of one landlord: 404 outside the user's scope."""

    landlord: Landlord

    def load(self, **kwargs: Any) -> None:
        """Find the landlord."""
        landlords = Landlord.objects.visible_to(self.request.user).select_related("neighbourhood")
        self.landlord = get_object_or_404(landlords, pk=kwargs["pk"])

    def looks(self) -> Iterable[Look]:
        """The landlord, with what he owns."""
        return [look_at(Subject.LANDLORD, self.landlord.pk, neighbourhood_id=self.landlord.neighbourhood_id)]


class LandlordView(LandlordMixin, TemplateView):
    """One landlord: what must be known before ringing him, what he owns, and every contact."""

    template_name = "housing/landlord.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather everything in a fixed number of queries."""
        user, landlord = self.request.user, self.landlord
        neighbourhood_id = landlord.neighbourhood_id
        linked = portfolio(landlord, user)
        voices = list(
            SinglePointOfContact.objects.filter(landlord__in=linked.ids)
            .select_related("user", "organisation", "set_by", "landlord")
            .order_by("-since", "-pk")
        )
        # His own first; as long as there is none, that of somebody he is linked with.
        voices.sort(key=lambda voice: voice.landlord_id != landlord.pk)
        today = timezone.localdate()
        contacts = self._contacts(linked.ids)
        return super().get_context_data(
            landlord=landlord,
            warnings=landlord_warnings(landlord, user),
            voice=next(
                (v for v in voices if v.since <= today and (v.until is None or v.until > today)), None
            ),
            voices_before=[
                v for v in voices if v.landlord_id == landlord.pk and v.until is not None and v.until <= today
            ],
            linked=linked,
            others=linked.landlords[1:],
            suggestions=suggestions(landlord, user, leave_out=linked.decided),
            picture=PortfolioPicture.of(linked, user),
            facts=[(fact, fact.fetch(linked.ids, user)) for fact in landlord_facts],
            owned=self._not_now(linked.ids),
            agreements=agreements_with(landlord, user),
            page=contacts,
            contacts=contact_rows(contacts.rows, user),
            interventions=interventions_for(user, landlord=landlord),
            may_work=can_work_on_register(user, neighbourhood_id),
            may_log=can_log_landlord_contact(user, neighbourhood_id),
            may_set_voice=can_set_point_of_contact(user, neighbourhood_id),
            **landlord_inspections(landlord, user),
            **kwargs,
        )

    def _not_now(self, landlord_ids: Sequence[int]) -> list[Ownership]:
        """Return what the portfolio owned before, or will own."""
        ownerships = Ownership.objects.filter(landlord__in=landlord_ids).select_related(
            "dwelling__building", "landlord"
        )
        ordered = ownerships.order_by("dwelling__building__sort_key", "dwelling__box", "-from_on", "pk")
        return [ownership for ownership in ordered if not ownership.is_now]

    def _contacts(self, landlord_ids: Sequence[int]) -> Any:
        """Return a page of the contacts with anybody of the portfolio, newest first."""
        contacts = LandlordContact.objects.filter(landlord__in=landlord_ids).select_related(
            "case", "by", "landlord", "words"
        )
        return page_or_first(contacts, order="-at", size=_CONTACTS, cursor=self.request.GET.get("cursor", ""))


class LandlordNewView(RegisterFormView):
    """Adding a landlord."""

    form_class = LandlordNewForm
    title = gettext_lazy("Nieuwe verhuurder")
    submit_label = gettext_lazy("Verhuurder bewaren")
    done_message = gettext_lazy("De verhuurder is bewaard. Welke woningen zijn van hem of haar?")

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form offers a choice of neighbourhood to who has several."""
        return {**super().get_form_kwargs(), "neighbourhoods": self.neighbourhoods}

    def perform(self, form: forms.Form) -> str:
        """Add the landlord."""
        data = {name: value for name, value in form.cleaned_data.items() if name != "neighbourhood"}
        landlord = create_landlord(by=self.request.user, neighbourhood=form.chosen_neighbourhood, **data)
        return landlord.get_absolute_url()


class LandlordFormView(LandlordMixin, RegisterFormView):
    """A form about one landlord: 403 for who may only read."""

    permission = Permission.REGISTER_WORK

    def load(self, **kwargs: Any) -> None:
        """Find the landlord and check that one may change him."""
        super().load(**kwargs)
        self.check_work(self.landlord.neighbourhood_id)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Going back leads to the landlord, who is named above the form."""
        kwargs.setdefault("intro", self.landlord.name)
        return super().get_context_data(cancel_url=self.landlord.get_absolute_url(), **kwargs)


class LandlordEditView(LandlordFormView):
    """Correcting a landlord."""

    form_class = LandlordEditForm
    title = gettext_lazy("Verhuurder aanpassen")
    done_message = gettext_lazy("De verhuurder is bewaard.")

    def get_initial(self) -> dict[str, Any]:
        """Start from what stands there."""
        return LandlordEditForm.initial_of(self.landlord)

    def latest_version(self) -> int:
        """Return the version as it stands now."""
        return Landlord.objects.get(pk=self.landlord.pk).version

    def perform(self, form: forms.Form) -> str:
        """Save the landlord."""
        edit_landlord(by=self.request.user, landlord=self.landlord, **form.cleaned_data)
        return self.landlord.get_absolute_url()


class LandlordDwellingNewView(LandlordFormView):
    """A dwelling that this landlord owns."""

    form_class = LandlordDwellingForm
    title = gettext_lazy("Welke woning is van deze eigenaar?")
    submit_label = gettext_lazy("Eigendom bewaren")
    done_message = gettext_lazy("De eigendom is bewaard.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Dwellings are looked up within what the user may see."""
        return {
            **super().get_form_kwargs(),
            "user": self.request.user,
            "neighbourhood_id": self.landlord.neighbourhood_id,
        }

    def perform(self, form: forms.Form) -> str:
        """Add the ownership."""
        add_ownership(by=self.request.user, landlord=self.landlord, **form.cleaned_data)
        return self.landlord.get_absolute_url()


class PointOfContactView(LandlordFormView):
    """Who alone talks to this landlord."""

    form_class = PointOfContactForm
    title = gettext_lazy("Wie is het vaste aanspreekpunt?")
    submit_label = gettext_lazy("Aanspreekpunt bewaren")
    done_message = gettext_lazy(
        "Bewaard. Wie anders contact heeft, krijgt voortaan de vraag of het via het aanspreekpunt liep."
    )

    def get_form_kwargs(self) -> dict[str, Any]:
        """Only who talks to landlords here can be chosen."""
        return {**super().get_form_kwargs(), "landlord": self.landlord}

    def perform(self, form: forms.Form) -> str:
        """Set or replace the point of contact."""
        set_point_of_contact(by=self.request.user, landlord=self.landlord, **form.cleaned_data)
        return self.landlord.get_absolute_url()


class PointOfContactEndView(LandlordFormView):
    """From today on everybody may talk to this landlord again."""

    form_class = forms.Form
    title = gettext_lazy("Geen vast aanspreekpunt meer?")
    submit_label = gettext_lazy("Aanspreekpunt stopzetten")
    done_message = gettext_lazy("Er is geen vast aanspreekpunt meer. Wie het was, blijft staan.")

    def perform(self, form: forms.Form) -> str:
        """End it."""
        end_point_of_contact(by=self.request.user, landlord=self.landlord)
        return self.landlord.get_absolute_url()


class ContactNewView(LandlordMixin, ActionFormView):
    """Writing down a contact with a landlord, with what must be known first on top."""

    permission = Permission.LANDLORD_CONTACT
    template_name = "housing/contact_form.html"
    form_class = ContactForm
    title = gettext_lazy("Contact met de verhuurder")
    submit_label = gettext_lazy("Contact bewaren")
    done_message = gettext_lazy("Het contact is bewaard.")

    def load(self, **kwargs: Any) -> None:
        """Find the landlord and what stands in the way."""
        super().load(**kwargs)
        if not can_log_landlord_contact(self.request.user, self.landlord.neighbourhood_id):
            raise PermissionDenied
        self.warnings = landlord_warnings(self.landlord, self.request.user)
        self.voice = current_point_of_contact(self.landlord)

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form asks what the situation needs."""
        return {
            **super().get_form_kwargs(),
            "user": self.request.user,
            "landlord": self.landlord,
            "warnings": self.warnings,
            "contact_person": self.voice,
            "had_contact_person": self.landlord.points_of_contact.exists(),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Put the warnings and the one voice on top."""
        return super().get_context_data(
            landlord=self.landlord,
            warnings=self.warnings,
            voice=self.voice,
            intro=self.landlord.name,
            cancel_url=self.landlord.get_absolute_url(),
            **kwargs,
        )

    def act(self, form: forms.Form) -> str:
        """Write it down."""
        data = form.cleaned_data
        log_landlord_contact(
            by=self.request.user,
            landlord=self.landlord,
            direction=data["direction"],
            channel=data["channel"],
            summary=data["summary"],
            at=form.moment(),
            case=data["case"],
            via_contact_person=form.via(),
            not_about_family=data.get("not_about_family", False),
        )
        return self.landlord.get_absolute_url()

"""Crisis dwellings: the units with their calendar, who waits and in which order, fees and works."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from accounts.looks import Look, Subject, look_at
from accounts.models import Neighbourhood, User
from accounts.permissions import Permission
from accounts.views.base import ActionFormView, PermissionMixin
from arsenaal.lib.wall import beyond_wall
from cases.looks import case_look
from cases.models import Case
from cases.neighbourhoods import neighbourhoods_where
from cases.views.base import CaseActionView
from housing.actions.crisis_dwellings import (
    add_crisis_dwelling,
    block_for_works,
    edit_crisis_dwelling,
    set_fee,
    unblock,
)
from housing.actions.waiting import put_on_list, set_priority, take_off_list
from housing.agreement_enums import PeriodKind, WaitState
from housing.forms.agreements import NeededNoteForm
from housing.forms.stays import (
    BlockForm,
    FeeForm,
    PriorityForm,
    UnitEditForm,
    UnitForm,
    WaitingForm,
)
from housing.matching import calendar_of, suggest, why_here
from housing.models import CrisisDwelling, UnitPeriod, WaitingEntry
from housing.perms import can_house_temporarily, can_manage_crisis_dwellings
from housing.views.agreements import NothingAskedForm

MONTHS_SHOWN = 6
MONTHS_ON_PAGE = 12


def _periods() -> Prefetch:
    """What takes a unit from this month on, with the stay it belongs to, as `taking`."""
    start = timezone.localdate().replace(day=1)
    rows = (
        UnitPeriod.objects.taking()
        .filter(until_on__gt=start)
        .select_related("stay", "household")
        .order_by("from_on")
    )
    return Prefetch("periods", queryset=rows, to_attr="taking")


def sees_cases(user: User, case_ids: Any) -> set[int]:
    """Return which of these cases this user may open: of others he sees that somebody stays or waits, not who."""
    return set(Case.objects.visible_to(user).filter(pk__in=case_ids).values_list("pk", flat=True))


class CrisisDwellingListView(PermissionMixin, TemplateView):
    """Every unit with its calendar, and who waits."""

    permission = Permission.STAY_READ
    template_name = "housing/stays/units.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather it in a fixed number of queries."""
        user, today = self.request.user, timezone.localdate()
        # That somebody waits or stays is for all who give a place; whose family it is, for who reads the case.
        with beyond_wall("who waits, and when crisis dwellings are taken"):
            units = list(
                CrisisDwelling.objects.visible_to(user)
                .select_related("dwelling__building__neighbourhood", "operator")
                .prefetch_related(_periods(), Prefetch("fees", to_attr="all_fees"))
                .order_by("-is_active", "pk")
            )
            waiting = list(
                WaitingEntry.objects.filter(
                    state=WaitState.WAITING,
                    case__neighbourhood_id__in=user.access.where(Permission.STAY_READ),
                )
                .select_related("case__household", "priority_by")
                .order_by("-priority", "asked_on", "pk")
            )
        seen = sees_cases(user, [entry.case_id for entry in waiting])
        may_work = user.access.can_anywhere(Permission.STAY_WORK)
        return super().get_context_data(
            units=[
                {
                    "unit": unit,
                    "fee": max(
                        (fee for fee in unit.all_fees if fee.from_on <= today),
                        key=lambda fee: fee.from_on,
                        default=None,
                    ),
                    "months": calendar_of(unit.taking, first=today, months=MONTHS_SHOWN),
                    "is_free": not any(p.from_on <= today < p.until_on for p in unit.taking),
                }
                for unit in units
            ],
            waiting=[
                {"entry": entry, "why": why_here(entry), "sees": entry.case_id in seen} for entry in waiting
            ],
            may_work=may_work,
            **kwargs,
        )


class CrisisDwellingNewView(ActionFormView):
    """A dwelling of the register becomes a crisis dwelling."""

    permission = Permission.STAY_WORK
    form_class = UnitForm
    title = gettext_lazy("Crisiswoning toevoegen")
    done_message = gettext_lazy("De crisiswoning staat erbij.")

    @cached_property
    def neighbourhoods(self) -> Any:
        """Where this user works with crisis dwellings."""
        return neighbourhoods_where(self.request.user, Permission.STAY_WORK)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the dwellings of one's neighbourhoods."""
        return {**super().get_form_kwargs(), "neighbourhoods": self.neighbourhoods}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Going back leads to the list."""
        return super().get_context_data(cancel_url=reverse("housing:crisis-dwelling-list"), **kwargs)

    def act(self, form: forms.Form) -> str:
        """Add it."""
        return add_crisis_dwelling(by=self.request.user, **form.cleaned_data).get_absolute_url()


class UnitMixin(PermissionMixin):
    """One crisis dwelling: 404 outside the user's scope."""

    permission = Permission.STAY_READ
    unit: CrisisDwelling

    def load(self, **kwargs: Any) -> None:
        """Find it."""
        units = CrisisDwelling.objects.visible_to(self.request.user).select_related(
            "dwelling__building__neighbourhood", "operator"
        )
        self.unit = get_object_or_404(units, pk=kwargs["pk"])

    def looks(self) -> Iterable[Look]:
        """The dwelling: it shows who stays there."""
        return [look_at(Subject.DWELLING, self.unit.dwelling.pk, neighbourhood_id=self.neighbourhood.pk)]

    @property
    def neighbourhood(self) -> Neighbourhood:
        """Where it lies."""
        return self.unit.dwelling.building.neighbourhood

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the page its unit."""
        return super().get_context_data(unit=self.unit, **kwargs)


class CrisisDwellingView(UnitMixin, TemplateView):
    """One crisis dwelling: what it is, what it costs, when it is taken and by whom."""

    template_name = "housing/stays/unit.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather it in a fixed number of queries."""
        unit, user, today = self.unit, self.request.user, timezone.localdate()
        with beyond_wall("when a crisis dwelling is taken"):
            periods = list(
                unit.periods.taking()
                .select_related("stay__case__household", "household", "created_by")
                .order_by("-from_on")
            )
        stays = [period.stay.case_id for period in periods if period.kind == PeriodKind.STAY]
        seen = sees_cases(user, stays)
        return super().get_context_data(
            fees=list(unit.fees.select_related("set_by").order_by("-from_on")),
            months=calendar_of(periods, first=today, months=MONTHS_ON_PAGE),
            periods=[
                {
                    "period": period,
                    "sees": period.kind == PeriodKind.STAY and period.stay.case_id in seen,
                    "may_unblock": period.kind == PeriodKind.WORKS and period.until_on > today,
                }
                for period in periods
            ],
            may_work=can_manage_crisis_dwellings(user, self.neighbourhood.pk),
            **kwargs,
        )


class UnitFormView(UnitMixin, ActionFormView):
    """A form about one crisis dwelling."""

    permission = Permission.STAY_WORK

    def load(self, **kwargs: Any) -> None:
        """Find it, and check that one works with it."""
        super().load(**kwargs)
        if not can_manage_crisis_dwellings(self.request.user, self.neighbourhood.pk):
            raise PermissionDenied

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Going back leads to it."""
        kwargs.setdefault("intro", str(self.unit))
        return super().get_context_data(cancel_url=self.unit.get_absolute_url(), **kwargs)

    def perform(self, data: dict[str, Any]) -> Any:
        """Call one action with the cleaned data."""
        raise NotImplementedError

    def act(self, form: forms.Form) -> str:
        """Do it and go back to it."""
        self.perform(form.cleaned_data)
        return self.unit.get_absolute_url()


class CrisisDwellingEditView(UnitFormView):
    """Change what is known of it."""

    form_class = UnitEditForm
    title = gettext_lazy("Crisiswoning aanpassen")
    done_message = gettext_lazy("De crisiswoning is bewaard.")

    def get_initial(self) -> dict[str, Any]:
        """Start from what stands there."""
        names = ("capacity", "is_accessible", "allows_pets", "notes", "is_active", "version")
        return {name: getattr(self.unit, name) for name in names} | {"operator": self.unit.operator_id}

    def latest_version(self) -> int:
        """The version as it stands now."""
        return CrisisDwelling.objects.get(pk=self.unit.pk).version

    def perform(self, data: dict[str, Any]) -> Any:
        """Save it."""
        return edit_crisis_dwelling(by=self.request.user, unit=self.unit, **data)


class FeeNewView(UnitFormView):
    """A stay fee from a day on."""

    form_class = FeeForm
    title = gettext_lazy("Verblijfsvergoeding wijzigen")
    done_message = gettext_lazy("De verblijfsvergoeding is bewaard.")

    def perform(self, data: dict[str, Any]) -> Any:
        """Set it."""
        return set_fee(by=self.request.user, unit=self.unit, **data)


class BlockNewView(UnitFormView):
    """Works."""

    form_class = BlockForm
    title = gettext_lazy("Werken plannen")
    done_message = gettext_lazy("De werken staan op de kalender.")

    def perform(self, data: dict[str, Any]) -> Any:
        """Block it."""
        return block_for_works(by=self.request.user, unit=self.unit, **data)


class BlockEndView(UnitFormView):
    """Works are called off."""

    form_class = NothingAskedForm
    title = gettext_lazy("Werken schrappen?")
    submit_label = gettext_lazy("Werken schrappen")
    done_message = gettext_lazy("De woning is in die periode weer vrij.")

    def load(self, **kwargs: Any) -> None:
        """Find the works."""
        super().load(**kwargs)
        works = self.unit.periods.filter(kind=PeriodKind.WORKS)
        self.period = get_object_or_404(works, pk=kwargs["period"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which."""
        return super().get_context_data(intro=self.period.reason, **kwargs)

    def perform(self, data: dict[str, Any]) -> Any:
        """Call them off."""
        return unblock(by=self.request.user, period=self.period)


class WaitingNewView(CaseActionView):
    """The family of a case needs a crisis dwelling."""

    permission = Permission.STAY_WORK
    form_class = WaitingForm
    title = gettext_lazy("Crisiswoning nodig")
    submit_label = gettext_lazy("Op de wachtlijst zetten")
    done_message = gettext_lazy("Het gezin staat op de wachtlijst. Hieronder zie je welke crisiswoning past.")

    def may_act(self) -> bool:
        """Who works with stays."""
        return can_house_temporarily(self.request.user, self.case)

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form counts the family."""
        return {**super().get_form_kwargs(), "case": self.case}

    def act(self, form: forms.Form) -> str:
        """Put it on the list and show what fits."""
        entry = put_on_list(by=self.request.user, case=self.case, **form.cleaned_data)
        return reverse("housing:waiting", args=[entry.pk])


class WaitingMixin(PermissionMixin):
    """One place on the waiting list: 404 outside the user's scope."""

    permission = Permission.STAY_READ
    entry: WaitingEntry

    def load(self, **kwargs: Any) -> None:
        """Find it."""
        entries = WaitingEntry.objects.visible_to(self.request.user).select_related(
            "case__household", "case__neighbourhood", "priority_by", "added_by"
        )
        self.entry = get_object_or_404(entries, pk=kwargs["pk"])

    def looks(self) -> Iterable[Look]:
        """The case that waits."""
        return [case_look(self.entry.case)]

    @property
    def own_url(self) -> str:
        """The page of this place."""
        return reverse("housing:waiting", args=[self.entry.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the page its place on the list."""
        return super().get_context_data(entry=self.entry, case=self.entry.case, **kwargs)


class WaitingView(WaitingMixin, TemplateView):
    """Who waits and why at this place, and which crisis dwelling fits and why."""

    template_name = "housing/stays/waiting.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Weigh the dwellings, as long as they wait."""
        is_waiting = self.entry.state == WaitState.WAITING
        return super().get_context_data(
            why=why_here(self.entry),
            suggestions=suggest(self.entry) if is_waiting else [],
            is_waiting=is_waiting,
            may_work=is_waiting and can_house_temporarily(self.request.user, self.entry.case),
            **kwargs,
        )


class WaitingFormView(WaitingMixin, ActionFormView):
    """A form about a place on the waiting list."""

    permission = Permission.STAY_WORK

    def load(self, **kwargs: Any) -> None:
        """Find it, and check that one works with stays."""
        super().load(**kwargs)
        if not can_house_temporarily(self.request.user, self.entry.case):
            raise PermissionDenied

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Going back leads to it."""
        return super().get_context_data(cancel_url=self.own_url, **kwargs)


class WaitingPriorityView(WaitingFormView):
    """Who goes first."""

    form_class = PriorityForm
    title = gettext_lazy("Voorrang")
    submit_label = gettext_lazy("Voorrang bewaren")
    done_message = gettext_lazy("De voorrang is bewaard.")

    def get_initial(self) -> dict[str, Any]:
        """Start from what stands there."""
        return {"priority": self.entry.priority, "reason": self.entry.priority_reason}

    def act(self, form: forms.Form) -> str:
        """Set it."""
        set_priority(by=self.request.user, entry=self.entry, **form.cleaned_data)
        return self.own_url


class WaitingEndView(WaitingFormView):
    """No longer needed."""

    form_class = NeededNoteForm
    title = gettext_lazy("Niet meer nodig")
    submit_label = gettext_lazy("Van de wachtlijst halen")
    done_message = gettext_lazy("Het gezin staat niet meer op de wachtlijst.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say whom it is about."""
        intro = _("Het gaat over %(case)s.") % {"case": self.entry.case}
        return super().get_context_data(intro=intro, **kwargs)

    def act(self, form: forms.Form) -> str:
        """Take it off."""
        take_off_list(by=self.request.user, entry=self.entry, **form.cleaned_data)
        return reverse("housing:crisis-dwelling-list")

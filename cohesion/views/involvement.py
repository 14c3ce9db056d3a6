"""What people do in their neighbourhood, and their yes that the team of their case may know it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Concat, Trim
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView

from accounts.looks import Look, Subject, look_at
from accounts.models import Neighbourhood
from accounts.permissions import Permission
from accounts.views.base import ActionFormView, PermissionMixin
from cases.views.lists import FilteredListView, Sort
from cases.views.quick import number_of
from cohesion.actions.involvement import (
    edit_involvement,
    end_involvement,
    note_involvement,
    record_yes,
    withdraw_yes,
)
from cohesion.filters.involvement import InvolvementFilter
from cohesion.forms.involvement import InvolvementEditForm, InvolvementForm, YesForm
from cohesion.involvement_enums import KIND_OF_THING
from cohesion.models import Involvement
from cohesion.models.involvement import THING
from cohesion.perms import can_work_on_capital
from people.models import Person


class InvolvementListView(FilteredListView):
    """Who takes part in what."""

    permission = Permission.CAPITAL_READ
    filter_class = InvolvementFilter
    template_name = "cohesion/involvement/list.html"
    title = gettext_lazy("Wie actief is in de wijk")
    sorts = {"noted": Sort("noted_at", gettext_lazy("oudste eerst"), gettext_lazy("nieuwste eerst"))}
    default_sort = "-noted"

    def visible(self) -> QuerySet[Involvement]:
        """Of the neighbourhoods where one brings people together."""
        return Involvement.objects.visible_to(self.request.user)

    def enrich(self, rows: QuerySet[Involvement]) -> QuerySet[Involvement]:
        """With the name of those one may see."""
        persons = Person.objects.visible_to(self.request.user).filter(pk=OuterRef("person_id"))
        name = Trim(Concat("given_name", Value(" "), "family_name"))
        return rows.annotate(who=Subquery(persons.annotate(whole=name).values("whole")[:1]))

    def subject(self, count: str) -> str:
        """Say how many."""
        return ngettext("%(n)s deelname", "%(n)s deelnames", number_of(count)) % {"n": count}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Tell whether one works on it."""
        return super().get_context_data(
            may_work=self.request.user.access.can_anywhere(Permission.CAPITAL_WORK), **kwargs
        )


class InvolvementNewView(ActionFormView):
    """Somebody takes part in something. The address can name the thing itself, or what was noted before."""

    permission = Permission.CAPITAL_WORK
    form_class = InvolvementForm
    title = gettext_lazy("Deelname noteren")
    done_message = gettext_lazy("Het staat erbij. Vraag nu of het team van het dossier het mag weten.")
    thing_name = ""
    thing: Any = None
    before: Involvement | None = None

    def load(self, **kwargs: Any) -> None:
        """Find the thing that the address names; 404 for one that one may not see, 403 where one doesn't work."""
        user = self.request.user
        if "again" in self.request.GET:
            self.before = get_object_or_404(Involvement.objects.visible_to(user), pk=self._number("again"))
            self.thing_name = self.before.thing_name or ""
            number = getattr(self.before, f"{self.thing_name}_id") if self.thing_name else 0
        else:
            self.thing_name = next((name for name in KIND_OF_THING if name in self.request.GET), "")
            number = self._number(self.thing_name)
        if not self.thing_name:
            return
        self.thing = get_object_or_404(THING[self.thing_name].objects.visible_to(user), pk=number)
        if not can_work_on_capital(user, self._where_of_thing().pk):
            raise PermissionDenied

    def _number(self, name: str) -> int:
        asked = self.request.GET.get(name, "")
        if asked and not (asked.isdecimal() and len(asked) < 19):  # what was sent may be nonsense
            raise Http404
        return int(asked or 0)

    def _where_of_thing(self) -> Neighbourhood:
        found: Neighbourhood = (
            self.thing.place if self.thing_name == "activity" else self.thing
        ).neighbourhood
        return found

    def get_form_kwargs(self) -> dict[str, Any]:
        """Within what the user may see."""
        return {
            **super().get_form_kwargs(),
            "user": self.request.user,
            "has_thing": self.thing is not None,
        }

    def get_initial(self) -> dict[str, Any]:
        """Go on from what was noted before, or from what the thing is called."""
        if self.before is not None:
            names = ("kind", "what", "since", "until")
            return {name: getattr(self.before, name) for name in names} | {
                "person": self.before.person_id,
                "neighbourhood": self.before.neighbourhood_id,
            }
        is_named = self.thing is not None and self.thing_name != "match"
        return {"what": str(self.thing)[:120]} if is_named else {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Going back leads to where one came from."""
        came_from = self.before or self.thing
        back = came_from.get_absolute_url() if came_from else reverse("cohesion:involvements")
        return super().get_context_data(cancel_url=back, **kwargs)

    def act(self, form: forms.Form) -> str:
        """Write it down."""
        values = dict(form.cleaned_data)
        if self.thing is not None:
            values |= {
                "kind": KIND_OF_THING[self.thing_name],
                "thing": {self.thing_name: self.thing},
                "neighbourhood": self._where_of_thing(),
            }
        return note_involvement(by=self.request.user, **values).get_absolute_url()


class InvolvementMixin(PermissionMixin):
    """One of them: 404 outside the user's scope."""

    permission = Permission.CAPITAL_READ
    involvement: Involvement

    def load(self, **kwargs: Any) -> None:
        """Find it; 403 for who may only read it where it is about working."""
        rows = Involvement.objects.visible_to(self.request.user).select_related(
            "neighbourhood", "noted_by", "asked_by"
        )
        self.involvement = get_object_or_404(rows, pk=kwargs["pk"])
        if self.permission == Permission.CAPITAL_WORK and not self.may_work():
            raise PermissionDenied

    def may_work(self) -> bool:
        """Whether this user works on it."""
        return can_work_on_capital(self.request.user, self.involvement.neighbourhood_id)

    def looks(self) -> Iterable[Look]:
        """Something of its person."""
        where = self.involvement.neighbourhood_id
        return [look_at(Subject.PERSON, self.involvement.person_id, neighbourhood_id=where)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the page what it is about; going back leads to it."""
        kwargs.setdefault("cancel_url", self.involvement.get_absolute_url())
        return super().get_context_data(  # type: ignore[misc]
            involvement=self.involvement, may_work=self.may_work(), **kwargs
        )


class InvolvementView(InvolvementMixin, TemplateView):
    """What somebody does, and whether the team of his case may know."""

    template_name = "cohesion/involvement/involvement.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather it; person and thing for who may see these."""
        user, name = self.request.user, self.involvement.thing_name
        thing = None
        if name:
            number = getattr(self.involvement, f"{name}_id")
            thing = THING[name].objects.visible_to(user).filter(pk=number).first()  # type: ignore[attr-defined]
        return super().get_context_data(
            person=Person.objects.visible_to(user).filter(pk=self.involvement.person_id).first(),
            thing=thing,
            **kwargs,
        )


class InvolvementFormView(InvolvementMixin, ActionFormView):
    """Something to do about it."""

    permission = Permission.CAPITAL_WORK


class InvolvementEditView(InvolvementFormView):
    """Correct what was written down."""

    form_class = InvolvementEditForm
    title = gettext_lazy("Deelname wijzigen")
    done_message = gettext_lazy("Het is bewaard.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """What has a link is of its kind."""
        return {**super().get_form_kwargs(), "has_thing": self.involvement.thing_name is not None}

    def get_initial(self) -> dict[str, Any]:
        """Start from what stands there."""
        return {name: getattr(self.involvement, name) for name in InvolvementEditForm.base_fields}

    def latest_version(self) -> int:
        """The version as it stands now."""
        return Involvement.objects.get(pk=self.involvement.pk).version

    def act(self, form: forms.Form) -> str:
        """Save it."""
        saved = edit_involvement(by=self.request.user, involvement=self.involvement, **form.cleaned_data)
        return saved.get_absolute_url()


class InvolvementEndView(InvolvementFormView):
    """It stops today."""

    form_class = forms.Form
    title = gettext_lazy("Is deze deelname afgelopen?")
    submit_label = gettext_lazy("Afsluiten")
    done_message = gettext_lazy("De deelname is afgelopen.")

    def act(self, form: forms.Form) -> str:
        """End it."""
        return end_involvement(by=self.request.user, involvement=self.involvement).get_absolute_url()


class YesView(InvolvementFormView):
    """The person says yes."""

    form_class = YesForm
    title = gettext_lazy("Het team van het dossier mag dit weten")
    submit_label = gettext_lazy("Toestemming bewaren")
    done_message = gettext_lazy("De toestemming is bewaard.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say to what."""
        return super().get_context_data(
            intro=gettext_lazy(
                "Vraag het aan de persoon zelf. Het team van het dossier ziet dan wat hij of zij doet en sinds "
                "wanneer, en kan er in het plan op verder bouwen. Intrekken kan altijd, en geldt meteen."
            ),
            **kwargs,
        )

    def act(self, form: forms.Form) -> str:
        """Record it."""
        saved = record_yes(by=self.request.user, involvement=self.involvement, **form.cleaned_data)
        return saved.get_absolute_url()


class YesWithdrawView(InvolvementFormView):
    """The person takes it back."""

    form_class = forms.Form
    title = gettext_lazy("Toestemming intrekken")
    submit_label = gettext_lazy("Intrekken")
    done_message = gettext_lazy("De toestemming is ingetrokken. Op het dossier staat niets meer.")

    def act(self, form: forms.Form) -> str:
        """Withdraw it."""
        return withdraw_yes(by=self.request.user, involvement=self.involvement).get_absolute_url()

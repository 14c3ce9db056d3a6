"""A household: who belongs to it now and before, and everything that changes it."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from accounts.models import Neighbourhood
from accounts.permissions import Permission
from accounts.views.base import ActionFormView
from arsenaal.lib.errors import ActionError
from people.actions.create_household import FirstMember, create_household
from people.actions.edit_household import edit_household
from people.actions.members import add_member, remove_member, undo_removal
from people.forms.person import HouseholdForm, HouseholdNameForm, KnownPersonMixin, LeaveForm, MemberForm
from people.models import Household, HouseholdMember, Person
from people.perms import can_edit_household
from people.reading import household_history, household_link_rows, member_rows
from people.search import person_option, same_persons
from people.views.base import HouseholdActionView, HouseholdMixin, neighbourhoods_where


class LooksLikeKnownPerson(ActionError):
    """Somebody of nearly this name is known already; choose him, or say that it is somebody else."""


class KnownPersonView(ActionFormView):
    """A form with the name of somebody who may be known already: pointed out before saving."""

    alike: list[Any]

    def get_form(self, form_class: type[forms.Form] | None = None) -> forms.Form:
        """Tell the form who may be chosen."""
        form = super().get_form(form_class)
        form.connect(self.choosable())
        return form

    def choosable(self) -> QuerySet[Person]:
        """Who may be chosen: visible persons of the neighbourhood it is about."""
        return Person.objects.visible_to(self.request.user)

    def check_alike(self, form: KnownPersonMixin) -> None:
        """Point out who looks alike, unless somebody chose or said that it is another person."""
        data = form.cleaned_data
        if data.get("person") or form.is_surely_new:
            return
        born = data["born_on"].year if data.get("born_on") else data.get("birth_year")
        found = same_persons(self.request.user, f"{data['given_name']} {data['family_name']}", born=born)
        if found:
            self.alike = [person_option(person) for person in found]
            raise LooksLikeKnownPerson(
                _("We kennen misschien al iemand met deze naam. Kies hieronder."), field="given_name"
            )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show who looks alike under the name, also when the form came back for another reason."""
        form = kwargs.get("form")
        chosen = self.request.POST.get("person", "")
        if form is not None and chosen and not getattr(self, "alike", []):
            text = " ".join(self.request.POST.get(name, "") for name in ("given_name", "family_name"))
            known = self.choosable().filter(pk=int(chosen)) if form.is_known and len(chosen) < 19 else []
            found = {person.pk: person for person in (*known, *same_persons(self.request.user, text[:160]))}
            self.alike = [person_option(person) for person in found.values()]
        if form is not None:
            form.point_out(getattr(self, "alike", []))
        return super().get_context_data(**kwargs)


class HouseholdNewView(KnownPersonView):
    """Registering a household with its first member."""

    permission = Permission.RADAR_REPORT
    form_class = HouseholdForm
    title = gettext_lazy("Nieuw gezin")
    submit_label = gettext_lazy("Gezin bewaren")
    done_message = gettext_lazy("Het gezin is bewaard. Voeg hier toe wie er nog bij hoort.")

    @cached_property
    def neighbourhoods(self) -> QuerySet[Neighbourhood]:
        """Where this user registers people."""
        return neighbourhoods_where(self.request.user, Permission.RADAR_REPORT)

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form offers a choice of neighbourhood to who has several."""
        return {**super().get_form_kwargs(), "neighbourhoods": self.neighbourhoods}

    def act(self, form: forms.Form) -> str:
        """Register the household."""
        self.check_alike(form)
        data = form.cleaned_data
        person = data.get("person")
        member = FirstMember(role=data["role"], person=person, details=None if person else form.details())
        household = create_household(
            by=self.request.user,
            neighbourhood=data.get("neighbourhood") or self.neighbourhoods[0],
            name=data["name"],
            members=[member],
            from_on=data["from_on"],
        )
        return household.get_absolute_url()


class HouseholdView(HouseholdMixin, TemplateView):
    """One household."""

    template_name = "people/household.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather who belongs to it, who did, and what hangs on it elsewhere."""
        user = self.request.user
        rows = member_rows(self.household, user)
        return super().get_context_data(
            now=[row for row in rows if row.is_now],
            before=[row for row in rows if not row.is_now],
            history=household_history(rows),
            links=household_link_rows(user, self.household),
            may_edit=can_edit_household(user, self.household),
            **kwargs,
        )


class HouseholdEditView(HouseholdActionView):
    """Giving a household another name."""

    form_class = HouseholdNameForm
    title = gettext_lazy("Naam van het gezin")
    done_message = gettext_lazy("De naam is bewaard.")

    def get_initial(self) -> dict[str, Any]:
        """Start from what stands there."""
        return {"name": self.household.name, "version": self.household.version}

    def latest_version(self) -> int:
        """Return the version as it stands now."""
        return Household.objects.get(pk=self.household.pk).version

    def act(self, form: forms.Form) -> str:
        """Save the name."""
        edit_household(
            by=self.request.user,
            household=self.household,
            version=form.cleaned_data["version"],
            name=form.cleaned_data["name"],
        )
        return self.household.get_absolute_url()


class MemberNewView(HouseholdActionView, KnownPersonView):
    """Somebody joins a household: who is known already, a newborn, or somebody new."""

    form_class = MemberForm
    submit_label = gettext_lazy("Gezinslid bewaren")
    done_message = gettext_lazy("Bewaard. Het gezin is weer wat vollediger.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the household."""
        return super().get_context_data(
            title=_("Wie hoort bij %(household)s?") % {"household": self.household}, **kwargs
        )

    def choosable(self) -> QuerySet[Person]:
        """Persons of the household's own neighbourhood."""
        return super().choosable().filter(neighbourhood=self.household.neighbourhood_id)

    def act(self, form: forms.Form) -> str:
        """Add the member."""
        self.check_alike(form)
        data = form.cleaned_data
        person = data.get("person")
        add_member(
            by=self.request.user,
            household=self.household,
            role=data["role"],
            from_on=data["from_on"],
            join_reason=data["join_reason"],
            person=person,
            details=None if person else form.details(),
        )
        return self.household.get_absolute_url()


class _MemberMixin(HouseholdActionView):
    member: HouseholdMember

    def load(self, **kwargs: Any) -> None:
        """Find the member, who must be visible too."""
        super().load(**kwargs)
        self.member = get_object_or_404(self.household.members.select_related("person"), pk=kwargs["member"])
        if not Person.objects.visible_to(self.request.user).filter(pk=self.member.person_id).exists():
            raise PermissionDenied


class MemberLeaveView(_MemberMixin):
    """Somebody leaves a household."""

    form_class = LeaveForm
    submit_label = gettext_lazy("Vertrek bewaren")
    done_message = gettext_lazy("Bewaard. Wie vertrok, staat bij “vroeger”; je kunt het ongedaan maken.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name who leaves."""
        return super().get_context_data(
            title=_("%(name)s hoort niet meer bij dit gezin") % {"name": self.member.person}, **kwargs
        )

    def act(self, form: forms.Form) -> str:
        """Write it down."""
        remove_member(
            by=self.request.user,
            member=self.member,
            leave_reason=form.cleaned_data["leave_reason"],
            until_on=form.cleaned_data["until_on"],
        )
        return self.household.get_absolute_url()


class MemberUndoView(_MemberMixin):
    """Taking back that somebody left."""

    form_class = forms.Form
    submit_label = gettext_lazy("Ongedaan maken")
    done_message = gettext_lazy("Ongedaan gemaakt.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what will happen."""
        return super().get_context_data(
            title=_("%(name)s hoort toch nog bij dit gezin") % {"name": self.member.person},
            intro=_("De einddatum en de reden van vertrek verdwijnen. Sinds wanneer blijft staan."),
            **kwargs,
        )

    def act(self, form: forms.Form) -> str:
        """Take it back."""
        undo_removal(by=self.request.user, member=self.member)
        return reverse("people:household", args=[self.household.pk])

"""A person: what is known, where he belongs, and who may be the same."""

from typing import Any

from django import forms
from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from accounts.permissions import Permission
from people.actions.edit_person import edit_person
from people.actions.links import link_persons, unlink_persons
from people.ages import years_old
from people.forms.person import PersonForm, VerdictForm
from people.models import Person, PersonLink
from people.perms import can_edit_person
from people.reading import memberships, verdicts
from people.search import person_detail, same_persons
from people.views.base import PersonActionView, PersonMixin


class PersonView(PersonMixin, TemplateView):
    """One person."""

    template_name = "people/person.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather what is known, in a fixed number of queries."""
        user, person = self.request.user, self.person
        known = verdicts(person, user)
        decided = {row.other.pk for rows in known.values() for row in rows}
        alike = [
            {"person": other, "detail": person_detail(other)}
            for other in same_persons(user, str(person), born=person.born)
            if other.pk != person.pk
            and other.pk not in decided
            and other.neighbourhood_id == person.neighbourhood_id
        ]
        return super().get_context_data(
            age=years_old(person.born_on, person.birth_year),
            memberships=memberships(person, user),
            same=known["same"],
            different=known["different"],
            alike=alike,
            may_edit=can_edit_person(user, person),
            may_tell_looks=user.access.can(Permission.CASE_OPEN, person.neighbourhood_id),
            **kwargs,
        )


class PersonEditView(PersonActionView):
    """Correcting a person."""

    form_class = PersonForm
    done_message = gettext_lazy("Bewaard.")

    def get_initial(self) -> dict[str, Any]:
        """Start from what stands there."""
        return PersonForm.initial_of(self.person)

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form keeps the languages this person has."""
        return {**super().get_form_kwargs(), "person": self.person}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the person."""
        return super().get_context_data(title=str(self.person), **kwargs)

    def latest_version(self) -> int:
        """Return the version as it stands now."""
        return Person.objects.get(pk=self.person.pk).version

    def act(self, form: forms.Form) -> str:
        """Save the person."""
        edit_person(
            by=self.request.user,
            person=self.person,
            version=form.cleaned_data["version"],
            details=form.details(),
        )
        return self.person.get_absolute_url()


class PersonLinkView(PersonActionView):
    """Deciding whether two persons are one: both stay, only the verdict is kept."""

    template_name = "people/person_link.html"
    form_class = VerdictForm
    title = gettext_lazy("Is dit dezelfde persoon?")
    done_message = gettext_lazy("Bewaard. Je kunt dit altijd ongedaan maken.")
    other: Person

    def load(self, **kwargs: Any) -> None:
        """Find both; the other must be visible as well."""
        super().load(**kwargs)
        visible = Person.objects.visible_to(self.request.user).filter(
            neighbourhood=self.person.neighbourhood_id
        )
        self.other = get_object_or_404(visible.exclude(pk=self.person.pk), pk=kwargs["other"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Put both side by side."""
        both = [
            {
                "person": person,
                "age": years_old(person.born_on, person.birth_year),
                "memberships": memberships(person, self.request.user),
            }
            for person in (self.person, self.other)
        ]
        return super().get_context_data(both=both, **kwargs)

    def act(self, form: forms.Form) -> str:
        """Keep the verdict."""
        link_persons(
            by=self.request.user,
            one=self.person,
            other=self.other,
            verdict=form.cleaned_data["verdict"],
        )
        return self.person.get_absolute_url()


class PersonUnlinkView(PersonActionView):
    """Undoing a verdict on two persons."""

    form_class = forms.Form
    title = gettext_lazy("Dit oordeel ongedaan maken")
    submit_label = gettext_lazy("Ongedaan maken")
    done_message = gettext_lazy("Ongedaan gemaakt. Beide fiches staan weer los van elkaar.")
    link: PersonLink

    def load(self, **kwargs: Any) -> None:
        """Find the verdict, of this person and somebody visible."""
        super().load(**kwargs)
        links = PersonLink.objects.filter(Q(first=self.person) | Q(second=self.person)).select_related(
            "first", "second", "decided_by"
        )
        self.link = get_object_or_404(links, pk=kwargs["link"])
        other = self.link.second_id if self.link.first_id == self.person.pk else self.link.first_id
        get_object_or_404(Person.objects.visible_to(self.request.user), pk=other)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what was decided, by whom."""
        return super().get_context_data(
            intro=_("%(one)s en %(other)s: %(verdict)s, zei %(who)s.")
            % {
                "one": self.link.first,
                "other": self.link.second,
                "verdict": self.link.get_verdict_display(),
                "who": self.link.decided_by,
            },
            **kwargs,
        )

    def act(self, form: forms.Form) -> str:
        """Undo it."""
        unlink_persons(by=self.request.user, link=self.link)
        return reverse("people:person", args=[self.person.pk])

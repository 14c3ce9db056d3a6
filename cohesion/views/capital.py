"""The social capital: what people offer and ask, and who meets whom."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView

from accounts.looks import Look, Subject, look_at
from accounts.permissions import Permission
from accounts.search_pick import Option, SuggestView
from accounts.views.base import ActionFormView, PermissionMixin
from cases.views.lists import FilteredListView, Sort
from cases.views.quick import number_of
from cohesion.actions.capital import (
    edit_capital,
    end_capital,
    give_consent,
    note_capital,
    propose_match,
    step_match,
    withdraw_consent,
)
from cohesion.capital_enums import MatchState, Side
from cohesion.capital_reading import introduction_of, standing_consent, suggestions_of
from cohesion.filters.capital import CapitalFilter, MatchFilter
from cohesion.forms.capital import CapitalEditForm, CapitalForm, ConsentForm, StepForm
from cohesion.models import CapitalConsent, CapitalEntry, CapitalMatch
from cohesion.perms import can_work_on_capital
from people.models import Person
from people.search import person_option, persons_like


class CapitalListView(FilteredListView):
    """What people offer and ask."""

    permission = Permission.CAPITAL_READ
    filter_class = CapitalFilter
    template_name = "cohesion/capital/list.html"
    title = gettext_lazy("Wat buren kunnen en vragen")
    sorts = {"noted": Sort("noted_at", gettext_lazy("oudste eerst"), gettext_lazy("nieuwste eerst"))}
    default_sort = "-noted"

    def visible(self) -> QuerySet[CapitalEntry]:
        """Of the neighbourhoods where one brings people together."""
        return CapitalEntry.objects.visible_to(self.request.user)

    def enrich(self, rows: QuerySet[CapitalEntry]) -> QuerySet[CapitalEntry]:
        """With whether consent holds and whether somebody was met."""
        consents = CapitalConsent.objects.valid_on(timezone.localdate()).filter(entry=OuterRef("pk"))
        running = CapitalMatch.objects.running().filter(Q(offer=OuterRef("pk")) | Q(ask=OuterRef("pk")))
        return rows.annotate(may_match=Exists(consents), has_match=Exists(running))

    def subject(self, count: str) -> str:
        """Say how many."""
        return ngettext("%(n)s aanbod of vraag", "%(n)s keer aanbod of vraag", number_of(count)) % {
            "n": count
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Tell whether one works on it."""
        return super().get_context_data(
            may_work=self.request.user.access.can_anywhere(Permission.CAPITAL_WORK), **kwargs
        )


class MatchListView(FilteredListView):
    """Who met whom."""

    permission = Permission.CAPITAL_READ
    filter_class = MatchFilter
    template_name = "cohesion/capital/matches.html"
    title = gettext_lazy("Buren die elkaar vonden")
    sorts = {"proposed": Sort("proposed_at", gettext_lazy("oudste eerst"), gettext_lazy("nieuwste eerst"))}
    default_sort = "-proposed"

    def visible(self) -> QuerySet[CapitalMatch]:
        """Of the neighbourhoods where one brings people together."""
        return CapitalMatch.objects.visible_to(self.request.user)

    def enrich(self, rows: QuerySet[CapitalMatch]) -> QuerySet[CapitalMatch]:
        """With both sides: whoever may see the match sees them."""
        return rows.select_related("offer", "ask")

    def subject(self, count: str) -> str:
        """Say how many."""
        return ngettext("%(n)s match", "%(n)s matches", number_of(count)) % {"n": count}


class PersonSuggestView(SuggestView):
    """People who look like what is typed, to say that one knows him already."""

    permission = Permission.CAPITAL_WORK

    def options(self, text: str) -> Sequence[Option]:
        """Find by name, within what the user may see."""
        return [person_option(person) for person in persons_like(self.request.user, text)]


class CapitalNewView(ActionFormView):
    """Something that somebody offers or asks."""

    permission = Permission.CAPITAL_WORK
    form_class = CapitalForm
    title = gettext_lazy("Aanbod of vraag opschrijven")
    done_message = gettext_lazy("Het staat erbij. Vraag nu of je iemand mag zoeken.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Within what the user may see."""
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Going back leads to the list."""
        return super().get_context_data(cancel_url=reverse("cohesion:capital"), **kwargs)

    def act(self, form: forms.Form) -> str:
        """Write it down."""
        return note_capital(by=self.request.user, **form.cleaned_data).get_absolute_url()


class EntryMixin(PermissionMixin):
    """One offer or ask: 404 outside the user's scope."""

    permission = Permission.CAPITAL_READ
    entry: CapitalEntry

    def load(self, **kwargs: Any) -> None:
        """Find it; 403 for who may only read it where it is about working."""
        rows = CapitalEntry.objects.visible_to(self.request.user).select_related("neighbourhood", "noted_by")
        self.entry = get_object_or_404(rows, pk=kwargs["pk"])
        if self.permission == Permission.CAPITAL_WORK and not self.may_work():
            raise PermissionDenied

    def may_work(self) -> bool:
        """Whether this user works on it."""
        return can_work_on_capital(self.request.user, self.entry.neighbourhood_id)

    def looks(self) -> Iterable[Look]:
        """Something of somebody."""
        return [look_at(Subject.OTHER, self.entry.pk, neighbourhood_id=self.entry.neighbourhood_id)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the page its entry; going back leads to it."""
        kwargs.setdefault("cancel_url", self.entry.get_absolute_url())
        return super().get_context_data(entry=self.entry, may_work=self.may_work(), **kwargs)  # type: ignore[misc]

    def latest_version(self) -> int:
        """The version as it stands now."""
        return CapitalEntry.objects.get(pk=self.entry.pk).version


class EntryView(EntryMixin, TemplateView):
    """An offer or an ask: the consent, whom it could meet, whom it met."""

    template_name = "cohesion/capital/entry.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather it in a fixed number of queries."""
        user = self.request.user
        person = Person.objects.visible_to(user).filter(pk=self.entry.person_id).first()
        matches = CapitalMatch.objects.visible_to(user).filter(Q(offer=self.entry) | Q(ask=self.entry))
        return super().get_context_data(
            consent=standing_consent(self.entry),
            suggestions=suggestions_of(self.entry),
            matches=list(matches.select_related("offer", "ask").order_by("-proposed_at", "-pk")[:20]),
            person=person,
            **kwargs,
        )


class EntryFormView(EntryMixin, ActionFormView):
    """A form about one offer or ask."""

    permission = Permission.CAPITAL_WORK


class EntryEditView(EntryFormView):
    """Change what was written down."""

    form_class = CapitalEditForm
    title = gettext_lazy("Aanbod of vraag wijzigen")
    done_message = gettext_lazy("Het is bewaard.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Within what the user may see."""
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        """Start from what stands there."""
        names = [name for name in CapitalEditForm.base_fields if name != "person"]
        return {name: getattr(self.entry, name) for name in names} | {"person": self.entry.person_id}

    def act(self, form: forms.Form) -> str:
        """Save it."""
        return edit_capital(by=self.request.user, entry=self.entry, **form.cleaned_data).get_absolute_url()


class EntryEndView(EntryFormView):
    """It doesn't stand any more."""

    form_class = forms.Form
    title = gettext_lazy("Staat dit niet meer open?")
    submit_label = gettext_lazy("Afsluiten")
    done_message = gettext_lazy("Het staat niet meer open.")

    def act(self, form: forms.Form) -> str:
        """End it."""
        return end_capital(by=self.request.user, entry=self.entry).get_absolute_url()


class ConsentGiveView(EntryFormView):
    """Somebody lets us look for a neighbour."""

    form_class = ConsentForm
    title = gettext_lazy("Toestemming om samen te brengen")
    submit_label = gettext_lazy("Toestemming bewaren")
    done_message = gettext_lazy("De toestemming is bewaard.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say to what."""
        return super().get_context_data(
            intro=gettext_lazy(
                "We vertellen een buur dan de voornaam en waarover het gaat, en niets anders. "
                "Intrekken kan altijd, en geldt meteen."
            ),
            **kwargs,
        )

    def act(self, form: forms.Form) -> str:
        """Record it."""
        give_consent(by=self.request.user, entry=self.entry, **form.cleaned_data)
        return self.entry.get_absolute_url()


class ConsentWithdrawView(EntryFormView):
    """Somebody takes it back."""

    form_class = forms.Form
    title = gettext_lazy("Toestemming intrekken")
    submit_label = gettext_lazy("Intrekken")
    done_message = gettext_lazy("De toestemming is ingetrokken. Niemand krijgt nog iets te horen.")

    def act(self, form: forms.Form) -> str:
        """Withdraw it."""
        return withdraw_consent(by=self.request.user, entry=self.entry).get_absolute_url()


class ProposeView(EntryFormView):
    """Propose that two people meet."""

    form_class = forms.Form
    title = gettext_lazy("Deze twee samenbrengen?")
    submit_label = gettext_lazy("Voorstellen")
    done_message = gettext_lazy("Het voorstel staat er. Breng hen met elkaar in contact.")
    template_name = "cohesion/capital/propose.html"

    def load(self, **kwargs: Any) -> None:
        """Find both; only who may be brought together."""
        super().load(**kwargs)
        others = CapitalEntry.objects.visible_to(self.request.user).matchable()
        self.other = get_object_or_404(
            others.filter(neighbourhood_id=self.entry.neighbourhood_id).exclude(side=self.entry.side),
            pk=kwargs["other"],
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show both."""
        return super().get_context_data(other=self.other, **kwargs)

    def act(self, form: forms.Form) -> str:
        """Propose it."""
        offer, ask = (self.entry, self.other) if self.entry.side == Side.OFFER else (self.other, self.entry)
        return propose_match(by=self.request.user, offer=offer, ask=ask).get_absolute_url()


class MatchMixin(PermissionMixin):
    """One match: 404 outside the user's scope."""

    permission = Permission.CAPITAL_READ
    match: CapitalMatch

    def load(self, **kwargs: Any) -> None:
        """Find it; 403 for who may only read it where it is about working."""
        rows = CapitalMatch.objects.visible_to(self.request.user).select_related(
            "offer", "ask", "neighbourhood"
        )
        self.match = get_object_or_404(rows, pk=kwargs["pk"])
        if self.permission == Permission.CAPITAL_WORK and not self.may_work():
            raise PermissionDenied

    def may_work(self) -> bool:
        """Whether this user works on it."""
        return can_work_on_capital(self.request.user, self.match.neighbourhood_id)

    def looks(self) -> Iterable[Look]:
        """Something of two people."""
        return [look_at(Subject.OTHER, self.match.pk, neighbourhood_id=self.match.neighbourhood_id)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the page its match; going back leads to it."""
        kwargs.setdefault("cancel_url", self.match.get_absolute_url())
        return super().get_context_data(match=self.match, may_work=self.may_work(), **kwargs)  # type: ignore[misc]


class MatchView(MatchMixin, TemplateView):
    """Two people: why, what each may be told, how far they came."""

    template_name = "cohesion/capital/match.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather it."""
        is_new = self.match.state == MatchState.PROPOSED
        return super().get_context_data(
            introduction=introduction_of(self.match) if is_new else None, is_new=is_new, **kwargs
        )


class MatchStepView(MatchMixin, ActionFormView):
    """How far they came."""

    permission = Permission.CAPITAL_WORK
    form_class = StepForm
    title = gettext_lazy("Hoe gaat het met deze twee?")
    done_message = gettext_lazy("Het is bewaard.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """What it can become."""
        return {**super().get_form_kwargs(), "match": self.match}

    def get_initial(self) -> dict[str, Any]:
        """From which version."""
        return {"version": self.match.version}

    def latest_version(self) -> int:
        """The version as it stands now."""
        return CapitalMatch.objects.get(pk=self.match.pk).version

    def act(self, form: forms.Form) -> str:
        """Take the step."""
        return step_match(by=self.request.user, match=self.match, **form.cleaned_data).get_absolute_url()

"""Stories of residents, for who writes them down: from the first words to the public page, and back."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from accounts.looks import Look, Subject, look_at
from accounts.permissions import Permission
from accounts.search_pick import Option, SuggestView
from accounts.views.base import ActionFormView, PermissionMixin
from arsenaal.lib.uploads import serve, serve_part
from cases.neighbourhoods import neighbourhoods_where
from cases.views.lists import FilteredListView, Sort
from cohesion.actions.stories import (
    approve_version,
    change_story,
    latest_version,
    publish_story,
    record_story_consent,
    take_story_down,
    tell_story,
    withdraw_story,
)
from cohesion.enums import StoryForm
from cohesion.filters.stories import StoryFilter
from cohesion.forms.stories import (
    StoryApproveForm,
    StoryChangeForm,
    StoryConsentForm,
    StoryNewForm,
    StoryPublishForm,
    consent_initial,
)
from cohesion.models import Story, StoryConsent, StoryVersion
from cohesion.perms import can_work_on_stories
from people.models import Person
from people.search import person_option, persons_like


class StoryListView(FilteredListView):
    """The stories of the neighbourhood, and where each of them stands."""

    permission = Permission.STORY_READ
    template_name = "cohesion/stories/list.html"
    title = gettext_lazy("Verhalen")
    filter_class = StoryFilter
    sorts = {"new": Sort("created_at", gettext_lazy("oudste eerst"), gettext_lazy("nieuwste eerst"))}
    default_sort = "-new"

    def filter_kwargs(self) -> dict[str, Any]:
        """A choice of neighbourhood to who has several."""
        return {"neighbourhoods": neighbourhoods_where(self.request.user, self.permission)}

    def visible(self) -> QuerySet[Story]:
        """The stories that the user may see."""
        return Story.objects.visible_to(self.request.user)

    def enrich(self, rows: QuerySet[Story]) -> QuerySet[Story]:
        """Each row has its newest title, whether it stands somewhere, and until when it may."""
        versions = StoryVersion.objects.filter(story=OuterRef("pk")).order_by("-number")
        standing = StoryConsent.objects.filter(story=OuterRef("pk"), ended_at__isnull=True)
        return rows.select_related("neighbourhood").annotate(
            latest_title=Subquery(versions.values("title")[:1]),
            latest_approved_on=Subquery(versions.values("approved_on")[:1]),
            shown_since=Subquery(versions.filter(published_at__isnull=False).values("published_at")[:1]),
            until_on=Subquery(standing.values("until_on")[:1]),
        )

    def subject(self, count: str) -> str:
        """Say how many stories."""
        return _("1 verhaal") if count == "1" else _("%(n)s verhalen") % {"n": count}

    def remarks(self) -> Iterable[str]:
        """Say what else was chosen."""
        if "form" in self.chosen:
            yield str(StoryForm(self.chosen["form"]).label)
        if "neighbourhood" in self.chosen:
            yield str(self.chosen["neighbourhood"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Where the public pages are, and what day it is."""
        found = list(neighbourhoods_where(self.request.user, self.permission))
        return super().get_context_data(
            neighbourhoods=found,
            today=timezone.localdate(),
            may_work=self.request.user.access.can_anywhere(Permission.STORY_WORK),
            **kwargs,
        )


class TellerSuggestView(SuggestView):
    """Persons who look like what is typed, to choose a teller from."""

    permission = Permission.STORY_WORK

    def options(self, text: str) -> Sequence[Option]:
        """Find by given and family name."""
        return [person_option(person) for person in persons_like(self.request.user, text)]


class StoryNewView(ActionFormView):
    """Somebody tells a story."""

    permission = Permission.STORY_WORK
    form_class = StoryNewForm
    title = gettext_lazy("Verhaal opschrijven")
    submit_label = gettext_lazy("Verhaal bewaren")
    done_message = gettext_lazy("Het verhaal is bewaard. Nog niemand buiten het team ziet het.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the neighbourhoods where one writes stories down, and the people one may see."""
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Going back leads to the list."""
        return super().get_context_data(cancel_url=reverse("cohesion:story-list"), **kwargs)

    def act(self, form: StoryNewForm) -> str:  # type: ignore[override]
        """Keep it."""
        data = form.cleaned_data
        return tell_story(
            by=self.request.user,
            neighbourhood=data["neighbourhood"],
            form=data["form"],
            teller=data["teller"],
            teller_name=data["teller_name"],
            told=form.told(),
        ).get_absolute_url()


class OfStoryMixin(PermissionMixin):
    """One story: 404 outside the user's scope."""

    permission = Permission.STORY_READ
    story: Story

    def load(self, **kwargs: Any) -> None:
        """Find it."""
        rows = Story.objects.visible_to(self.request.user).select_related("neighbourhood", "created_by")
        self.story = get_object_or_404(rows, uuid=kwargs["uuid"])

    def looks(self) -> Iterable[Look]:
        """Its teller, when he is known; else the page."""
        story, where = self.story, self.story.neighbourhood_id
        if story.teller_id:
            return [look_at(Subject.PERSON, story.teller_id, neighbourhood_id=where)]
        return [look_at(Subject.OTHER, story.pk, neighbourhood_id=where)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the page its story."""
        return super().get_context_data(story=self.story, **kwargs)


class StoryView(OfStoryMixin, TemplateView):
    """A story with its versions and what its teller agreed to. Withdrawn, the page says nothing more."""

    template_name = "cohesion/stories/story.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather it in a fixed number of queries."""
        user, story, today = self.request.user, self.story, timezone.localdate()
        versions = list(story.versions.select_related("made_by").order_by("-number"))
        consent = story.consents.filter(ended_at__isnull=True).first()
        return super().get_context_data(
            versions=versions,
            latest=versions[0],
            published=next((one for one in versions if one.published_at), None),
            consent=consent,
            is_standing=consent is not None and consent.given_on <= today <= consent.until_on,
            teller=Person.objects.visible_to(user).filter(pk=story.teller_id).first(),
            may_work=can_work_on_stories(user, story.neighbourhood_id),
            **kwargs,
        )


class StoryFileView(OfStoryMixin):
    """The picture or the sound of a version."""

    def load(self, **kwargs: Any) -> None:
        """Find the version."""
        super().load(**kwargs)
        self.version = get_object_or_404(StoryVersion, story=self.story, number=kwargs["version"])
        if not self.version.file:
            raise Http404

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send it."""
        return story_file(request, self.version)


def story_file(request: HttpRequest, version: Any) -> HttpResponse:
    """Send the picture, or the part of the sound that a player asks for."""
    extension = version.file.name.rpartition(".")[2]
    name = f"{_('verhaal')}.{extension}"
    if version.content_type.startswith("audio/"):
        return serve_part(request, version.file, content_type=version.content_type, filename=name)
    return serve(version.file, content_type=version.content_type, filename=name)


class StoryFormView(OfStoryMixin, ActionFormView):
    """A form about one story: 403 for who may only read it; withdrawn, there is nothing left to do."""

    permission = Permission.STORY_WORK

    def load(self, **kwargs: Any) -> None:
        """Find it, and check that one works there."""
        super().load(**kwargs)
        if not can_work_on_stories(self.request.user, self.story.neighbourhood_id):
            raise PermissionDenied

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask; of what was withdrawn there is only its page."""
        if self.story.withdrawn_at is not None:
            return HttpResponseRedirect(self.story.get_absolute_url())
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Going back leads to the story."""
        return super().get_context_data(cancel_url=self.story.get_absolute_url(), **kwargs)

    def latest_version(self) -> int:
        """The version as it stands now."""
        return Story.objects.get(pk=self.story.pk).version

    def perform(self, data: dict[str, Any]) -> Any:
        """Call one action with the cleaned data."""
        raise NotImplementedError

    def act(self, form: forms.Form) -> str:
        """Do it and go back to the story."""
        self.perform(form.cleaned_data)
        return self.story.get_absolute_url()


class StoryChangeView(StoryFormView):
    """The next version."""

    form_class = StoryChangeForm
    title = gettext_lazy("Nieuwe versie")
    submit_label = gettext_lazy("Versie bewaren")
    done_message = gettext_lazy(
        "De nieuwe versie is bewaard. Laat de verteller ze goedkeuren voor je ze toont."
    )

    def get_form_kwargs(self) -> dict[str, Any]:
        """Ask what its form needs."""
        return {**super().get_form_kwargs(), "form": self.story.form}

    def get_initial(self) -> dict[str, Any]:
        """What stands there."""
        latest = latest_version(self.story)
        names = ("title", "words", "alt", "video_url")
        return {name: getattr(latest, name) for name in names} | {"version": self.story.version}

    def act(self, form: StoryChangeForm) -> str:  # type: ignore[override]
        """Keep it."""
        change_story(
            by=self.request.user,
            story=self.story,
            version=form.cleaned_data["version"],
            told=form.told(),
        )
        return self.story.get_absolute_url()


class StoryConsentView(StoryFormView):
    """Where it may appear and until when."""

    form_class = StoryConsentForm
    title = gettext_lazy("Toestemming van de verteller")
    submit_label = gettext_lazy("Toestemming bewaren")
    done_message = gettext_lazy("De toestemming is bewaard. Ze komt in de plaats van wat er eerst stond.")

    def get_initial(self) -> dict[str, Any]:
        """What stands now, or a year."""
        now = self.story.consents.filter(ended_at__isnull=True).first()
        standing = {"uses": now.uses, "other_use": now.other_use} if now else {}
        return consent_initial() | standing

    def perform(self, data: dict[str, Any]) -> StoryConsent:
        """Write it down."""
        return record_story_consent(by=self.request.user, story=self.story, **data)


class StoryApproveView(StoryFormView):
    """The teller approved the newest version."""

    form_class = StoryApproveForm
    template_name = "cohesion/stories/version_form.html"
    title = gettext_lazy("Goedgekeurd door de verteller")
    submit_label = gettext_lazy("Goedkeuring bewaren")
    done_message = gettext_lazy("De goedkeuring is bewaard.")

    def get_initial(self) -> dict[str, Any]:
        """Today, the newest."""
        return {"approved_on": timezone.localdate(), "number": latest_version(self.story).number}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show what is approved."""
        return super().get_context_data(shown=latest_version(self.story), **kwargs)

    def perform(self, data: dict[str, Any]) -> StoryVersion:
        """Write it down."""
        return approve_version(by=self.request.user, story=self.story, **data)


class StoryPublishView(StoryFormView):
    """It is shown where its teller agreed."""

    form_class = StoryPublishForm
    template_name = "cohesion/stories/version_form.html"
    title = gettext_lazy("Verhaal tonen?")
    submit_label = gettext_lazy("Tonen")
    done_message = gettext_lazy("Het verhaal staat nu waar de verteller het wil.")

    def get_initial(self) -> dict[str, Any]:
        """The newest."""
        return {"number": latest_version(self.story).number}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show what is published, and where."""
        consent = self.story.consents.filter(ended_at__isnull=True).first()
        return super().get_context_data(shown=latest_version(self.story), consent=consent, **kwargs)

    def perform(self, data: dict[str, Any]) -> StoryVersion:
        """Show it."""
        return publish_story(by=self.request.user, story=self.story, **data)


class StoryTakeDownView(StoryFormView):
    """It is taken off for a while; nothing is lost."""

    form_class = forms.Form
    title = gettext_lazy("Van de pagina halen?")
    submit_label = gettext_lazy("Van de pagina halen")
    done_message = gettext_lazy("Het verhaal staat nergens meer. Je kunt het later opnieuw tonen.")

    def perform(self, data: dict[str, Any]) -> Story:
        """Take it down."""
        return take_story_down(by=self.request.user, story=self.story)


class StoryWithdrawView(StoryFormView):
    """The teller takes it back."""

    form_class = forms.Form
    title = gettext_lazy("Verhaal intrekken?")
    submit_label = gettext_lazy("Ja, trek het in")
    done_message = gettext_lazy("Het verhaal is ingetrokken en staat nergens meer.")
    extra_context = {
        "intro": gettext_lazy(
            "De verteller hoeft niet te zeggen waarom. Het verhaal verdwijnt meteen van elke pagina en uit elk later "
            "rapport, en de tekst en bestanden worden gewist. Dat kun je niet terugdraaien."
        )
    }

    def perform(self, data: dict[str, Any]) -> Story:
        """Withdraw it."""
        return withdraw_story(by=self.request.user, story=self.story)

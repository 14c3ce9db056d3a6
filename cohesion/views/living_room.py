"""Living-room visits: the list, the form for the phone, one visit and what is done with it."""

import datetime as dt
import uuid as uuids
from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from accounts.looks import Look, Subject, look_at
from accounts.permissions import Permission
from accounts.views.base import ActionFormView, PermissionMixin
from arsenaal.lib.errors import ActionError
from cases.models import RadarEntry
from cases.neighbourhoods import neighbourhoods_where
from cases.views.drafts import DraftFormMixin, DraftSaveMixin, to_uuid
from cases.views.lists import FilteredListView, Sort
from cohesion.actions.living_room import (
    LivingRoomTaken,
    LoggedLivingRoom,
    add_follow_up,
    correct_living_room,
    drop_living_room_draft,
    log_living_room,
    move_living_room_draft,
    put_back_living_room,
    put_on_radar,
    redact_living_room,
    save_living_room_draft,
    set_follow_up_done,
    strike_living_room,
)
from cohesion.enums import Theme
from cohesion.filters.living_room import LivingRoomFilter
from cohesion.forms.living_room import (
    FollowUpForm,
    LivingRoomCorrectForm,
    LivingRoomForm,
    RadarYesForm,
    StrikeForm,
    heard_initial,
    initial_from_draft,
    new_initial,
    radar_initial,
)
from cohesion.models import LivingRoomDraft, LivingRoomFollowUp, LivingRoomVisit
from cohesion.perms import can_correct_living_room, can_work_in_living_rooms
from people.models import Household

_MOST_STREETS = 200
_DUE_SHOWN = 8


def streets_where(neighbourhood_ids: Iterable[int]) -> list[str]:
    """Return the streets that were visited before. One query."""
    visits = LivingRoomVisit.objects.filter(neighbourhood_id__in=neighbourhood_ids)
    return list(visits.order_by("street").values_list("street", flat=True).distinct()[:_MOST_STREETS])


class LivingRoomListView(FilteredListView):
    """Whom we visited, street by street, and what still has to be done."""

    permission = Permission.LIVING_ROOM_READ
    template_name = "cohesion/living_room/list.html"
    title = gettext_lazy("Huiskamerbezoeken")
    filter_class = LivingRoomFilter
    sorts = {
        "day": Sort("visited_on", gettext_lazy("oudste eerst"), gettext_lazy("nieuwste eerst")),
    }
    default_sort = "-day"

    @cached_property
    def neighbourhoods(self) -> list[Any]:
        """Where one may read visits."""
        return list(neighbourhoods_where(self.request.user, self.permission))

    def filter_kwargs(self) -> dict[str, Any]:
        """The streets that there are; a choice of neighbourhood to who has several."""
        return {
            "neighbourhoods": neighbourhoods_where(self.request.user, self.permission),
            "streets": streets_where([one.pk for one in self.neighbourhoods]),
        }

    def visible(self) -> QuerySet[LivingRoomVisit]:
        """The visits that the user may see and that count."""
        return LivingRoomVisit.objects.visible_to(self.request.user).standing()

    def enrich(self, rows: QuerySet[LivingRoomVisit]) -> QuerySet[LivingRoomVisit]:
        """Each row says who was there and whether something is still to be done."""
        left = LivingRoomFollowUp.objects.open().filter(visit=OuterRef("pk"))
        return rows.select_related("logged_by").annotate(has_open=Exists(left))

    def subject(self, count: str) -> str:
        """Say how many visits."""
        return _("1 bezoek") if count == "1" else _("%(n)s bezoeken") % {"n": count}

    def remarks(self) -> Iterable[str]:
        """Say what else was chosen."""
        if "street" in self.chosen:
            yield self.chosen["street"]
        if "theme" in self.chosen:
            yield _("over %(theme)s") % {"theme": Theme(self.chosen["theme"]).label}
        if "promised" in self.chosen:
            yield _("met nog iets te doen")
        if "neighbourhood" in self.chosen:
            yield str(self.chosen["neighbourhood"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The list, and before it what was promised and isn't done."""
        user = self.request.user
        due = LivingRoomFollowUp.objects.open().filter(
            visit__neighbourhood_id__in=[one.pk for one in self.neighbourhoods]
        )
        drafts = LivingRoomDraft.objects.filter(user=user).order_by("-saved_at", "-pk")
        return super().get_context_data(
            due=list(due.select_related("visit").order_by("due_on", "pk")[:_DUE_SHOWN]),
            drafts=list(drafts[:3]),
            may_work=user.access.can_anywhere(Permission.LIVING_ROOM_WORK),
            **kwargs,
        )


class LivingRoomNewView(DraftFormMixin, ActionFormView):
    """A visit is written down, on a phone, with or without network."""

    permission = Permission.LIVING_ROOM_WORK
    form_class = LivingRoomForm
    template_name = "cohesion/living_room/form.html"
    visit_uuid: uuids.UUID

    def load(self, **kwargs: Any) -> None:
        """Find out which visit this is: the one in the form, in the address, or a new one."""
        asked = to_uuid(self.request.POST.get("visit") or self.request.GET.get("visit"))
        self.visit_uuid = asked or uuids.uuid4()

    @property
    def left_url(self) -> str:  # type: ignore[override]
        """The list."""
        return reverse("cohesion:living-room-list")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show the form; a visit that was saved shows itself."""
        saved = LivingRoomVisit.objects.visible_to(request.user).filter(uuid=self.visit_uuid).first()
        if saved is not None:
            return HttpResponseRedirect(saved.get_absolute_url())
        return super().get(request, *args, **kwargs)

    @cached_property
    def own_draft(self) -> LivingRoomDraft | None:
        """What this user typed before about this visit."""
        return LivingRoomDraft.objects.filter(user=self.request.user, visit_uuid=self.visit_uuid).first()

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the user's neighbourhoods and the families he may see."""
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        """Today, and what was typed before."""
        typed = initial_from_draft(self.own_draft.payload) if self.own_draft else {}
        return new_initial() | typed

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the script needs, the streets known here, and what else this user began."""
        user = self.request.user
        others = LivingRoomDraft.objects.filter(user=user).exclude(visit_uuid=self.visit_uuid)
        return super().get_context_data(
            visit_uuid=self.visit_uuid,
            draft=self.own_draft,
            other_drafts=list(others.order_by("-saved_at", "-pk")[:3]),
            streets=streets_where(user.access.where(self.permission)),
            **kwargs,
        )

    def log(self, form: LivingRoomForm) -> LoggedLivingRoom:
        """Save the visit."""
        data = form.cleaned_data
        return log_living_room(
            by=self.request.user,
            neighbourhood=data["neighbourhood"],
            uuid=self.visit_uuid,
            heard=form.heard(),
            follow_what=data["follow_what"],
            follow_due_on=data["follow_due_on"],
        )

    def form_valid(self, form: LivingRoomForm) -> HttpResponse:  # type: ignore[override]
        """Save the visit once; words that can't be saved like this are kept."""
        try:
            logged = self.log(form)
        except LivingRoomTaken as error:
            messages.warning(self.request, error.message)
            self.keep()
            new = move_living_room_draft(by=self.request.user, visit_uuid=self.visit_uuid)
            return self.go_to(f"{reverse('cohesion:living-room-new')}?visit={new}")
        except ActionError as error:
            return self.refused(form, error)
        if logged.is_new:
            messages.success(self.request, _("Het bezoek is bewaard."))
        elif logged.differs:
            self.keep(is_correction=True)
            messages.warning(
                self.request,
                _("Dit bezoek was al bewaard. Wat je daarna schreef, staat hieronder klaar als verbetering."),
            )
            return self.go_to(reverse("cohesion:living-room-correct", args=[self.visit_uuid]))
        return self.go_to(logged.visit.get_absolute_url())

    def keep(self, *, is_correction: bool = False) -> None:
        """Keep what was sent as the user's own draft."""
        save_living_room_draft(
            by=self.request.user,
            visit_uuid=self.visit_uuid,
            payload=self.sent_words(),
            is_correction=is_correction,
        )


class LivingRoomDraftView(DraftSaveMixin, PermissionMixin):
    """Keep what is typed about a living-room visit."""

    permission = Permission.LIVING_ROOM_WORK

    def keep(self, visit: uuids.UUID, fields: Any, revision: int) -> LivingRoomDraft:
        """Keep it."""
        return save_living_room_draft(
            by=self.request.user, visit_uuid=visit, payload=fields, revision=revision
        )

    def visit_url(self, visit: uuids.UUID) -> str:
        """Return where the visit stands once it is saved."""
        return reverse("cohesion:living-room", args=[visit])


class LivingRoomDraftDropView(PermissionMixin):
    """Throw one's own draft away."""

    permission = Permission.LIVING_ROOM_WORK

    def post(self, request: HttpRequest, visit: uuids.UUID) -> HttpResponse:
        """Throw it away and go back to the list."""
        drop_living_room_draft(by=request.user, visit_uuid=visit)
        messages.success(request, _("Je klad is weggegooid."))
        return HttpResponseRedirect(reverse("cohesion:living-room-list"))


class OfLivingRoomMixin(PermissionMixin):
    """One visit: 404 outside the user's scope."""

    permission = Permission.LIVING_ROOM_READ
    visit: LivingRoomVisit

    def load(self, **kwargs: Any) -> None:
        """Find it."""
        rows = LivingRoomVisit.objects.visible_to(self.request.user).select_related(
            "neighbourhood", "logged_by", "redacted_by", "radar_yes_by"
        )
        self.visit = get_object_or_404(rows, uuid=kwargs["visit"])

    def looks(self) -> Iterable[Look]:
        """The family, when it is known; else the page."""
        visit, where = self.visit, self.visit.neighbourhood_id
        if visit.household_id:
            return [look_at(Subject.HOUSEHOLD, visit.household_id, neighbourhood_id=where)]
        return [look_at(Subject.OTHER, visit.pk, neighbourhood_id=where)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the page its visit."""
        kwargs.pop("visit", None)  # the uuid in the address
        return super().get_context_data(visit=self.visit, **kwargs)


class LivingRoomView(OfLivingRoomMixin, TemplateView):
    """One visit: what was heard, what was promised."""

    template_name = "cohesion/living_room/visit.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather it in a fixed number of queries."""
        user, visit = self.request.user, self.visit
        return super().get_context_data(
            household=Household.objects.visible_to(user).filter(pk=visit.household_id).first(),
            radar_entry=RadarEntry.objects.visible_to(user).filter(pk=visit.radar_entry_id).first(),
            follow_ups=list(visit.follow_ups.order_by("due_on", "pk").select_related("done_by")),
            may_work=can_work_in_living_rooms(user, visit.neighbourhood_id),
            may_correct=can_correct_living_room(user, visit),
            may_report=user.access.can(Permission.RADAR_REPORT, visit.neighbourhood_id),
            draft=LivingRoomDraft.objects.filter(user=user, visit_uuid=visit.uuid).first(),
            follow_up_form=FollowUpForm(),
            **kwargs,
        )


class LivingRoomFormView(OfLivingRoomMixin, ActionFormView):
    """A form about one visit: 403 for who may only read it."""

    permission = Permission.LIVING_ROOM_WORK

    def load(self, **kwargs: Any) -> None:
        """Find it, and check that one works there."""
        super().load(**kwargs)
        if not can_work_in_living_rooms(self.request.user, self.visit.neighbourhood_id):
            raise PermissionDenied

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Going back leads to the visit."""
        return super().get_context_data(cancel_url=self.visit.get_absolute_url(), **kwargs)

    def latest_version(self) -> int:
        """The version as it stands now."""
        return LivingRoomVisit.objects.get(pk=self.visit.pk).version

    def perform(self, data: dict[str, Any]) -> Any:
        """Call one action with the cleaned data."""
        raise NotImplementedError

    def act(self, form: forms.Form) -> str:
        """Do it and go back to the visit."""
        self.perform(form.cleaned_data)
        return self.visit.get_absolute_url()


class LivingRoomCorrectView(LivingRoomFormView):
    """Other words in the place of what one wrote."""

    form_class = LivingRoomCorrectForm
    title = gettext_lazy("Bezoek verbeteren")
    submit_label = gettext_lazy("Verbetering bewaren")
    done_message = gettext_lazy("De verbetering is bewaard.")

    def load(self, **kwargs: Any) -> None:
        """Only who wrote it, while its words are there."""
        super().load(**kwargs)
        if not can_correct_living_room(self.request.user, self.visit):
            raise PermissionDenied

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the families the user may see."""
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        """What stands there, with what came in after it was saved on top."""
        initial = heard_initial(self.visit)
        draft = LivingRoomDraft.objects.filter(user=self.request.user, visit_uuid=self.visit.uuid).first()
        if draft is not None:
            typed = initial_from_draft(draft.payload)
            initial |= {name: value for name, value in typed.items() if name in initial and name != "version"}
        return initial

    def act(self, form: LivingRoomCorrectForm) -> str:  # type: ignore[override]
        """Correct it and show it."""
        return correct_living_room(
            by=self.request.user,
            visit=self.visit,
            version=form.cleaned_data["version"],
            heard=form.heard(),
            keeps_household=self.names_unknown_family(),
        ).get_absolute_url()

    def names_unknown_family(self) -> bool:
        """Tell whether the visit names a family that this user may not meet."""
        named = self.visit.household_id
        return (
            named is not None
            and not Household.objects.visible_to(self.request.user).filter(pk=named).exists()
        )


class LivingRoomStrikeView(LivingRoomFormView):
    """It was a mistake."""

    form_class = StrikeForm
    title = gettext_lazy("Bezoek schrappen")
    submit_label = gettext_lazy("Schrappen")
    done_message = gettext_lazy("Het bezoek is geschrapt en telt niet meer mee. Je kunt het terugzetten.")

    def perform(self, data: dict[str, Any]) -> LivingRoomVisit:
        """Strike it out."""
        return strike_living_room(by=self.request.user, visit=self.visit, **data)


class LivingRoomRestoreView(LivingRoomFormView):
    """It was no mistake."""

    form_class = forms.Form
    title = gettext_lazy("Bezoek terugzetten?")
    submit_label = gettext_lazy("Terugzetten")
    done_message = gettext_lazy("Het bezoek telt weer mee.")

    def perform(self, data: dict[str, Any]) -> LivingRoomVisit:
        """Put it back."""
        return put_back_living_room(by=self.request.user, visit=self.visit)


class LivingRoomRedactView(LivingRoomFormView):
    """Words go."""

    form_class = forms.Form
    title = gettext_lazy("Woorden weghalen?")
    submit_label = gettext_lazy("Ja, haal ze weg")
    done_message = gettext_lazy("De woorden zijn weg. Dat er een bezoek was, blijft staan.")
    extra_context = {
        "intro": gettext_lazy(
            "Wie het was en wat er gezegd werd, gaat weg. Dat kun je niet terugdraaien. Dag, straat en thema's blijven."
        )
    }

    def perform(self, data: dict[str, Any]) -> LivingRoomVisit:
        """Take them away."""
        return redact_living_room(by=self.request.user, visit=self.visit)


class LivingRoomRadarView(LivingRoomFormView):
    """A worry goes to the radar, when the resident said yes."""

    form_class = RadarYesForm
    title = gettext_lazy("Zorg op de radar zetten")
    submit_label = gettext_lazy("Op de radar zetten")
    done_message = gettext_lazy("De zorg staat op de radar.")

    def load(self, **kwargs: Any) -> None:
        """Only who gives signals here."""
        super().load(**kwargs)
        if not self.request.user.access.can(Permission.RADAR_REPORT, self.visit.neighbourhood_id):
            raise PermissionDenied

    def get_initial(self) -> dict[str, Any]:
        """What was heard, ready to be made shorter."""
        return radar_initial(self.visit, self.request.user)

    def perform(self, data: dict[str, Any]) -> RadarEntry:
        """Make the signal."""
        return put_on_radar(by=self.request.user, visit=self.visit, **data)


class FollowUpAddView(LivingRoomFormView):
    """One more thing that was promised."""

    form_class = FollowUpForm
    title = gettext_lazy("Wat beloofde je?")
    submit_label = gettext_lazy("Opschrijven")
    done_message = gettext_lazy("Het staat bij wat nog te doen is.")

    def get_initial(self) -> dict[str, Any]:
        """Two weeks is usual."""
        return {"due_on": timezone.localdate() + dt.timedelta(days=14)}

    def perform(self, data: dict[str, Any]) -> LivingRoomFollowUp:
        """Write it down."""
        return add_follow_up(by=self.request.user, visit=self.visit, **data)


class FollowUpDoneView(OfLivingRoomMixin):
    """It was done, or it wasn't after all."""

    permission = Permission.LIVING_ROOM_WORK

    def load(self, **kwargs: Any) -> None:
        """Find what was promised at this visit, and check that one works there."""
        super().load(**kwargs)
        if not can_work_in_living_rooms(self.request.user, self.visit.neighbourhood_id):
            raise PermissionDenied
        self.follow_up = get_object_or_404(LivingRoomFollowUp, pk=kwargs["pk"], visit=self.visit)

    def post(self, request: HttpRequest, visit: uuids.UUID, pk: int) -> HttpResponse:
        """Say so, and go back to where it was said."""
        set_follow_up_done(
            by=request.user, follow_up=self.follow_up, is_done=request.POST.get("done") != "no"
        )
        if request.POST.get("back") == "list":
            return HttpResponseRedirect(reverse("cohesion:living-room-list"))
        return HttpResponseRedirect(self.visit.get_absolute_url())

"""The radar: what came in, from whom, and what to decide by when."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from accounts.looks import Look, Subject, look_at
from accounts.permissions import Permission
from accounts.views.base import ActionFormView, PermissionMixin
from cases.actions.radar_decide import close_radar_entry, pass_on_radar_entry, postpone_radar_entry
from cases.actions.radar_report import correct_worry, report_worry
from cases.actions.start_case import open_case_from_radar
from cases.enums import RadarState
from cases.filters.radar import RadarFilter
from cases.forms.open_case import OpenCaseForm
from cases.forms.radar import CorrectRadarForm, PassOnForm, PostponeForm, RadarForm, ReasonForm
from cases.lookalikes import known_streets, lookalikes_of
from cases.models import Case, RadarEntry
from cases.neighbourhoods import neighbourhoods_where
from cases.perms import can_correct_radar, can_decide_radar
from cases.views.lists import ExportView, FilteredListView, FilteredQueryMixin, Sort

_STATES = {
    "": gettext_lazy("Te beslissen"),
    "decided": gettext_lazy("Beslist"),
    "mine": gettext_lazy("Door mij gemeld"),
}


class RadarRows(FilteredQueryMixin):
    """The signals of one tab that this user may see."""

    permission = Permission.RADAR_REPORT
    filter_class = RadarFilter
    sorts = {
        "review": Sort("review_on", gettext_lazy("eerst wat het eerst bekeken moet worden"), ""),
        "new": Sort("reported_at", gettext_lazy("oudste eerst"), gettext_lazy("nieuwste eerst")),
    }

    @cached_property
    def state(self) -> str:
        """Which tab is open."""
        state = self.request.GET.get("state", "")
        return state if state in _STATES else ""

    @property
    def default_sort(self) -> str:  # type: ignore[override]
        """What waits is sorted by when it must be looked at, the rest newest first."""
        return "review" if self.state == "" else "-new"

    def filter_kwargs(self) -> dict[str, Any]:
        """The filter offers a choice of neighbourhood to who has several."""
        return {"neighbourhoods": neighbourhoods_where(self.request.user, Permission.RADAR_REPORT)}

    def visible(self) -> QuerySet[RadarEntry]:
        """The signals of this tab that the user may see."""
        entries = RadarEntry.objects.visible_to(self.request.user)
        if self.state == "mine":
            return entries.filter(reported_by=self.request.user)
        return entries.undecided() if self.state == "" else entries.exclude(state=RadarState.NEW)


class RadarListView(RadarRows, FilteredListView):
    """What is on the radar. Who doesn't decide sees the signals he gave, and what became of them."""

    template_name = "cases/radar_list.html"
    title = gettext_lazy("Radar")
    export_url_name = "cases:radar-export"

    @cached_property
    def decides(self) -> bool:
        """Tell whether this user decides anywhere."""
        return self.request.user.access.can_anywhere(Permission.RADAR_DECIDE)

    def enrich(self, rows: QuerySet[RadarEntry]) -> QuerySet[RadarEntry]:
        """Each row shows who reported, for whom, and who decided."""
        return rows.select_related(
            "source_organisation", "reported_by", "decided_by", "passed_to", "neighbourhood"
        )

    def subject(self, count: str) -> str:
        """Say how many signals of which tab."""
        words = {
            "": _("%(n)s signalen te beslissen"),
            "decided": _("%(n)s signalen waarover beslist is"),
            "mine": _("%(n)s signalen die jij gaf"),
        }
        one = {
            "": _("1 signaal te beslissen"),
            "decided": _("1 signaal waarover beslist is"),
            "mine": _("1 signaal dat jij gaf"),
        }
        return one[self.state] if count == "1" else words[self.state] % {"n": count}

    def remarks(self) -> Iterable[str]:
        """Say what else was chosen."""
        form = self.filterset.form
        for name in ("reason", "source"):
            if name in self.chosen:
                yield str(dict(form.fields[name].choices)[self.chosen[name]])
        if "neighbourhood" in self.chosen:
            yield str(self.chosen["neighbourhood"])
        if "q" in self.chosen:
            yield _("lijkt op “%(words)s”") % {"words": self.chosen["q"]}

    def tabs(self) -> list[dict[str, Any]]:
        """The three looks at the radar; who only sees his own signals has no need of "mine"."""
        codes = _STATES if self.decides else ["", "decided"]
        return [
            {
                "label": _STATES[code],
                "url": f"?state={code}" if code else "?",
                "is_current": code == self.state,
            }
            for code in codes
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say also whether there are neighbourhoods to tell apart."""
        several = len(self.request.user.access.where(Permission.RADAR_REPORT)) > 1
        return super().get_context_data(
            state=self.state, decides=self.decides, shows_neighbourhood=several, **kwargs
        )


class RadarExportView(RadarRows, ExportView):
    """The same signals as a file: who, where and by when; what was told stays on the radar."""

    filename = "radar"
    household = "household"

    def headers(self) -> Sequence[Any]:
        """The columns."""
        return [
            _("naam"),
            _("adres"),
            _("waarover"),
            _("hoe kwam dit bij ons"),
            _("organisatie"),
            _("gemeld op"),
            _("opnieuw bekijken op"),
            _("stand"),
        ]

    def lines(self, rows: QuerySet[RadarEntry]) -> Iterator[Sequence[Any]]:
        """One line for each signal."""
        for row in rows.select_related("source_organisation").iterator(chunk_size=500):
            yield [
                row.name,
                row.address_line,
                row.get_reason_display(),
                row.get_source_display(),
                row.source_organisation,
                row.reported_at,
                row.review_on,
                row.get_state_display(),
            ]


class RadarNewView(ActionFormView):
    """Put somebody on the radar."""

    permission = Permission.RADAR_REPORT
    template_name = "cases/radar_form.html"
    form_class = RadarForm
    title = gettext_lazy("Op de radar zetten")
    submit_label = gettext_lazy("Op de radar zetten")
    done_message = gettext_lazy("Het staat op de radar. Wie beslist, ziet het meteen.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form offers a choice of neighbourhood to who has several."""
        return {
            **super().get_form_kwargs(),
            "user": self.request.user,
            "neighbourhoods": neighbourhoods_where(self.request.user, Permission.RADAR_REPORT),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the streets that are known."""
        user = self.request.user
        return super().get_context_data(
            intro=_("Kort is genoeg. Wat je niet weet, laat je leeg."),
            streets=known_streets(user, user.access.where(Permission.RADAR_REPORT)),
            cancel_url=reverse("cases:radar"),
            **kwargs,
        )

    def act(self, form: RadarForm) -> str:
        """Keep the signal."""
        neighbourhood = (
            form.cleaned_data.get("neighbourhood")
            or (neighbourhoods_where(self.request.user, Permission.RADAR_REPORT)[0])
        )
        entry = report_worry(by=self.request.user, neighbourhood=neighbourhood, worry=form.worry_data())
        return reverse("cases:radar-entry", args=[entry.pk])


class EntryMixin(PermissionMixin):
    """A page of one signal: 404 outside the user's scope."""

    permission = Permission.RADAR_REPORT
    entry: RadarEntry

    def load(self, **kwargs: Any) -> None:
        """Find the signal."""
        entries = RadarEntry.objects.visible_to(self.request.user).select_related(
            "neighbourhood", "source_organisation", "reported_by", "decided_by", "passed_to", "postponed_by"
        )
        self.entry = get_object_or_404(entries, pk=kwargs["pk"])

    def looks(self) -> Iterable[Look]:
        """The signal."""
        return [look_at(Subject.SIGNAL, self.entry.pk, neighbourhood_id=self.entry.neighbourhood_id)]

    @property
    def entry_url(self) -> str:
        """The page of the signal."""
        return reverse("cases:radar-entry", args=[self.entry.pk])


class RadarEntryView(EntryMixin, TemplateView):
    """One signal: what was told, what looks like it, what can be decided or what was."""

    template_name = "cases/radar_entry.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Look-alikes are for who decides; the case is named to who may read it."""
        user, entry = self.request.user, self.entry
        decides = can_decide_radar(user, entry)
        case = Case.objects.visible_to(user).filter(radar_entry=entry).first() if entry.decided_at else None
        return super().get_context_data(
            entry=entry,
            decides=decides and entry.is_undecided,
            may_correct=can_correct_radar(user, entry),
            alike=lookalikes_of(entry, user) if decides and entry.is_undecided else None,
            case=case,
            **kwargs,
        )


class EntryFormView(EntryMixin, ActionFormView):
    """A form about one signal on which nobody decided yet."""

    permission = Permission.RADAR_DECIDE
    template_name = "cases/radar_decide.html"
    shows_lookalikes = True

    def load(self, **kwargs: Any) -> None:
        """Find the signal and check that one may."""
        super().load(**kwargs)
        if not self.may_act():
            raise PermissionDenied

    def may_act(self) -> bool:
        """Who may use this form; by default who decides in this neighbourhood."""
        return can_decide_radar(self.request.user, self.entry)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show the form, unless there is nothing left to decide. (Sent in, the action tells who was first.)"""
        if not self.entry.is_undecided:
            messages.info(request, _("Over dit signaal is al beslist."))
            return HttpResponseRedirect(self.entry_url)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show the signal, and what looks like it, beside the form."""
        return super().get_context_data(
            entry=self.entry,
            alike=lookalikes_of(self.entry, self.request.user) if self.shows_lookalikes else None,
            cancel_url=self.entry_url,
            **kwargs,
        )


class RadarCorrectView(EntryFormView):
    """Correct what was told: who told it, or who decides."""

    permission = Permission.RADAR_REPORT
    template_name = "cases/radar_form.html"
    form_class = CorrectRadarForm
    title = gettext_lazy("Signaal aanpassen")
    submit_label = gettext_lazy("Aanpassing bewaren")
    done_message = gettext_lazy("Het signaal is aangepast.")
    shows_lookalikes = False

    def may_act(self) -> bool:
        """Whether this was decided meanwhile is told by the action, with by whom."""
        user, entry = self.request.user, self.entry
        return entry.reported_by_id == user.pk or can_decide_radar(user, entry)

    def latest_version(self) -> int | None:
        """The version as it stands now."""
        return RadarEntry.objects.values_list("version", flat=True).get(pk=self.entry.pk)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Start from what was told."""
        return {**super().get_form_kwargs(), "user": self.request.user, "instance": self.entry}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the streets that are known."""
        streets = known_streets(self.request.user, [self.entry.neighbourhood_id])
        return super().get_context_data(streets=streets, **kwargs)

    def act(self, form: CorrectRadarForm) -> str:
        """Correct it."""
        correct_worry(
            by=self.request.user,
            entry=self.entry,
            version=form.cleaned_data["version"],
            worry=form.worry_data(),
        )
        return self.entry_url


class RadarDecideCaseView(EntryFormView):
    """Open a case from a signal."""

    form_class = OpenCaseForm
    title = gettext_lazy("Dossier openen")
    submit_label = gettext_lazy("Dossier openen")
    done_message = gettext_lazy("Het dossier is open. Het kernteam ziet het vanaf nu.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the households that look like the signal."""
        kwargs = super().get_form_kwargs()
        return {
            **kwargs,
            "user": self.request.user,
            "neighbourhoods": [self.entry.neighbourhood],
            "entry": self.entry,
        }

    def act(self, form: OpenCaseForm) -> str:
        """Open it."""
        case = open_case_from_radar(
            by=self.request.user,
            entry=self.entry,
            lead=form.cleaned_data["lead"],
            title=form.cleaned_data["title"],
            about=form.chosen_about(),
            address_hint=form.cleaned_data["address_hint"],
            parent=form.cleaned_data["parent"],
        )
        return case.get_absolute_url()


class RadarPassOnView(EntryFormView):
    """Hand a signal to somebody else."""

    form_class = PassOnForm
    title = gettext_lazy("Doorgeven")
    submit_label = gettext_lazy("Doorgeven")
    done_message = gettext_lazy("Doorgegeven. Wie het signaal gaf, ziet aan wie en waarom.")

    def act(self, form: forms.Form) -> str:
        """Pass it on."""
        pass_on_radar_entry(
            by=self.request.user,
            entry=self.entry,
            to=form.cleaned_data["organisation"],
            reason=form.cleaned_data["reason"],
        )
        return self.entry_url


class RadarCloseView(EntryFormView):
    """Take a signal off the radar."""

    form_class = ReasonForm
    title = gettext_lazy("Signaal afsluiten")
    submit_label = gettext_lazy("Signaal afsluiten")
    done_message = gettext_lazy("Het signaal is afgesloten. Wie het gaf, ziet waarom.")

    def act(self, form: forms.Form) -> str:
        """Close it."""
        close_radar_entry(by=self.request.user, entry=self.entry, reason=form.cleaned_data["reason"])
        return self.entry_url


class RadarPostponeView(EntryFormView):
    """Look again later."""

    form_class = PostponeForm
    title = gettext_lazy("Later opnieuw bekijken")
    submit_label = gettext_lazy("Nieuwe datum bewaren")
    done_message = gettext_lazy("De nieuwe datum is bewaard.")
    shows_lookalikes = False

    def latest_version(self) -> int | None:
        """The version as it stands now."""
        return RadarEntry.objects.values_list("version", flat=True).get(pk=self.entry.pk)

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form posts back which version was on screen."""
        return {**super().get_form_kwargs(), "entry": self.entry}

    def act(self, form: forms.Form) -> str:
        """Set the new date."""
        postpone_radar_entry(
            by=self.request.user,
            entry=self.entry,
            review_on=form.cleaned_data["review_on"],
            reason=form.cleaned_data["reason"],
            version=form.cleaned_data["version"],
        )
        return self.entry_url

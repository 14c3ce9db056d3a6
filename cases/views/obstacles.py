"""Obstacles: the register, one obstacle, the cases it blocks and how long."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Count, DurationField, F, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView

from accounts.looks import Look
from accounts.permissions import Permission
from accounts.views.base import ActionFormView, PermissionMixin
from cases.actions.obstacles import (
    change_obstacle_state,
    edit_obstacle,
    link_case,
    report_obstacle,
    unlink_case,
)
from cases.filters.obstacles import ObstacleFilter
from cases.forms.obstacles import (
    ObstacleEditForm,
    ObstacleForm,
    ObstacleLinkForm,
    ObstacleStateForm,
    ObstacleUnlinkForm,
)
from cases.looks import case_look
from cases.models import Case, Obstacle, ObstacleCase
from cases.perms import can_manage_obstacle
from cases.views.lists import ExportView, FilteredListView, FilteredQueryMixin, Sort
from cases.views.quick import number_of


def with_damage(rows: QuerySet[Obstacle]) -> QuerySet[Obstacle]:
    """Add how many cases each blocks or blocked, and how many days together."""
    today = timezone.localdate()
    lost = Sum(Coalesce(F("blocked__until_on"), today) - F("blocked__since_on"), output_field=DurationField())
    return rows.annotate(
        case_count=Count("blocked__case", distinct=True),
        time_lost=Coalesce(lost, dt.timedelta(0)),
    )


class ObstacleRows(FilteredQueryMixin):
    """The obstacles that this user may see."""

    permission = Permission.OBSTACLE_MANAGE
    filter_class = ObstacleFilter
    sorts = {
        "reported": Sort("reported_at", gettext_lazy("oudste eerst"), gettext_lazy("nieuwste eerst")),
        "title": Sort("title", gettext_lazy("van A tot Z"), gettext_lazy("van Z tot A")),
    }
    default_sort = "-reported"

    def visible(self) -> QuerySet[Obstacle]:
        """The obstacles of the neighbourhoods where one keeps the register."""
        return Obstacle.objects.visible_to(self.request.user)


class ObstacleListView(ObstacleRows, FilteredListView):
    """What stands in the way, and how much it costs."""

    template_name = "cases/obstacle_list.html"
    title = gettext_lazy("Hinderpalen")
    list_code = "obstacles"
    export_url_name = "cases:obstacle-export"
    first_tab = gettext_lazy("Staat in de weg")

    def enrich(self, rows: QuerySet[Obstacle]) -> QuerySet[Obstacle]:
        """With what it costs."""
        return with_damage(rows)

    def subject(self, count: str) -> str:
        """So many obstacles, in which state."""
        n = number_of(count)
        words = {
            "standing": ngettext(
                "%(n)s hinderpaal staat nog in de weg", "%(n)s hinderpalen staan nog in de weg", n
            ),
            "open": ngettext(
                "%(n)s hinderpaal nog niet aangekaart", "%(n)s hinderpalen nog niet aangekaart", n
            ),
            "raised": ngettext("%(n)s hinderpaal aangekaart", "%(n)s hinderpalen aangekaart", n),
            "lifted": ngettext("%(n)s hinderpaal opgeheven", "%(n)s hinderpalen opgeheven", n),
            "accepted": ngettext("%(n)s hinderpaal die blijft", "%(n)s hinderpalen die blijven", n),
            "all": ngettext("%(n)s hinderpaal", "%(n)s hinderpalen", n),
        }
        return words[self.chosen.get("state") or "standing"] % {"n": count}

    def remarks(self) -> Iterable[str]:
        """Say what else was chosen."""
        if self.chosen.get("kind"):
            yield {"rule": _("alleen regels"), "practice": _("alleen gewoontes")}[self.chosen["kind"]]
        if self.chosen.get("q"):
            yield _("met “%(words)s”") % {"words": self.chosen["q"]}


class ObstacleExportView(ObstacleRows, ExportView):
    """The same obstacles as a file, with what they cost; no case is named."""

    filename = "hinderpalen"

    def headers(self) -> Sequence[Any]:
        """The columns."""
        return [
            _("wat staat in de weg"),
            _("soort"),
            _("wie kan dit oplossen"),
            _("stand"),
            _("gemeld op"),
            _("dossiers"),
            _("dagen verloren"),
            _("hoe liep het af"),
        ]

    def lines(self, rows: QuerySet[Obstacle]) -> Iterator[Sequence[Any]]:
        """One line for each obstacle."""
        for row in with_damage(rows).iterator(chunk_size=500):
            yield [
                row.title,
                row.get_kind_display(),
                row.who_can_lift,
                row.get_state_display(),
                row.reported_at,
                row.case_count,
                row.time_lost.days,
                row.resolution,
            ]


class ObstacleNewView(ActionFormView):
    """Put an obstacle in the register."""

    permission = Permission.OBSTACLE_MANAGE
    form_class = ObstacleForm
    title = gettext_lazy("Hinderpaal melden")
    submit_label = gettext_lazy("Hinderpaal bewaren")
    done_message = gettext_lazy("De hinderpaal staat in het register. Koppel de dossiers die hij tegenhoudt.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the neighbourhoods where one keeps the register."""
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Going back leads to the register."""
        return super().get_context_data(cancel_url=reverse("cases:obstacle-list"), **kwargs)

    def act(self, form: forms.Form) -> str:
        """Report it; who came from a case goes on to tie that case to it."""
        obstacle = report_obstacle(by=self.request.user, **form.cleaned_data)
        number = self.request.GET.get("case", "").replace("\0", "")
        if Case.objects.visible_to(self.request.user).filter(number=number[:20]).exists():
            return f"{reverse('cases:obstacle-link', args=[obstacle.pk])}?{urlencode({'case': number})}"
        return reverse("cases:obstacle", args=[obstacle.pk])


class ObstacleMixin(PermissionMixin):
    """One obstacle: 404 outside the user's scope."""

    permission = Permission.OBSTACLE_MANAGE
    obstacle: Obstacle

    def load(self, **kwargs: Any) -> None:
        """Find it."""
        rows = Obstacle.objects.visible_to(self.request.user).select_related("reported_by", "neighbourhood")
        self.obstacle = get_object_or_404(with_damage(rows), pk=kwargs["pk"])
        if not can_manage_obstacle(self.request.user, self.obstacle):
            raise PermissionDenied

    @property
    def own_url(self) -> str:
        """The page of this obstacle."""
        return reverse("cases:obstacle", args=[self.obstacle.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the page its obstacle."""
        return super().get_context_data(obstacle=self.obstacle, **kwargs)


class ObstacleView(ObstacleMixin, TemplateView):
    """What it is, who can lift it, which cases it blocks. Cases out of sight are counted, never named."""

    template_name = "cases/obstacle.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather it in a fixed number of queries."""
        seen = Case.objects.visible_to(self.request.user).order_by().values("pk")
        links = list(
            ObstacleCase.objects.filter(obstacle=self.obstacle, case__in=seen)
            .select_related("case")
            .order_by(F("until_on").desc(nulls_first=True), "since_on", "pk")
        )
        hidden = self.obstacle.case_count - len({link.case_id for link in links})
        return super().get_context_data(links=links, hidden=hidden, **kwargs)


class ObstacleFormView(ObstacleMixin, ActionFormView):
    """A form about one obstacle."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Going back leads to the obstacle."""
        return super().get_context_data(cancel_url=self.own_url, **kwargs)


class ObstacleEditView(ObstacleFormView):
    """Change the words."""

    form_class = ObstacleEditForm
    title = gettext_lazy("Hinderpaal wijzigen")
    submit_label = gettext_lazy("Hinderpaal bewaren")
    done_message = gettext_lazy("De hinderpaal is bewaard.")

    def get_initial(self) -> dict[str, Any]:
        """Start from what stands there."""
        return {name: getattr(self.obstacle, name) for name in ObstacleEditForm.base_fields}

    def latest_version(self) -> int:
        """The version as it stands now."""
        return Obstacle.objects.get(pk=self.obstacle.pk).version

    def act(self, form: forms.Form) -> str:
        """Save it."""
        edit_obstacle(by=self.request.user, obstacle=self.obstacle, **form.cleaned_data)
        return self.own_url


class ObstacleStateView(ObstacleFormView):
    """Raised, lifted, accepted, or open again."""

    form_class = ObstacleStateForm
    title = gettext_lazy("Hoe staat het met deze hinderpaal?")
    submit_label = gettext_lazy("Bewaren")
    done_message = gettext_lazy("De hinderpaal is bijgewerkt.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Only what it isn't already."""
        return {**super().get_form_kwargs(), "obstacle": self.obstacle}

    def act(self, form: forms.Form) -> str:
        """Move it on."""
        change_obstacle_state(by=self.request.user, obstacle=self.obstacle, **form.cleaned_data)
        return self.own_url


class ObstacleLinkView(ObstacleFormView):
    """Tie it to a case that it blocks."""

    form_class = ObstacleLinkForm
    title = gettext_lazy("Dossier koppelen")
    submit_label = gettext_lazy("Dossier koppelen")
    done_message = gettext_lazy("Het dossier is gekoppeld.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Find cases within what this user may see."""
        return {**super().get_form_kwargs(), "user": self.request.user, "obstacle": self.obstacle}

    def get_initial(self) -> dict[str, Any]:
        """The case page can send one here."""
        return {"case": self.request.GET.get("case", "")[:20]}

    def act(self, form: forms.Form) -> str:
        """Tie it."""
        link_case(by=self.request.user, obstacle=self.obstacle, **form.cleaned_data)
        return self.own_url


class ObstacleUnlinkView(ObstacleFormView):
    """The case is free of it."""

    form_class = ObstacleUnlinkForm
    title = gettext_lazy("Dossier is weer vrij")
    submit_label = gettext_lazy("Bewaren")
    done_message = gettext_lazy("Het dossier is vrij. De verloren dagen blijven geteld.")

    def load(self, **kwargs: Any) -> None:
        """Find the tie, of a case that this user may see."""
        super().load(**kwargs)
        seen = Case.objects.visible_to(self.request.user).order_by().values("pk")
        links = ObstacleCase.objects.filter(obstacle=self.obstacle, case__in=seen)
        self.link = get_object_or_404(links.select_related("case", "obstacle"), pk=kwargs["link"])

    def looks(self) -> Iterable[Look]:
        """The case that it blocks."""
        return [case_look(self.link.case)]

    def act(self, form: forms.Form) -> str:
        """Untie it."""
        unlink_case(by=self.request.user, link=self.link, **form.cleaned_data)
        return self.own_url

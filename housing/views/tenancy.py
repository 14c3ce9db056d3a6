"""Tenant tracks: the list, one track with all that hangs on it, and who follows it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView

from accounts.looks import Look
from accounts.permissions import Permission
from accounts.views.base import ActionFormView, PermissionMixin
from arsenaal.lib.charts import with_font
from cases.looks import case_look
from cases.views.base import CaseActionView
from cases.views.lists import FilteredListView, Sort
from cases.views.quick import number_of
from housing.actions.tenancy import edit_track, open_track
from housing.filters.tenancy import TenancyFilter
from housing.forms.tenancy import TrackEditForm, TrackForm
from housing.models import TenantTrack
from housing.perms import can_support_tenants, can_work_on_tenancy
from housing.tenancy_enums import GuidanceState
from housing.tenancy_panels import with_facts
from housing.tenancy_reading import arrears_of, files_of, rights_of, supports_of
from housing.tenancy_rules import TenancyRules


class TenancyListView(FilteredListView):
    """The tenant tracks of the cases one may read."""

    permission = Permission.TENANCY_READ
    filter_class = TenancyFilter
    template_name = "housing/tenancy/list.html"
    title = gettext_lazy("Huurbegeleiding")
    sorts = {
        "start": Sort("started_on", gettext_lazy("oudste eerst"), gettext_lazy("nieuwste eerst")),
    }
    default_sort = "-start"

    def visible(self) -> QuerySet[TenantTrack]:
        """Every track the user may see."""
        return TenantTrack.objects.visible_to(self.request.user)

    def enrich(self, rows: QuerySet[TenantTrack]) -> QuerySet[TenantTrack]:
        """With the case, the worker and what runs."""
        return with_facts(rows.select_related("case", "worker"))  # type: ignore[arg-type]

    def subject(self, count: str) -> str:
        """Say how many."""
        return ngettext("%(n)s gezin in begeleiding", "%(n)s gezinnen in begeleiding", number_of(count)) % {
            "n": count
        }

    def remarks(self) -> Iterable[str]:
        """Say what else was chosen."""
        fields = self.filterset.form.fields
        if wanted := self.chosen.get("what"):
            yield str(dict(fields["what"].choices)[wanted])
        if self.chosen.get("mine"):
            yield _("die ik begeleid")
        if self.chosen.get("late"):
            yield _("waarvan de volgende datum voorbij is")
        if self.chosen.get("closed"):
            yield _("ook van afgesloten dossiers")


class TenancyNewView(CaseActionView):
    """Begin to follow the tenancy of a family."""

    permission = Permission.TENANCY_WORK
    form_class = TrackForm
    title = gettext_lazy("Huurbegeleiding beginnen")
    submit_label = gettext_lazy("Begeleiding bewaren")
    done_message = gettext_lazy("De begeleiding staat bij het dossier. Noteer nu wat er speelt.")

    def may_act(self) -> bool:
        """Who supports tenants."""
        return can_support_tenants(self.request.user, self.case)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer who supports tenants here."""
        return {**super().get_form_kwargs(), "case": self.case, "user": self.request.user}

    def act(self, form: forms.Form) -> str:
        """Start it."""
        return open_track(by=self.request.user, case=self.case, **form.cleaned_data).get_absolute_url()


class TenancyMixin(PermissionMixin):
    """One track: 404 outside the user's scope."""

    permission = Permission.TENANCY_READ
    track: TenantTrack

    def load(self, **kwargs: Any) -> None:
        """Find it."""
        rows = TenantTrack.objects.visible_to(self.request.user).select_related(
            "case__neighbourhood", "worker"
        )
        self.track = get_object_or_404(rows, pk=kwargs["pk"])

    def looks(self) -> Iterable[Look]:
        """The case that it belongs to."""
        return [case_look(self.track.case)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the page its track."""
        return super().get_context_data(track=self.track, case=self.track.case, **kwargs)


class TenancyView(TenancyMixin, TemplateView):
    """One track: support with its goals, rights, arrears over time, the fund against evictions."""

    template_name = "housing/tenancy/track.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather it in a fixed number of queries."""
        track, user = self.track, self.request.user
        rules = TenancyRules.read()
        supports = supports_of(track)
        files = files_of(track, rules)
        may_work = can_work_on_tenancy(user, track)
        return super().get_context_data(
            rights=rights_of(track, rules, user),
            supports=supports,
            is_supported=any(
                row.support.state == GuidanceState.RUNNING and not row.support.is_struck for row in supports
            ),
            arrears=arrears_of(track),
            files=files,
            has_open_file=any(row.is_open for row in files),
            may_work=may_work,
            may_visit=track.case.is_open
            and user.access.can(Permission.CASE_WORK, track.case.neighbourhood_id),
            reads_inspections=user.access.can(Permission.INSPECTION_READ, track.case.neighbourhood_id),
            **kwargs,
        )


class ArrearsPictureView(TenancyMixin):
    """The arrears over time as a picture."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Send the SVG with its font inside; it holds days and amounts alone."""
        arrears = arrears_of(self.track)
        if not arrears.has_picture:
            raise Http404
        response = HttpResponse(with_font(arrears.svg()), content_type="image/svg+xml")
        response["Cache-Control"] = "private, no-store"
        response["Content-Security-Policy"] = (
            "default-src 'none'; style-src 'unsafe-inline'; font-src data:; sandbox"
        )
        return response


class TenancyFormView(TenancyMixin, ActionFormView):
    """A form about one track: 403 for who may only read it."""

    permission = Permission.TENANCY_WORK

    def load(self, **kwargs: Any) -> None:
        """Find it, and check that one works on it."""
        super().load(**kwargs)
        if not can_work_on_tenancy(self.request.user, self.track):
            raise PermissionDenied

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Going back leads to the track."""
        return super().get_context_data(cancel_url=self.track.get_absolute_url(), **kwargs)


class TenancyEditView(TenancyFormView):
    """Who follows it, and when we look again."""

    form_class = TrackEditForm
    title = gettext_lazy("Huurbegeleiding bijwerken")
    done_message = gettext_lazy("De begeleiding is bewaard.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer who supports tenants here."""
        return {**super().get_form_kwargs(), "case": self.track.case, "user": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        """Start from what stands there."""
        track = self.track
        return {
            "worker": track.worker_id,
            "started_on": track.started_on,
            "next_on": track.next_on,
            "next_step": track.next_step,
            "version": track.version,
        }

    def latest_version(self) -> int:
        """The version as it stands now."""
        return TenantTrack.objects.get(pk=self.track.pk).version

    def act(self, form: forms.Form) -> str:
        """Save it."""
        edit_track(by=self.request.user, track=self.track, **form.cleaned_data)
        return self.track.get_absolute_url()

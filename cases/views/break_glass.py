"""Noodtoegang: opening a closed circle for an hour, closing it, and having it looked at afterwards."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from accounts.looks import Look, LookKind, Subject
from accounts.models import AccessEvent
from accounts.permissions import Permission
from accounts.views.base import ActionFormView, PermissionMixin
from arsenaal.lib.keyset import page_or_first
from cases.actions.break_glass import OPEN_FOR, break_glass, close_glass, review_glass
from cases.actions.colleague_family import flag_colleague_family, unflag_colleague_family
from cases.forms.break_glass import BreakGlassForm, GlassVerdictForm
from cases.glass import running_glass
from cases.models import BreakGlass, ColleagueFamily
from cases.perms import breakable_circles, can_flag_colleague_family, can_review_glass
from cases.views.base import CaseActionView, CaseMixin

PAGE_SIZE = 30


class BreakGlassView(CaseActionView):
    """Ask for it: also in a closed case, by who may read the case and whose circles it closes out."""

    permission = Permission.GLASS_BREAK
    form_class = BreakGlassForm
    template_name = "cases/glass_form.html"
    title = gettext_lazy("Noodtoegang")
    submit_label = gettext_lazy("Kring openen voor een uur")

    def may_act(self) -> bool:
        """Whoever may open at least one circle here."""
        return bool(breakable_circles(self.request.user, self.case))

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form offers the circles that are closed to this user."""
        return {**super().get_form_kwargs(), "user": self.request.user, "case": self.case}

    def get_initial(self) -> dict[str, Any]:
        """The circle of the entry from which one came."""
        return {"circle": self.request.GET.get("circle", "")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say for how long."""
        return super().get_context_data(minutes_open=int(OPEN_FOR.total_seconds() // 60), **kwargs)

    def act(self, form: forms.Form) -> str:
        """Open it, and go to the timeline."""
        glass = break_glass(by=self.request.user, case=self.case, **form.cleaned_data)
        return f"{glass.case.get_absolute_url()}#timeline"


class GlassMixin(CaseMixin):
    """One emergency in a case that one may read."""

    glass: BreakGlass

    def load(self, **kwargs: Any) -> None:
        """Find the case, then the emergency in it."""
        super().load(**kwargs)
        rows = BreakGlass.objects.filter(case=self.case).select_related("user", "reviewed_by")
        self.glass = get_object_or_404(rows, pk=kwargs["pk"])
        self.glass.case = self.case

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show it."""
        return super().get_context_data(glass=self.glass, **kwargs)


class GlassView(GlassMixin, TemplateView):
    """What happened, and what the privacy officer found: for everybody who reads the case."""

    template_name = "cases/glass.html"


class GlassCloseView(GlassMixin, ActionFormView):
    """Close one's own before the hour is over."""

    http_method_names = ["post"]
    form_class = forms.Form
    title = gettext_lazy("Noodtoegang sluiten")
    done_message = gettext_lazy("De kring is weer gesloten.")

    def load(self, **kwargs: Any) -> None:
        """Only one's own."""
        super().load(**kwargs)
        if self.glass.user_id != self.request.user.pk:
            raise PermissionDenied

    def act(self, form: forms.Form) -> str:
        """Close it."""
        close_glass(by=self.request.user, glass=self.glass)
        return self.case.get_absolute_url()


class GlassBannerView(CaseMixin, TemplateView):
    """The banner with the minutes that are left, asked for every half minute while a circle stands open."""

    template_name = "cases/_glass_banner.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Draw it; once fewer stand open than the page shows, have the whole page closed again."""
        running = running_glass(request.user, self.case)
        response = self.render_to_response(self.get_context_data(running_glass=running))
        if str(len(running)) != request.GET.get("open", ""):
            response["HX-Refresh"] = "true"
        return response

    def looks(self) -> Iterable[Look]:
        """The page itself was kept; a clock shows nothing more."""
        return []


class ColleagueFamilyView(CaseActionView):
    """Flag the case as that of a colleague's family, or take the flag away; also when it is closed."""

    permission = Permission.CASE_OPEN
    form_class = forms.Form
    template_name = "cases/colleague_family.html"
    title = gettext_lazy("Familie van een collega")

    def may_act(self) -> bool:
        """Who opens cases."""
        return can_flag_colleague_family(self.request.user, self.case)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what holds now."""
        is_flagged = ColleagueFamily.objects.filter(case=self.case).exists()
        label = _("Markering weghalen") if is_flagged else _("Dossier markeren")
        return super().get_context_data(is_flagged=is_flagged, submit_label=label, **kwargs)

    def act(self, form: forms.Form) -> str:
        """Do what the button said, whatever a colleague did meanwhile."""
        change = unflag_colleague_family if self.request.POST.get("flag") == "off" else flag_colleague_family
        change(by=self.request.user, case=self.case)
        return self.case.get_absolute_url()


class GlassListView(PermissionMixin, TemplateView):
    """Every emergency in the neighbourhoods whose log one reads: first those on which a verdict waits."""

    permission = Permission.ACCESS_LOG_READ
    template_name = "cases/glass_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A page of them, newest first."""
        shows_all = self.request.GET.get("show") == "all"
        rows = BreakGlass.objects.reviewable_by(self.request.user).select_related("user")
        rows = rows if shows_all else rows.to_review()
        found = page_or_first(
            rows, order="-opened_at", size=PAGE_SIZE, cursor=self.request.GET.get("cursor", "")
        )
        return super().get_context_data(
            title=_("Noodtoegang"),
            page=found,
            says=_("Alle noodtoegangen, nieuwste eerst")
            if shows_all
            else _("Noodtoegangen die je nog moet nakijken"),
            tabs=[
                {"label": _("Na te kijken"), "url": "?", "is_current": not shows_all},
                {"label": _("Alle"), "url": "?show=all", "is_current": shows_all},
            ],
            **kwargs,
        )


class GlassReviewView(ActionFormView):
    """Say whether it was justified. The reviewer reads who, when and why; not a word of the case."""

    permission = Permission.ACCESS_LOG_READ
    form_class = GlassVerdictForm
    template_name = "cases/glass_review.html"
    title = gettext_lazy("Noodtoegang nakijken")
    submit_label = gettext_lazy("Oordeel bewaren")
    done_message = gettext_lazy(
        "Je oordeel is bewaard. Wie de kring opende en de trekker zien het op Vandaag."
    )
    glass: BreakGlass

    def load(self, **kwargs: Any) -> None:
        """Find it in one's own neighbourhoods; about oneself one doesn't judge."""
        rows = BreakGlass.objects.reviewable_by(self.request.user)
        self.glass = get_object_or_404(rows.select_related("user", "reviewed_by"), pk=kwargs["pk"])
        if not can_review_glass(self.request.user, self.glass):
            raise PermissionDenied

    def looks(self) -> Iterable[Look]:
        """That somebody looked at a case in an emergency is about that case."""
        return [
            Look(
                LookKind.OPENED,
                Subject.LOG,
                subject_id=self.glass.pk,
                label=self.glass.case_number,
                neighbourhood_id=self.glass.neighbourhood_id,
                case_id=self.glass.case_id,
                case_number=self.glass.case_number,
            )
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add how often this colleague looked in the case while it stood open."""
        glass = self.glass
        looks = AccessEvent.objects.granted().filter(
            user=glass.user_id, case_id=glass.case_id, looked_at__range=(glass.opened_at, glass.ended_at)
        )
        counts = {row["subject"]: row["n"] for row in looks.values("subject").annotate(n=Count("pk"))}
        return super().get_context_data(
            glass=glass,
            look_counts=[(Subject(code).label, n) for code, n in sorted(counts.items())],
            cancel_url=reverse("cases:glass-list"),
            **kwargs,
        )

    def act(self, form: forms.Form) -> str:
        """Give the verdict."""
        review_glass(by=self.request.user, glass=self.glass, **form.cleaned_data)
        return reverse("cases:glass-list")

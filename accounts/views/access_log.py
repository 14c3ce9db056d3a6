"""Inzages: who looked at what. For the privacy officer, who reads numbers, never names of families or stories."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from accounts.actions.unusual import review_unusual, set_look_rules
from accounts.log_forms import AccessLogForm, LookRulesForm, UnusualForm
from accounts.log_words import deed, what, who
from accounts.looks import Look, LookKind, Subject, case_number_in, note_look
from accounts.models import AccessEvent, LookRules, Neighbourhood, UnusualLook
from accounts.permissions import Permission
from accounts.views.base import ActionFormView, PermissionMixin
from arsenaal.lib.exports import csv_response, xlsx_response
from arsenaal.lib.keyset import BadCursorError, page, page_or_first
from arsenaal.lib.registries import unusual_rules

PAGE_SIZE = 50


def rule_label(code: str) -> str:
    """Return why a look stands out; a rule that is gone is named by its code."""
    return str(unusual_rules.get(code).label) if code in unusual_rules else code


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


class LogQueryMixin(PermissionMixin):
    """The looks that the address asks for, in the neighbourhoods whose log one reads."""

    permission = Permission.ACCESS_LOG_READ

    @cached_property
    def form(self) -> AccessLogForm:
        """What the address asks for, checked."""
        form = AccessLogForm(self.request.GET, reader=self.request.user)
        form.is_valid()
        return form

    @cached_property
    def chosen(self) -> dict[str, Any]:
        """What was chosen and understood."""
        return {
            name: value for name, value in self.form.cleaned_data.items() if value not in (None, "", False)
        }

    def rows(self) -> QuerySet[AccessEvent]:
        """The looks that match, in no order yet."""
        rows, chosen = AccessEvent.objects.visible_to(self.request.user), self.chosen
        for name, lookup in (("user", "user"), ("kind", "kind"), ("case", "case_number")):
            if name in chosen:
                rows = rows.filter(**{lookup: chosen[name]})
        if "person" in chosen:
            rows = rows.filter(subject=Subject.PERSON, subject_id=chosen["person"])
        if "from_on" in chosen:
            rows = rows.filter(looked_at__gte=_midnight(chosen["from_on"]))
        if "until_on" in chosen:
            rows = rows.filter(looked_at__lt=_midnight(chosen["until_on"] + dt.timedelta(days=1)))
        if "unusual" in chosen:
            about_it = UnusualLook.objects.filter(
                Q(case_id__isnull=True) | Q(case_id=OuterRef("case_id")),
                user=OuterRef("user"),
                looked_at__lte=OuterRef("looked_at"),
                looked_until__gte=OuterRef("looked_at"),
            )
            rows = rows.filter(Exists(about_it))
        return rows

    def filter_words(self) -> str:
        """Name the filters that were used, not what was filled in: for the log itself, in Dutch."""
        with override("nl"):
            return ", ".join(str(self.form.fields[name].label) for name in self.chosen)


class AccessLogView(LogQueryMixin, TemplateView):
    """Who looked at what, newest first."""

    template_name = "accounts/access_log.html"

    def looks(self) -> Iterable[Look]:
        """Looking in the log is a look too; at one case when it asks for one."""
        case = case_number_in(self.chosen.get("case", ""))
        return [Look(LookKind.OPENED, Subject.LOG, case_number=case, label=case, detail=self.filter_words())]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One page of looks: one query, and one for the colleagues to choose from."""
        rows = self.rows().select_related("user", "neighbourhood")
        is_understood = True
        try:
            found = page(rows, order="-looked_at", size=PAGE_SIZE, cursor=self.request.GET.get("cursor", ""))
        except BadCursorError:
            found, is_understood = page(rows, order="-looked_at", size=PAGE_SIZE), False
        query = self.request.GET.urlencode()
        return super().get_context_data(
            title=_("Inzages"),
            page=found,
            looks_shown=[(event, who(event), deed(event)) for event in found.rows],
            says=self._says(),
            misunderstood=bool(self.form.errors) or not is_understood,
            filter_form=self.form,
            is_filtered=bool(self.chosen),
            case_chosen=self.chosen.get("case", ""),
            refused=LookKind.REFUSED,
            broke_glass=LookKind.BROKE_GLASS,
            rules_of=Neighbourhood.objects.filter(
                pk__in=self.request.user.access.where(Permission.ACCESS_LOG_READ)
            ).order_by("name"),
            exports=[
                {"url": f"{reverse('access:log-export', args=[code])}?{query}", "label": label, "icon": icon}
                for code, label, icon in (
                    ("csv", _("CSV-bestand"), "filetype-csv"),
                    ("xlsx", _("Rekenblad (XLSX)"), "filetype-xlsx"),
                )
            ],
            **kwargs,
        )

    def _says(self) -> str:
        chosen = self.chosen
        parts = [_("ongewone inzages") if "unusual" in chosen else _("alle inzages")]
        if "kind" in chosen:
            parts.append(str(LookKind(chosen["kind"]).label))
        if "user" in chosen:
            parts.append(_("door %(who)s") % {"who": chosen["user"]})
        if "case" in chosen:
            parts.append(_("in dossier %(number)s") % {"number": chosen["case"]})
        if "person" in chosen:
            parts.append(_("van persoon %(n)d") % {"n": chosen["person"]})
        if "from_on" in chosen:
            parts.append(_("vanaf %(day)s") % {"day": chosen["from_on"].strftime("%d/%m/%Y")})
        if "until_on" in chosen:
            parts.append(_("tot en met %(day)s") % {"day": chosen["until_on"].strftime("%d/%m/%Y")})
        said = ", ".join([*parts, _("nieuwste eerst")])
        return said[:1].upper() + said[1:]


class AccessLogExportView(LogQueryMixin, View):
    """The same looks as a file; itself a look."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Send the file."""
        if kwargs["kind"] not in ("csv", "xlsx"):
            raise Http404
        rows = self.rows()
        look = Look(
            LookKind.EXPORTED,
            Subject.LOG,
            row_count=rows.count(),
            case_number=case_number_in(self.chosen.get("case", "")),
            detail=self.filter_words(),
        )
        note_look(request, look)
        headers = [
            _("Wanneer"),
            _("Wie"),
            _("Rol"),
            _("Wijk"),
            _("Soort inzage"),
            _("Wat"),
            _("Dossiernummer"),
            _("Rijen"),
            _("Waarom"),
        ]
        respond = xlsx_response if kwargs["kind"] == "xlsx" else csv_response
        ordered = rows.select_related("user", "neighbourhood").order_by("-looked_at", "-pk")
        return respond("inzages", headers, self._lines(ordered, get_language()))

    def _lines(self, rows: QuerySet[AccessEvent], language: str | None) -> Iterator[Sequence[Any]]:
        """One line for each look, in the reader's language; sent when the request itself is over."""
        for event in rows.iterator(chunk_size=500):
            with override(language):
                line = [
                    event.looked_at,
                    str(event.user),
                    event.get_role_display(),
                    str(event.neighbourhood or ""),
                    event.get_kind_display(),
                    what(event),
                    event.case_number,
                    event.row_count,
                    event.why,
                ]
            yield line


class UnusualListView(PermissionMixin, TemplateView):
    """Looks that stand out: those to ask about first, or all."""

    permission = Permission.ACCESS_LOG_READ
    template_name = "accounts/unusual_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A page of them, newest first."""
        shows_all = self.request.GET.get("show") == "all"
        rows = UnusualLook.objects.visible_to(self.request.user).select_related("user", "neighbourhood")
        rows = rows if shows_all else rows.to_review()
        found = page_or_first(
            rows, order="-looked_at", size=PAGE_SIZE, cursor=self.request.GET.get("cursor", "")
        )
        return super().get_context_data(
            title=_("Ongewone inzages"),
            page=found,
            rows_shown=[(row, rule_label(row.rule)) for row in found.rows],
            says=_("Alle ongewone inzages, nieuwste eerst")
            if shows_all
            else _("Ongewone inzages die je nog moet nakijken"),
            tabs=[
                {"label": _("Na te kijken"), "url": "?", "is_current": not shows_all},
                {"label": _("Alle"), "url": "?show=all", "is_current": shows_all},
            ],
            **kwargs,
        )


class UnusualView(ActionFormView):
    """One finding: the looks that it is about, and what came of asking."""

    permission = Permission.ACCESS_LOG_READ
    form_class = UnusualForm
    template_name = "accounts/unusual.html"
    title = gettext_lazy("Ongewone inzage")
    done_message = gettext_lazy("Bewaard. Deze inzage is nagekeken.")
    unusual: UnusualLook

    def load(self, **kwargs: Any) -> None:
        """Find it in one's own neighbourhoods."""
        rows = UnusualLook.objects.visible_to(self.request.user)
        self.unusual = get_object_or_404(rows.select_related("user", "reviewed_by"), pk=kwargs["pk"])

    def looks(self) -> Iterable[Look]:
        """The log of that case, or of no case in particular."""
        unusual = self.unusual
        return [
            Look(
                LookKind.OPENED,
                Subject.LOG,
                subject_id=unusual.pk,
                neighbourhood_id=unusual.neighbourhood_id,
                case_id=unusual.case_id,
                case_number=unusual.case_number,
            )
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The looks themselves, the first hundred."""
        unusual = self.unusual
        events = AccessEvent.objects.visible_to(self.request.user).filter(
            user=unusual.user_id, looked_at__range=(unusual.looked_at, unusual.looked_until)
        )
        if unusual.case_id is not None:
            events = events.filter(case_id=unusual.case_id)
        shown = events.select_related("user").order_by("looked_at", "pk")[:100]
        return super().get_context_data(
            unusual=unusual,
            why=rule_label(unusual.rule),
            looks_shown=[(event, deed(event)) for event in shown],
            may_review=unusual.reviewed_at is None and unusual.user_id != self.request.user.pk,
            cancel_url=reverse("access:unusual-list"),
            **kwargs,
        )

    def act(self, form: forms.Form) -> str:
        """Keep what came of it."""
        review_unusual(by=self.request.user, unusual=self.unusual, **form.cleaned_data)
        return reverse("access:unusual-list")


class LookRulesView(ActionFormView):
    """From when a look is unusual in one neighbourhood."""

    permission = Permission.ACCESS_LOG_READ
    form_class = LookRulesForm
    title = gettext_lazy("Wanneer valt een inzage op?")
    done_message = gettext_lazy("Bewaard. Het geldt voor wat we vanaf nu vinden.")

    def load(self, **kwargs: Any) -> None:
        """Find the neighbourhood among those whose log one reads."""
        where = self.request.user.access.where(Permission.ACCESS_LOG_READ)
        self.neighbourhood = get_object_or_404(Neighbourhood, pk__in=where, slug=kwargs["slug"])

    def get_form_kwargs(self) -> dict[str, Any]:
        """Start from what holds now."""
        known = LookRules.objects.filter(neighbourhood=self.neighbourhood).first() or LookRules()
        return {**super().get_form_kwargs(), "instance": known}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say where."""
        return super().get_context_data(
            intro=str(self.neighbourhood), cancel_url=reverse("access:log"), **kwargs
        )

    def act(self, form: forms.Form) -> str:
        """Keep them."""
        set_look_rules(by=self.request.user, neighbourhood=self.neighbourhood, **form.cleaned_data)
        return reverse("access:log")

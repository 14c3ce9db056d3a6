"""The list of cases, and the same list as a file."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Permission
from arsenaal.lib.registries import case_facts
from cases.enums import CaseKind, CaseState, TrustStage
from cases.facts import facts_for
from cases.filters.case import ALL_STATES, CaseFilter
from cases.models import Boundary, Case
from cases.neighbourhoods import neighbourhoods_where
from cases.views.lists import ExportView, FilteredListView, FilteredQueryMixin, Sort

_EXPORT_CHUNK = 500


class CaseQueryMixin(FilteredQueryMixin):
    """The cases that the address asks for, within what the user may see."""

    permission = Permission.CASE_READ
    filter_class = CaseFilter
    sorts = {
        "opened": Sort("opened_at", gettext_lazy("oudste eerst"), gettext_lazy("nieuwste eerst")),
        "last": Sort(
            "last_entry_at",
            gettext_lazy("langst stil eerst"),
            gettext_lazy("laatste gebeurtenis eerst"),
        ),
        "title": Sort("title", gettext_lazy("titel van A tot Z"), gettext_lazy("titel van Z tot A")),
        "trust": Sort(
            "trust_stage", gettext_lazy("minste vertrouwen eerst"), gettext_lazy("meeste vertrouwen eerst")
        ),
    }
    default_sort = "-opened"

    def filter_kwargs(self) -> dict[str, Any]:
        """The filter offers a choice of neighbourhood to who has several."""
        return {"neighbourhoods": neighbourhoods_where(self.request.user, Permission.CASE_READ)}

    def visible(self) -> QuerySet[Case]:
        """Every case that the user may read."""
        return Case.objects.visible_to(self.request.user)


class CaseListView(CaseQueryMixin, FilteredListView):
    """The cases: open ones, newest first, unless asked otherwise."""

    template_name = "cases/case_list.html"
    title = gettext_lazy("Dossiers")
    list_code = "cases"
    export_url_name = "cases:case-export"
    first_tab = gettext_lazy("Open dossiers")

    def enrich(self, rows: QuerySet[Case]) -> QuerySet[Case]:
        """Each row shows lead and neighbourhood, and whether a boundary stands."""
        standing = Boundary.objects.standing().filter(case=OuterRef("pk"))
        return rows.select_related("lead", "neighbourhood").annotate(has_boundary=Exists(standing))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the facts of the cases on the page."""
        context = super().get_context_data(**kwargs)
        rows = context["page"].rows
        facts = facts_for(self.request.user, [case.pk for case in rows])
        for case in rows:
            case.facts = [
                (fact.icon, fact.label, texts[case.pk]) for fact, texts in facts if texts.get(case.pk)
            ]
        access = self.request.user.access
        context["shows_neighbourhood"] = len(access.where(Permission.CASE_READ)) > 1
        context["may_open"] = access.can_anywhere(Permission.CASE_OPEN)
        return context

    def subject(self, count: str) -> str:
        """Say how many cases of which state and kind, and whether they are one's own."""
        is_one = count == "1"
        state, kind = self.chosen.get("state"), self.chosen.get("kind")
        noun = {
            "": _("dossier") if is_one else _("dossiers"),
            CaseKind.HOUSEHOLD: _("gezinsdossier") if is_one else _("gezinsdossiers"),
            CaseKind.BUILDING: _("blokdossier") if is_one else _("blokdossiers"),
        }[kind or ""]
        words = [count] + ([_("open")] if not state else []) + [noun]
        if state and state != ALL_STATES:
            words.append(_("in stand “%(state)s”") % {"state": CaseState(state).label})
        if self.chosen.get("mine"):
            words.append(_("van mij"))
        return " ".join(str(word) for word in words)

    def remarks(self) -> Iterable[str]:
        """Say what else was chosen, in the order of the form."""
        chosen, choices = self.chosen, self.filterset.form.fields
        if "q" in chosen:
            yield _("lijkt op “%(words)s”") % {"words": chosen["q"]}
        if "lead" in chosen:
            yield _("trekker %(lead)s") % {"lead": chosen["lead"]}
        if "trust" in chosen:
            yield _("vertrouwen: %(stage)s") % {"stage": TrustStage(int(chosen["trust"])).label}
        if "goal" in chosen:
            yield _("lopende actie: %(goal)s") % {"goal": dict(choices["goal"].choices)[chosen["goal"]]}
        if "reason" in chosen:
            yield _("op de radar om: %(reason)s") % {
                "reason": dict(choices["reason"].choices)[chosen["reason"]]
            }
        if "boundary" in chosen:
            yield _("met een grens")
        if "unseen" in chosen:
            yield _("%(n)d weken of langer niet gezien") % {"n": chosen["unseen"]}
        if "opened_from" in chosen:
            yield _("geopend vanaf %(day)s") % {"day": chosen["opened_from"].strftime("%d/%m/%Y")}
        if "opened_until" in chosen:
            yield _("geopend tot en met %(day)s") % {"day": chosen["opened_until"].strftime("%d/%m/%Y")}
        if "neighbourhood" in chosen:
            yield str(chosen["neighbourhood"])


class CaseExportView(CaseQueryMixin, ExportView):
    """The same cases as a file: what stands in the list, and never a word of a timeline."""

    filename = "dossiers"
    case_field = "pk"
    household = "household"

    def headers(self) -> Sequence[Any]:
        """Return the names of the columns."""
        return [
            _("Nummer"),
            _("Titel"),
            _("Soort"),
            _("Stand"),
            _("Trekker"),
            _("Wijk"),
            _("Vertrouwen"),
            _("Geopend op"),
            _("Laatste gebeurtenis"),
            _("Gezin laatst gezien"),
            _("Grens"),
            *(fact.label for fact in case_facts),
        ]

    def lines(self, rows: QuerySet[Case]) -> Iterator[Sequence[Any]]:
        """Yield one line for each case; facts are fetched for five hundred cases at a time."""
        standing = Boundary.objects.standing().filter(case=OuterRef("pk"))
        found = rows.select_related("lead", "neighbourhood").annotate(has_boundary=Exists(standing))
        cases = found.iterator(chunk_size=_EXPORT_CHUNK)
        while chunk := list(islice(cases, _EXPORT_CHUNK)):
            facts = facts_for(self.request.user, [case.pk for case in chunk])
            for case in chunk:
                yield [
                    case.number,
                    case.title,
                    case.get_kind_display(),
                    case.get_state_display(),
                    case.lead,
                    case.neighbourhood,
                    case.get_trust_stage_display(),
                    case.opened_at,
                    case.last_entry_at,
                    case.last_seen_at,
                    _("ja") if case.has_boundary else "",
                    *(texts.get(case.pk, "") for _fact, texts in facts),
                ]

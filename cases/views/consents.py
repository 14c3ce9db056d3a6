"""Consents: all that one may see, the sheet to sign, asking again, and what the privacy officer sees of them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django import forms
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView

from accounts.models import Organisation
from accounts.permissions import Permission
from accounts.views.base import PermissionMixin
from arsenaal.lib.exports import pdf_response
from arsenaal.lib.keyset import page_or_first
from arsenaal.lib.wall import beyond_wall
from cases.actions.consents import record_consent
from cases.consent_sheet import TRANSLATED, sheet_pdf
from cases.enums import CaseKind, ConsentCategory, ConsentState
from cases.filters.consents import ConsentFilter, in_state
from cases.forms.agreements import ConsentForm
from cases.models import Consent
from cases.views.agreements import AgreementView
from cases.views.base import CaseMixin
from cases.views.lists import ExportView, FilteredListView, FilteredQueryMixin, Sort
from cases.views.quick import number_of
from people.languages import language_names
from people.models import Person

UNKNOWN_PERSON = gettext_lazy("iemand van het gezin")


def known_names(consents: Iterable[Consent], user: Any) -> dict[int, str]:
    """Return the names of the people who gave these consents, of those whom this user may see: one query."""
    found = Person.objects.visible_to(user).filter(pk__in={consent.person_id for consent in consents})
    return {person.pk: str(person) for person in found.order_by("pk")}


def category_words(consent: Consent) -> list[str]:
    """Return what a consent lets others know, in words and in the usual order."""
    return [str(label) for code, label in ConsentCategory.choices if code in consent.categories]


class ConsentRows(FilteredQueryMixin):
    """The consents of the cases one may read; a partner sees those that name his organisation."""

    permission = Permission.CASE_READ
    filter_class = ConsentFilter
    sorts = {
        "until": Sort(
            "until_on", gettext_lazy("wat eerst afloopt eerst"), gettext_lazy("wat laatst afloopt eerst")
        ),
        "from": Sort("from_on", gettext_lazy("oudste eerst"), gettext_lazy("nieuwste eerst")),
    }
    default_sort = "until"

    def visible(self) -> QuerySet[Consent]:
        """Every consent that this user may see."""
        return Consent.objects.visible_to(self.request.user)


def with_words(rows: QuerySet[Consent]) -> QuerySet[Consent]:
    """Fetch what a line tells of a consent."""
    in_order = Prefetch("recipients", Organisation.objects.order_by("name"))
    return rows.select_related("case", "replaced_by", "sheet").prefetch_related(in_order)


class ConsentListView(ConsentRows, FilteredListView):
    """All consents."""

    template_name = "cases/consent_list.html"
    title = gettext_lazy("Toestemmingen")
    export_url_name = "cases:consent-export"

    def enrich(self, rows: QuerySet[Consent]) -> QuerySet[Consent]:
        """With case and recipients."""
        return with_words(rows)

    def subject(self, count: str) -> str:
        """So many consents, in which state."""
        n = number_of(count)
        words = {
            "valid": ngettext("%(n)s geldige toestemming", "%(n)s geldige toestemmingen", n),
            "ending": ngettext(
                "%(n)s toestemming die binnen 30 dagen afloopt",
                "%(n)s toestemmingen die binnen 30 dagen aflopen",
                n,
            ),
            "expired": ngettext(
                "%(n)s toestemming die voorbij is", "%(n)s toestemmingen die voorbij zijn", n
            ),
            "withdrawn": ngettext("%(n)s ingetrokken toestemming", "%(n)s ingetrokken toestemmingen", n),
            "replaced": ngettext("%(n)s vervangen toestemming", "%(n)s vervangen toestemmingen", n),
            "all": ngettext("%(n)s toestemming", "%(n)s toestemmingen", n),
        }
        return words[self.chosen.get("state") or "valid"] % {"n": count}

    def remarks(self) -> Iterable[str]:
        """Say what else was chosen."""
        if recipient := self.chosen.get("recipient"):
            yield _("om te delen met %(who)s") % {"who": recipient}
        if person := self.chosen.get("person"):
            yield _("gegeven door “%(who)s”") % {"who": person}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Put names beside the consents of whom one may know."""
        context = super().get_context_data(**kwargs)
        consents = context["page"].rows
        names = known_names(consents, self.request.user)
        context["lines"] = [
            {
                "consent": consent,
                "who": names.get(consent.person_id, UNKNOWN_PERSON),
                "categories": category_words(consent),
            }
            for consent in consents
        ]
        return context


class ConsentExportView(ConsentRows, ExportView):
    """The same consents as a file; a name is there for who may see that person."""

    filename = "toestemmingen"
    case_field = "case_id"
    household = "case__household"

    def headers(self) -> Sequence[Any]:
        """The columns."""
        return (
            _("Dossier"), _("Gegeven door"), _("Met wie"), _("Wat"), _("Waarvoor"), _("Taal"), _("Tolk"), _("Vanaf"),
            _("Tot en met"), _("Stand"),
        )  # fmt: skip

    def lines(self, rows: QuerySet[Consent]) -> Iterator[Sequence[Any]]:
        """One line for each consent."""
        consents = list(with_words(rows))
        names = known_names(consents, self.request.user)
        for consent in consents:
            yield (
                consent.case.number,
                names.get(consent.person_id, UNKNOWN_PERSON),
                ", ".join(str(organisation) for organisation in consent.recipients.all()),
                ", ".join(category_words(consent)),
                consent.purpose,
                ", ".join(language_names([consent.language])),
                _("ja") if consent.with_interpreter else _("nee"),
                consent.from_on,
                consent.until_on,
                consent.state.label,
            )


class ConsentCountsView(PermissionMixin, TemplateView):
    """For the privacy officer: how many consents there are, and of which case there is one. None of their words."""

    permission = Permission.ACCESS_LOG_READ
    template_name = "cases/consent_counts.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Count over every case of the neighbourhoods where one looks after privacy."""
        where = self.request.user.access.where(self.permission)
        rows = Consent.objects.filter(case__neighbourhood_id__in=where)
        counts = [{"label": state.label, "count": in_state(rows, state).count()} for state in ConsentState]
        listed = rows.select_related("case", "replaced_by").only(
            "case__number", "from_on", "until_on", "withdrawn_at", "replaced_by__id"
        )
        with beyond_wall("the number of each case with a consent"):
            found = page_or_first(
                listed, order="-from_on", size=50, cursor=self.request.GET.get("cursor", "")
            )
        return super().get_context_data(counts=counts, page=found, **kwargs)


class ConsentSheetView(CaseMixin):
    """The sheet to sign: empty, or filled in with a consent of the case; with a translation for information."""

    permission = Permission.CASE_WORK

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Make the PDF. No name stands in it but what is written on it by hand."""
        if self.case.kind != CaseKind.HOUSEHOLD:
            raise Http404
        consent = None
        if wanted := request.GET.get("consent", ""):
            rows = with_words(Consent.objects.visible_to(request.user).filter(case=self.case))
            consent = get_object_or_404(rows, pk=int(wanted) if wanted.isdecimal() else 0)
        language = request.GET.get("language") or (consent.language if consent else "")
        content = sheet_pdf(
            number=self.case.number,
            language=language if language in TRANSLATED else "",
            consent=consent,
            today=timezone.localdate(),
        )
        name = f"toestemming-{self.case.number}{'-' + language if language in TRANSLATED else ''}"
        return pdf_response(name, content)


class ConsentRenewView(AgreementView):
    """Ask a consent again: a new one takes its place."""

    form_class = ConsentForm
    template_name = "cases/consent_renew.html"
    title = gettext_lazy("Toestemming opnieuw vragen")
    submit_label = gettext_lazy("Nieuwe toestemming bewaren")
    done_message = gettext_lazy("De nieuwe toestemming geldt. De vorige blijft te lezen.")

    def load(self, **kwargs: Any) -> None:
        """Find a consent of this case that wasn't withdrawn or replaced."""
        super().load(**kwargs)
        rows = with_words(Consent.objects.visible_to(self.request.user))
        self.consent = get_object_or_404(
            rows.filter(withdrawn_at__isnull=True, replaced_by__isnull=True, case=self.case), pk=kwargs["pk"]
        )

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the people of the household whom this user may see."""
        return {**super().get_form_kwargs(), "user": self.request.user, "case": self.case}

    def get_initial(self) -> dict[str, Any]:
        """Start from what was consented to; the dates start anew."""
        consent = self.consent
        return {
            "person": consent.person_id,
            "categories": consent.categories,
            "recipients": [organisation.pk for organisation in consent.recipients.all()],
            "purpose": consent.purpose,
            "language": consent.language,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show which."""
        return super().get_context_data(consent=self.consent, **kwargs)

    def act(self, form: forms.Form) -> str:
        """Record the new one."""
        record_consent(by=self.request.user, case=self.case, replaces=self.consent, **form.cleaned_data)
        return self.after()

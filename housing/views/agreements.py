"""Agreements: the list, one agreement, writing it out, signing, amending, ending, and its papers."""

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
from arsenaal.lib.exports import pdf_response
from arsenaal.lib.uploads import serve
from cases.actions.boundaries import standing_boundaries
from cases.enums import Reach
from cases.looks import case_look
from cases.models import Boundary
from cases.views.base import CaseActionView
from cases.views.lists import FilteredListView, Sort
from cases.views.quick import number_of
from housing.actions.agreements import (
    add_obligation,
    add_party,
    amend_agreement,
    attach_copy,
    back_to_draft,
    edit_agreement,
    edit_obligation,
    end_agreement,
    make_agreement,
    make_ready,
    remove_obligation,
    remove_party,
    sign_agreement,
    start_agreement,
    withdraw_agreement,
)
from housing.agreement_catalogue import LANGUAGES
from housing.agreement_enums import AgreementState, PartyKind
from housing.agreement_paper import agreement_pdf, file_name, translation_pdf
from housing.agreement_reading import dues_in_order, shown_agreements
from housing.filters.agreements import AgreementFilter
from housing.forms.agreements import (
    LANGUAGE_NAMES,
    AgreementEditForm,
    AgreementForm,
    CopyForm,
    EndForm,
    ObligationForm,
    PartyForm,
    ReasonForm,
    SignForm,
)
from housing.models import Agreement, AgreementParty, KeptFile, Obligation, SignedCopy
from housing.perms import can_make_agreement, can_see_papers, can_work_on_agreement


class NothingAskedForm(forms.Form):
    """A page that asks only whether one is sure."""


class AgreementListView(FilteredListView):
    """The agreements of the cases one may read, with what is late in each."""

    permission = Permission.AGREEMENT_READ
    filter_class = AgreementFilter
    template_name = "housing/agreements/list.html"
    title = gettext_lazy("Overeenkomsten")
    sorts = {
        "start": Sort("starts_on", gettext_lazy("oudste eerst"), gettext_lazy("nieuwste eerst")),
    }
    default_sort = "-start"

    def visible(self) -> QuerySet[Agreement]:
        """Every agreement the user may see."""
        return Agreement.objects.visible_to(self.request.user)

    def enrich(self, rows: QuerySet[Agreement]) -> QuerySet[Agreement]:
        """With the case and the dwelling."""
        return rows.select_related("case", "dwelling__building")

    def subject(self, count: str) -> str:
        """Say how many."""
        return ngettext("%(n)s overeenkomst", "%(n)s overeenkomsten", number_of(count)) % {"n": count}

    def remarks(self) -> Iterable[str]:
        """Say what else was chosen."""
        chosen = dict(self.filterset.form.fields["state"].choices)
        yield str(chosen[self.chosen.get("state") or "current"])
        if self.chosen.get("late"):
            yield _("met iets te laat")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add to each row who takes part and what is late, in two queries for the page."""
        context = super().get_context_data(**kwargs)
        return {**context, "shown": shown_agreements(context["page"].rows)}


class AgreementNewView(CaseActionView):
    """A new agreement in a case, from a template."""

    permission = Permission.AGREEMENT_WORK
    form_class = AgreementForm
    template_name = "housing/agreements/new.html"
    title = gettext_lazy("Overeenkomst maken")
    submit_label = gettext_lazy("Ontwerp maken")
    done_message = gettext_lazy("Het ontwerp staat klaar. Kijk het na en pas aan wat nodig is.")

    def may_act(self) -> bool:
        """Who works on agreements."""
        return can_make_agreement(self.request.user, self.case)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the owners of the family's dwellings."""
        return {**super().get_form_kwargs(), "case": self.case}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what the family doesn't want yet."""
        return super().get_context_data(
            stopping=stopping_boundaries(standing_boundaries(self.case)), **kwargs
        )

    def act(self, form: forms.Form) -> str:
        """Make it."""
        return make_agreement(by=self.request.user, case=self.case, **form.cleaned_data).get_absolute_url()


def stopping_boundaries(standing: Iterable[Boundary]) -> list[Boundary]:
    """Return what keeps an agreement from reaching the landlord."""
    return [boundary for boundary in standing if boundary.stops(Reach.LANDLORD)]


class AgreementMixin(PermissionMixin):
    """One agreement: 404 outside the user's scope."""

    permission = Permission.AGREEMENT_READ
    agreement: Agreement

    def load(self, **kwargs: Any) -> None:
        """Find it."""
        agreements = Agreement.objects.visible_to(self.request.user).select_related(
            "case__household", "case__parent", "template", "dwelling__building", "amends", "made_by"
        )
        self.agreement = get_object_or_404(agreements, pk=kwargs["pk"])

    def looks(self) -> Iterable[Look]:
        """The case that it is part of."""
        return [case_look(self.agreement.case)]

    @property
    def may_work(self) -> bool:
        """Tell whether this user works on it."""
        return can_work_on_agreement(self.request.user, self.agreement)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the page its agreement."""
        return super().get_context_data(agreement=self.agreement, case=self.agreement.case, **kwargs)


class AgreementView(AgreementMixin, TemplateView):
    """One agreement: who takes part, what each took on, how it stands, and its papers."""

    template_name = "housing/agreements/agreement.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather it in a fixed number of queries."""
        agreement = self.agreement
        parties = list(
            agreement.parties.select_related("landlord", "household", "organisation").order_by("position")
        )
        obligations: dict[int, list[dict[str, Any]]] = {party.pk: [] for party in parties}
        dues: dict[int, list[Any]] = {}
        for due in dues_in_order([agreement.pk]):
            dues.setdefault(due.obligation_id, []).append(due)
        for obligation in agreement.obligations.order_by("position", "pk"):
            obligations[obligation.party_id].append(
                {"obligation": obligation, "dues": dues.get(obligation.pk, [])}
            )
        amended = agreement.amendments.exclude(state=AgreementState.WITHDRAWN).first()
        has_landlord = any(party.kind == PartyKind.LANDLORD for party in parties)
        is_before = agreement.is_unsigned and has_landlord
        return super().get_context_data(
            parties=[{"party": party, "obligations": obligations[party.pk]} for party in parties],
            copies=list(
                SignedCopy.objects.filter(agreement=agreement)
                .select_related("file", "added_by")
                .order_by("added_at", "pk")
            ),
            amendment=amended,
            languages=[(code, LANGUAGE_NAMES[code]) for code in LANGUAGES],
            stopping=stopping_boundaries(standing_boundaries(agreement.case)) if is_before else [],
            may_work=self.may_work,
            sees_papers=can_see_papers(self.request.user, agreement),
            is_draft=agreement.state == AgreementState.DRAFT,
            is_ready=agreement.state == AgreementState.READY,
            awaits_start=agreement.state == AgreementState.SIGNED,
            may_amend=agreement.is_live and amended is None,
            **kwargs,
        )


class AgreementFormView(AgreementMixin, ActionFormView):
    """A form about one agreement: 403 for who may only read it."""

    permission = Permission.AGREEMENT_WORK

    def load(self, **kwargs: Any) -> None:
        """Find it, and check that one works on it."""
        super().load(**kwargs)
        if not self.may_work:
            raise PermissionDenied

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Going back leads to the agreement."""
        return super().get_context_data(cancel_url=self.agreement.get_absolute_url(), **kwargs)

    def perform(self, data: dict[str, Any]) -> Any:
        """Call one action with the cleaned data."""
        raise NotImplementedError

    def act(self, form: forms.Form) -> str:
        """Do it and go back to the agreement."""
        done = self.perform(form.cleaned_data)
        return (done if isinstance(done, Agreement) else self.agreement).get_absolute_url()


class AgreementEditView(AgreementFormView):
    """The words and days of a draft."""

    form_class = AgreementEditForm
    title = gettext_lazy("Overeenkomst aanpassen")
    done_message = gettext_lazy("Het ontwerp is bewaard.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the family's dwellings."""
        return {**super().get_form_kwargs(), "agreement": self.agreement}

    def get_initial(self) -> dict[str, Any]:
        """Start from what stands there."""
        names = ("title", "intro", "closing", "starts_on", "return_on", "version")
        return {name: getattr(self.agreement, name) for name in names} | {
            "dwelling": self.agreement.dwelling_id
        }

    def latest_version(self) -> int:
        """The version as it stands now."""
        return Agreement.objects.get(pk=self.agreement.pk).version

    def perform(self, data: dict[str, Any]) -> Agreement:
        """Save it."""
        return edit_agreement(by=self.request.user, agreement=self.agreement, **data)


class PartyNewView(AgreementFormView):
    """One more party."""

    form_class = PartyForm
    title = gettext_lazy("Partij toevoegen")
    submit_label = gettext_lazy("Partij toevoegen")
    done_message = gettext_lazy("De partij staat erbij.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer who belongs to the case."""
        return {**super().get_form_kwargs(), "case": self.agreement.case}

    def perform(self, data: dict[str, Any]) -> AgreementParty:
        """Add it."""
        return add_party(by=self.request.user, agreement=self.agreement, **data)


class PartyRemoveView(AgreementFormView):
    """Take a party out."""

    form_class = NothingAskedForm
    title = gettext_lazy("Partij weghalen?")
    submit_label = gettext_lazy("Partij weghalen")
    done_message = gettext_lazy("De partij is weg.")

    def load(self, **kwargs: Any) -> None:
        """Find the party."""
        super().load(**kwargs)
        self.party = get_object_or_404(self.agreement.parties, pk=kwargs["party"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say who."""
        return super().get_context_data(intro=self.party.name, **kwargs)

    def perform(self, data: dict[str, Any]) -> None:
        """Take it out."""
        remove_party(by=self.request.user, party=self.party)


class ObligationNewView(AgreementFormView):
    """One more obligation."""

    form_class = ObligationForm
    title = gettext_lazy("Verbintenis toevoegen")
    submit_label = gettext_lazy("Verbintenis bewaren")
    done_message = gettext_lazy("De verbintenis staat erbij.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the parties."""
        return {**super().get_form_kwargs(), "agreement": self.agreement}

    def perform(self, data: dict[str, Any]) -> Obligation:
        """Add it."""
        return add_obligation(by=self.request.user, agreement=self.agreement, **data)


class OneObligationView(AgreementFormView):
    """A form about one obligation of a draft."""

    def load(self, **kwargs: Any) -> None:
        """Find the obligation."""
        super().load(**kwargs)
        self.obligation = get_object_or_404(
            self.agreement.obligations.select_related("agreement__case"), pk=kwargs["obligation"]
        )


class ObligationEditView(OneObligationView):
    """Change an obligation."""

    form_class = ObligationForm
    title = gettext_lazy("Verbintenis aanpassen")
    submit_label = gettext_lazy("Verbintenis bewaren")
    done_message = gettext_lazy("De verbintenis is bewaard.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the parties."""
        return {**super().get_form_kwargs(), "agreement": self.agreement}

    def get_initial(self) -> dict[str, Any]:
        """Start from what stands there."""
        names = ("text", "topic", "rule", "days", "warn_days", "breach_next", "breach_text")
        return {name: getattr(self.obligation, name) for name in names} | {"party": self.obligation.party_id}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Warn that other words are no longer explained."""
        intro = _("Verander je de zin, dan verdwijnt de uitleg in andere talen: die zou iets anders zeggen.")
        return super().get_context_data(intro=intro if self.obligation.translations else "", **kwargs)

    def perform(self, data: dict[str, Any]) -> Obligation:
        """Save it."""
        return edit_obligation(by=self.request.user, obligation=self.obligation, **data)


class ObligationRemoveView(OneObligationView):
    """Take an obligation out."""

    form_class = NothingAskedForm
    title = gettext_lazy("Verbintenis weghalen?")
    submit_label = gettext_lazy("Verbintenis weghalen")
    done_message = gettext_lazy("De verbintenis is weg.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which."""
        return super().get_context_data(intro=self.obligation.text, **kwargs)

    def perform(self, data: dict[str, Any]) -> None:
        """Take it out."""
        remove_obligation(by=self.request.user, obligation=self.obligation)


class AgreementReadyView(AgreementFormView):
    """Ready to be signed: from now on the words stand."""

    form_class = NothingAskedForm
    title = gettext_lazy("Klaar om te tekenen?")
    submit_label = gettext_lazy("Klaar om te tekenen")
    done_message = gettext_lazy("Je kunt de overeenkomst nu afdrukken en laten tekenen.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what it means."""
        intro = _("De tekst ligt dan vast. Zolang niemand tekende, kun je terug naar het ontwerp.")
        return super().get_context_data(intro=intro, **kwargs)

    def perform(self, data: dict[str, Any]) -> Agreement:
        """Freeze it."""
        return make_ready(by=self.request.user, agreement=self.agreement)


class AgreementRedraftView(AgreementFormView):
    """Back to the draft."""

    form_class = NothingAskedForm
    title = gettext_lazy("Terug naar het ontwerp?")
    submit_label = gettext_lazy("Terug naar het ontwerp")
    done_message = gettext_lazy("Je kunt de tekst weer aanpassen.")

    def perform(self, data: dict[str, Any]) -> Agreement:
        """Open it again."""
        return back_to_draft(by=self.request.user, agreement=self.agreement)


class AgreementWithdrawView(AgreementFormView):
    """Give up an agreement that nobody signed."""

    form_class = ReasonForm
    title = gettext_lazy("Overeenkomst intrekken")
    submit_label = gettext_lazy("Intrekken")
    done_message = gettext_lazy("De overeenkomst is ingetrokken.")

    def perform(self, data: dict[str, Any]) -> Agreement:
        """Withdraw it."""
        return withdraw_agreement(by=self.request.user, agreement=self.agreement, **data)


class AgreementSignView(AgreementFormView):
    """Everybody signed."""

    form_class = SignForm
    title = gettext_lazy("Getekend")
    submit_label = gettext_lazy("Getekend bewaren")
    done_message = gettext_lazy(
        "De overeenkomst is getekend. De dagen staan bij de termijnen van het dossier."
    )

    def perform(self, data: dict[str, Any]) -> Agreement:
        """Record it, with the scan."""
        return sign_agreement(
            by=self.request.user,
            agreement=self.agreement,
            signed_on=data["signed_on"],
            upload=data["file"],
        )


class AgreementStartView(AgreementFormView):
    """A signed agreement begins."""

    form_class = NothingAskedForm
    title = gettext_lazy("Begint de overeenkomst?")
    submit_label = gettext_lazy("Ze begint")
    done_message = gettext_lazy("De overeenkomst loopt.")

    def perform(self, data: dict[str, Any]) -> Agreement:
        """Let it begin."""
        return start_agreement(by=self.request.user, agreement=self.agreement)


class AgreementEndView(AgreementFormView):
    """It ran its course, or it is broken off."""

    form_class = EndForm
    title = gettext_lazy("Overeenkomst beëindigen")
    submit_label = gettext_lazy("Beëindigen")
    done_message = gettext_lazy("De overeenkomst is geëindigd.")

    def perform(self, data: dict[str, Any]) -> Agreement:
        """End it."""
        return end_agreement(
            by=self.request.user,
            agreement=self.agreement,
            is_broken=data["how"] == "broken",
            reason=data["reason"],
            ended_on=data["ended_on"],
        )


class AgreementAmendView(AgreementFormView):
    """The next edition."""

    form_class = ReasonForm
    title = gettext_lazy("Nieuwe versie maken")
    submit_label = gettext_lazy("Nieuwe versie maken")
    done_message = gettext_lazy(
        "De nieuwe versie staat klaar als ontwerp. Tot ze getekend is, geldt de vorige."
    )

    def perform(self, data: dict[str, Any]) -> Agreement:
        """Start it."""
        return amend_agreement(by=self.request.user, agreement=self.agreement, **data)


class CopyNewView(AgreementFormView):
    """Keep a scan of the signed paper."""

    form_class = CopyForm
    title = gettext_lazy("Getekend exemplaar bewaren")
    done_message = gettext_lazy("Het getekende exemplaar is bewaard.")

    def perform(self, data: dict[str, Any]) -> SignedCopy:
        """Keep it."""
        return attach_copy(by=self.request.user, agreement=self.agreement, upload=data["file"])


class PaperView(AgreementMixin):
    """A paper of an agreement: for the team, not for a partner, who sees the list of obligations alone."""

    permission = Permission.EVIDENCE_RECORD

    def load(self, **kwargs: Any) -> None:
        """Find the agreement, and check that one may see its papers."""
        super().load(**kwargs)
        if not can_see_papers(self.request.user, self.agreement):
            raise PermissionDenied


class AgreementPdfView(PaperView):
    """The paper to sign, in Dutch; a draft says on every page that it is one."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Make and send it."""
        return pdf_response(file_name(self.agreement), agreement_pdf(self.agreement))


class TranslationPdfView(PaperView):
    """The explanation in another language."""

    def get(self, request: HttpRequest, pk: int, language: str) -> HttpResponse:
        """Make and send it."""
        if language not in LANGUAGES:
            raise Http404
        name = file_name(self.agreement, language=language)
        return pdf_response(name, translation_pdf(self.agreement, language))


class AgreementFileView(PaperView):
    """A signed copy, or a piece of evidence of one of the obligations."""

    def load(self, **kwargs: Any) -> None:
        """Find the file among those of this agreement."""
        super().load(**kwargs)
        copies = SignedCopy.objects.filter(agreement=self.agreement).values("file")
        shown = self.agreement.dues.filter(evidence__file__isnull=False).values("evidence__file")
        files = KeptFile.objects.filter(pk__in=copies) | KeptFile.objects.filter(pk__in=shown)
        self.file = get_object_or_404(files, uuid=kwargs["file"])

    def get(self, request: HttpRequest, pk: int, file: Any) -> HttpResponse:
        """Send it."""
        return serve(self.file.file, content_type=self.file.content_type, filename=self.file.download_name)

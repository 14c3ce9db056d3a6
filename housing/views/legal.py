"""Legal files: the list, one file, who takes part, parties, claims and days."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from accounts.looks import Look
from accounts.permissions import Permission
from accounts.views.base import ActionFormView, PermissionMixin
from arsenaal.lib.keyset import page_or_first
from cases.looks import case_look
from cases.views.base import CaseActionView
from housing.actions.legal_files import edit_legal_file, join_legal_file, leave_legal_file, open_legal_file
from housing.actions.legal_parts import add_party, remove_party, save_claim, save_court_date
from housing.forms.legal import (
    ClaimForm,
    CourtDateForm,
    LegalFileEditForm,
    LegalFileNewForm,
    PartyForm,
    ReasonForm,
    TenantJoinForm,
)
from housing.legal_reading import read_legal_file
from housing.models import Claim, CourtDate, LegalFile
from housing.perms import (
    can_join_legal_file,
    can_open_legal_file,
    can_read_legal_file,
    can_work_on_legal_file,
)


class LegalFileListView(PermissionMixin, TemplateView):
    """The legal files of one's neighbourhoods: that they are there, their state and next day."""

    permission = Permission.LEGAL_FILE_READ
    template_name = "housing/legal/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Newest first, closed ones behind a tab."""
        is_closed = self.request.GET.get("state") == "closed"
        files = (
            LegalFile.objects.visible_to(self.request.user)
            .filter(closed_at__isnull=not is_closed)
            .with_next_date()
            .annotate(tenant_count=Count("tenants", filter=Q(tenants__left_at__isnull=True), distinct=True))
            .select_related("lawyer", "neighbourhood", "case")
        )
        rows = page_or_first(files, order="-opened_at", size=25, cursor=self.request.GET.get("cursor", ""))
        return super().get_context_data(page=rows, is_closed=is_closed, **kwargs)


class LegalFileMixin(PermissionMixin):
    """A page of one legal file: 404 outside one's neighbourhoods."""

    permission = Permission.LEGAL_FILE_READ
    legal_file: LegalFile

    def load(self, **kwargs: Any) -> None:
        """Find the file."""
        files = LegalFile.objects.visible_to(self.request.user).with_next_date()
        self.legal_file = get_object_or_404(
            files.select_related("lawyer", "neighbourhood", "case", "opened_by"), pk=kwargs["pk"]
        )

    def looks(self) -> Iterable[Look]:
        """The case of the file."""
        return [case_look(self.legal_file.case)]


class LegalFileView(LegalFileMixin, TemplateView):
    """One file: its content for the lawyers, its outside for the team."""

    def get_template_names(self) -> list[str]:
        """Who may not read it, gets another page, without anything in it."""
        is_open = can_read_legal_file(self.request.user, self.legal_file)
        return ["housing/legal/file.html" if is_open else "housing/legal/outside.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather the content only for who may read it."""
        user, legal_file = self.request.user, self.legal_file
        content: dict[str, Any] = {
            "legal_file": legal_file,
            "may_join": can_join_legal_file(user, legal_file),
            "tenant_count": legal_file.tenants.filter(left_at__isnull=True).count(),
        }
        if can_read_legal_file(user, legal_file):
            content |= {
                "content": read_legal_file(legal_file),
                "parties": legal_file.parties.select_related("landlord").order_by("role", "pk"),
                "may_work": can_work_on_legal_file(user, legal_file),
            }
        return super().get_context_data(**content, **kwargs)


class LegalFileNewView(CaseActionView):
    """Start the file of a case; for a block every household case takes part at once."""

    permission = Permission.LEGAL_FILE_READ
    form_class = LegalFileNewForm
    title = gettext_lazy("Juridisch dossier starten")
    submit_label = gettext_lazy("Juridisch dossier starten")
    done_message = gettext_lazy("Het juridisch dossier is gestart.")

    def may_act(self) -> bool:
        """The lawyers, and who opens cases."""
        return can_open_legal_file(self.request.user, self.case)

    def get_form_kwargs(self) -> dict[str, Any]:
        """The lawyers of this neighbourhood."""
        return {**super().get_form_kwargs(), "case": self.case}

    def get_initial(self) -> dict[str, Any]:
        """The name of the case will do; a lawyer who starts it herself is ready."""
        is_lawyer = self.request.user.access.can(Permission.LEGAL_FILE_WORK, self.case.neighbourhood_id)
        return {"title": self.case.title, "lawyer": self.request.user.pk if is_lawyer else None}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say who takes part."""
        count = self.case.children.open().count() if self.case.household_id is None else 1
        intro = _("%(n)d gezinnen doen meteen mee, met dezelfde jurist.") % {"n": count}
        if count == 1:
            intro = _("Eén gezin doet meteen mee. Andere gezinnen sluiten later aan met één druk.")
        return super().get_context_data(intro=intro, **kwargs)

    def act(self, form: forms.Form) -> str:
        """Start it."""
        legal_file = open_legal_file(by=self.request.user, case=self.case, **form.cleaned_data)
        return legal_file.get_absolute_url()


class LegalFormView(LegalFileMixin, ActionFormView):
    """A form in the content of a file: for its lawyers alone, while it runs."""

    permission = Permission.LEGAL_FILE_WORK

    def load(self, **kwargs: Any) -> None:
        """Find the file and check that one may change it."""
        super().load(**kwargs)
        if not self.may_act():
            raise PermissionDenied

    def may_act(self) -> bool:
        """Who may use this form."""
        return can_work_on_legal_file(self.request.user, self.legal_file)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Going back leads to the file, which is named above the form."""
        kwargs.setdefault("intro", self.legal_file.title)
        return super().get_context_data(cancel_url=self.legal_file.get_absolute_url(), **kwargs)

    def at(self, part: str) -> str:
        """Return the place of a part on the page of the file."""
        return f"{self.legal_file.get_absolute_url()}#{part}"


class LegalFileEditView(LegalFormView):
    """Change what holds for the whole file."""

    form_class = LegalFileEditForm
    title = gettext_lazy("Juridisch dossier aanpassen")
    done_message = gettext_lazy("Het juridisch dossier is bewaard.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """The lawyers of this neighbourhood."""
        return {**super().get_form_kwargs(), "legal_file": self.legal_file}

    def get_initial(self) -> dict[str, Any]:
        """Start from what stands there."""
        return LegalFileEditForm.initial_of(self.legal_file)

    def latest_version(self) -> int:
        """Return the version as it stands now."""
        return LegalFile.objects.get(pk=self.legal_file.pk).version

    def act(self, form: forms.Form) -> str:
        """Save it."""
        edit_legal_file(by=self.request.user, legal_file=self.legal_file, **form.cleaned_data)
        return self.legal_file.get_absolute_url()


class TenantJoinView(LegalFormView):
    """Let a household take part: with one press from the page of its case, or chosen here."""

    permission = Permission.LEGAL_FILE_READ
    form_class = TenantJoinForm
    title = gettext_lazy("Welk gezin doet mee?")
    submit_label = gettext_lazy("Laten meedoen")
    done_message = gettext_lazy("Het gezin doet mee aan het juridisch dossier.")

    def may_act(self) -> bool:
        """The lawyers, and who opens cases."""
        return can_join_legal_file(self.request.user, self.legal_file)

    def get_form_kwargs(self) -> dict[str, Any]:
        """The cases that one may see."""
        return {**super().get_form_kwargs(), "legal_file": self.legal_file, "user": self.request.user}

    def act(self, form: forms.Form) -> str:
        """Let it join."""
        join_legal_file(by=self.request.user, legal_file=self.legal_file, case=form.cleaned_data["case"])
        return self.legal_file.get_absolute_url()


class TenantLeaveView(LegalFormView):
    """A household steps out."""

    form_class = ReasonForm
    submit_label = gettext_lazy("Uit het dossier halen")
    done_message = gettext_lazy(
        "Het gezin doet niet meer mee. Wat het meebracht, komt in geen volgende bundel."
    )

    def load(self, **kwargs: Any) -> None:
        """Find the household among those that take part."""
        super().load(**kwargs)
        tenants = self.legal_file.tenants.filter(left_at__isnull=True).select_related("case")
        self.tenant = get_object_or_404(tenants, pk=kwargs["tenant"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the household."""
        title = _("Stapt %(title)s eruit?") % {"title": self.tenant.case.title}
        return super().get_context_data(title=title, **kwargs)

    def act(self, form: forms.Form) -> str:
        """Let it leave."""
        leave_legal_file(by=self.request.user, tenant=self.tenant, reason=form.cleaned_data["reason"])
        return self.legal_file.get_absolute_url()


class PartyNewView(LegalFormView):
    """Add a party."""

    form_class = PartyForm
    title = gettext_lazy("Partij toevoegen")
    done_message = gettext_lazy("De partij is bewaard.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """The landlords that one may see."""
        return {**super().get_form_kwargs(), "legal_file": self.legal_file, "user": self.request.user}

    def act(self, form: forms.Form) -> str:
        """Add it."""
        add_party(by=self.request.user, legal_file=self.legal_file, **form.cleaned_data)
        return self.at("partijen")


class PartyRemoveView(LegalFormView):
    """Take a party out."""

    form_class = forms.Form
    submit_label = gettext_lazy("Partij weghalen")
    done_message = gettext_lazy("De partij is weg uit dit dossier.")

    def load(self, **kwargs: Any) -> None:
        """Find the party."""
        super().load(**kwargs)
        self.party = get_object_or_404(self.legal_file.parties, pk=kwargs["party"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the party."""
        return super().get_context_data(title=_("%(name)s weghalen?") % {"name": self.party}, **kwargs)

    def act(self, form: forms.Form) -> str:
        """Remove it."""
        remove_party(by=self.request.user, party=self.party)
        return self.at("partijen")


class ClaimFormView(LegalFormView):
    """A claim: new, or as it stands now."""

    form_class = ClaimForm
    done_message = gettext_lazy("De vordering is bewaard.")
    claim: Claim | None = None

    def load(self, **kwargs: Any) -> None:
        """Find the claim in this file."""
        super().load(**kwargs)
        if "claim" in kwargs:
            claims = Claim.objects.filter(tenant__legal_file=self.legal_file)
            self.claim = get_object_or_404(claims, pk=kwargs["claim"])

    def get_form_kwargs(self) -> dict[str, Any]:
        """The households that take part."""
        return {**super().get_form_kwargs(), "legal_file": self.legal_file}

    def get_initial(self) -> dict[str, Any]:
        """Start from what stands there, or from the household where somebody pressed."""
        if self.claim is not None:
            return ClaimForm.initial_of(self.claim)
        return {"tenant": self.request.GET.get("tenant")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what is being done."""
        title = _("Vordering aanpassen") if self.claim else _("Vordering toevoegen")
        return super().get_context_data(title=title, **kwargs)

    def latest_version(self) -> int | None:
        """Return the version as it stands now."""
        return Claim.objects.get(pk=self.claim.pk).version if self.claim else None

    def act(self, form: forms.Form) -> str:
        """Save it."""
        save_claim(by=self.request.user, claim=self.claim, **form.cleaned_data)
        return self.at("huurders")


class CourtDateFormView(LegalFormView):
    """A day with consequences: new, or as it stands now."""

    form_class = CourtDateForm
    done_message = gettext_lazy("De datum is bewaard. Het team ziet de dag, niet waarover het gaat.")
    court_date: CourtDate | None = None

    def load(self, **kwargs: Any) -> None:
        """Find the day in this file."""
        super().load(**kwargs)
        if "date" in kwargs:
            self.court_date = get_object_or_404(self.legal_file.dates, pk=kwargs["date"])

    def get_initial(self) -> dict[str, Any]:
        """Start from what stands there."""
        return CourtDateForm.initial_of(self.court_date) if self.court_date else {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what is being done."""
        title = _("Datum aanpassen") if self.court_date else _("Zitting of termijn toevoegen")
        return super().get_context_data(title=title, **kwargs)

    def latest_version(self) -> int | None:
        """Return the version as it stands now."""
        return CourtDate.objects.get(pk=self.court_date.pk).version if self.court_date else None

    def act(self, form: forms.Form) -> str:
        """Save it."""
        save_court_date(
            by=self.request.user,
            legal_file=self.legal_file,
            court_date=self.court_date,
            **form.cleaned_data,
        )
        return self.at("data")

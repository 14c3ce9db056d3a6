"""Exhibits, permissions and bundles of a legal file: for its lawyers alone."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView

from accounts.looks import Look
from accounts.permissions import Permission
from accounts.views.base import ActionFormView, PermissionMixin
from arsenaal.lib.uploads import serve
from cases.looks import case_look
from housing.actions.bundles import request_bundle, retry_bundle
from housing.actions.exhibits import (
    add_exhibits,
    bundles_holding,
    give_permission,
    remove_exhibit,
    withdraw_permission,
)
from housing.enums_legal import BundleState
from housing.forms.legal import (
    BundleForm,
    ExhibitNewForm,
    PermissionForm,
    PermissionWithdrawForm,
    ReasonForm,
)
from housing.models import Bundle, Evidence, Exhibit, ExhibitPermission, LegalFile
from housing.perms import can_read_legal_file, can_work_on_legal_file
from housing.views.legal import LegalFormView


class ExhibitNewView(LegalFormView):
    """Give evidence its number."""

    form_class = ExhibitNewForm
    title = gettext_lazy("Stukken nummeren")
    submit_label = gettext_lazy("Nummers geven")
    done_message = gettext_lazy("De stukken hebben hun nummer. Noteer nu de toestemming van elk gezin.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Evidence of those who take part that has no number here yet."""
        cases = self.legal_file.tenants.filter(left_at__isnull=True).values("case")
        evidence = (
            (
                Evidence.objects.standing().filter(case__in=cases)
                | Evidence.objects.standing().filter(case=self.legal_file.case)
            )
            .exclude(exhibits__legal_file=self.legal_file)
            .select_related("case")
            .order_by("case__title", "about_on", "pk")
        )
        self.has_evidence = evidence.exists()
        return {**super().get_form_kwargs(), "evidence": evidence}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say so when there is nothing to number."""
        if "form" not in kwargs:
            kwargs["form"] = self.get_form()
        if not self.has_evidence:
            kwargs["intro"] = _(
                "Er is geen bewijs zonder nummer. Voeg eerst bewijs toe bij het dossier van een gezin of van het blok."
            )
        return super().get_context_data(**kwargs)

    def act(self, form: forms.Form) -> str:
        """Number them."""
        add_exhibits(by=self.request.user, legal_file=self.legal_file, evidence=form.cleaned_data["evidence"])
        return self.at("stukken")


class ExhibitRemoveView(LegalFormView):
    """Take an exhibit out; its number stays with it."""

    form_class = ReasonForm
    submit_label = gettext_lazy("Stuk eruit halen")
    done_message = gettext_lazy(
        "Het stuk komt in geen volgende bundel. Het nummer wordt niet opnieuw gebruikt."
    )

    def load(self, **kwargs: Any) -> None:
        """Find the exhibit."""
        super().load(**kwargs)
        self.exhibit = get_object_or_404(
            Exhibit.objects.filter(legal_file=self.legal_file, removed_at__isnull=True), pk=kwargs["exhibit"]
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name it, and say in which bundles it already is."""
        return super().get_context_data(
            title=_("Stuk %(number)d eruit halen?") % {"number": self.exhibit.number},
            intro=f"{self.exhibit.title}. {held_words(self.exhibit)}",
            **kwargs,
        )

    def act(self, form: forms.Form) -> str:
        """Take it out."""
        remove_exhibit(by=self.request.user, exhibit=self.exhibit, reason=form.cleaned_data["reason"])
        return self.at("stukken")


def held_words(exhibit: Exhibit) -> str:
    """Say in which earlier bundles an exhibit is."""
    bundles = bundles_holding(exhibit)
    if not bundles:
        return _("Het zit nog in geen enkele bundel.")
    return ngettext(
        "Het zit al in bundel %(numbers)s; die bestaat en verandert niet.",
        "Het zit al in de bundels %(numbers)s; die bestaan en veranderen niet.",
        len(bundles),
    ) % {"numbers": ", ".join(str(bundle.number) for bundle in bundles)}


class PermissionGiveView(LegalFormView):
    """Somebody of a household permits to show its exhibits."""

    form_class = PermissionForm
    done_message = gettext_lazy("De toestemming is bewaard.")

    def load(self, **kwargs: Any) -> None:
        """Find the household among those that take part."""
        super().load(**kwargs)
        tenants = self.legal_file.tenants.filter(left_at__isnull=True).select_related("case")
        self.tenant = get_object_or_404(tenants, pk=kwargs["tenant"])

    def get_form_kwargs(self) -> dict[str, Any]:
        """The exhibits of this household."""
        exhibits = Exhibit.objects.filter(
            legal_file=self.legal_file, evidence__case=self.tenant.case, removed_at__isnull=True
        ).order_by("number")
        return {**super().get_form_kwargs(), "tenant": self.tenant, "exhibits": exhibits}

    def get_initial(self) -> dict[str, Any]:
        """What has no permission yet is ticked."""
        waiting = Exhibit.objects.filter(
            legal_file=self.legal_file, evidence__case=self.tenant.case, removed_at__isnull=True
        ).exclude(permissions__withdrawn_at__isnull=True, permissions__isnull=False)
        return {"exhibits": list(waiting.values_list("pk", flat=True))}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the household, and say what it means."""
        return super().get_context_data(
            title=_("Toestemming van %(title)s") % {"title": self.tenant.case.title},
            intro=_(
                "Zonder toestemming komt een stuk in geen enkele bundel. Intrekken kan altijd en werkt meteen."
            ),
            **kwargs,
        )

    def act(self, form: forms.Form) -> str:
        """Record it."""
        data = {**form.cleaned_data, "exhibits": list(form.cleaned_data["exhibits"])}
        give_permission(by=self.request.user, **data)
        return self.at("stukken")


class PermissionWithdrawView(LegalFormView):
    """A household takes a permission back; also in a file that was closed."""

    form_class = PermissionWithdrawForm
    submit_label = gettext_lazy("Toestemming intrekken")

    def may_act(self) -> bool:
        """Taking back must always be possible."""
        return can_read_legal_file(self.request.user, self.legal_file)

    def load(self, **kwargs: Any) -> None:
        """Find the permission that stands."""
        super().load(**kwargs)
        self.given = get_object_or_404(
            ExhibitPermission.objects.standing()
            .filter(exhibit__legal_file=self.legal_file)
            .select_related("exhibit__evidence__case", "person"),
            pk=kwargs["permission"],
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which exhibit, and in which bundles it already is."""
        exhibit = self.given.exhibit
        return super().get_context_data(
            title=_("Toestemming voor stuk %(number)d intrekken?") % {"number": exhibit.number},
            intro=f"{exhibit.title} · {self.given.person}. {held_words(exhibit)}",
            **kwargs,
        )

    def act(self, form: forms.Form) -> str:
        """Take it back, and say which bundles hold it."""
        withdraw_permission(by=self.request.user, permission=self.given, how=form.cleaned_data["how"])
        messages.warning(
            self.request,
            _("Ingetrokken: het stuk komt in geen volgende bundel. %(held)s")
            % {"held": held_words(self.given.exhibit)},
        )
        return self.at("stukken")


class BundleNewView(LegalFormView):
    """Ask for a bundle."""

    form_class = BundleForm
    title = gettext_lazy("Bundel maken")
    submit_label = gettext_lazy("Bundel maken")

    def get_form_kwargs(self) -> dict[str, Any]:
        """The households that take part."""
        return {**super().get_form_kwargs(), "legal_file": self.legal_file}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what will be in it."""
        intro = _(
            "Alleen stukken met toestemming komen erin, en wat van het hele blok is. De bundel wordt op de achtergrond "
            "gemaakt en verandert daarna niet meer."
        )
        return super().get_context_data(intro=intro, **kwargs)

    def act(self, form: forms.Form) -> str:
        """Ask, and go and watch."""
        bundle = request_bundle(
            by=self.request.user, legal_file=self.legal_file, tenant=form.cleaned_data["tenant"]
        )
        return bundle.get_absolute_url()


class BundleMixin(PermissionMixin):
    """A page of one bundle: 404 outside one's neighbourhoods, for the lawyers alone."""

    permission = Permission.LEGAL_FILE_WORK
    bundle: Bundle

    def load(self, **kwargs: Any) -> None:
        """Find the bundle."""
        bundles = Bundle.objects.filter(legal_file__in=LegalFile.objects.visible_to(self.request.user))
        self.bundle = get_object_or_404(
            bundles.select_related("legal_file__case", "tenant__case", "requested_by"), uuid=kwargs["uuid"]
        )
        if not can_read_legal_file(self.request.user, self.bundle.legal_file):
            raise PermissionDenied

    def looks(self) -> Iterable[Look]:
        """The case of the file."""
        return [case_look(self.bundle.legal_file.case)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the page its bundle."""
        return super().get_context_data(  # type: ignore[misc]
            bundle=self.bundle,
            legal_file=self.bundle.legal_file,
            items=self.bundle.items.select_related("exhibit").order_by("exhibit__number"),
            may_work=can_work_on_legal_file(self.request.user, self.bundle.legal_file),
            **kwargs,
        )


class BundleView(BundleMixin, TemplateView):
    """How far it is, or what is in it."""

    template_name = "housing/legal/bundle.html"


class BundleProgressView(BundleMixin, TemplateView):
    """How far it is, fetched every two seconds while it is being made."""

    template_name = "housing/legal/_bundle_progress.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Once there is nothing left to wait for, have the whole page shown."""
        if not request.htmx:
            raise Http404
        response = super().get(request, *args, **kwargs)
        if not self.bundle.is_unfinished:
            response["HX-Refresh"] = "true"
        response["Cache-Control"] = "no-store"
        return response


class BundleRetryView(BundleMixin, ActionFormView):
    """Have a bundle made once more that failed."""

    form_class = forms.Form
    title = gettext_lazy("De bundel opnieuw maken?")
    submit_label = gettext_lazy("Opnieuw proberen")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Going back leads to the bundle."""
        return super().get_context_data(cancel_url=self.bundle.get_absolute_url(), **kwargs)

    def act(self, form: forms.Form) -> str:
        """Ask again."""
        retry_bundle(by=self.request.user, bundle=self.bundle)
        return self.bundle.get_absolute_url()


class BundleFileView(BundleMixin):
    """The PDF or the ZIP."""

    def get(self, request: HttpRequest, uuid: Any, kind: str) -> HttpResponse:
        """Send it, under a name that names no family."""
        if self.bundle.state != BundleState.DONE or kind not in ("pdf", "zip"):
            raise Http404
        file = self.bundle.pdf if kind == "pdf" else self.bundle.archive
        name = f"bundel-{slugify(self.bundle.legal_file.case.number)}-v{self.bundle.number}.{kind}"
        content_type = "application/pdf" if kind == "pdf" else "application/zip"
        return serve(file, content_type=content_type, filename=name, as_attachment=True)

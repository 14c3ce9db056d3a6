"""Documents of a case: adding, looking, correcting, taking away. Out only to who may read them."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from arsenaal.lib.uploads import serve
from cases.actions.documents import add_document, correct_document, remove_document
from cases.forms.documents import DocumentCorrectForm, DocumentForm
from cases.forms.entries import RedactForm
from cases.models import Consent, Document
from cases.perms import (
    can_correct_document,
    can_redact_entry,
    can_release,
    documents_open_to,
    sees_team_work,
)
from cases.releases import releases_of
from cases.views.base import CaseActionView, CaseMixin
from cases.views.entries import WriteView


def document_url(document: Document) -> str:
    """Return the page of a document."""
    return reverse("cases:document", args=[document.case.number, document.uuid])


class DocumentNewView(WriteView):
    """Add a document; with ?consent= it is the sheet that was signed for that consent."""

    form_class = DocumentForm
    title = _("Document toevoegen")
    submit_label = _("Document bewaren")
    done_message = _("Het document staat bij het dossier.")
    consent: Consent | None = None

    def load(self, **kwargs: Any) -> None:
        """Find the case, and the consent that the sheet belongs to."""
        super().load(**kwargs)
        wanted = self.request.GET.get("consent", "")
        if wanted:
            consents = Consent.objects.visible_to(self.request.user).filter(case=self.case)
            self.consent = get_object_or_404(consents, pk=int(wanted) if wanted.isdecimal() else 0)

    def get_form_kwargs(self) -> dict[str, Any]:
        """A signed sheet starts with its own title."""
        return {**super().get_form_kwargs(), "is_sheet": self.consent is not None}

    def act(self, form: forms.Form) -> str:
        """Add it."""
        document = add_document(
            by=self.request.user, case=self.case, consent=self.consent, **form.cleaned_data
        )
        return document_url(document)


class DocumentMixin(CaseMixin):
    """One document: 404 for one that this user can't read or that was emptied."""

    document: Document

    def load(self, **kwargs: Any) -> None:
        """Find it within the circles of this reader."""
        self.name = kwargs["document"]
        super().load(**kwargs)
        self.find()

    def find(self) -> None:
        """Find the document of this case."""
        self.document = get_object_or_404(self.readable(), uuid=self.name)
        self.document.case = self.document.entry.case = self.case

    def readable(self) -> QuerySet[Document]:
        """What this user may read of this case."""
        rows = Document.objects.kept().filter(documents_open_to(self.request.user, self.case), case=self.case)
        return rows.select_related("entry", "author")


class DocumentView(DocumentMixin, TemplateView):
    """A document with what is written beside it, and to whom it was released."""

    template_name = "cases/document.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather it, and what this user may do with it."""
        user = self.request.user
        kwargs["document"] = self.document  # instead of its name in the address
        return super().get_context_data(
            releases=list(releases_of(self.case).not_ended().filter(document=self.document)),
            consents=list(self.document.signed_consents.order_by("pk"))
            if sees_team_work(user, self.case)
            else [],
            may_correct=can_correct_document(user, self.document),
            may_remove=can_redact_entry(user, self.document.entry),
            may_release=can_release(user, self.document) and self.case.is_open,
            **kwargs,
        )


class DocumentFileView(DocumentMixin):
    """The file itself."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send it: a picture in the page or by itself, anything else as a download."""
        extension = "pdf" if self.document.content_type == "application/pdf" else "jpg"
        stem = slugify(f"{self.document.dated_on} {self.document.title}") or "document"
        return serve(
            self.document.file,
            content_type=self.document.content_type,
            filename=f"{stem}.{extension}",
            as_attachment=bool(request.GET.get("download")),
        )


class DocumentActionView(DocumentMixin, CaseActionView):
    """A form about one document."""

    def may_act(self) -> bool:
        """Find the document first: 404 comes before 403."""
        self.find()
        return self.may_act_on_document()

    def may_act_on_document(self) -> bool:
        """Who may use this form."""
        raise NotImplementedError

    def load(self, **kwargs: Any) -> None:
        """Find the case, the document, and check."""
        self.name = kwargs["document"]
        CaseMixin.load(self, **kwargs)
        if not self.may_act():
            raise PermissionDenied

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show what it is about; going back leads to the document."""
        return {
            **super().get_context_data(document=self.document, entry=self.document.entry, **kwargs),
            "cancel_url": document_url(self.document),
        }


class DocumentCorrectView(DocumentActionView):
    """Correct what stands beside a file that one added oneself."""

    form_class = DocumentCorrectForm
    title = _("Document verbeteren")
    submit_label = _("Verbetering bewaren")
    done_message = _("De verbetering is bewaard. Wat er eerst stond, blijft op de tijdlijn te lezen.")

    def may_act_on_document(self) -> bool:
        """Only who added it."""
        return can_correct_document(self.request.user, self.document)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Start with what stands there."""
        return {**super().get_form_kwargs(), "document": self.document}

    def latest_version(self) -> int:
        """The version as it stands now."""
        return Document.objects.get(pk=self.document.pk).version

    def act(self, form: forms.Form) -> str:
        """Correct it."""
        correct_document(by=self.request.user, document=self.document, **form.cleaned_data)
        return document_url(self.document)


class DocumentRemoveView(DocumentActionView):
    """Delete what is in a document, with a reason; also in a closed case."""

    form_class = RedactForm
    template_name = "cases/document_remove.html"
    title = _("Document weghalen")
    submit_label = _("Document weghalen")
    done_message = _("Het document is weg. Dat het er was, wie het weghaalde en waarom blijft staan.")

    def may_act_on_document(self) -> bool:
        """Who added it, and the lead."""
        return can_redact_entry(self.request.user, self.document.entry)

    def act(self, form: forms.Form) -> str:
        """Take it away."""
        remove_document(by=self.request.user, document=self.document, **form.cleaned_data)
        return f"{self.case.get_absolute_url()}#timeline"

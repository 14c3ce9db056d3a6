"""Writing on the timeline: note, contact, correction, redaction, pin."""

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from cases.actions.correct_entry import CORRECTABLE_KINDS, correct_entry
from cases.actions.log_contact import log_contact
from cases.actions.pin_entry import pin_entry, unpin_entry
from cases.actions.redact_entry import redact_entry
from cases.actions.write_note import write_note
from cases.forms.contact import ContactForm
from cases.forms.entries import CorrectForm, RedactForm
from cases.forms.note import NoteForm
from cases.models import TimelineEntry
from cases.perms import can_correct_entry, can_redact_entry, can_work_on_case, open_to
from cases.views.base import CaseActionView


def entry_url(entry: TimelineEntry) -> str:
    """Return the place of an entry on the page of its case."""
    return f"{entry.case.get_absolute_url()}#entry-{entry.pk}"


class WriteView(CaseActionView):
    """A form that offers the circles of this writer in this case."""

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form needs to know who writes, and where."""
        return {**super().get_form_kwargs(), "user": self.request.user, "case": self.case}


class NoteNewView(WriteView):
    """Write a note."""

    form_class = NoteForm
    title = _("Notitie")
    submit_label = _("Notitie bewaren")
    done_message = _("Je notitie staat op de tijdlijn.")

    def act(self, form: forms.Form) -> str:
        """Write it."""
        return entry_url(write_note(by=self.request.user, case=self.case, **form.cleaned_data))


class ContactNewView(WriteView):
    """Log a contact."""

    form_class = ContactForm
    template_name = "cases/contact_form.html"
    title = _("Contact met het gezin")
    submit_label = _("Contact bewaren")
    done_message = _("Het contact staat op de tijdlijn.")

    def act(self, form: forms.Form) -> str:
        """Log it."""
        return entry_url(log_contact(by=self.request.user, case=self.case, **form.cleaned_data))


class EntryActionView(CaseActionView):
    """A form about one entry of this case: 404 for one that the user can't read."""

    entry: TimelineEntry

    def load(self, **kwargs: Any) -> None:
        """Find the case, then the entry in it, then check that one may do this."""
        self.entry_id = kwargs["pk"]
        super().load(**kwargs)

    def may_act(self) -> bool:
        """Find the entry; then who may do this with it."""
        entries = TimelineEntry.objects.filter(open_to(self.request.user, self.case), case=self.case)
        self.entry = get_object_or_404(entries, pk=self.entry_id)
        self.entry.case = self.case
        return self.may_act_on_entry()

    def may_act_on_entry(self) -> bool:
        """Whoever may work on the case, unless the view knows better."""
        return can_work_on_case(self.request.user, self.case)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show what it is about."""
        return super().get_context_data(entry=self.entry, **kwargs)


class EntryCorrectView(EntryActionView):
    """Correct a note or a contact that one wrote oneself."""

    form_class = CorrectForm
    template_name = "cases/entry_correct.html"
    title = _("Verbeteren")
    submit_label = _("Verbetering bewaren")
    done_message = _("De verbetering staat op de tijdlijn. Wat er eerst stond, blijft eronder te lezen.")

    def may_act_on_entry(self) -> bool:
        """Only the author, and only words that he typed himself."""
        return self.entry.kind in CORRECTABLE_KINDS and can_correct_entry(self.request.user, self.entry)

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form starts with what stands there."""
        return {**super().get_form_kwargs(), "entry": self.entry}

    def act(self, form: forms.Form) -> str:
        """Correct it."""
        return entry_url(correct_entry(by=self.request.user, entry=self.entry, **form.cleaned_data))


class EntryRedactView(EntryActionView):
    """Take the words of an entry away; also in a closed case."""

    form_class = RedactForm
    template_name = "cases/entry_redact.html"
    title = _("Tekst weghalen")
    submit_label = _("Tekst weghalen")
    done_message = _("De tekst is weg. Dat er iets gebeurde, wie het weghaalde en waarom blijft staan.")

    def may_act_on_entry(self) -> bool:
        """The author and the lead."""
        return can_redact_entry(self.request.user, self.entry)

    def act(self, form: forms.Form) -> str:
        """Redact it."""
        return entry_url(redact_entry(by=self.request.user, entry=self.entry, **form.cleaned_data))


class EntryPinView(EntryActionView):
    """Keep an entry on top."""

    http_method_names = ["post"]
    form_class = forms.Form
    title = _("Vastzetten")
    submit_label = _("Nog eens proberen")
    done_message = _("Dit staat nu bovenaan de tijdlijn, voor het hele team.")

    def act(self, form: forms.Form) -> str:
        """Pin it."""
        pin_entry(by=self.request.user, case=self.case, entry=self.entry)
        return f"{self.case.get_absolute_url()}#timeline"


class EntryUnpinView(EntryPinView):
    """Let an entry go back to its own place."""

    title = _("Losmaken")
    done_message = _("Dit staat weer op zijn eigen plaats.")

    def act(self, form: forms.Form) -> str:
        """Unpin it."""
        unpin_entry(by=self.request.user, case=self.case, entry=self.entry)
        return entry_url(self.entry)

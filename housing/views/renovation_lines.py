"""What is written with a renovation: one set of pages for scans, works, quotes, support and progress."""

import uuid
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from arsenaal.lib.uploads import serve
from housing.actions.renovation_lines import (
    FIELDS,
    LINES,
    add_line,
    choose_quote,
    decide_support,
    edit_line,
    lines_of,
    remove_progress_photo,
    restore_line,
    strike_line,
    unchoose_quote,
)
from housing.forms.renovations import LINE_FORMS, TODAY, ReasonForm, SupportDecisionForm
from housing.models import ProgressPhoto
from housing.renovation_rules import SupportRules, month_names
from housing.views.agreements import NothingAskedForm
from housing.views.correctable_lines import OfKind, OfOne, PutsBack, Strikes
from housing.views.renovations import RenovationFormView, RenovationMixin

_NEW = {
    "scan": gettext_lazy("Energiescan noteren"),
    "list": gettext_lazy("Werkenlijst maken"),
    "work": gettext_lazy("Werk toevoegen"),
    "quote": gettext_lazy("Offerte noteren"),
    "support": gettext_lazy("Premie of lening noteren"),
    "progress": gettext_lazy("Vordering noteren"),
}
_EDIT = {
    "scan": gettext_lazy("Energiescan verbeteren"),
    "list": gettext_lazy("Werkenlijst aanpassen"),
    "work": gettext_lazy("Werk bijwerken"),
    "quote": gettext_lazy("Offerte verbeteren"),
    "support": gettext_lazy("Aanvraag verbeteren"),
    "progress": gettext_lazy("Vordering verbeteren"),
}


class LineFormView(OfKind, RenovationFormView):
    """A form about lines of one kind."""

    lines, line_forms = LINES, LINE_FORMS

    def own_url(self) -> str:
        """Return where on the page it stands."""
        part = "works" if self.kind in ("list", "work", "quote") else self.kind
        return f"{self.renovation.get_absolute_url()}#{part}"


class LineNewView(LineFormView):
    """A new line."""

    done_message = gettext_lazy("Het staat erbij.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form offers the lists of this renovation."""
        return {**super().get_form_kwargs(), "renovation": self.renovation, "is_new": True}

    def get_initial(self) -> dict[str, Any]:
        """Today, and the list where it was pressed."""
        found: dict[str, Any] = {}
        if self.kind in TODAY:
            found[TODAY[self.kind]] = timezone.localdate()
        if self.request.GET.get("list", "").isdecimal():
            found["works_list"] = self.request.GET["list"][:12]
        if self.request.GET.get("what", "") == "fund":
            found["kind"] = "fund"
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say in a month without requests that the Noodkoopfonds takes none now."""
        intro = ""
        if self.kind == "support":
            today, rules = timezone.localdate(), SupportRules.read()
            if rules.is_closed(today):
                intro = _("Let op: in %(months)s neemt het Noodkoopfonds geen aanvragen.") % {
                    "months": month_names(rules.closed_months(today))
                }
        return super().get_context_data(title=_NEW[self.kind], intro=intro, **kwargs)

    def act(self, form: forms.Form) -> str:
        """Add it."""
        values = dict(form.cleaned_data)
        uploads = values.pop("photos", [])
        add_line(
            by=self.request.user, renovation=self.renovation, kind=self.kind, values=values, uploads=uploads
        )
        return self.own_url()


class OneLineView(OfOne, LineFormView):
    """A form about one line."""

    def load(self, **kwargs: Any) -> None:
        """Find the line among those of this renovation."""
        super().load(**kwargs)
        self.line = get_object_or_404(lines_of(self.renovation, self.kind), pk=kwargs["line"])


class LineEditView(OneLineView):
    """A correction, or how far a work is."""

    done_message = gettext_lazy("Het is bewaard.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form offers the lists of this renovation."""
        return {**super().get_form_kwargs(), "renovation": self.renovation, "is_new": False}

    def get_initial(self) -> dict[str, Any]:
        """Start from what stands there."""
        found = {name: getattr(self.line, name) for name in FIELDS[self.kind]}
        return found | {"version": self.line.version}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what it is."""
        return super().get_context_data(title=_EDIT[self.kind], **kwargs)

    def act(self, form: forms.Form) -> str:
        """Save it."""
        values = dict(form.cleaned_data)
        uploads, version = values.pop("photos", []), values.pop("version")
        edit_line(by=self.request.user, line=self.line, version=version, values=values, uploads=uploads)
        return self.own_url()


class LineStrikeView(Strikes, OneLineView):
    """A mistake."""

    action = staticmethod(strike_line)


class LineRestoreView(PutsBack, OneLineView):
    """It was no mistake."""

    action = staticmethod(restore_line)


class QuoteChooseView(OneLineView):
    """This one, and why."""

    kind = "quote"
    title = gettext_lazy("Offerte kiezen")
    submit_label = gettext_lazy("Deze offerte kiezen")
    done_message = gettext_lazy("De keuze is bewaard.")

    def get_form_class(self) -> type[forms.Form]:
        """Asks why."""
        return ReasonForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which, and whether it can still be accepted."""
        intro = f"{self.line.contractor}: {self.line.amount_label}"
        if self.line.is_expired_on(timezone.localdate()):
            intro = _("%(what)s. Deze offerte is vervallen: vraag eerst of ze nog geldt.") % {"what": intro}
        return super().get_context_data(intro=intro, **kwargs)

    def act(self, form: forms.Form) -> str:
        """Choose it."""
        choose_quote(by=self.request.user, quote=self.line, **form.cleaned_data)
        return self.own_url()


class QuoteUnchooseView(OneLineView):
    """Not this one after all."""

    kind = "quote"
    title = gettext_lazy("Keuze ongedaan maken?")
    submit_label = gettext_lazy("Keuze ongedaan maken")
    done_message = gettext_lazy("Er is geen offerte meer gekozen.")

    def get_form_class(self) -> type[forms.Form]:
        """Asks nothing."""
        return NothingAskedForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which."""
        return super().get_context_data(intro=self.line.contractor, **kwargs)

    def act(self, form: forms.Form) -> str:
        """Take it back."""
        unchoose_quote(by=self.request.user, quote=self.line)
        return self.own_url()


class SupportDecideView(OneLineView):
    """What was decided about a premium or a loan."""

    kind = "support"
    title = gettext_lazy("Beslissing noteren")
    submit_label = gettext_lazy("Beslissing bewaren")
    done_message = gettext_lazy("De beslissing is bewaard.")

    def get_form_class(self) -> type[forms.Form]:
        """The decision."""
        return SupportDecisionForm

    def get_initial(self) -> dict[str, Any]:
        """Start from what stands there."""
        support = self.line
        return {
            "state": support.state,
            "decided_on": support.decided_on,
            "granted": support.granted,
            "note": support.decision_note,
            "version": support.version,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what was asked."""
        name = SupportRules.read().name(self.line)
        intro = f"{name}: {self.line.asked_label}" if self.line.asked is not None else name
        return super().get_context_data(intro=intro, **kwargs)

    def act(self, form: forms.Form) -> str:
        """Keep it."""
        decide_support(by=self.request.user, support=self.line, **form.cleaned_data)
        return self.own_url()


class ProgressPhotoView(RenovationMixin):
    """A photo of the works, or its thumbnail with ?size=small."""

    def load(self, **kwargs: Any) -> None:
        """Find it among those of this renovation."""
        super().load(**kwargs)
        photos = ProgressPhoto.objects.filter(line__renovation=self.renovation)
        self.photo = get_object_or_404(photos, uuid=kwargs["photo"])

    def get(self, request: HttpRequest, pk: int, photo: uuid.UUID) -> HttpResponse:
        """Send it."""
        file = self.photo.thumbnail if request.GET.get("size") == "small" else self.photo.file
        return serve(file, content_type="image/jpeg", filename=f"foto-{self.photo.pk}.jpg")


class PhotoRemoveView(RenovationFormView):
    """Take a photo away."""

    form_class = NothingAskedForm
    title = gettext_lazy("Foto weghalen?")
    submit_label = gettext_lazy("Foto weghalen")
    done_message = gettext_lazy("De foto is weg.")

    def load(self, **kwargs: Any) -> None:
        """Find it among those of this renovation."""
        super().load(**kwargs)
        photos = ProgressPhoto.objects.filter(line__renovation=self.renovation)
        self.photo = get_object_or_404(photos.select_related("line__renovation__case"), uuid=kwargs["photo"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say that it can't be undone."""
        return super().get_context_data(intro=_("Dit kan niet ongedaan gemaakt worden."), **kwargs)

    def perform(self, data: dict[str, Any]) -> None:
        """Remove it."""
        remove_progress_photo(by=self.request.user, photo=self.photo)

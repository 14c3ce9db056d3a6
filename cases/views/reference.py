"""Dated reference data, kept by an administrator: what holds now, what held before, what is still to be confirmed."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from accounts.permissions import Permission
from accounts.views.base import ActionFormView, PermissionMixin
from arsenaal.lib.registries import ReferenceCode, reference_codes
from cases.actions.reference import confirm_reference_value, enter_reference_value
from cases.forms.reference import ReferenceConfirmForm, ReferenceValueForm
from cases.models import ReferenceValue
from cases.reference import default_value, value_on, values_on


@dataclass(frozen=True)
class ReferenceRow:
    """A code with the value that holds today."""

    spec: ReferenceCode
    value: ReferenceValue


class ReferenceView(PermissionMixin, TemplateView):
    """Every code by group with what holds today. `?only=doubt` leaves what is still to be confirmed."""

    permission = Permission.REFERENCE_MANAGE
    template_name = "cases/reference.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather it in one query."""
        values = values_on([spec.code for spec in reference_codes], timezone.localdate())
        rows = [ReferenceRow(spec, values[spec.code]) for spec in reference_codes]
        doubtful = [row for row in rows if not row.value.is_certain]
        only_doubt = self.request.GET.get("only") == "doubt"
        groups: dict[str, list[ReferenceRow]] = {}
        for row in doubtful if only_doubt else rows:
            groups.setdefault(str(row.spec.group), []).append(row)
        return super().get_context_data(
            groups=[{"name": name, "slug": slugify(name), "rows": found} for name, found in groups.items()],
            total=len(rows),
            doubtful=len(doubtful),
            only_doubt=only_doubt,
            **kwargs,
        )


class ReferenceCodeMixin(PermissionMixin):
    """A page of one code: 404 when no package knows it."""

    permission = Permission.REFERENCE_MANAGE
    spec: ReferenceCode

    def load(self, **kwargs: Any) -> None:
        """Find the code."""
        if kwargs["code"] not in reference_codes:
            raise Http404
        self.spec = reference_codes.get(kwargs["code"])

    @property
    def code_url(self) -> str:
        """The page of this code."""
        return reverse("cases:reference-code", args=[self.spec.code])


class ReferenceCodeView(ReferenceCodeMixin, TemplateView):
    """One code: what holds now, what will hold, what held before."""

    template_name = "cases/reference_code.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather the history, newest first."""
        found = ReferenceValue.objects.filter(code=self.spec.code).select_related(
            "entered_by", "confirmed_by"
        )
        history = list(found.order_by("-valid_from")) or [default_value(self.spec)]
        today = timezone.localdate()
        current = next((value for value in history if value.valid_from <= today), None)
        return super().get_context_data(
            spec=self.spec, history=history, current=current, today=today, **kwargs
        )


class ReferenceNewView(ReferenceCodeMixin, ActionFormView):
    """Enter the next value of a code."""

    form_class = ReferenceValueForm
    submit_label = _("Waarde bewaren")
    done_message = _("De nieuwe waarde is bewaard. Wat ervoor gold, blijft staan.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form fits the kind of value."""
        return {**super().get_form_kwargs(), "spec": self.spec}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what it is about and what holds now; going back leads to the code."""
        current = value_on(self.spec.code, timezone.localdate())
        return super().get_context_data(
            title=self.spec.label,
            intro=_("Nu geldt: %(value)s.") % {"value": current.shown},
            cancel_url=self.code_url,
            **kwargs,
        )

    def act(self, form: forms.Form) -> str:
        """Enter it."""
        enter_reference_value(by=self.request.user, code=self.spec.code, **form.cleaned_data)
        return self.code_url


class ReferenceConfirmView(ReferenceCodeMixin, ActionFormView):
    """Say that a doubtful value is right, and where that stands."""

    form_class = ReferenceConfirmForm
    submit_label = _("Bevestigen")
    done_message = _("De waarde is bevestigd.")

    def load(self, **kwargs: Any) -> None:
        """Find the value: the program's own when nothing was entered yet can't be confirmed before it is loaded."""
        super().load(**kwargs)
        self.value = get_object_or_404(ReferenceValue, code=self.spec.code, pk=kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which value, and where it came from."""
        return super().get_context_data(
            title=_("%(label)s: klopt %(value)s?") % {"label": self.spec.label, "value": self.value.shown},
            intro=_("Tot nu toe staat dit op: %(source)s.") % {"source": self.value.source},
            cancel_url=self.code_url,
            **kwargs,
        )

    def act(self, form: forms.Form) -> str:
        """Confirm it."""
        confirm_reference_value(by=self.request.user, value=self.value, **form.cleaned_data)
        return self.code_url

"""The pages that lines of a renovation and of a tenant track share: each class stands before the form of its own."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.db import models
from django.http import Http404
from django.utils.translation import gettext_lazy

from housing.forms.renovations import ReasonForm
from housing.views.agreements import NothingAskedForm


class OfKind:
    """A form about lines of one kind; a kind that isn't there is not found."""

    lines: dict[str, type[models.Model]]
    line_forms: dict[str, type[forms.Form]]
    kind: str

    def load(self, **kwargs: Any) -> None:
        """Find what it hangs on, and which kind."""
        super().load(**kwargs)
        self.kind = kwargs.get("kind") or self.kind
        if self.kind not in self.lines:
            raise Http404

    def get_form_class(self) -> type[forms.Form]:
        """The form of this kind."""
        return self.line_forms[self.kind]


class OfOne:
    """A form about one line, that was found in `load`."""

    line: Any

    def latest_version(self) -> int:
        """The version of the line as it stands now."""
        return int(type(self.line)._default_manager.get(pk=self.line.pk).version)


class _ActsOnOne:
    line: Any
    action: Callable[..., Any]  # of one line, as a staticmethod
    request: Any
    own_url: Callable[[], str]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which."""
        return super().get_context_data(intro=str(self.line), **kwargs)

    def act(self, form: forms.Form) -> str:
        """Do it."""
        self.action(by=self.request.user, line=self.line, **form.cleaned_data)
        return self.own_url()


class Strikes(_ActsOnOne):
    """A mistake."""

    title = gettext_lazy("Schrappen")
    submit_label = gettext_lazy("Schrappen")
    done_message = gettext_lazy("De lijn is geschrapt en telt niet meer mee. Je kunt ze terugzetten.")

    def get_form_class(self) -> type[forms.Form]:
        """Asks why."""
        return ReasonForm


class PutsBack(_ActsOnOne):
    """It was no mistake."""

    title = gettext_lazy("Terugzetten?")
    submit_label = gettext_lazy("Terugzetten")
    done_message = gettext_lazy("De lijn telt weer mee.")

    def get_form_class(self) -> type[forms.Form]:
        """Asks nothing."""
        return NothingAskedForm

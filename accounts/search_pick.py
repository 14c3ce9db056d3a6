"""Picking one record out of many by typing a bit of its name: with script while typing, without it by sending the form.

The words travel in the body of a request, never in an address: names don't belong in logs.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse_lazy
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.generic import View

from accounts.looks import Look, LookKind, Subject, note_look
from accounts.views.base import PermissionMixin

LONGEST_QUERY = 120


@dataclass(frozen=True)
class Option:
    """One record to choose: what it is called, and what tells it from another of that name."""

    pk: int
    text: str
    detail: str = ""


class SearchPick(forms.Widget):
    """A search field with the records found below it, as radios. Posts `<name>` and `<name>-q`."""

    template_name = "widgets/search_pick.html"
    use_fieldset = True

    def __init__(
        self, *, suggest_url: str, placeholder: Any = "", attrs: dict[str, Any] | None = None
    ) -> None:
        super().__init__(attrs)
        self.suggest_url = reverse_lazy(suggest_url)
        self.placeholder = placeholder
        self.query = ""
        self.options: Sequence[Option] = ()

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> str:
        """Read what was chosen, and keep what was typed."""
        self.query = str(data.get(f"{name}-q", ""))[:LONGEST_QUERY].replace("\0", "")
        return str(data.get(name, ""))

    def id_for_label(self, id_: str) -> str:
        """The label belongs to the search field."""
        return f"{id_}_q" if id_ else ""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Draw the search field and what was found."""
        return render_to_string(
            self.template_name,
            {
                "name": name,
                "id": (attrs or {}).get("id", f"id_{name}"),
                "value": str(value or ""),
                "query": self.query,
                "options": self.options,
                "has_searched": bool(self.query.strip()),
                "suggest_url": self.suggest_url,
                "placeholder": self.placeholder,
            },
        )


class SearchPickField(forms.Field):
    """A record that is found by typing. `search(text)` gives the options, `queryset` all that may be chosen."""

    widget: SearchPick

    def __init__(
        self,
        *,
        suggest_url: str,
        queryset: QuerySet[Any] | None = None,
        search: Callable[[str], Sequence[Option]] | None = None,
        placeholder: Any = "",
        **kwargs: Any,
    ) -> None:
        kwargs["widget"] = SearchPick(suggest_url=suggest_url, placeholder=placeholder)
        super().__init__(**kwargs)
        self.queryset = queryset
        self.search = search

    def connect(
        self,
        *,
        queryset: QuerySet[Any],
        search: Callable[[str], Sequence[Option]],
        describe: Callable[[Any], Option],
        chosen: str = "",
    ) -> None:
        """Say which records may be chosen, how they are found and shown. `chosen` is the key that stands there now."""
        self.queryset, self.search = queryset, search
        if chosen.isdecimal() and len(chosen) < 19:
            self.widget.options = [describe(record) for record in queryset.filter(pk=int(chosen))]

    def clean(self, value: str) -> Any:
        """Return the chosen record. Says what to do when nothing was chosen yet."""
        query = self.widget.query.strip()
        if query and self.search is not None:
            found = list(self.search(query))
            known = {option.pk for option in found}
            self.widget.options = [*(o for o in self.widget.options if o.pk not in known), *found]
        if value.isdecimal() and len(value) < 19 and self.queryset is not None:
            record = self.queryset.filter(pk=int(value)).first()
            if record is not None:
                return record
        if value:
            raise forms.ValidationError(_("Deze keuze bestaat niet meer. Kies opnieuw."))
        if query and self.widget.options:
            raise forms.ValidationError(_("Kies hierboven wie of wat je bedoelt."))
        if query:
            raise forms.ValidationError(_("Niets gevonden dat hierop lijkt. Probeer een ander woord."))
        if self.required:
            raise forms.ValidationError(_("Typ een paar letters en kies."))
        return None


class SuggestView(PermissionMixin, View):
    """The options for what was typed so far, to put under the search field. Reads only."""

    http_method_names = ["post"]

    def options(self, text: str) -> Sequence[Option]:
        """Return what looks like `text`, within what the user may see."""
        raise NotImplementedError

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Draw the options."""
        name = request.POST.get("field", "")
        if not name.isidentifier() or len(name) > 40:
            return HttpResponse(status=400)
        text = request.POST.get(f"{name}-q", "")[:LONGEST_QUERY].replace("\0", "").strip()
        options = self.options(text) if len(text) > 1 else ()
        if options:
            note_look(request, Look(LookKind.SEARCHED, Subject.SEARCH, row_count=len(options)))
        context = {
            "name": name,
            "value": request.POST.get(name, ""),
            "options": options,
            "has_searched": len(text) > 1,
        }
        return render(request, "widgets/_search_options.html", context)

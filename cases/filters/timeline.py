"""Narrowing a timeline."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import BooleanField, Q, Value, When
from django.db.models import Case as SqlCase
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import Goal
from accounts.models import User
from accounts.widgets import DayInput
from arsenaal.lib.registries import timeline_kinds
from cases.forms.fields import PlausibleDateField
from cases.models import Case, EntryEnvelope
from cases.perms import open_to


class TimelineFilter(forms.Form):
    """Kind, author, goal, period, only mine. What makes no sense in the address is ignored, never an error page."""

    kind = forms.ChoiceField(label=gettext_lazy("Soort"), required=False)
    author = forms.ChoiceField(label=gettext_lazy("Door wie"), required=False)
    goal = forms.ChoiceField(
        label=gettext_lazy("Doelstelling"),
        choices=[("", gettext_lazy("alle doelstellingen")), *Goal.choices],
        required=False,
    )
    since = PlausibleDateField(label=gettext_lazy("Vanaf"), required=False, widget=DayInput)
    until = PlausibleDateField(label=gettext_lazy("Tot en met"), required=False, widget=DayInput)
    mine = forms.BooleanField(label=gettext_lazy("Alleen wat ik schreef"), required=False)

    def __init__(self, data: Mapping[str, Any], *, user: User, case: Case) -> None:
        super().__init__(data, auto_id="filter_%s")
        self.user, self.case = user, case
        kinds, authors = self._choices()
        self.fields["kind"].choices = [("", _("alles")), *kinds]
        self.fields["author"].choices = [("", _("iedereen")), *authors]

    def _choices(self) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
        """Return the kinds on this timeline, and who wrote something that this reader may read; one query."""
        is_open = SqlCase(
            When(open_to(self.user, self.case), then=Value(True)),
            default=Value(False),
            output_field=BooleanField(),
        )
        rows = (
            EntryEnvelope.objects.filter(case_id__in=filter(None, (self.case.pk, self.case.parent_id)))
            .annotate(is_open=is_open)
            .order_by()
            .values_list("kind", "is_open", "author_id", "author__first_name", "author__last_name")
            .distinct()
        )
        kinds, authors = {}, {}
        for kind, row_is_open, author_id, first_name, last_name in rows:
            kinds[kind] = str(timeline_kinds.get(kind).label)
            if row_is_open:
                authors[str(author_id)] = f"{first_name} {last_name}"
        return sorted(kinds.items(), key=lambda item: item[1]), sorted(
            authors.items(), key=lambda item: item[1]
        )

    @property
    def wanted(self) -> dict[str, Any]:
        """Return what was asked and makes sense, field by field; a wrong one doesn't spoil the others."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def says(self) -> str:
        """Say in words what is shown."""
        wanted = self.wanted
        parts = []
        if "kind" in wanted:
            parts.append(dict(self.fields["kind"].choices)[wanted["kind"]].lower())
        if "goal" in wanted:
            parts.append(str(Goal(wanted["goal"]).label).lower())
        if "mine" in wanted:
            parts.append(_("door mij"))
        elif "author" in wanted:
            parts.append(_("door %(who)s") % {"who": dict(self.fields["author"].choices)[wanted["author"]]})
        if "since" in wanted:
            parts.append(_("vanaf %(day)s") % {"day": date_format(wanted["since"], "j F Y")})
        if "until" in wanted:
            parts.append(_("tot en met %(day)s") % {"day": date_format(wanted["until"], "j F Y")})
        if not parts:
            return _("Alles, nieuwste eerst")
        return _("Alleen %(what)s, nieuwste eerst") % {"what": ", ".join(parts)}

    def where(self) -> Q:
        """Return the condition. What a closed entry hides (author, goal) narrows among open entries only."""
        wanted, where = self.wanted, Q()
        if "kind" in wanted:
            where &= Q(kind=wanted["kind"])
        if "since" in wanted:
            where &= Q(occurred_at__gte=_midnight(wanted["since"]))
        if "until" in wanted:
            where &= Q(occurred_at__lt=_midnight(wanted["until"] + dt.timedelta(days=1)))
        if "mine" in wanted:
            where &= Q(author=self.user)
        if "author" in wanted:
            where &= Q(author_id=int(wanted["author"])) & open_to(self.user, self.case)
        if "goal" in wanted:
            where &= Q(entry__goal=wanted["goal"]) & open_to(self.user, self.case)
        return where


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))

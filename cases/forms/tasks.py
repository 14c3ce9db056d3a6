"""Tasks."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Neighbourhood, User
from accounts.permissions import Permission
from cases.colleagues import colleagues_in, colleagues_of
from cases.forms.choices import day_field, line, offer_neighbourhoods
from cases.models import Case, Task


class TaskForm(forms.Form):
    """What, who and by when; without a case also in which neighbourhood."""

    neighbourhood = forms.ModelChoiceField(
        label=_("Welke wijk?"), queryset=Neighbourhood.objects.none(), empty_label=_("Kies een wijk")
    )
    title = line(_("Wat moet er gebeuren?"), 300)
    assignee = forms.ModelChoiceField(
        label=_("Wie doet het?"), queryset=User.objects.none(), empty_label=_("Kies een collega")
    )
    due_on = day_field(_("Tegen wanneer?"))

    def __init__(self, *args: Any, user: User, case: Case | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if case is not None:
            del self.fields["neighbourhood"]
            self.fields["assignee"].queryset = colleagues_of(case)
            return
        offer_neighbourhoods(self, user, Permission.CASE_WORK)
        found = Q()
        for pk in user.access.where(Permission.CASE_WORK):
            found |= Q(pk__in=colleagues_in(pk).order_by().values("pk"))
        self.fields["assignee"].queryset = User.objects.filter(found).order_by(
            "first_name", "last_name", "pk"
        )


class TaskEditForm(TaskForm):
    """The same, of a task that exists: the neighbourhood stays."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, task: Task, **kwargs: Any) -> None:
        super().__init__(*args, user=user, case=task.case, **kwargs)
        self.fields.pop("neighbourhood", None)
        if task.case is None:
            self.fields["assignee"].queryset = colleagues_in(task.neighbourhood_id)

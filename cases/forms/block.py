"""Hanging a case under a block case."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.enums import CaseKind
from cases.models import Case


class BlockForm(forms.Form):
    """Which block."""

    parent = forms.ModelChoiceField(
        label=_("Bij welk blok hoort dit gezin?"),
        queryset=Case.objects.none(),
        empty_label=_("Kies een blokdossier"),
    )

    def __init__(self, *args: Any, user: User, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = (
            Case.objects.visible_to(user)
            .open()
            .filter(kind=CaseKind.BUILDING, neighbourhood=case.neighbourhood_id)
            .order_by("title", "pk")
        )

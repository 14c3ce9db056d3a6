"""Choices that several forms offer in the same way."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.enums import Goal
from accounts.models import Neighbourhood, Organisation, User
from accounts.permissions import Permission
from accounts.widgets import DayInput, PickOne
from cases.forms.fields import PlausibleDateField

DIR_AUTO = {"dir": "auto"}


def line(label: Any, longest: int, **more: Any) -> forms.CharField:
    """A text on one line, in any direction of writing."""
    return forms.CharField(label=label, max_length=longest, widget=forms.TextInput(attrs=DIR_AUTO), **more)


def day_field(label: Any, **more: Any) -> PlausibleDateField:
    """A day, picked with the device's own picker."""
    return PlausibleDateField(label=label, widget=DayInput, **more)


def organisation_field(label: Any, **more: Any) -> forms.ModelChoiceField:
    """One of the organisations in use."""
    more.setdefault("empty_label", _("Kies een organisatie"))
    return forms.ModelChoiceField(
        label=label, queryset=Organisation.objects.filter(is_active=True).order_by("name"), **more
    )


def goal_field() -> forms.ChoiceField:
    """Which of the three goals; none is fine."""
    return forms.ChoiceField(
        label=_("Voor welke doelstelling?"), choices=Goal.choices, widget=PickOne, required=False
    )


def neighbourhoods_where(user: User, permission: Permission) -> QuerySet[Neighbourhood]:
    """The neighbourhoods in which this user has a permission."""
    return Neighbourhood.objects.filter(pk__in=user.access.where(permission)).order_by("name")


def offer_neighbourhoods(form: forms.Form, user: User, permission: Permission) -> None:
    """Offer the user's neighbourhoods; with only one there is nothing to choose."""
    field = form.fields["neighbourhood"]
    field.queryset = neighbourhoods_where(user, permission)
    found = list(field.queryset[:2])
    if len(found) == 1:
        field.initial = found[0].pk
        field.widget = forms.HiddenInput()

"""Who works on a case."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.actions.set_team import team_candidates
from cases.models import Case, CaseMember


class TeamForm(forms.Form):
    """Ticks and one lead. `was` holds who was ticked when the page was made, so that only changes are sent on."""

    members = forms.ModelMultipleChoiceField(label=_("Team"), queryset=User.objects.none(), required=False)
    lead = forms.ModelChoiceField(label=_("Trekker"), queryset=User.objects.none())
    was = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        on_team = CaseMember.objects.filter(case=case).current().values("user")
        people = User.objects.filter(pk__in=team_candidates(case).values("pk")) | User.objects.filter(
            pk__in=on_team
        )
        self.fields["members"].queryset = people
        self.fields["lead"].queryset = people

    def changes(self) -> tuple[list[User], list[User]]:
        """Return whom to add and whom to remove: what was ticked or unticked on this page, nothing else."""
        before = {int(pk) for pk in self.cleaned_data["was"].split(",") if pk.isdecimal()}
        ticked = {user.pk: user for user in self.cleaned_data["members"]}
        gone = before - set(ticked)
        return (
            [user for pk, user in ticked.items() if pk not in before],
            [user for user in self.fields["members"].queryset if user.pk in gone],
        )

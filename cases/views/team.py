"""Who works on a case."""

from typing import Any

from django import forms
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership
from accounts.roles import CORE_TEAM
from cases.actions.set_team import set_team
from cases.forms.team import TeamForm
from cases.models import CaseMember
from cases.perms import can_manage_case, can_read_case
from cases.views.base import CaseActionView


class CaseTeamView(CaseActionView):
    """Add, remove, and choose the lead. Also in a closed case, so that it can be reopened by somebody."""

    form_class = TeamForm
    template_name = "cases/team.html"
    title = _("Team")
    submit_label = _("Team bewaren")
    done_message = _("Het team is bijgewerkt.")

    def may_act(self) -> bool:
        """Whoever opens cases, and the lead."""
        return can_manage_case(self.request.user, self.case)

    @cached_property
    def on_team(self) -> list[int]:
        """Who is on the team today."""
        members = CaseMember.objects.filter(case=self.case).current()
        return list(members.order_by("pk").values_list("user_id", flat=True))

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form offers who can be on the team."""
        return {**super().get_form_kwargs(), "case": self.case}

    def get_initial(self) -> dict[str, Any]:
        """Start from the team of today."""
        return {
            "members": self.on_team,
            "lead": self.case.lead_id,
            "was": ",".join(str(pk) for pk in self.on_team),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """List everybody with his roles and organisation: the team first, then by organisation."""
        context = super().get_context_data(**kwargs)
        form = context["form"]
        ticked = {str(getattr(pk, "pk", pk)) for pk in form["members"].value() or []}
        lead = str(form["lead"].value() or "")
        today = timezone.localdate()
        here = Membership.objects.filter(
            Q(until_on__isnull=True) | Q(until_on__gte=today),
            neighbourhood=self.case.neighbourhood_id,
            from_on__lte=today,
        ).order_by("pk")
        people = (
            form.fields["members"]
            .queryset.select_related("organisation")
            .prefetch_related(Prefetch("memberships", queryset=here, to_attr="here"))
        )
        rows = [
            {
                "user": user,
                "roles": ", ".join(str(membership.get_role_display()) for membership in user.here),
                "is_core": any(membership.role in CORE_TEAM for membership in user.here),
                "is_ticked": str(user.pk) in ticked,
                "is_lead": str(user.pk) == lead,
                "was_on_team": user.pk in self.on_team,
            }
            for user in people
        ]
        rows.sort(key=lambda row: (not row["was_on_team"], str(row["user"].organisation), str(row["user"])))
        context["people"] = rows
        return context

    def act(self, form: forms.Form) -> str:
        """Save what changed."""
        add, remove = form.changes()
        case = set_team(
            by=self.request.user, case=self.case, add=add, remove=remove, lead=form.cleaned_data["lead"]
        )
        # Who took himself off the team has no page of this case to go back to.
        return case.get_absolute_url() if can_read_case(self.request.user, case) else reverse("cases:home")

"""Retention: the rules, the lists of what may go, and holding a case back."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View

from accounts.permissions import Permission
from accounts.views.base import ActionFormView, PermissionMixin
from arsenaal.lib.keyset import page_or_first
from cases.neighbourhoods import neighbourhoods_where
from cases.perms import can_manage_case
from cases.views.base import CaseMixin
from rights.actions.holds import hold_case, lift_hold
from rights.actions.lists import approve_list, make_list, take_out, withdraw_list
from rights.actions.rules import change_rule, load_usual_rules
from rights.enums import ListState
from rights.forms.requests import ReasonForm
from rights.forms.retention import ApproveForm, RuleForm
from rights.models import DestructionLine, DestructionList, LegalHold, RetentionRule
from rights.perms import can_manage_rules
from rights.views.base import ListMixin

LINES = 100


class RetentionView(PermissionMixin, TemplateView):
    """The rules that hold, those before and after, and the lists."""

    permission = Permission.RETENTION_READ
    template_name = "rights/retention.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather rules and lists of the user's neighbourhoods."""
        user, today = self.request.user, timezone.localdate()
        rules = (
            RetentionRule.objects.visible_to(user)
            .select_related("neighbourhood", "decided_by")
            .order_by("neighbourhood__name", "category", "-from_on")
        )
        lists = DestructionList.objects.visible_to(user).select_related("neighbourhood")
        going = Count("lines", filter=Q(lines__taken_out_at__isnull=True))
        known = [
            {
                "rule": rule,
                "holds": rule.from_on <= today and (rule.until_on is None or rule.until_on >= today),
            }
            for rule in rules
        ]
        return super().get_context_data(
            rules=[one for one in known if one["holds"] or one["rule"].from_on > today],
            past=[one["rule"] for one in known if one["rule"].until_on and one["rule"].until_on < today],
            lists=lists.annotate(going=going).order_by("-made_at", "-pk")[:50],
            manages=neighbourhoods_where(user, Permission.RETENTION_MANAGE),
            today=today,
            **kwargs,
        )


class RuleEditView(ActionFormView):
    """A new version of a rule."""

    permission = Permission.RETENTION_MANAGE
    form_class = RuleForm
    title = gettext_lazy("Selectieregel aanpassen")
    done_message = gettext_lazy("Bewaard als nieuwe versie. De oude blijft te lezen.")
    rule: RetentionRule

    def load(self, **kwargs: Any) -> None:
        """Find the rule."""
        self.rule = get_object_or_404(RetentionRule.objects.visible_to(self.request.user), pk=kwargs["pk"])
        if not can_manage_rules(self.request.user, self.rule):
            raise PermissionDenied

    def get_initial(self) -> dict[str, Any]:
        """Start from what holds."""
        return RuleForm.initial_of(self.rule)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what the rule is about."""
        intro = _("%(what)s. De termijn telt vanaf %(day)s.") % {
            "what": self.rule.get_category_display(),
            "day": self.rule.counts_from,
        }
        return super().get_context_data(intro=intro, cancel_url=reverse("rights:retention"), **kwargs)

    def act(self, form: forms.Form) -> str:
        """Write the version."""
        change_rule(by=self.request.user, rule=self.rule, **form.cleaned_data)
        return reverse("rights:retention")


class _NeighbourhoodForm(ActionFormView):
    """Something of one neighbourhood of which one sets the rules."""

    permission = Permission.RETENTION_MANAGE
    form_class = forms.Form

    def load(self, **kwargs: Any) -> None:
        """Find the neighbourhood."""
        where = neighbourhoods_where(self.request.user, Permission.RETENTION_MANAGE)
        self.neighbourhood = get_object_or_404(where, slug=kwargs["slug"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Going back leads to the rules."""
        return super().get_context_data(cancel_url=reverse("rights:retention"), **kwargs)


class UsualRulesView(_NeighbourhoodForm):
    """Starting with the usual rules, to be confirmed."""

    title = gettext_lazy("Beginnen met de gebruikelijke regels")
    submit_label = gettext_lazy("Regels toevoegen")
    extra_context = {
        "intro": gettext_lazy(
            "Ze staan op “te bevestigen” tot de selectiecommissie ze goedkeurt. Er wordt niets vanzelf vernietigd."
        )
    }

    def act(self, form: forms.Form) -> str:
        """Make them."""
        load_usual_rules(by=self.request.user, neighbourhood=self.neighbourhood)
        return reverse("rights:retention")


class ListNewView(_NeighbourhoodForm):
    """Working out what may go."""

    title = gettext_lazy("Vernietigingslijst opstellen")
    submit_label = gettext_lazy("Lijst opstellen")
    extra_context = {
        "intro": gettext_lazy(
            "We zoeken alles waarvan de termijn voorbij is. Er verdwijnt niets voor twee mensen de lijst goedkeurden."
        )
    }

    def act(self, form: forms.Form) -> str:
        """Make it."""
        return make_list(by=self.request.user, neighbourhood=self.neighbourhood).get_absolute_url()


class ListView(ListMixin, TemplateView):
    """One list: its lines by number, who approved, and the certificate."""

    template_name = "rights/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A page of lines, and how many there are."""
        lines = self.wanted.lines.select_related("rule", "taken_out_by")
        cursor = self.request.GET.get("cursor", "")
        found = page_or_first(lines, order="due_on", size=LINES, cursor=cursor)
        counts = self.wanted.lines.aggregate(
            all=Count("pk"),
            out=Count("pk", filter=Q(taken_out_at__isnull=False)),
            gone=Count("pk", filter=Q(destroyed_at__isnull=False)),
            blocked=Count("pk", filter=~Q(blocked_reason="")),
        )
        unsure = self.wanted.lines.filter(taken_out_at__isnull=True, rule__certainty="to_confirm").exists()
        return super().get_context_data(
            page=found,
            counts=counts,
            going=counts["all"] - counts["out"],
            is_first=self.wanted.state == ListState.DRAFT,
            approved_by_me=self.wanted.first_by_id == self.request.user.pk,
            may_withdraw=self.request.user.access.can(
                Permission.RETENTION_MANAGE, self.wanted.neighbourhood_id
            ),
            is_unsure=unsure,
            **kwargs,
        )


class _ListForm(ListMixin, ActionFormView):
    """A form about one list."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Going back leads to the list."""
        return super().get_context_data(cancel_url=self.wanted.get_absolute_url(), **kwargs)


class TakeOutView(_ListForm):
    """Something stays."""

    form_class = ReasonForm
    submit_label = gettext_lazy("Van de lijst halen")
    done_message = gettext_lazy("Van de lijst gehaald. Een eerdere goedkeuring telt niet meer.")
    line: DestructionLine

    def load(self, **kwargs: Any) -> None:
        """Find the line of this list."""
        super().load(**kwargs)
        self.line = get_object_or_404(self.wanted.lines, pk=kwargs["line"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the number."""
        title = _("%(number)s laten staan") % {"number": self.line.label}
        return super().get_context_data(title=title, **kwargs)

    def act(self, form: forms.Form) -> str:
        """Take it out."""
        take_out(by=self.request.user, line=self.line, **form.cleaned_data)
        return self.wanted.get_absolute_url()


class ApproveListView(_ListForm):
    """Approving, as the first or the second."""

    form_class = ApproveForm
    template_name = "rights/list_approve.html"
    title = gettext_lazy("Vernietigingslijst goedkeuren")
    submit_label = gettext_lazy("Goedkeuren")
    done_message = gettext_lazy("Goedgekeurd.")

    def get_initial(self) -> dict[str, Any]:
        """The version that is shown."""
        return {"version": self.wanted.version}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say how many go, per rule."""
        per_rule = (
            self.wanted.lines.filter(taken_out_at__isnull=True)
            .values("rule__name", "rule__certainty")
            .annotate(count=Count("pk"))
            .order_by("rule__name")
        )
        return super().get_context_data(
            per_rule=list(per_rule), is_second=self.wanted.state == ListState.APPROVED_ONCE, **kwargs
        )

    def act(self, form: forms.Form) -> str:
        """Approve."""
        approve_list(by=self.request.user, wanted=self.wanted, **form.cleaned_data)
        return self.wanted.get_absolute_url()


class WithdrawListView(_ListForm):
    """Giving up a list."""

    permission = Permission.RETENTION_MANAGE
    form_class = forms.Form
    title = gettext_lazy("Vernietigingslijst intrekken")
    submit_label = gettext_lazy("Intrekken")
    done_message = gettext_lazy("Ingetrokken. Er werd niets vernietigd.")

    def act(self, form: forms.Form) -> str:
        """Withdraw."""
        withdraw_list(by=self.request.user, wanted=self.wanted)
        return self.wanted.get_absolute_url()


class CertificateView(ListMixin, View):
    """The certificate of what was destroyed."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> FileResponse:
        """Send it."""
        if not self.wanted.certificate:
            raise Http404
        name = f"vernietiging-{self.wanted.pk}.pdf"
        return FileResponse(self.wanted.certificate.open("rb"), as_attachment=True, filename=name)


class HoldView(CaseMixin, ActionFormView):
    """Keeping a case out of every list."""

    permission = Permission.CASE_WORK
    form_class: type[forms.Form] = ReasonForm
    template_name = "rights/hold.html"
    title = gettext_lazy("Dossier vasthouden")
    submit_label = gettext_lazy("Vasthouden")
    done_message = gettext_lazy("Dit dossier wordt niet vernietigd zolang je het vasthoudt.")

    def load(self, **kwargs: Any) -> None:
        """Find the case; only who manages it holds it."""
        super().load(**kwargs)
        if not can_manage_case(self.request.user, self.case):
            raise PermissionDenied

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Going back leads to the case; what holds it already is shown."""
        hold = (
            LegalHold.objects.filter(case=self.case, lifted_at__isnull=True).select_related("set_by").first()
        )
        return super().get_context_data(held=hold, cancel_url=self.case.get_absolute_url(), **kwargs)

    def act(self, form: forms.Form) -> str:
        """Hold it."""
        hold_case(by=self.request.user, case=self.case, **form.cleaned_data)
        return self.case.get_absolute_url()


class HoldLiftView(HoldView):
    """Letting go of a case."""

    form_class = forms.Form
    title = gettext_lazy("Dossier loslaten")
    submit_label = gettext_lazy("Loslaten")
    done_message = gettext_lazy("Losgelaten. De selectieregels tellen weer.")
    hold: LegalHold

    def load(self, **kwargs: Any) -> None:
        """Find what holds it."""
        super().load(**kwargs)
        self.hold = get_object_or_404(LegalHold, case=self.case, lifted_at__isnull=True)

    def act(self, form: forms.Form) -> str:
        """Let go."""
        lift_hold(by=self.request.user, hold=self.hold)
        return self.case.get_absolute_url()

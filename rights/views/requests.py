"""Rights of the resident: what a person asked, asking it, and answering it."""

from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View

from accounts.permissions import Permission
from accounts.views.base import ActionFormView
from arsenaal.lib.keyset import page_or_first
from arsenaal.lib.wall import beyond_wall
from people.models import Person, Restriction
from people.views.base import PersonMixin
from rights.actions.ask import ask, expected_number
from rights.actions.decide import agree, extend, finish, lift_restriction, refuse, retry_request, withdraw
from rights.enums import ANSWERED, PartState, RequestKind, RequestState
from rights.forms.requests import (
    AgreeForm,
    ApproveEraseForm,
    AskForm,
    EraseForm,
    FinishForm,
    ReasonForm,
    RectifyForm,
    RefuseForm,
    RestrictForm,
    WithdrawForm,
)
from rights.models import Export, ExportPart, RightsRequest
from rights.perms import (
    can_ask,
    can_decide,
    can_extend,
    can_refuse,
    can_retry,
    can_review,
)
from rights.views.base import RequestActionView, RequestMixin, RightsMixin

PAGE_SIZE = 50


class PersonRightsView(PersonMixin, TemplateView):
    """What a person asked, and what he can ask."""

    permission = Permission.RIGHTS_ASK
    template_name = "rights/person.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather the requests, newest first, and the restriction that holds."""
        requests = RightsRequest.objects.filter(person=self.person).order_by("-received_on", "-pk")
        return super().get_context_data(
            requests=requests.select_related("recorded_by"),
            restriction=Restriction.objects.standing()
            .filter(person=self.person)
            .select_related("set_by", "request")
            .first(),
            today=timezone.localdate(),
            may_ask=can_ask(self.request.user, self.person) and self.person.erased_at is None,
            **kwargs,
        )


_ASKING: dict[str, tuple[type[AskForm], Any, Any]] = {
    RequestKind.EXPORT: (
        AskForm,
        gettext_lazy("Inzage vragen"),
        gettext_lazy(
            "We verzamelen alles wat er over deze persoon staat. Het team leest het na, en dan krijgt de bewoner het."
        ),
    ),
    RequestKind.RECTIFY: (
        RectifyForm,
        gettext_lazy("Verbetering vragen"),
        gettext_lazy(
            "De coördinator beslist binnen een maand. Daarna pas je het aan, en zeg je het de bewoner."
        ),
    ),
    RequestKind.RESTRICT: (
        RestrictForm,
        gettext_lazy("Beperking vragen"),
        gettext_lazy(
            "Zolang de beperking geldt, zien alleen de coördinator en de trekker het dossier. Niemand voert het uit."
        ),
    ),
    RequestKind.ERASE: (
        EraseForm,
        gettext_lazy("Wissen vragen"),
        gettext_lazy(
            "De functionaris voor gegevensbescherming keurt dit goed of weigert het. Ongedaan maken kan daarna niet."
        ),
    ),
}


class AskView(PersonMixin, ActionFormView):
    """Writing down what a resident asks."""

    permission = Permission.RIGHTS_ASK
    template_name = "rights/ask.html"
    submit_label = gettext_lazy("Verzoek noteren")
    done_message = gettext_lazy("Genoteerd. De termijn loopt vanaf de dag waarop het gevraagd werd.")

    def load(self, **kwargs: Any) -> None:
        """Find the person; 403 for who may only read."""
        super().load(**kwargs)
        if kwargs["kind"] not in _ASKING:
            raise Http404
        if not can_ask(self.request.user, self.person):
            raise PermissionDenied
        self.kind = kwargs["kind"]

    def get_form_class(self) -> type[forms.Form]:
        """Each kind asks its own things."""
        return _ASKING[self.kind][0]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what happens next."""
        _form, title, intro = _ASKING[self.kind]
        is_erasing = self.kind == RequestKind.ERASE
        return super().get_context_data(
            title=title,
            intro=intro,
            cancel_url=reverse("rights:person", args=[self.person.pk]),
            expected=expected_number(self.person) if is_erasing else "",
            **kwargs,
        )

    def act(self, form: forms.Form) -> str:
        """Write it down."""
        return ask(
            by=self.request.user, person=self.person, kind=self.kind, **form.cleaned_data
        ).get_absolute_url()


class RequestView(RequestMixin, TemplateView):
    """One request: how far it is, and what can be done now."""

    template_name = "rights/request.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather what this reader may do."""
        user, found = self.request.user, self.request_found
        decides = can_decide(user, found)
        state, kind = found.state, found.kind
        is_open = state in (RequestState.OPEN, RequestState.REVIEW, RequestState.TO_DO)
        return super().get_context_data(
            today=timezone.localdate(),
            is_late=found.is_late(timezone.localdate()),
            may_agree=decides and state == RequestState.OPEN and kind != RequestKind.EXPORT,
            may_finish=decides and state == RequestState.TO_DO,
            may_refuse=is_open and can_refuse(user, found),
            may_extend=can_extend(user, found)
            and not found.is_answered
            and found.extended_at is None
            and found.due_on >= timezone.localdate(),
            may_retry=bool(found.failure) and can_retry(user, found),
            retry_token=uuid4(),  # pressed twice, it is asked once
            may_review=can_review(user, found),
            may_decide_export=decides and kind == RequestKind.EXPORT,
            is_own_erasing=kind == RequestKind.ERASE
            and state == RequestState.OPEN
            and found.recorded_by_id == user.pk,
            may_lift=decides and found.restriction is not None and found.restriction.lifted_at is None,
            export=self._export(),
            **kwargs,
        )

    def _export(self) -> dict[str, Any] | None:
        if self.request_found.kind != RequestKind.EXPORT:
            return None
        # How many parts there are is for who follows the request; what they say is for who may read each circle.
        with beyond_wall("how far an export is"):
            export = Export.objects.get(request=self.request_found)
            parts = ExportPart.objects.filter(export=export)
            waiting, count = parts.filter(state=PartState.PENDING).count(), parts.count()
        return {
            "export": export,
            "waiting": waiting,
            "parts": count,
            "may_download": bool(export.pdf) and can_decide(self.request.user, self.request_found),
        }


class AgreeView(RequestActionView):
    """Agreeing to rectify, restrict or erase."""

    may = staticmethod(can_decide)
    done_message = gettext_lazy("Bewaard.")

    def get_form_class(self) -> type[forms.Form]:
        """Erasing asks for the number."""
        return ApproveEraseForm if self.request_found.kind == RequestKind.ERASE else AgreeForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what it does."""
        found = self.request_found
        words = {
            RequestKind.RECTIFY: (_("Verbetering toestaan"), _("Toestaan")),
            RequestKind.RESTRICT: (_("Beperking laten ingaan"), _("Laten ingaan")),
            RequestKind.ERASE: (_("Wissen goedkeuren"), _("Voorgoed wissen")),
        }.get(RequestKind(found.kind), (_("Toestaan"), _("Toestaan")))
        expected = ""
        if found.kind == RequestKind.ERASE and found.person is not None:
            with beyond_wall("who is to be erased"):
                person = Person.objects.get(pk=found.person_id)
            expected = expected_number(person)
        return super().get_context_data(title=words[0], submit_label=words[1], expected=expected, **kwargs)

    def act(self, form: forms.Form) -> str:
        """Agree."""
        agree(by=self.request.user, request=self.request_found, **form.cleaned_data)
        return self.request_found.get_absolute_url()


class FinishView(RequestActionView):
    """What was wrong is put right."""

    may = staticmethod(can_decide)
    form_class = FinishForm
    title = gettext_lazy("Verbetering uitgevoerd")
    submit_label = gettext_lazy("Uitgevoerd")
    done_message = gettext_lazy("Bewaard. Het verzoek is beantwoord.")

    def act(self, form: forms.Form) -> str:
        """Note it."""
        finish(by=self.request.user, request=self.request_found, **form.cleaned_data)
        return self.request_found.get_absolute_url()


class RefuseView(RequestActionView):
    """Refusing on a ground in the law."""

    may = staticmethod(can_refuse)
    form_class = RefuseForm
    title = gettext_lazy("Verzoek weigeren")
    submit_label = gettext_lazy("Weigeren")
    done_message = gettext_lazy("Bewaard. Zeg het de bewoner, met de grond erbij.")

    def act(self, form: forms.Form) -> str:
        """Refuse."""
        refuse(by=self.request.user, request=self.request_found, **form.cleaned_data)
        return self.request_found.get_absolute_url()


class WithdrawView(RequestActionView):
    """The person no longer wants it."""

    may = staticmethod(can_refuse)
    form_class = WithdrawForm
    title = gettext_lazy("Verzoek intrekken")
    submit_label = gettext_lazy("Intrekken")
    done_message = gettext_lazy("Bewaard.")

    def act(self, form: forms.Form) -> str:
        """Note it."""
        withdraw(by=self.request.user, request=self.request_found, **form.cleaned_data)
        return self.request_found.get_absolute_url()


class ExtendView(RequestActionView):
    """Two months more, once."""

    may = staticmethod(can_extend)
    form_class = ReasonForm
    title = gettext_lazy("Twee maanden langer")
    submit_label = gettext_lazy("Verlengen")
    done_message = gettext_lazy("Verlengd. Zeg het de bewoner nu, met de reden.")

    def act(self, form: forms.Form) -> str:
        """Extend."""
        extend(by=self.request.user, request=self.request_found, **form.cleaned_data)
        return self.request_found.get_absolute_url()


class RetryView(RequestActionView):
    """Have a worker try again what it gave up on."""

    may = staticmethod(can_retry)
    form_class = forms.Form
    title = gettext_lazy("Opnieuw proberen")
    submit_label = gettext_lazy("Opnieuw proberen")
    done_message = gettext_lazy("We proberen het opnieuw. Kijk over enkele minuten nog eens.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say why it failed."""
        return super().get_context_data(intro=self.request_found.get_failure_display(), **kwargs)

    def act(self, form: forms.Form) -> str:
        """Ask again."""
        return retry_request(by=self.request.user, request=self.request_found).get_absolute_url()


class LiftView(RequestActionView):
    """The restriction ends."""

    may = staticmethod(can_decide)
    form_class = ReasonForm
    title = gettext_lazy("Beperking opheffen")
    submit_label = gettext_lazy("Opheffen")
    done_message = gettext_lazy("Opgeheven. Het team kan weer verder werken.")

    def load(self, **kwargs: Any) -> None:
        """Only a request that restricted has something to lift."""
        super().load(**kwargs)
        if self.request_found.restriction is None:
            raise Http404

    def act(self, form: forms.Form) -> str:
        """Lift it."""
        restriction = self.request_found.restriction
        lift_restriction(by=self.request.user, restriction=restriction, **form.cleaned_data)  # type: ignore[arg-type]
        return self.request_found.get_absolute_url()


class RequestListView(RightsMixin, TemplateView):
    """Every request of the neighbourhood, what is due first on top: numbers and states, never a story."""

    template_name = "rights/overview.html"

    def rows(self) -> QuerySet[RightsRequest]:
        """What this user may see; answered ones only when asked for."""
        rows = RightsRequest.objects.visible_to(self.request.user).select_related("neighbourhood", "person")
        if self.request.GET.get("show") == "answered":
            return rows.filter(state__in=ANSWERED)
        return rows.unanswered()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A page, by the day on which an answer is due."""
        is_answered = self.request.GET.get("show") == "answered"
        order = "-received_on" if is_answered else "due_on"
        found = page_or_first(
            self.rows(), order=order, size=PAGE_SIZE, cursor=self.request.GET.get("cursor", "")
        )
        return super().get_context_data(
            page=found, is_answered=is_answered, today=timezone.localdate(), **kwargs
        )


class ExportFileView(RequestMixin, View):
    """The file of an export, for who answers the request, until it expires."""

    def load(self, **kwargs: Any) -> None:
        """Find the file."""
        super().load(**kwargs)
        if not can_decide(self.request.user, self.request_found):
            raise PermissionDenied
        export = getattr(self.request_found, "export", None)
        self.file = getattr(export, kwargs["kind"], None) if kwargs["kind"] in ("pdf", "json") else None
        is_over = export is None or export.expires_on is None or export.expires_on < timezone.localdate()
        if not self.file or is_over:
            raise Http404

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse | FileResponse:
        """Send it, under a name that says nothing about the person."""
        name = f"inzage-{self.request_found}.{kwargs['kind']}"
        return FileResponse(self.file.open("rb"), as_attachment=True, filename=name)

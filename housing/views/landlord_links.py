"""Landlords that are linked, the picture of a portfolio, and patterns of defects."""

from typing import Any

from django import forms
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.widgets import PickOne
from arsenaal.lib.charts import with_font
from housing.actions.landlord_links import dismiss_pattern, link_landlords, restore_pattern, unlink_landlords
from housing.enums_legal import LandlordVerdict
from housing.forms.legal import ReasonForm
from housing.links import portfolio, reasons
from housing.models import Landlord, LandlordLink, RecurringVerdict
from housing.portfolio import PortfolioPicture
from housing.views.landlords import LandlordFormView, LandlordMixin


class VerdictForm(forms.Form):
    """One portfolio or not."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("Wat denk je?"),
        choices=LandlordVerdict.choices,
        widget=PickOne,
    )


class LandlordLinkView(LandlordFormView):
    """Deciding whether two landlords are one portfolio: both stay, only the verdict is kept."""

    template_name = "housing/legal/landlord_link.html"
    form_class = VerdictForm
    title = gettext_lazy("Horen deze twee samen?")
    done_message = gettext_lazy("Bewaard. Je kunt dit altijd ongedaan maken.")
    other: Landlord

    def load(self, **kwargs: Any) -> None:
        """Find both; the other must be visible as well."""
        super().load(**kwargs)
        visible = Landlord.objects.visible_to(self.request.user).select_related("neighbourhood")
        self.other = get_object_or_404(visible.exclude(pk=self.landlord.pk), pk=kwargs["other"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Put both side by side, with what they have in common."""
        return super().get_context_data(
            both=[self.landlord, self.other], reasons=reasons(self.landlord, self.other), **kwargs
        )

    def act(self, form: forms.Form) -> str:
        """Keep the verdict."""
        link_landlords(
            by=self.request.user,
            one=self.landlord,
            other=self.other,
            verdict=form.cleaned_data["verdict"],
        )
        return f"{self.landlord.get_absolute_url()}#samen"


class LandlordUnlinkView(LandlordFormView):
    """Undo a verdict."""

    form_class = forms.Form
    title = gettext_lazy("Dit oordeel ongedaan maken?")
    submit_label = gettext_lazy("Ongedaan maken")
    done_message = gettext_lazy("Ongedaan gemaakt.")
    link: LandlordLink

    def load(self, **kwargs: Any) -> None:
        """Find the verdict, of this landlord and somebody visible."""
        super().load(**kwargs)
        visible = Landlord.objects.visible_to(self.request.user).values("pk")
        links = LandlordLink.objects.standing().filter(first__in=visible, second__in=visible)
        self.link = get_object_or_404(
            links.filter(Q(first=self.landlord) | Q(second=self.landlord)).select_related(
                "first", "second", "decided_by"
            ),
            pk=kwargs["link"],
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what was decided, by whom."""
        return super().get_context_data(
            intro=_("%(one)s en %(other)s: %(verdict)s, zei %(who)s.")
            % {
                "one": self.link.first,
                "other": self.link.second,
                "verdict": self.link.get_verdict_display(),
                "who": self.link.decided_by,
            },
            **kwargs,
        )

    def act(self, form: forms.Form) -> str:
        """Undo it."""
        unlink_landlords(by=self.request.user, link=self.link)
        return f"{self.landlord.get_absolute_url()}#samen"


class PortfolioPictureView(LandlordMixin):
    """The portfolio as a picture."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Send the SVG with its font inside; it shows no family's name."""
        picture = PortfolioPicture.of(portfolio(self.landlord, request.user), request.user)
        if not picture.buildings:
            raise Http404
        response = HttpResponse(with_font(picture.svg()), content_type="image/svg+xml")
        response["Cache-Control"] = "private, no-store"
        response["Content-Security-Policy"] = (
            "default-src 'none'; style-src 'unsafe-inline'; font-src data:; sandbox"
        )
        return response


class PatternDismissView(LandlordFormView):
    """Say that a defect that keeps coming back is not the same thing."""

    form_class = ReasonForm
    title = gettext_lazy("Is dit niet hetzelfde?")
    submit_label = gettext_lazy("Niet hetzelfde")
    done_message = gettext_lazy(
        "Bewaard. Het staat niet meer bij wat terugkomt; je kunt het altijd terughalen."
    )

    def load(self, **kwargs: Any) -> None:
        """Find the pattern among those of this landlord's portfolio."""
        super().load(**kwargs)
        picture = PortfolioPicture.of(portfolio(self.landlord, self.request.user), self.request.user)
        found = [pattern for pattern in picture.recurring if pattern.item_code == kwargs["code"]]
        if not found:
            raise Http404
        self.pattern = found[0]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what it is about, and why the system thought so."""
        return super().get_context_data(intro=f"{self.pattern.label}: {self.pattern.why}", **kwargs)

    def act(self, form: forms.Form) -> str:
        """Keep it."""
        dismiss_pattern(
            by=self.request.user,
            landlord=self.landlord,
            item_code=self.pattern.item_code,
            reason=form.cleaned_data["reason"],
        )
        return f"{self.landlord.get_absolute_url()}#terugkerend"


class PatternRestoreView(LandlordFormView):
    """Show a pattern again."""

    form_class = forms.Form
    title = gettext_lazy("Toch hetzelfde?")
    submit_label = gettext_lazy("Weer tonen")
    done_message = gettext_lazy("Het staat weer bij wat terugkomt.")

    def load(self, **kwargs: Any) -> None:
        """Find the verdict, of anybody in this landlord's portfolio."""
        super().load(**kwargs)
        ids = portfolio(self.landlord, self.request.user).ids
        verdicts = RecurringVerdict.objects.filter(landlord__in=ids, undone_at__isnull=True)
        self.verdict = get_object_or_404(verdicts.select_related("decided_by"), pk=kwargs["verdict"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say who decided, and why."""
        intro = f"{self.verdict.item_code} · {self.verdict.decided_by}: {self.verdict.reason}"
        return super().get_context_data(intro=intro, **kwargs)

    def act(self, form: forms.Form) -> str:
        """Undo it."""
        restore_pattern(by=self.request.user, verdict=self.verdict)
        return f"{self.landlord.get_absolute_url()}#terugkerend"

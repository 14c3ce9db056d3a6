"""What is written with a tenant track: one set of pages for rights, support, goals, evaluations, arrears, the fund."""

import datetime as dt
from typing import Any

from django import forms
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from housing.actions.tenancy_lines import (
    FIELDS,
    LINES,
    add_line,
    edit_line,
    lines_of,
    restore_line,
    strike_line,
)
from housing.actions.tenancy_steps import (
    STATES,
    answer_conditions,
    ask_inspection,
    is_undoing,
    take_step,
)
from housing.forms.tenancy import (
    LINE_FORMS,
    STEP_FORMS,
    TODAY,
    ConditionsForm,
    InspectionAskForm,
    StepForm,
    right_initial,
)
from housing.models import EvictionFundFile
from housing.tenancy_enums import INSPECTED_RIGHTS, FundState
from housing.tenancy_reading import arrears_of, latest_of_each
from housing.tenancy_rules import TenancyRules
from housing.views.correctable_lines import OfKind, OfOne, PutsBack, Strikes
from housing.views.tenancy import TenancyFormView

_NEW = {
    "right": gettext_lazy("Recht bekijken"),
    "support": gettext_lazy("Intensieve begeleiding beginnen"),
    "goal": gettext_lazy("Doel toevoegen"),
    "evaluation": gettext_lazy("Evaluatie plannen"),
    "arrears": gettext_lazy("Achterstand noteren"),
    "fund": gettext_lazy("Dossier voor het fonds voorbereiden"),
}
_EDIT = {
    "right": gettext_lazy("Recht verbeteren"),
    "support": gettext_lazy("Begeleiding verbeteren"),
    "goal": gettext_lazy("Doel bijwerken"),
    "evaluation": gettext_lazy("Evaluatie bijwerken"),
    "arrears": gettext_lazy("Achterstand verbeteren"),
    "fund": gettext_lazy("Bedragen verbeteren"),
}
_STEPS = {
    ("right", "asked"): gettext_lazy("Recht gevraagd"),
    ("right", "granted"): gettext_lazy("Recht toegekend"),
    ("right", "refused"): gettext_lazy("Recht geweigerd"),
    ("right", "dropped"): gettext_lazy("Recht laten vallen"),
    ("support", "ended"): gettext_lazy("Begeleiding afronden"),
    ("fund", "signed"): gettext_lazy("Begeleidingsovereenkomst getekend"),
    ("fund", "asked"): gettext_lazy("Gevraagd aan het fonds"),
    ("fund", "paid"): gettext_lazy("Verhuurder betaald"),
    ("fund", "followed"): gettext_lazy("Opgevolgd tot het einde"),
    ("fund", "broken"): gettext_lazy("Dossier stopzetten"),
}
# What starts from what was written before.
_INITIAL = ("asked_on", "asked_where")


class LineFormView(OfKind, TenancyFormView):
    """A form about lines of one kind."""

    lines, line_forms = LINES, LINE_FORMS

    def own_url(self) -> str:
        """Return where on the page it stands."""
        part = "support" if self.kind in ("goal", "evaluation") else self.kind
        return f"{self.track.get_absolute_url()}#{part}"


class LineNewView(LineFormView):
    """A new line."""

    done_message = gettext_lazy("Het staat erbij.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form offers what belongs to this track."""
        return {**super().get_form_kwargs(), "track": self.track, "user": self.request.user, "is_new": True}

    def get_initial(self) -> dict[str, Any]:
        """Today; and for the fund the rent arrears as they were last read."""
        found: dict[str, Any] = {}
        if self.kind in TODAY:
            found[TODAY[self.kind]] = timezone.localdate()
        if self.kind == "fund":
            rent = [row for row in latest_of_each(arrears_of(self.track).rows) if row.kind == "rent"]
            found["arrears"] = sum(row.amount for row in rent) or None
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what it is."""
        return super().get_context_data(title=_NEW[self.kind], **kwargs)

    def act(self, form: forms.Form) -> str:
        """Add it."""
        add_line(by=self.request.user, track=self.track, kind=self.kind, values=form.cleaned_data)
        return self.own_url()


class OneLineView(OfOne, LineFormView):
    """A form about one line."""

    def load(self, **kwargs: Any) -> None:
        """Find the line among those of this track."""
        super().load(**kwargs)
        self.line = get_object_or_404(lines_of(self.track, self.kind), pk=kwargs["line"])


class LineEditView(OneLineView):
    """A correction, or how far a goal or an evaluation is."""

    done_message = gettext_lazy("Het is bewaard.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form offers what belongs to this track."""
        return {**super().get_form_kwargs(), "track": self.track, "user": self.request.user, "is_new": False}

    def get_initial(self) -> dict[str, Any]:
        """Start from what stands there."""
        line = self.line
        found = {
            name: getattr(line, name) for name in FIELDS[self.kind] if name not in ("person", "inspection")
        }
        if self.kind == "right":
            found |= {"kind": right_initial(line), "person": line.person_id, "inspection": line.inspection_id}
        return found | {"version": line.version}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what it is."""
        return super().get_context_data(title=_EDIT[self.kind], **kwargs)

    def act(self, form: forms.Form) -> str:
        """Save it."""
        values = dict(form.cleaned_data)
        version = values.pop("version")
        edit_line(by=self.request.user, line=self.line, version=version, values=values)
        return self.own_url()


class LineStrikeView(Strikes, OneLineView):
    """A mistake."""

    action = staticmethod(strike_line)


class LineRestoreView(PutsBack, OneLineView):
    """It was no mistake."""

    action = staticmethod(restore_line)


class StepView(OneLineView):
    """A right, a support or a file of the fund goes on, or one step back."""

    done_message = gettext_lazy("Het is bewaard.")
    to: str

    def load(self, **kwargs: Any) -> None:
        """A state that isn't there for this kind is not found."""
        super().load(**kwargs)
        self.to = kwargs["to"]
        if self.kind not in STATES or self.to not in STATES[self.kind].values:
            raise Http404
        self.undo = is_undoing(self.line, self.to)

    def get_form_class(self) -> type[forms.Form]:
        """What this step asks; a step back asks nothing."""
        return StepForm if self.undo else STEP_FORMS.get((self.kind, self.to), StepForm)

    def get_form_kwargs(self) -> dict[str, Any]:
        """About this line."""
        return {**super().get_form_kwargs(), "line": self.line}

    def get_initial(self) -> dict[str, Any]:
        """The version, what was asked before, and what the fund would pay."""
        found: dict[str, Any] = {"version": self.line.version}
        if self.kind == "right" and self.line.asked_on is not None:
            found |= {name: getattr(self.line, name) for name in _INITIAL}
        if self.kind == "fund" and self.to == FundState.PAID:
            found["paid"] = TenancyRules.read().sums(self.line, timezone.localdate()).landlord
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what happens with what."""
        name = str(self.line)
        if self.kind == "right":
            name = TenancyRules.read().name(self.line, timezone.localdate())
        state = STATES[self.kind](self.to).label
        if self.undo:
            title = _("Terug naar “%(state)s”?") % {"state": state}
            intro = _("Wat bij de laatste stap genoteerd is, gaat weg. De tijdlijn bewaart dat het er stond.")
            label = _("Terugzetten")
        else:
            title, intro, label = _STEPS.get((self.kind, self.to), state), "", _("Bewaren")
        if self.kind == "right":
            intro = f"{name}. {intro}".strip()
        return super().get_context_data(title=title, intro=intro, submit_label=label, **kwargs)

    def act(self, form: forms.Form) -> str:
        """Take the step."""
        values = dict(form.cleaned_data)
        version = values.pop("version")
        take_step(by=self.request.user, line=self.line, to=self.to, version=version, values=values)
        return self.own_url()


class InspectionAskView(OneLineView):
    """Ask that somebody looks at the dwelling, for a rent subsidy or premium."""

    kind = "right"
    title = gettext_lazy("Onderzoek van de woning vragen")
    submit_label = gettext_lazy("Onderzoek vragen")
    done_message = gettext_lazy("De vraag staat bij de taken van je collega.")

    def load(self, **kwargs: Any) -> None:
        """Another right needs none."""
        super().load(**kwargs)
        if self.line.kind not in INSPECTED_RIGHTS:
            raise Http404

    def get_form_class(self) -> type[forms.Form]:
        """Who, and by when."""
        return InspectionAskForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer who inspects here."""
        return {**super().get_form_kwargs(), "case": self.track.case}

    def get_initial(self) -> dict[str, Any]:
        """In two weeks."""
        return {"due_on": timezone.localdate() + dt.timedelta(days=14)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what follows from it."""
        intro = _(
            "Bespreek het eerst met het gezin: uit een onderzoek kan een procedure volgen, en de verhuurder hoort "
            "ervan."
        )
        return super().get_context_data(intro=intro, **kwargs)

    def act(self, form: forms.Form) -> str:
        """Ask it."""
        ask_inspection(by=self.request.user, claim=self.line, **form.cleaned_data)
        return self.own_url()


class ConditionsView(OneLineView):
    """The conditions of the fund against evictions."""

    kind = "fund"
    title = gettext_lazy("Voorwaarden van het fonds")
    submit_label = gettext_lazy("Antwoorden bewaren")
    done_message = gettext_lazy("De antwoorden zijn bewaard.")

    def get_form_class(self) -> type[forms.Form]:
        """Each yes, no or unknown."""
        return ConditionsForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """With what was answered before."""
        return {**super().get_form_kwargs(), "fund_file": self.line}

    def get_initial(self) -> dict[str, Any]:
        """The version that is answered on."""
        return {"version": self.line.answers_version}

    def latest_version(self) -> int:
        """The version as it stands now."""
        return EvictionFundFile.objects.get(pk=self.line.pk).answers_version

    def act(self, form: ConditionsForm) -> str:  # type: ignore[override]
        """Keep the answers."""
        answer_conditions(
            by=self.request.user,
            fund_file=self.line,
            version=form.cleaned_data["version"],
            answers=form.answers(),
        )
        return self.own_url()

"""The chapters of a report, in order: which measures each holds and what it opens with."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from accounts.enums import Goal
from arsenaal.lib.charts import Palette
from arsenaal.lib.registries import Measure, measures


@dataclass(frozen=True)
class Section:
    """One chapter. `code` is a goal, or the area of measures that serve all goals."""

    code: str
    title: str
    intro: str
    palette: Palette
    chart_of: str  # the measure that its chart is about

    def measures(self) -> Sequence[Measure]:
        """Return what the packages registered for this chapter, in order of registration."""
        return [measure for measure in measures if (measure.goal or measure.area) == self.code]


PETROL = Palette("#0d5c63", "#e3f0f0")

SECTIONS = (
    Section(
        "families",
        _("Gezinnen en vertrouwen"),
        _("Wie we spraken, hoe snel we aan de deur stonden, en of het vertrouwen groeide."),
        PETROL,
        "visits.done",
    ),
    Section(
        Goal.HOUSING,
        Goal.HOUSING.label,
        _("Een woning die veilig en gezond is, en een huur die klopt."),
        Palette("#a8431f", "#fbeae3"),
        "interventions.housing",
    ),
    Section(
        Goal.COHESION,
        Goal.COHESION.label,
        _("Buren die elkaar kennen, en een wijk waar men trots op is."),
        Palette("#2f6f3e", "#e5f2e7"),
        "interventions.cohesion",
    ),
    Section(
        Goal.SAFETY,
        Goal.SAFETY.label,
        _("Een wijk waar het goed wonen is, en jongeren die vooruit kunnen."),
        Palette("#2a559c", "#e6edf8"),
        "interventions.safety",
    ),
    Section(
        "together",
        _("Samenwerken"),
        _("Wat bij ons binnenkomt, wat we samen beslissen, en wat ons in de weg staat."),
        PETROL,
        "radar.signals",
    ),
)

"""What a stay and its aftercare start from."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from arsenaal.lib.registries import ReferenceCode
from cases.enums import Certainty, ReferenceKind
from cases.reference import value_on

# Aftercare comes back this many months after the stay (casus 3, step 6).
AFTERCARE_MONTHS = (3, 6, 12)

CODES = (
    ReferenceCode(
        "stay.default_months",
        _("hoelang een verblijf in een crisiswoning gewoonlijk duurt"),
        ReferenceKind.MONTHS.value,
        _("Verblijf in een crisiswoning"),
        default="3",
        source='Wijkverbetering in Mechelen, casus 3: "3 maanden tijdelijke huisvesting"',
        certainty=Certainty.CERTAIN.value,
    ),
)


def default_stay_months(day: dt.date) -> int:
    """Return how many months a stay lasts by default when it starts on this day."""
    return int(value_on("stay.default_months", day).number or 0)

"""Reference data: loaded once with what is known, then kept by an administrator. Nothing is changed or deleted."""

import datetime as dt
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from arsenaal.lib.errors import ActionError
from arsenaal.lib.registries import reference_codes
from cases.enums import Certainty
from cases.models import ReferenceValue
from cases.reference import TEXT_KINDS, default_value

EARLIEST = dt.date(1960, 1, 1)
LARGEST = Decimal("9999999999")


class BadReferenceValueError(ActionError):
    """This value can't be; the message says why."""


class ReferenceValueExistsError(ActionError):
    """There is a value from that day on."""


class AlreadyConfirmedError(ActionError):
    """Somebody confirmed it, or it was certain from the start."""


@transaction.atomic
def load_reference_values() -> int:
    """Enter the values that came with the program for codes that have none yet; return how many. May run again."""
    known = set(ReferenceValue.objects.values_list("code", flat=True).distinct())
    missing = [default_value(spec) for spec in reference_codes if spec.code not in known]
    return len(ReferenceValue.objects.bulk_create(missing, ignore_conflicts=True))


@transaction.atomic
def enter_reference_value(
    *,
    by: User,
    code: str,
    valid_from: dt.date,
    source: str,
    number: Decimal | None = None,
    text: str = "",
    certainty: str = Certainty.CERTAIN,
    note: str = "",
) -> ReferenceValue:
    """Enter the value of a code from a day on; the values before it stay as they were.

    Raises BadReferenceValueError for a value or day that can't be, ReferenceValueExistsError when there is one from
    that same day, LookupError for an unknown code.
    """
    spec = reference_codes.get(code)
    field = "text" if spec.kind in TEXT_KINDS else "number"
    if field == "text":
        number, text = None, text.strip()
    else:
        text = ""
    if not text and number is None:
        raise BadReferenceValueError(_("Vul een waarde in."), field=field)
    if number is not None:
        if number < 0:
            raise BadReferenceValueError(_("Een waarde kan niet onder nul liggen."), field=field)
        if number > LARGEST:
            raise BadReferenceValueError(_("Dit getal is te groot. Kijk het na."), field=field)
        if spec.kind in ("days", "workdays", "months") and number != number.to_integral():
            raise BadReferenceValueError(_("Een termijn is een heel getal."), field=field)
        if spec.kind in ("days", "workdays", "months") and number > 20_000:
            raise BadReferenceValueError(_("Deze termijn is te lang. Kijk het getal na."), field=field)
    if not EARLIEST <= valid_from <= timezone.localdate() + dt.timedelta(days=5 * 366):
        raise BadReferenceValueError(_("Kijk het jaar na."), field="valid_from")
    if not source.strip():
        raise BadReferenceValueError(
            _("Schrijf op waar het staat: de wet, het besluit, de webpagina."), field="source"
        )
    _keep_default(code)
    try:
        with transaction.atomic():
            return ReferenceValue.objects.create(
                code=code,
                number=number,
                text=text,
                valid_from=valid_from,
                source=source.strip(),
                certainty=certainty,
                note=note.strip(),
                entered_by=by,
            )
    except IntegrityError as error:
        raise ReferenceValueExistsError(
            _(
                "Er is al een waarde vanaf %(day)s. Wat er stond verandert niet meer: laat de nieuwe een dag later "
                "beginnen."
            )
            % {"day": date_format(valid_from, "j F Y")},
            field="valid_from",
        ) from error


def _keep_default(code: str) -> None:
    """What held before anybody entered something stays readable."""
    if not ReferenceValue.objects.filter(code=code).exists():
        ReferenceValue.objects.bulk_create([default_value(reference_codes.get(code))], ignore_conflicts=True)


@transaction.atomic
def confirm_reference_value(
    *, by: User, value: ReferenceValue, source: str, now: dt.datetime | None = None
) -> ReferenceValue:
    """Say that a doubtful value is right, and where that stands.

    Raises AlreadyConfirmedError when there is no doubt (any more), BadReferenceValueError without a source.
    """
    value = ReferenceValue.objects.select_for_update().get(pk=value.pk)
    if value.is_certain:
        raise AlreadyConfirmedError(_("Deze waarde is al zeker."))
    if not source.strip():
        raise BadReferenceValueError(
            _("Schrijf op waar het staat: de wet, het besluit, de webpagina."), field="source"
        )
    value.confirmed_by, value.confirmed_at = by, now or timezone.now()
    value.confirmed_source = source.strip()
    value.save(update_fields=["confirmed_by", "confirmed_at", "confirmed_source"])
    return value

"""What somebody gets to see of people: declared by the views, kept in the access log by the middleware.

A view says what it shows (`PermissionMixin.looks()`, or `note_look()` where it has no object); nothing is written until
the answer is ready, and then once. A look names things by kind, id and number, never by name: the log itself must not
become a file about families.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import TextChoices
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

_NOTED = "_looks"
# What a case number looks like. Whatever else somebody types in an address is not kept: it could be a name.
_NUMBER = re.compile(r"[A-Z]{1,5}-\d{4}-\d{3,6}")


class LookKind(TextChoices):
    """What somebody did."""

    OPENED = "opened", _("geopend")
    SEARCHED = "searched", _("gezocht")
    EXPORTED = "exported", _("uitgevoerd")
    PRINTED = "printed", _("afgedrukt")
    BROKE_GLASS = "broke_glass", _("noodtoegang")
    REFUSED = "refused", _("geweigerd")


class Subject(TextChoices):
    """What was looked at. The words follow a verb: "opende dossier ARS-2026-0001"."""

    CASE = "case", _("dossier")
    HOUSEHOLD = "household", _("gezin")
    PERSON = "person", _("persoon")
    SIGNAL = "signal", _("signaal op de radar")
    VISIT = "visit", _("huisbezoek")
    PHOTO = "photo", _("foto")
    DOCUMENT = "document", _("document")
    FILE = "file", _("bestand")
    HELP_REQUEST = "help_request", _("vraag aan een dienst")
    DWELLING = "dwelling", _("woning")
    BUILDING = "building", _("pand")
    LANDLORD = "landlord", _("verhuurder")
    REVIEW = "review", _("teamoverleg")
    REPORT = "report", _("rapport")
    LIST = "list", _("lijst")
    SEARCH = "search", _("zoekvak")
    LOG = "log", _("inzages")
    OTHER = "other", _("bladzijde")


@dataclass(frozen=True)
class Look:
    """One thing that one request shows. `label` is a number as people say it ("ARS-2026-0001"), never a name."""

    kind: LookKind
    subject: Subject
    subject_id: int | None = None
    label: str = ""
    neighbourhood_id: int | None = None
    case_id: int | None = None
    case_number: str = ""
    case_ids: Sequence[int] = ()  # the cases of which something stands in a list that was taken along
    row_count: int | None = None
    detail: str = ""  # which filters, which file; no values that somebody typed
    why: str = ""  # where the program asked for a reason


def look_at(
    subject: Subject, pk: int | None, *, neighbourhood_id: int | None, kind: LookKind = LookKind.OPENED
) -> Look:
    """Return the look at one record that is named by its id and belongs to no case; None: it is gone."""
    return Look(kind, subject, subject_id=pk, label=str(pk or ""), neighbourhood_id=neighbourhood_id)


def note_look(request: HttpRequest, *looks: Look) -> None:
    """Have these looks kept once the answer is ready; an answer that shows nothing (a refusal, an error) keeps none."""
    noted = getattr(request, _NOTED, [])
    noted.extend(looks)
    setattr(request, _NOTED, noted)


def noted_looks(request: HttpRequest) -> list[Look]:
    """Return what this request shows, each thing once."""
    return list(dict.fromkeys(getattr(request, _NOTED, [])))


def case_number_in(text: str) -> str:
    """Return the text when it looks like the number of a case, else nothing: what people type could be a name."""
    return text if _NUMBER.fullmatch(text) else ""


def refused_look(request: HttpRequest) -> list[Look]:
    """Return the refused attempt at one thing: who tries number after number must stand out.

    A page that isn't about one thing doesn't count. Only a number that looks like one is kept as it was typed.
    """
    match = request.resolver_match
    if match is None or not match.kwargs:
        return []
    view = getattr(match.func, "view_class", None)
    asked, pk = str(match.kwargs.get("number", "")), match.kwargs.get("pk")
    number = case_number_in(asked)
    return [
        Look(
            LookKind.REFUSED,
            Subject.CASE if asked else getattr(view, "subject", Subject.OTHER),
            subject_id=pk if isinstance(pk, int) and pk < 2**63 else None,
            label=number,
            case_number=number,
        )
    ]

"""What the pages of the social capital show: suggestions, and what each side may be told of the other."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from cohesion.capital_matching import Suggestion, suggestions_for
from cohesion.models import CapitalConsent, CapitalEntry, CapitalMatch

LOOKED_AT = 1000  # of the other side, the newest first: more than a neighbourhood has


def standing_consent(entry: CapitalEntry) -> CapitalConsent | None:
    """Return the consent that holds today. One query."""
    return entry.consents.valid_on(timezone.localdate()).first()  # type: ignore[attr-defined, no-any-return]


def suggestions_of(entry: CapitalEntry) -> list[Suggestion]:
    """Return whom this entry could meet. Nobody without consent on both sides, nobody who was proposed before.

    Two queries.
    """
    if not CapitalEntry.objects.matchable().filter(pk=entry.pk).exists():
        return []
    # A lookup in both directions: an entry has matches on its own side alone.
    met = CapitalMatch.objects.filter(Q(offer=entry) | Q(ask=entry)).values_list("offer_id", "ask_id")
    known = {pk for pair in met for pk in pair}
    others = (
        CapitalEntry.objects.matchable()
        .filter(neighbourhood_id=entry.neighbourhood_id)
        .exclude(side=entry.side)
        .exclude(pk__in=known)
    )
    if entry.person_id is not None:
        others = others.exclude(person_id=entry.person_id)
    return suggestions_for(entry, others.order_by("-noted_at", "-pk")[:LOOKED_AT])


@dataclass(frozen=True)
class Told:
    """What one person may be told of the other: a first name and the thing, how to reach him only if he said so."""

    to: str
    first_name: str
    what: str
    is_offer: bool
    reach: str = ""


def introduction_of(match: CapitalMatch) -> list[Told] | None:
    """Return what each may be told, or None when one of both gives no consent (any more). Two queries."""
    found = []
    for entry, other in ((match.ask, match.offer), (match.offer, match.ask)):
        consent = standing_consent(entry)
        if consent is None:
            return None
        found.append(
            Told(
                other.first_name,
                entry.first_name,
                entry.what,
                entry.side == "offer",
                entry.reach if consent.shares_reach else "",
            )
        )
    return found

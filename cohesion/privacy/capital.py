"""What neighbours offer and ask each other."""

from arsenaal.lib.privacy import PLAIN, Erase, FieldClass, Kind, Own, model

# What people do for each other: for who brings them together, and never for another resident.
_CONNECTERS = "coaches and community workers of the neighbourhood"

_WITH_OFFER = "until a year after the offer or the ask ended"

NEIGHBOUR = FieldClass(
    Kind.PERSONAL, _CONNECTERS, _WITH_OFFER, False, "can be corrected", Own.YES, Erase.PSEUDONYM
)

NEIGHBOUR_REACH = FieldClass(
    Kind.PERSONAL, _CONNECTERS, _WITH_OFFER, False, "can be corrected", Own.YES, Erase.EMPTY
)

NEIGHBOUR_THING = FieldClass(
    Kind.PERSONAL,
    _CONNECTERS,
    _WITH_OFFER,
    False,
    "can be corrected",
    Own.YES,
    Erase.KEEP,
    "what was offered or asked, without who it was",
)

NEIGHBOUR_STORY = FieldClass(
    Kind.SENSITIVE, _CONNECTERS, _WITH_OFFER, False, "can be corrected", Own.YES, Erase.EMPTY
)

MATCH_STORY = FieldClass(
    Kind.SENSITIVE, _CONNECTERS, _WITH_OFFER, False, "can be corrected", Own.SUMMARY, Erase.NAMES_OUT,
    "about two people: that they met, not what was written of the other",
)  # fmt: skip

PRIVACY = (
    model(
        "CapitalEntry",
        {
            PLAIN: "side kind day_parts",
            NEIGHBOUR: "first_name",
            NEIGHBOUR_REACH: "street reach languages",
            NEIGHBOUR_THING: "what",
            NEIGHBOUR_STORY: "details",
        },
        leads_to="person",
        holds_stories=True,
    ),
    model("CapitalConsent", {PLAIN: "shares_reach"}, leads_to="entry__person"),
    model(
        "CapitalMatch",
        {PLAIN: "state reasons", MATCH_STORY: "outcome"},
        leads_to="offer__person ask__person",
        holds_stories=True,
    ),
)

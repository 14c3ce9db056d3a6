"""What each field of this wing holds of people; see arsenaal/lib/privacy.py."""

from arsenaal.lib.privacy import PLAIN, Erase, FieldClass, Kind, Own, model

# Written to be read by everybody: on the poster and on the public page.
SHOWN = FieldClass(
    Kind.PERSONAL,
    "everybody, when the activity is public; else who works in the neighbourhood",
    "as long as the activity is kept",
    True,
    "stays",
    Own.OTHERS,
    Erase.KEEP,
    "first names or an organisation, put on a poster by those who receive there",
)
_NOBODY = "about a place and what goes on there; visitors are counted, never named"

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
    model("HubPlace", {PLAIN: "name address description"}, nobody=_NOBODY),
    model("OpeningTime", {PLAIN: "weekday opens closes"}, nobody=_NOBODY),
    model("ClosedPeriod", {PLAIN: "reason"}, nobody=_NOBODY),
    model(
        "Activity",
        {
            PLAIN: "title kind description for_whom is_public repeat starts_at ends_at",
            SHOWN: "hosts",
        },
        nobody=_NOBODY,
    ),
    model(
        "ActivityMoment",
        {
            PLAIN: "on starts_at ends_at is_moved state reason new_count returning_count helper_count helper_hours",
        },
        nobody=_NOBODY,
    ),
)

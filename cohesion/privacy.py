"""What each field of this wing holds of people; see arsenaal/lib/privacy.py."""

from arsenaal.lib.privacy import PLAIN, Erase, FieldClass, Kind, Own, model
from cases.privacy import DRAFT

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

_VISITORS = "who makes living-room visits in the neighbourhood"
_VISIT_KEPT = "as long as the project, until the city has an approved selection rule"
# Who somebody visited: a first name is enough, and may stay empty.
HOST = FieldClass(Kind.PERSONAL, _VISITORS, _VISIT_KEPT, False, "emptied", Own.YES, Erase.NAMES_OUT)
HEARD = FieldClass(Kind.SENSITIVE, _VISITORS, _VISIT_KEPT, False, "emptied", Own.YES, Erase.NAMES_OUT)
_STORY_READERS = "who writes stories down in the neighbourhood; what is published, where its teller agreed"
_STORY_KEPT = "until its teller withdraws it"
_STORY_ERASED = "the teller's own words; once he is erased it appears nowhere, and withdrawing it deletes it"
TOLD = FieldClass(
    Kind.SENSITIVE,
    _STORY_READERS,
    _STORY_KEPT,
    False,
    "emptied when it is withdrawn",
    Own.YES,
    Erase.NAMES_OUT,
)
STORY_FILE = FieldClass(
    Kind.SENSITIVE,
    _STORY_READERS,
    _STORY_KEPT,
    False,
    "deleted when it is withdrawn",
    Own.SUMMARY,
    Erase.KEEP,
    _STORY_ERASED,
)
TELLER = FieldClass(
    Kind.PERSONAL,
    _STORY_READERS,
    _STORY_KEPT,
    False,
    "emptied when it is withdrawn",
    Own.YES,
    Erase.NAMES_OUT,
)
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
    model(
        "LivingRoomVisit",
        {
            PLAIN: "uuid street people_count themes is_struck strike_reason",
            HOST: "name house_number",
            HEARD: "loves worries notes",
        },
        holds_stories=True,
        leads_to="household",
        dated="visited_on",
    ),
    model("LivingRoomFollowUp", {HEARD: "what"}, holds_stories=True, leads_to="visit__household"),
    model(
        "LivingRoomDraft",
        {PLAIN: "visit_uuid revision", DRAFT: "payload"},
        holds_stories=True,
        nobody="what one person is still writing, gone after thirty days; it names who was visited in words alone",
    ),
    model(
        "Story",
        {PLAIN: "uuid form", TELLER: "teller_name"},
        holds_stories=True,
        leads_to="teller",
    ),
    model(
        "StoryVersion",
        {
            PLAIN: "number content_type approved_how",
            TOLD: "title words alt video_url",
            STORY_FILE: "file",
        },
        holds_stories=True,
        leads_to="story__teller",
    ),
    model("StoryConsent", {PLAIN: "uses", TELLER: "other_use"}, holds_stories=True, leads_to="story__teller"),
)

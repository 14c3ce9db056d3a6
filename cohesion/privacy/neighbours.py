"""Living-room visits and stories."""

from arsenaal.lib.privacy import PLAIN, Erase, FieldClass, Kind, Own, model
from cases.privacy import DRAFT

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

PRIVACY = (
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

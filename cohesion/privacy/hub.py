"""The transition hub."""

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

# Who cares for a place told his first name or the name of an organisation, to be asked again when the time is over.
CARER = FieldClass(
    Kind.PERSONAL,
    "who works in the neighbourhood",
    "as long as the project is kept",
    False,
    "stays",
    Own.OTHERS,
    Erase.KEEP,
    "a first name or an organisation, that leads to nobody's file",
)
# Seen by everybody only when nobody can be recognised, or everybody who can said yes and the day isn't over.
DECLARED_PHOTO = FieldClass(
    Kind.PERSONAL,
    "who works in the neighbourhood; everybody, as long as those who can be recognised agree",
    "until somebody removes it",
    False,
    "removed with its file",
    Own.OTHERS,
    Erase.KEEP,
    "nobody is named; whoever stands on it asks to have it removed, and it is gone at once",
)
_LOOK = "about a spot in the street; residents are not named"
_PHOTO_PLAIN = "uuid width height people is_public agreed_until"

PRIVACY = (
    model("PlaceProject", {PLAIN: "title kind description state is_public"}, nobody=_LOOK),
    model("PlaceSpot", {PLAIN: "street street_key house_number note lat lng is_exact"}, nobody=_LOOK),
    model("PlaceStep", {PLAIN: "state on note"}, nobody=_LOOK),
    model(
        "CareAgreement", {CARER: "carer", PLAIN: "what"}, nobody="a first name without more, of a volunteer"
    ),
    model(
        "PlacePhoto",
        {PLAIN: f"{_PHOTO_PLAIN} moment", DECLARED_PHOTO: "file thumbnail alt asked_who"},
        holds_stories=True,
        nobody="a photo of a place; whoever stands on it isn't named",
    ),
    model(
        "ActivityPhoto",
        {PLAIN: _PHOTO_PLAIN, DECLARED_PHOTO: "file thumbnail alt asked_who"},
        holds_stories=True,
        nobody="a photo of an activity; whoever stands on it isn't named",
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

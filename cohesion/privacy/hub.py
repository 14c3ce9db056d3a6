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

PRIVACY = (
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

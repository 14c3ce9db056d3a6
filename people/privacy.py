"""What the models of this package hold of people."""

from arsenaal.lib.privacy import PLAIN, WITH_CASE, Erase, FieldClass, Kind, Own, model

_READERS = "the core team of the neighbourhood, the team of the case; a partner only with consent"
NAME = FieldClass(
    Kind.PERSONAL, _READERS, WITH_CASE, True, "stays with the person's fiche", Own.YES, Erase.PSEUDONYM
)
# Names in pieces, to find them whatever their spelling: as personal as the names.
NAME_INDEX = FieldClass(
    Kind.PERSONAL,
    "nobody: for searching alone",
    WITH_CASE,
    False,
    "made again from the name",
    Own.DOUBLE,
    Erase.RENEW,
    "the names themselves are in the export",
)
REACH = FieldClass(
    Kind.PERSONAL, _READERS, WITH_CASE, False, "can be emptied on the fiche", Own.YES, Erase.EMPTY
)
FAMILY = FieldClass(
    Kind.SENSITIVE, _READERS, WITH_CASE, False, "can be corrected on the fiche", Own.YES, Erase.EMPTY
)
PLACE = FieldClass(
    Kind.SENSITIVE,
    _READERS,
    WITH_CASE,
    False,
    "can be corrected on the fiche",
    Own.YES,
    Erase.KEEP,
    "that a household had a member, without who it was",
)
GROUND = FieldClass(
    Kind.SENSITIVE,
    "who may see the person, and who decides on his rights",
    WITH_CASE,
    False,
    "stays",
    Own.YES,
    Erase.NAMES_OUT,
)

PRIVACY = (
    model("Household", {NAME: "name", NAME_INDEX: "trigrams"}, leads_to="self"),
    model(
        "Person",
        {
            NAME: "given_name family_name",
            NAME_INDEX: "trigrams",
            FAMILY: "born_on birth_year languages needs_interpreter",
            REACH: "phone email reach_by reach_note",
        },
        leads_to="self",
        holds_stories=True,  # how to reach somebody can tell why not to ring at home
    ),
    model("HouseholdMember", {PLACE: "role join_reason leave_reason"}, leads_to="person"),
    model(
        "Restriction",
        {GROUND: "reason lift_reason"},
        leads_to="person",
        dated="set_at",
        holds_stories=True,
    ),
    model("PersonLink", {PLAIN: "verdict"}, leads_to="first second"),
)

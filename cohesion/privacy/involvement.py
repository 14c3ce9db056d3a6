"""What a known person does in his neighbourhood."""

from arsenaal.lib.privacy import PLAIN, Erase, FieldClass, Kind, Own, model

INVOLVED_IN = FieldClass(
    Kind.PERSONAL,
    "coaches and community workers of the neighbourhood; while its person says yes, the team of his case",
    "until a year after it ended",
    False,
    "can be corrected",
    Own.YES,
    Erase.NAMES_OUT,
)

PRIVACY = (
    model(
        "Involvement",
        {PLAIN: "kind since until agreed_until", INVOLVED_IN: "what"},
        leads_to="person",
        holds_stories=True,
    ),
)

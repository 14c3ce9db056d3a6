"""What the models of this package hold of people."""

from arsenaal.lib.privacy import PLAIN, Erase, FieldClass, Kind, Own, model

_READERS = "who may see the person, and who decides on his rights; never who only oversees"
_REGISTER = "ten years, to show that the request was answered"
ASKED = FieldClass(
    Kind.SENSITIVE, _READERS, _REGISTER, False, "names are taken out", Own.YES, Erase.NAMES_OUT
)
DRAFT = FieldClass(
    Kind.SENSITIVE,
    "who may read the circle of the part, while it is read over",
    "until the export expires, thirty days after it was written",
    False,
    "deleted when it expires",
    Own.DOUBLE,
    Erase.EMPTY,
    "a copy of what stands elsewhere in the export",
)
HANDED_OVER = FieldClass(
    Kind.SENSITIVE,
    "who answers the request",
    "thirty days after it was written",
    False,
    "deleted when it expires",
    Own.DOUBLE,
    Erase.EMPTY,
    "it is the export itself",
)
HOLD = FieldClass(
    Kind.SENSITIVE, "who may see the case", "as long as the case", False, "stays", Own.YES, Erase.NAMES_OUT
)
_PROOF = "proof of what was destroyed: numbers and rules, never a name"

PRIVACY = (
    model(
        "RightsRequest",
        {
            PLAIN: "kind state identity restriction_ground all_words refusal_ground attempts failure",
            ASKED: "asked_by subject wanted extension_reason answer",
        },
        holds_stories=True,
        leads_to="person",
    ),
    model(
        "Export",
        {HANDED_OVER: "pdf json", PLAIN: "pdf_sha256 json_sha256"},
        holds_stories=True,
        leads_to="request__person",
    ),
    model(
        "ExportPart",
        {
            PLAIN: "source source_id circle names_hidden state",
            DRAFT: "section heading content reason suggestion",
        },
        holds_stories=True,
        leads_to="export__request__person case",
    ),
    model("RetentionRule", {PLAIN: "category name months ground destination certainty"}),
    model("LegalHold", {HOLD: "reason"}, leads_to="case", dated="set_at", holds_stories=True),
    model(
        "DestructionList",
        {PLAIN: "state as_of digest certificate certificate_sha256"},
        nobody=_PROOF,
    ),
    model(
        "DestructionLine",
        {PLAIN: "category subject_id label taken_out_reason blocked_reason files"},
        nobody=_PROOF,
    ),
)

"""What the models of this package hold of people: of landlords, and of where families live."""

from arsenaal.lib.privacy import PLAIN, WITH_CASE, WITH_REGISTER, Erase, FieldClass, Kind, Own, model
from housing.privacy_legal import PRIVACY_LEGAL

_READERS = "who reads the registers of the neighbourhood"
_OWNER = "of the landlord, who asks for it himself; he is no resident of the file"
LANDLORD = FieldClass(
    Kind.PERSONAL, _READERS, WITH_REGISTER, True, "can be corrected", Own.OTHERS, Erase.KEEP, _OWNER
)
NAME_INDEX = FieldClass(
    Kind.PERSONAL,
    "nobody: for searching alone",
    WITH_REGISTER,
    False,
    "made again from the name",
    Own.OTHERS,
    Erase.KEEP,
    _OWNER,
)
LIVING = FieldClass(
    Kind.PERSONAL,
    f"{_READERS}; with the family's name only who may see the family",
    WITH_CASE,
    False,
    "stays",
    Own.YES,
    Erase.KEEP,
    "how a dwelling was let; without the name it is about the dwelling",
)
TALK = FieldClass(
    Kind.SENSITIVE,
    f"{_READERS}; of a case only who may see that case",
    WITH_REGISTER,
    False,
    "stays",
    Own.SUMMARY,
    Erase.NAMES_OUT,
    "words of the landlord: that there was a talk about the case, not what he said",
)

# Facts of a procedure: what was decided about a dwelling, when, and why it ended. It should name nobody.
RULING = FieldClass(
    Kind.PERSONAL,
    "who reads the procedures of the neighbourhood",
    WITH_REGISTER,
    True,
    "stays",
    Own.OTHERS,
    Erase.NAMES_OUT,
    "about a dwelling, not about who lives there",
)
MOVING = FieldClass(
    Kind.SENSITIVE,
    "the core team of the neighbourhood and the team of the case",
    WITH_CASE,
    False,
    "can be corrected until the decision",
    Own.YES,
    Erase.EMPTY,
)

_DWELLING = "about a dwelling or a building, not about a resident"

# Facts of the dwelling, with its photos: no story, but it is somebody's home.
FOUND = FieldClass(
    Kind.PERSONAL,
    "who reads inspections of the neighbourhood; the outcome also the team of the case",
    WITH_REGISTER,
    True,
    "stays in the signed report",
    Own.OTHERS,
    Erase.KEEP,
    "facts of a dwelling in a signed report: whoever lives there gets the report itself",
)
HOME_PHOTO = FieldClass(
    Kind.SENSITIVE,
    "who reads inspections of the neighbourhood",
    WITH_REGISTER,
    False,
    "deleted with its file",
    Own.OTHERS,
    Erase.KEEP,
    "a photo of a defect in a signed report",
)
ENFORCEMENT = FieldClass(
    Kind.SENSITIVE,
    "the circle of enforcement in the neighbourhood",
    WITH_REGISTER,
    False,
    "stays",
    Own.OTHERS,
    Erase.NAMES_OUT,
    "an inspector's own notes about a dwelling and its owner",
)
_PARTIES = "who may see what was agreed in the case; a partner only with the family's consent"
AGREED = FieldClass(
    Kind.PERSONAL, _PARTIES, WITH_CASE, False, "stays: it was signed", Own.YES, Erase.NAMES_OUT
)
KEPT_UP = FieldClass(Kind.SENSITIVE, _PARTIES, WITH_CASE, False, "stays", Own.YES, Erase.NAMES_OUT)
PAPER = FieldClass(
    Kind.SENSITIVE,
    _PARTIES,
    WITH_CASE,
    False,
    "the file is removed with its case",
    Own.SUMMARY,
    Erase.KEEP,
    "a signed paper names other parties too: it is handed over in person",
)
_STAYS = "who may see where the family of the case stays"
REHOUSED = FieldClass(Kind.PERSONAL, _STAYS, WITH_CASE, True, "stays", Own.YES, Erase.NAMES_OUT)
REHOUSED_WHY = FieldClass(Kind.SENSITIVE, _STAYS, WITH_CASE, False, "stays", Own.YES, Erase.NAMES_OUT)
_RENOVATING = "who may see the renovation of the case; no partner"
RENOVATED = FieldClass(Kind.PERSONAL, _RENOVATING, WITH_CASE, True, "stays", Own.YES, Erase.NAMES_OUT)
RENOVATED_WORDS = FieldClass(
    Kind.SENSITIVE, _RENOVATING, WITH_CASE, False, "can be corrected", Own.YES, Erase.NAMES_OUT
)
RENOVATION_PHOTO = FieldClass(
    Kind.SENSITIVE,
    _RENOVATING,
    WITH_CASE,
    False,
    "deleted with its file",
    Own.SUMMARY,
    Erase.KEEP,
    "a photo of the works can show others: it is handed over in person; it goes with its case",
)
_SUPPORTING = "the circle of care in the cases it may see; others what was released to them on the timeline"
SUPPORTED = FieldClass(Kind.PERSONAL, _SUPPORTING, WITH_CASE, False, "stays", Own.YES, Erase.NAMES_OUT)
SUPPORTED_WORDS = FieldClass(
    Kind.SENSITIVE, _SUPPORTING, WITH_CASE, False, "can be corrected", Own.YES, Erase.NAMES_OUT
)

PRIVACY = (
    model(
        "AccessAttempt",
        {FOUND: "at result", ENFORCEMENT: "spoken_with note"},
        holds_stories=True,
        nobody=_DWELLING,
    ),
    model(
        "Building",
        {PLAIN: "street house_number postcode city address_uri street_key number_key sort_key trigrams"},
    ),
    model("CaseBuilding", leads_to="case"),
    model("InterventionPlace", leads_to="intervention__case"),
    model("Dwelling", {PLAIN: "box kind floor area"}),
    model(
        "Landlord",
        {
            LANDLORD: "kind name phone email contact_person company_number address",
            NAME_INDEX: "trigrams match_keys",
        },
        nobody="landlords, not residents",
    ),
    model("Defect", {FOUND: "category note"}, holds_stories=True, nobody=_DWELLING),
    model(
        "DefectPhoto",
        {HOME_PHOTO: "file thumbnail", PLAIN: "uuid source_digest width height"},
        holds_stories=True,
        nobody=_DWELLING,
    ),
    model("Defect_rooms"),
    model(
        "Inspection",
        {
            # The result is computed: words of our own, measures, and the names of rooms.
            PLAIN: "uuid trigger state report_number result",
            FOUND: "cancelled_reason present right_holder landlord_name is_before_2016 has_folding_bed"
            " is_old_student_room persons_living correction_reason outcome signed_name",
        },
        nobody=_DWELLING,
    ),
    model("InspectionNote", {ENFORCEMENT: "text"}, holds_stories=True, nobody=_DWELLING),
    model("InspectionRoom", {PLAIN: "uuid", FOUND: "name kind area height"}, nobody=_DWELLING),
    model("ItemImport", {PLAIN: "rows list_digest filename source certainty"}),
    model(
        "LandlordContact",
        {LANDLORD: "at direction channel via_contact_person"},
        leads_to="case",
        dated="at",
    ),
    model(
        "ContactWords",
        {TALK: "summary"},
        holds_stories=True,
        leads_to="contact__case",
        dated="contact__at",
    ),
    model("Occupancy", {LIVING: "tenure rent charges"}, leads_to="household", dated="from_on"),
    model("Ownership", {LANDLORD: "share_numerator share_denominator"}, nobody="landlords, not residents"),
    model("OccupancyNorm", {PLAIN: "measure at_least persons valid_from source certainty"}),
    model("Repair"),
    model(
        "ReportItem",
        {PLAIN: "code official_code part group name help categories certainty source"},
    ),
    model("ReportVersion", {PLAIN: "report_model code valid_from source certainty"}),
    model("SmokeDetector", {FOUND: "storey is_working"}, nobody=_DWELLING),
    model("SinglePointOfContact", {PLAIN: "since until"}),
    model("LegalStatus", {PLAIN: "status source"}),
    model("Procedure", {PLAIN: "kind initiator reference"}),
    model(
        "DwellingProcedure",
        {
            PLAIN: "kind state hearing_form verdict decision_reference repair_until recovers_costs"
            " minister_answer lift_reason",
            RULING: "overrule_reason closed_note",
        },
        nobody=_DWELLING,
    ),
    model("ProcedureEvent", {PLAIN: "step title reference"}),
    model("ProcedureTerm", {PLAIN: "code holder source is_certain pause_reason paused_days"}),
    model("Certificate", {PLAIN: "valid_until most_people reference lapse_reason"}),
    model(
        "RehousingPlan",
        {MOVING: "where_to belongings pets costs cost_amount"},
        holds_stories=True,
        leads_to="household",
    ),
    model(
        "RehousingMember",
        {MOVING: "goes_along where_to school"},
        holds_stories=True,
        leads_to="member__person plan__household",
    ),
    model("BuildingTrack", {PLAIN: "kind state next_step", RULING: "note outcome"}, nobody=_DWELLING),
    model("AgreementTemplate", {PLAIN: "code number title intro closing translations is_current"}),
    model(
        "TemplateObligation",
        {PLAIN: "party_kind text translations topic rule days warn_days breach_next breach_text"},
    ),
    model(
        "Agreement",
        {PLAIN: "edition", AGREED: "title intro closing state", KEPT_UP: "amend_reason end_reason"},
        holds_stories=True,
        leads_to="case",
    ),
    model("AgreementParty", {AGREED: "kind name signer"}, holds_stories=True, leads_to="agreement__case"),
    model(
        "Obligation",
        {AGREED: "text translations topic rule days warn_days breach_next breach_text"},
        holds_stories=True,
        leads_to="agreement__case",
    ),
    model(
        "ObligationDue",
        {AGREED: "state follow_up", KEPT_UP: "note follow_up_note"},
        holds_stories=True,
        leads_to="agreement__case",
    ),
    model(
        "ObligationEvidence",
        {PLAIN: "on", KEPT_UP: "text"},
        holds_stories=True,
        leads_to="due__agreement__case",
    ),
    model(
        "DueExtension",
        {AGREED: "state", KEPT_UP: "reason decision_note"},
        holds_stories=True,
        leads_to="due__agreement__case",
    ),
    model("SignedCopy", leads_to="agreement__case"),
    model(
        "KeptFile",
        {PLAIN: "uuid content_type sha256 size", PAPER: "file"},
        holds_stories=True,
        leads_to="case",
    ),
    model("CrisisDwelling", {PLAIN: "capacity is_accessible allows_pets notes"}),
    model("CrisisFee", {PLAIN: "amount"}),
    model("UnitPeriod", {PLAIN: "is_cancelled", REHOUSED: "kind reason"}, leads_to="household"),
    model(
        "WaitingEntry",
        {
            REHOUSED: "people state priority",
            REHOUSED_WHY: "needs_access has_pets reason priority_reason close_note",
        },
        holds_stories=True,
        leads_to="case",
    ),
    model(
        "Stay", {REHOUSED: "state fee outcome", REHOUSED_WHY: "end_note"}, holds_stories=True, leads_to="case"
    ),
    model(
        "StayExtension",
        {REHOUSED: "state", REHOUSED_WHY: "reason decision_note"},
        holds_stories=True,
        leads_to="stay__case",
    ),
    model(
        "RehousingCost",
        {
            REHOUSED: "category amount description is_recoverable recovered is_struck",
            REHOUSED_WHY: "strike_reason",
        },
        holds_stories=True,
        leads_to="case",
    ),
    model(
        "AftercareCheck", {REHOUSED: "months state result is_relapse"}, holds_stories=True, leads_to="case"
    ),
    model(
        "Renovation",
        {
            PLAIN: "fund_version",
            RENOVATED: "done_for state next_step label_after final_cost",
            RENOVATED_WORDS: "goal stop_reason reached",
        },
        holds_stories=True,
        leads_to="case",
    ),
    model(
        "EnergyScan",
        {
            RENOVATED: "moment scanned_by label kwh is_struck",
            RENOVATED_WORDS: "findings strike_reason",
        },
        holds_stories=True,
        leads_to="renovation__case",
    ),
    model(
        "WorksList",
        {RENOVATED: "title is_struck", RENOVATED_WORDS: "strike_reason"},
        holds_stories=True,
        leads_to="renovation__case",
    ),
    model(
        "RenovationWork",
        {RENOVATED: "what place estimate state is_struck", RENOVATED_WORDS: "strike_reason"},
        holds_stories=True,
        leads_to="works_list__renovation__case",
    ),
    model(
        "Quote",
        {
            RENOVATED: "contractor amount is_chosen is_struck",
            RENOVATED_WORDS: "choice_reason strike_reason",
        },
        holds_stories=True,
        leads_to="works_list__renovation__case",
    ),
    model(
        "SupportRequest",
        {
            RENOVATED: "kind other asked state granted is_struck",
            RENOVATED_WORDS: "decision_note strike_reason",
        },
        holds_stories=True,
        leads_to="renovation__case",
    ),
    model(
        "FundAnswer",
        {PLAIN: "condition", RENOVATED_WORDS: "answer note"},
        holds_stories=True,
        leads_to="renovation__case",
    ),
    model(
        "ProgressLine",
        {RENOVATED: "is_struck", RENOVATED_WORDS: "words strike_reason"},
        holds_stories=True,
        leads_to="renovation__case",
    ),
    model(
        "ProgressPhoto",
        {PLAIN: "uuid source_digest width height", RENOVATION_PHOTO: "file thumbnail"},
        holds_stories=True,
        leads_to="line__renovation__case",
    ),
    model("TenantTrack", {SUPPORTED: "next_step"}, holds_stories=True, leads_to="case"),
    model(
        "RightClaim",
        {
            SUPPORTED: "kind other state asked_where amount granted_from granted_until appeal_until is_struck",
            SUPPORTED_WORDS: "note reason strike_reason",
        },
        holds_stories=True,
        leads_to="track__case",
    ),
    model(
        "TenancySupport",
        {
            SUPPORTED: "planned_until contacts pace state result is_struck",
            SUPPORTED_WORDS: "result_note strike_reason",
        },
        holds_stories=True,
        leads_to="track__case",
    ),
    model(
        "SupportGoal",
        {SUPPORTED: "state is_struck", SUPPORTED_WORDS: "what strike_reason"},
        holds_stories=True,
        leads_to="support__track__case",
    ),
    model(
        "SupportEvaluation",
        {SUPPORTED: "is_struck", SUPPORTED_WORDS: "words strike_reason"},
        holds_stories=True,
        leads_to="support__track__case",
    ),
    model(
        "ArrearsReading",
        {SUPPORTED: "kind creditor amount plan_amount is_struck", SUPPORTED_WORDS: "note strike_reason"},
        holds_stories=True,
        leads_to="track__case",
    ),
    model(
        "EvictionFundFile",
        {
            PLAIN: "answers_version",
            SUPPORTED: "rent arrears state pay_until paid outcome is_struck",
            SUPPORTED_WORDS: "reason strike_reason",
        },
        holds_stories=True,
        leads_to="track__case",
    ),
    model(
        "EvictionFundAnswer",
        {PLAIN: "condition", SUPPORTED_WORDS: "answer note"},
        holds_stories=True,
        leads_to="fund_file__track__case",
    ),
    *PRIVACY_LEGAL,
)

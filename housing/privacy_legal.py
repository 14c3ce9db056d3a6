"""What the civil track holds of people: the lawyer's file, and the evidence that tenants bring."""

from arsenaal.lib.privacy import PLAIN, WITH_CASE, WITH_REGISTER, Erase, FieldClass, Kind, Own, model

LEGAL = FieldClass(
    Kind.SENSITIVE,
    "the lawyers of the neighbourhood (legal circle)",
    WITH_CASE,
    False,
    "stays",
    Own.SUMMARY,
    Erase.NAMES_OUT,
    "the work of a lawyer, often about several tenants: he hands over what is theirs",
)
# What a claim is about, for how much and how it ended: a fact without words, that is counted.
CLAIMED = FieldClass(
    Kind.PERSONAL,
    "the lawyers of the neighbourhood (legal circle)",
    WITH_CASE,
    False,
    "stays",
    Own.YES,
    Erase.KEEP,
    "a fact of the file, which names nobody",
)
_AT_LAW = "evidence for a claim at law (art. 17.3.e): it goes with the case"
LEDGER = FieldClass(
    Kind.SENSITIVE,
    "the lawyers of the neighbourhood, and who wrote it",
    WITH_CASE,
    False,
    "can be withdrawn with a reason, not changed",
    Own.YES,
    Erase.KEEP,
    _AT_LAW,
)
FROZEN = FieldClass(
    Kind.SENSITIVE,
    "the lawyers of the neighbourhood (legal circle)",
    WITH_CASE,
    False,
    "stays as it was handed over",
    Own.SUMMARY,
    Erase.KEEP,
    _AT_LAW,
)
MONEY = FieldClass(
    Kind.PERSONAL,
    "the lawyers, and who adds evidence for this case",
    WITH_CASE,
    False,
    "can be withdrawn with a reason, not changed",
    Own.YES,
    Erase.KEEP,
    _AT_LAW,
)
STATE = FieldClass(Kind.PLAIN, "who may know that there is a legal file", WITH_CASE, False, "stays")
LINK = FieldClass(
    Kind.PERSONAL,
    "who reads the registers of the neighbourhood",
    WITH_REGISTER,
    False,
    "stays",
    Own.OTHERS,
    Erase.KEEP,
    "about landlords",
)

PRIVACY_LEGAL = (
    model("LandlordLink", {LINK: "verdict reasons"}, nobody="landlords, not residents"),
    model("RecurringVerdict", {LINK: "item_code reason"}, nobody="landlords, not residents"),
    model(
        "LegalFile",
        {STATE: "title state last_exhibit last_bundle", LEGAL: "court roll_number strategy"},
        holds_stories=True,
        leads_to="case",
    ),
    model("LegalTenant", {LEGAL: "left_reason"}, leads_to="case"),
    model("LegalParty", {LEGAL: "role name address"}, leads_to="legal_file__case"),
    model(
        "Claim",
        {CLAIMED: "kind amount state awarded recovered", LEGAL: "ground"},
        holds_stories=True,
        leads_to="tenant__case",
        circle="legal",
    ),
    model(
        "CourtDate",
        {STATE: "kind on at state", LEGAL: "place note result"},
        holds_stories=True,
        leads_to="legal_file__case",
    ),
    model(
        "Evidence",
        {
            LEDGER: "kind title body data file withdrawn_reason",
            PLAIN: "uuid file_type file_size file_sha256",
        },
        holds_stories=True,
        leads_to="case",
        circle="legal",
    ),
    model("Lease", {MONEY: "rent deposit is_registered has_inventory"}, leads_to="case", circle="legal"),
    model("RentPayment", {MONEY: "month due paid method withdrawn_reason"}, leads_to="case", circle="legal"),
    model(
        "ChargeClaim", {MONEY: "amount has_statement note withdrawn_reason"}, leads_to="case", circle="legal"
    ),
    model(
        "Indexation",
        {MONEY: "old_rent new_rent in_writing withdrawn_reason"},
        leads_to="case",
        circle="legal",
    ),
    model("Exhibit", {LEGAL: "number title removed_reason"}, leads_to="evidence__case", circle="legal"),
    model(
        "ExhibitPermission",
        {LEDGER: "scope how withdrawn_how"},
        leads_to="person exhibit__evidence__case",
        circle="legal",
    ),
    model(
        "Bundle",
        {
            FROZEN: "contents pdf archive",
            PLAIN: "uuid number state progress step attempts page_count pdf_sha256 archive_sha256 error",
        },
        holds_stories=True,
        leads_to="legal_file__case",
    ),
    model(
        "BundleItem",
        {PLAIN: "sha256 first_page pages"},
        leads_to="bundle__legal_file__case exhibit__evidence__case",
    ),
)

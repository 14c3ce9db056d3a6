"""The neighbourhood budget."""

from arsenaal.lib.privacy import PLAIN, Erase, FieldClass, Kind, Own, model

_WRITTEN = "the title and summary that an applicant wrote to be read by the neighbourhood"

PROPOSED = FieldClass(
    Kind.PERSONAL,
    "who may see the budget; everybody once it is granted or can be voted for",
    "for good, with the ledger",
    True,
    "can be corrected until people vote",
    Own.OTHERS,
    Erase.KEEP,
    _WRITTEN,
)

_WORKERS = "who works on the neighbourhood budget: coaches of cohesion and the coordinator"

_TERM = "12 months after a refusal, 120 after the round was closed for who was paid (reference data), then emptied"

APPLICANT = FieldClass(
    Kind.PERSONAL,
    _WORKERS,
    _TERM,
    False,
    "can be corrected, and is emptied by itself",
    Own.OTHERS,
    Erase.EMPTY,
    "an applicant stands in no register of residents; he gets his own application from the coach",
)

WEIGHED = FieldClass(
    Kind.SENSITIVE,
    _WORKERS,
    _TERM,
    False,
    "emptied with the applicant",
    Own.OTHERS,
    Erase.EMPTY,
    "an applicant stands in no register of residents; he gets his own application from the coach",
)

DECIDED = FieldClass(
    Kind.SENSITIVE,
    f"{_WORKERS}; the applicant, in his letter",
    "for good, with the ledger",
    False,
    "stays: a decision is accounted for",
    Own.OTHERS,
    Erase.KEEP,
    "what was decided on public money; the form asks to write no names",
)

SHOWN_PICTURE = FieldClass(
    Kind.PERSONAL,
    "who may see the budget; everybody, when who is in it agreed",
    "until it is taken away",
    False,
    "can be taken away, the file too",
    Own.OTHERS,
    Erase.KEEP,
    "a project in the street; without the agreement of who is in it, it is not public",
)

_BUDGET = "an applicant hands in by himself and stands in no register of residents"

_COUNTED = "votes and amounts; nobody is named, and nobody knows who got which code"

PRIVACY = (
    model(
        "BudgetRound",
        {PLAIN: "title intro envelope choices tie_rule state"},
        nobody="a round, with what everybody may know of it",
    ),
    model("BudgetTheme", {PLAIN: "name"}, nobody="a theme"),
    model("BudgetRule", {PLAIN: "text"}, nobody="a rule"),
    model(
        "BudgetProject",
        {
            PLAIN: "number kind asked ballot_amount granted state submission receipt_hash participants",
            PROPOSED: "title summary place public_name outcome",
        },
        nobody=_BUDGET,
    ),
    model(
        "BudgetApplicant",
        {
            APPLICANT: "name organisation address email phone partner iban account_holder",
            WEIGHED: "motivation quote",
            PLAIN: "quote_type quote_size quote_sha256",
        },
        holds_stories=True,
        nobody=_BUDGET,
    ),
    model("RuleCheck", {PLAIN: "verdict", WEIGHED: "reason"}, holds_stories=True, nobody=_BUDGET),
    model("BudgetAdvice", {PLAIN: "source amount", WEIGHED: "text"}, holds_stories=True, nobody=_BUDGET),
    model(
        "BudgetDecision", {PLAIN: "is_granted amount", DECIDED: "reason"}, holds_stories=True, nobody=_BUDGET
    ),
    model(
        "BudgetPhoto",
        {PLAIN: "file_sha256 is_public", SHOWN_PICTURE: "file caption"},
        holds_stories=True,
        nobody=_BUDGET,
    ),
    model("LedgerLine", {PLAIN: "kind amount note"}, nobody=_BUDGET),
    model("CodeBatch", {PLAIN: "size is_void"}, nobody=_COUNTED),
    model("VoteCode", {PLAIN: "code_hash"}, nobody=_COUNTED),
    model("Ballot", nobody=_COUNTED),
    model("BallotChoice", nobody=_COUNTED),
    model("PaperCount", {PLAIN: "where ballots"}, nobody=_COUNTED),
    model("PaperVotes", {PLAIN: "votes"}, nobody=_COUNTED),
    model(
        "VoteResult",
        {PLAIN: "rule envelope rows ballots paper_ballots checksum"},
        nobody=_COUNTED,
    ),
)

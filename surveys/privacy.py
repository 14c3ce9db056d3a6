"""What each field of this package holds of people; see arsenaal/lib/privacy.py."""

from arsenaal.lib.privacy import PLAIN, Erase, FieldClass, Kind, Own, model

_READERS = "who reads the answers of this purpose in the neighbourhood"
_KEEP = "as long as rounds are compared; words until they were worked through"
_NOBODY = "filled in without saying who one is: nothing leads from an answer to a person of the register"
CHOSEN = FieldClass(
    Kind.PERSONAL,
    f"{_READERS}, as figures with small groups hidden",
    _KEEP,
    False,
    "stays",
    Own.OTHERS,
    Erase.KEEP,
    "an answer of nobody in particular: it can't be found back by who gave it",
)
WRITTEN = FieldClass(
    Kind.SENSITIVE,
    _READERS,
    _KEEP,
    False,
    "can be taken away on the page of the round",
    Own.OTHERS,
    Erase.KEEP,
    "words of nobody in particular; who recognises somebody in them takes them away",
)

PRIVACY = (
    model("Questionnaire", {PLAIN: "purpose name"}),
    model(
        "QuestionnaireVersion",
        {PLAIN: "number title intro asks_name name_reason languages translations"},
    ),
    model(
        "Question",
        {
            PLAIN: "code kind text help_text is_required is_perception lowest highest low_label high_label "
            "when_code when_values translations",
        },
    ),
    model("QuestionOption", {PLAIN: "code text translations"}),
    model("SurveyRound", {PLAIN: "purpose name audience invited_count streets"}),
    model("RoundCode", {PLAIN: "digest is_used"}),
    model("TabletPass", {PLAIN: "digest"}),
    model(
        "AnswerSet",
        {PLAIN: "uuid how", CHOSEN: "language street", WRITTEN: "given_name"},
        holds_stories=True,
        nobody=_NOBODY,
    ),
    model("Answer", {CHOSEN: "number"}, nobody=_NOBODY),
    model("AnswerWords", {WRITTEN: "words"}, holds_stories=True, nobody=_NOBODY),
)

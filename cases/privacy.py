"""What the models of this package hold of people. Stories live here."""

from arsenaal.lib.privacy import FIGURES, PLAIN, WITH_CASE, Erase, FieldClass, Kind, Own, model

_TEAM = "the core team of the neighbourhood and the team of the case"
_CIRCLE = f"{_TEAM}, within the circle of the entry"

CASE_FACT = FieldClass(
    Kind.PERSONAL,
    _TEAM,
    WITH_CASE,
    True,
    "stays",
    Own.YES,
    Erase.KEEP,
    "a fact of the file, which names nobody",
)
CASE_TITLE = FieldClass(
    Kind.PERSONAL, _TEAM, WITH_CASE, True, "can be changed; it should tell no story", Own.YES, Erase.PSEUDONYM
)
ADDRESS = FieldClass(Kind.PERSONAL, _TEAM, WITH_CASE, True, "can be corrected", Own.YES, Erase.EMPTY)
NAME_INDEX = FieldClass(
    Kind.PERSONAL,
    "nobody: for searching alone",
    WITH_CASE,
    False,
    "made again from the name",
    Own.DOUBLE,
    Erase.RENEW,
    "the words themselves are in the export",
)
# What is written for the whole team: steps, tasks, agreements, outcomes.
TEAM_WORDS = FieldClass(
    Kind.SENSITIVE,
    _TEAM,
    WITH_CASE,
    False,
    "can be corrected while the case is open",
    Own.YES,
    Erase.NAMES_OUT,
)
# What the family told or what was seen: the circles decide, and it is emptied when it is redacted.
STORY = FieldClass(Kind.SENSITIVE, _CIRCLE, WITH_CASE, False, "emptied", Own.YES, Erase.EMPTY)
# A visit tells its own entry of the timeline the same words.
TOLD_TWICE = FieldClass(
    Kind.SENSITIVE,
    _CIRCLE,
    WITH_CASE,
    False,
    "emptied",
    Own.DOUBLE,
    Erase.EMPTY,
    "the timeline tells the visit in the same words",
)
WHO_AND_WHERE = FieldClass(
    Kind.PERSONAL,
    _CIRCLE,
    WITH_CASE,
    False,
    "stays: that something happened, and by whom",
    Own.OTHERS,
    Erase.KEEP,
    "names of colleagues: the export tells their discipline",
)
FILE = FieldClass(
    Kind.SENSITIVE,
    f"{_CIRCLE} of the document",
    WITH_CASE,
    False,
    "deleted",
    Own.SUMMARY,
    Erase.KEEP,
    "a paper can be about others too: it is handed over in person; it is deleted when it is taken away",
)
# Why a closed circle was opened. No story of the family: the privacy officer, who reads no story, must judge it.
EMERGENCY = FieldClass(
    Kind.PERSONAL,
    f"{_TEAM}; the privacy officer of the neighbourhood",
    WITH_CASE,
    False,
    "stays",
    Own.SUMMARY,
    Erase.NAMES_OUT,
    "an account of a colleague: that, when and why in one word; who looked is told in full on a paper of its own",
)
PICTURE = FieldClass(
    Kind.SENSITIVE,
    f"{_CIRCLE} of its visit",
    WITH_CASE,
    False,
    "deleted with its file",
    Own.SUMMARY,
    Erase.KEEP,
    "a photo of the dwelling can show others: it is handed over in person; it goes when its entry is redacted",
)
DRAFT = FieldClass(
    Kind.SENSITIVE,
    "who is writing it",
    "until it is saved, thirty days at most",
    False,
    "thrown away",
    Own.SUMMARY,
    Erase.NAMES_OUT,
    "nobody decided yet that this is part of the file",
)
WORRY = FieldClass(
    Kind.SENSITIVE,
    "who reported it and who decides on the radar",
    "until the decision; undecided it is deleted two weeks after its review date",
    False,
    "deleted when it lapses",
    Own.SUMMARY,
    Erase.EMPTY,
    "the words of who reported it: that there was a signal, when and about what",
)
QUESTION = FieldClass(
    Kind.SENSITIVE,
    f"{_TEAM}, and the service that was asked",
    WITH_CASE,
    True,
    "can be withdrawn",
    Own.YES,
    Erase.NAMES_OUT,
)
ROOM = FieldClass(
    Kind.SENSITIVE,
    "who attends the weekly review",
    WITH_CASE,
    False,
    "frozen in the minutes",
    Own.DOUBLE,
    Erase.NAMES_OUT,
    "minutes are about many families; what was decided here stands on the timeline",
)
OBSTACLE = FieldClass(
    Kind.PERSONAL,
    "who keeps the register of obstacles",
    "for good; it should name nobody",
    True,
    "can be corrected",
    Own.OTHERS,
    Erase.NAMES_OUT,
    "about a rule, not about a family",
)
OWN = FieldClass(
    Kind.PERSONAL,
    "oneself",
    "until one removes it",
    False,
    "removed",
    Own.OTHERS,
    Erase.NAMES_OUT,
    "a colleague's own filter",
)

PRIVACY = (
    # the radar
    model(
        "RadarEntry",
        {
            PLAIN: "source reason state",
            WORRY: "worry name street house_number box postcode phone reach_by reach_note"
            " decision_reason postpone_reason",
            NAME_INDEX: "trigrams",
        },
        holds_stories=True,
        leads_to="household case",
        dated="reported_at",
    ),
    model("RadarLapse", {FIGURES: "month reason count"}),
    # the case
    model("CaseCounter", {PLAIN: "year last"}),
    model(
        "Case",
        {
            PLAIN: "number kind",
            CASE_FACT: "state trust_stage outcome",
            CASE_TITLE: "title",
            ADDRESS: "address_hint",
            NAME_INDEX: "trigrams",
        },
        holds_stories=True,
        leads_to="self",
    ),
    model("CaseMember", leads_to="case"),
    model(
        "TrustChange",
        {CASE_FACT: "from_stage to_stage", TEAM_WORDS: "event"},
        holds_stories=True,
        leads_to="case",
        dated="changed_at",
    ),
    model(
        "SavedFilter",
        {PLAIN: "list_code", OWN: "name query"},
        nobody="a colleague's own; names are taken out of it when somebody is erased",
    ),
    # the timeline
    model(
        "TimelineEntry",
        {
            PLAIN: "kind circle goal",
            WHO_AND_WHERE: "author_label discipline participants",
            STORY: "title body data redaction_reason",
        },
        holds_stories=True,
        leads_to="case",
        dated="occurred_at",
    ),
    model(
        "EntryEnvelope",
        {PLAIN: "kind circle", WHO_AND_WHERE: "discipline participants saw_family"},
        leads_to="case",
        dated="occurred_at",
    ),
    model("PinnedEntry", leads_to="case"),
    # a closed circle opened in an emergency
    model(
        "BreakGlass",
        {PLAIN: "circle emergency verdict role_label case_number", EMERGENCY: "reason verdict_note"},
        leads_to="case",
        dated="opened_at",
    ),
    model("ColleagueFamily", leads_to="case"),
    # visits
    model(
        "Visit",
        {
            PLAIN: "uuid state purpose circle",
            WHO_AND_WHERE: "result",
            TEAM_WORDS: "cancel_reason",
        },
        holds_stories=True,
        leads_to="case",
        dated="visited_at",
    ),
    model(
        "VisitWords",
        {TOLD_TWICE: "present narrative agreed"},
        holds_stories=True,
        leads_to="visit__case",
        dated="visit__visited_at",
    ),
    model("Visit_visitors", leads_to="visit__case"),
    model(
        "VisitObservation",
        {TOLD_TWICE: "sighting severity"},
        holds_stories=True,
        leads_to="visit__case",
        dated="visit__visited_at",
    ),
    model(
        "NeighbourhoodMap",
        {PLAIN: "drawing source is_approximate"},
        nobody="border and streets, drawn for everybody",
    ),
    model(
        "VisitPhoto",
        {PLAIN: "uuid visit_uuid source_digest width height", PICTURE: "file thumbnail"},
        holds_stories=True,
        leads_to="case",
        dated="added_at",
    ),
    model(
        "VisitDraft", {PLAIN: "visit_uuid revision", DRAFT: "payload"}, holds_stories=True, leads_to="case"
    ),
    # plan and agreements
    model(
        "PlanStep",
        {PLAIN: "goal is_intermediate reaches state", CASE_FACT: "agreed", TEAM_WORDS: "title why"},
        holds_stories=True,
        leads_to="case",
        dated="created_at",
    ),
    model(
        "Task", {PLAIN: "state", TEAM_WORDS: "title"}, holds_stories=True, leads_to="case", dated="created_at"
    ),
    model(
        "Boundary",
        {CASE_FACT: "kind", TEAM_WORDS: "description reason agreed_by agreement"},
        holds_stories=True,
        leads_to="case",
        dated="set_at",
    ),
    model(
        "Consent",
        {CASE_FACT: "categories language with_interpreter", TEAM_WORDS: "purpose"},
        holds_stories=True,
        leads_to="person case",
        dated="recorded_at",
    ),
    model("Consent_recipients", leads_to="consent__person consent__case"),
    # documents, and what is opened to another circle
    model(
        "Document",
        {
            PLAIN: "uuid kind circle content_type size source_digest",
            WHO_AND_WHERE: "author_label discipline",
            STORY: "title description",
            FILE: "file",
        },
        holds_stories=True,
        leads_to="case",
        dated="added_at",
    ),
    model("LegalGround", {PLAIN: "name explanation"}),
    model(
        "Release",
        {PLAIN: "from_circle to_circle discipline", TEAM_WORDS: "purpose reason end_reason"},
        holds_stories=True,
        leads_to="case person",
        dated="released_at",
    ),
    # what services do
    model("Instrument", {PLAIN: "code goal sub_goal name description reaches"}),
    model(
        "ReferenceValue",
        {PLAIN: "code number text valid_from source certainty note confirmed_source"},
    ),
    model(
        "Intervention",
        {PLAIN: "target state", TEAM_WORDS: "target_note description outcome"},
        holds_stories=True,
        leads_to="case household person",
        dated="created_at",
    ),
    model("Mandate", {PLAIN: "subject granted_by answer_within_days"}),
    model(
        "HelpRequest",
        {PLAIN: "state", QUESTION: "question answer escalated_to escalation_reason withdrawal_reason"},
        holds_stories=True,
        leads_to="case",
        dated="asked_at",
    ),
    model(
        "Obstacle",
        {PLAIN: "kind state", OBSTACLE: "title description who_can_lift resolution"},
        holds_stories=True,
        nobody="a rule that blocks; it should name nobody, and names are taken out of it",
    ),
    model("ObstacleCase", leads_to="case", dated="since_on"),
    # the weekly review
    model(
        "Review",
        {PLAIN: "state", ROOM: "minutes"},
        holds_stories=True,
        nobody="a meeting about many families: names are taken out of its minutes when somebody is erased",
    ),
    model("ReviewAttendance", {PLAIN: "role_label is_present"}),
    model(
        "AgendaItem",
        {PLAIN: "subject state", ROOM: "reasons note"},
        holds_stories=True,
        leads_to="case help_request__case",
    ),
    model("Decision", {ROOM: "text"}, holds_stories=True, leads_to="item__case item__help_request__case"),
)

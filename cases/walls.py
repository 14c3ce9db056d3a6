"""Which rows of cases the acting user may meet in the database: the second wall behind `visible_to` and `open_to`."""

from arsenaal.lib.wall import Lookup, Wall, hoods

ME = "(SELECT wall.user_id())"


def of_case(table: str, column: str = "case_id") -> str:
    """Return the condition of what belongs to a case: whoever meets the case meets this."""
    return f"EXISTS (SELECT FROM cases_case c WHERE c.id = {table}.{column})"


def of_entry(table: str, column: str) -> str:
    """Return the condition of what belongs to an entry of the timeline: its circle decides."""
    return f"EXISTS (SELECT FROM cases_timelineentry e WHERE e.id = {table}.{column})"


def of_visit(table: str) -> str:
    """Return the condition of what was said and seen at a visit: as its entry; before there is one, who logs it."""
    return f"""EXISTS (
        SELECT FROM cases_visit v WHERE v.id = {table}.visit_id
        AND ({of_entry("v", "entry_id")} OR (v.entry_id IS NULL AND {of_case("v")})))"""


def emergency(table: str) -> str:
    """Return the condition that the acting user opened the circle of this case in an emergency that still runs."""
    return f"""EXISTS (
        SELECT FROM cases_breakglass b
        WHERE b.case_id = {table}.case_id AND b.circle = {table}.circle AND b.user_id = {ME}
        AND b.closed_at IS NULL AND b.opened_at <= (SELECT wall.moment()) AND b.expires_at > (SELECT wall.moment()))"""


def of_shared_case(table: str) -> str:
    """Return the condition of the team's own work: for who belongs to the team, for a partner with a consent."""
    return f"""({of_case(table)} AND ((SELECT wall.works_in_team())
        OR {table}.case_id = ANY ((SELECT wall.shared_cases())::bigint[])))"""


def released(table: str, subject: str, day: str, *, to_team: bool = False) -> str:
    """Return the condition that a release which holds today opens the row to whoever acts (cases.perms.open_to).

    By name, or with everything of its discipline from a day on; to a circle of his, or, for a partner, to the shared
    circle on a consent that names his organisation. `to_team`: to the shared circle, whoever acts.
    """
    for_partner = """NOT (SELECT wall.works_in_team()) AND r.to_circle = 'shared' AND EXISTS (
        SELECT FROM cases_consent_recipients n
        WHERE n.consent_id = r.consent_id AND n.organisation_id = (SELECT wall.organisation_id()))"""
    for_team = f"""(SELECT wall.works_in_team()) AND EXISTS (
        SELECT FROM cases_case c WHERE c.id = {table}.case_id
        AND c.neighbourhood_id || ':' || r.to_circle = ANY ((SELECT wall.circles())::text[]))"""
    reader = "r.to_circle = 'shared'" if to_team else f"(({for_partner}) OR ({for_team}))"
    return f"""EXISTS (
        SELECT FROM cases_release r WHERE r.case_id = {table}.case_id AND r.from_circle = {table}.circle
        AND r.ended_at IS NULL AND (r.until_on IS NULL OR r.until_on >= (SELECT wall.today()))
        AND (r.consent_id IS NULL OR r.consent_id = ANY ((SELECT wall.valid_consents())::bigint[]))
        AND (r.{subject}_id = {table}.id OR (r.entry_id IS NULL AND r.discipline = {table}.discipline
            AND r.from_on <= {day}))
        AND {reader})"""


_ENTRY_DAY = "({0}.occurred_at AT TIME ZONE 'Europe/Brussels')::date"


def shared_through_block(table: str) -> str:
    """Return the condition of what a block case shares with its household cases: met through any of them."""
    to_team = released(table, "id", _ENTRY_DAY.format(table), to_team=True).replace("r.id_id", "r.entry_id")
    return f"""((circle = 'shared' OR {to_team}) AND EXISTS (
        SELECT FROM cases_case c WHERE c.parent_id = {table}.case_id AND ((SELECT wall.works_in_team())
            OR c.id = ANY ((SELECT wall.shared_cases())::bigint[]))))"""


def of_circle(table: str) -> str:
    """Return the condition that whoever acts reads the circle of the row by his roles."""
    return f"""(((SELECT wall.works_in_team()) OR {table}.case_id = ANY ((SELECT wall.shared_cases())::bigint[]))
        AND EXISTS (SELECT FROM cases_case c WHERE c.id = {table}.case_id
            AND c.neighbourhood_id || ':' || {table}.circle = ANY ((SELECT wall.circles())::text[])))"""


CASES = f"""
    (neighbourhood_id = ANY ({hoods("case.read_all")}) OR id = ANY ((SELECT wall.team_cases())::bigint[]))
    -- Whose data are restricted (GDPR art. 18): for who coordinates, and for the lead.
    AND (lead_id = {ME} OR neighbourhood_id = ANY ({hoods("case.open")})
        OR household_id IS NULL OR NOT household_id = ANY ((SELECT wall.restricted_households())::bigint[]))
"""
# The families of the cases that one may read, as far as one doesn't meet them anyhow (people/walls.py).
_MET = f"SELECT household_id FROM cases_case WHERE household_id IS NOT NULL AND ({CASES})"
LOOKUPS = (
    Lookup(
        "met_households",
        f"""SELECT h.id FROM people_household h
        WHERE NOT h.neighbourhood_id = ANY ({hoods("people.read_all")}) AND h.id IN ({_MET})""",
    ),
    Lookup(
        "met_persons",
        f"""SELECT p.id FROM people_person p
        WHERE (NOT p.neighbourhood_id = ANY ({hoods("people.read_all")})
            OR p.id = ANY ((SELECT wall.restricted_persons())::bigint[]))
        AND p.id IN (SELECT m.person_id FROM people_householdmember m WHERE m.household_id IN ({_MET}))""",
    ),
)

# The rule of the circles (cases.perms.open_to), and only within the cases that one may read.
ENTRIES = f"""
    ({of_case("cases_timelineentry")} AND (
        author_id = {ME}
        OR {ME} = ANY (participants)
        OR {of_circle("cases_timelineentry")}
        OR {emergency("cases_timelineentry")}
        OR {released("cases_timelineentry", "entry", _ENTRY_DAY.format("cases_timelineentry"))}
    ))
    OR {shared_through_block("cases_timelineentry")}
"""
DOCUMENTS = f"""
    {of_case("cases_document")} AND (
        author_id = {ME}
        OR {of_circle("cases_document")}
        OR {emergency("cases_document")}
        OR {released("cases_document", "document", "cases_document.dated_on")}
    )
"""

WALLS = (
    Wall(
        "cases.RadarEntry",
        f"""neighbourhood_id = ANY ({hoods("radar.decide")})
        OR (reported_by_id = {ME} AND neighbourhood_id = ANY ({hoods("radar.report")}))""",
    ),
    Wall("cases.Case", CASES),
    Wall(
        "cases.TrustChange",
        f"{of_shared_case('cases_trustchange')} OR (changed_by_id = {ME} AND {of_case('cases_trustchange')})",
    ),
    Wall("cases.Document", DOCUMENTS),
    Wall("cases.Release", of_case("cases_release")),
    Wall("cases.TimelineEntry", ENTRIES),
    Wall(
        "cases.EntryEnvelope",
        f"{of_case('cases_entryenvelope')} OR {shared_through_block('cases_entryenvelope')}",
    ),
    Wall("cases.Visit", f"{of_case('cases_visit')} OR {of_entry('cases_visit', 'entry_id')}"),
    Wall("cases.VisitWords", of_visit("cases_visitwords")),
    Wall("cases.VisitObservation", of_visit("cases_visitobservation")),
    # Before the visit is saved, a photo is for who took it alone.
    Wall(
        "cases.VisitPhoto",
        f"""(visit_id IS NULL AND added_by_id = {ME} AND {of_case("cases_visitphoto")})
        OR {of_visit("cases_visitphoto")}""",
    ),
    Wall("cases.VisitDraft", f"user_id = {ME}"),
    Wall(
        "cases.PlanStep",
        f"""{of_shared_case("cases_planstep")} OR ({of_case("cases_planstep")} AND (assignee_id = {ME}
            OR created_by_id = {ME} OR organisation_id = (SELECT wall.organisation_id())))""",
    ),
    Wall(
        "cases.Task",
        f"""neighbourhood_id = ANY ({hoods("case.work")}) AND CASE
            WHEN case_id IS NOT NULL THEN {of_shared_case("cases_task")}
                OR ({of_case("cases_task")} AND (assignee_id = {ME} OR created_by_id = {ME}))
            ELSE assignee_id = {ME} OR created_by_id = {ME} OR neighbourhood_id = ANY ({hoods("case.read_all")})
        END""",
    ),
    Wall("cases.Boundary", of_case("cases_boundary")),
    # A service outside the team meets the consents that name it.
    Wall(
        "cases.Consent",
        f"""{of_case("cases_consent")} AND ((SELECT wall.works_in_team()) OR recorded_by_id = {ME} OR EXISTS (
            SELECT FROM cases_consent_recipients n
            WHERE n.consent_id = cases_consent.id AND n.organisation_id = (SELECT wall.organisation_id())))""",
    ),
    Wall(
        "cases.Intervention",
        f"""CASE WHEN case_id IS NOT NULL THEN {of_shared_case("cases_intervention")}
            OR ({of_case("cases_intervention")} AND (created_by_id = {ME}
                OR provider_id = (SELECT wall.organisation_id())))
        ELSE neighbourhood_id = ANY ({hoods("case.read_all")}) END""",
    ),
    Wall(
        "cases.HelpRequest",
        f"""(case_id IS NULL AND neighbourhood_id = ANY ({hoods("help_request.ask")}))
        OR (organisation_id = (SELECT wall.organisation_id())
            AND neighbourhood_id = ANY ({hoods("help_request.answer")}))
        OR {of_shared_case("cases_helprequest")}""",
    ),
    Wall("cases.Obstacle", f"neighbourhood_id = ANY ({hoods('obstacle.manage')})"),
    Wall("cases.Review", f"neighbourhood_id = ANY ({hoods('review.attend')})"),
    Wall(
        "cases.AgendaItem",
        "EXISTS (SELECT FROM cases_review r WHERE r.id = cases_agendaitem.review_id)",
    ),
    Wall(
        "cases.Decision",
        "EXISTS (SELECT FROM cases_agendaitem i WHERE i.id = cases_decision.item_id)",
    ),
)

"""Who may open which address: the policy, written down apart from the program.

Three places: `own` is a case led by the community worker with the partner on its team; `other` is a case of the same
neighbourhood led by the team leader; `elsewhere` belongs to the other neighbourhood, where only the outsider works.
The author of notes and visits is the partner, the lawyer and the outsider.

A group names who gets in. Who is `never` anywhere, or `refused` in a place, is told so (403); everybody else doesn't
find it (404).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils import timezone

COORDINATOR = frozenset({"coordinator"})
LAWYER, LEADER = frozenset({"lawyer"}), frozenset({"tenancy_lead"})
CORE = LAWYER | LEADER | {"housing_inspector", "renovation_coach"}
WORKER = frozenset({"community_worker"})
COACHES = frozenset({"cohesion_coach", "youth_coach"})
PARTNER = frozenset({"partner"})
MANAGER = frozenset({"manager"})
ADMINISTRATOR = frozenset({"administrator"})
PRIVACY = frozenset({"privacy_officer"})
OFFICE = MANAGER | ADMINISTRATOR | PRIVACY  # who never reads a story
OUTSIDER = frozenset({"outsider"})
EVERYBODY = COORDINATOR | CORE | WORKER | COACHES | PARTNER | OFFICE | OUTSIDER
ANONYMOUS = "anonymous"

IN, FORBIDDEN, MISSING, DOOR = "in", "403", "404", "door"
PLACES = ("own", "other", "elsewhere")
NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Group:
    """Who gets in, per place, and who is told that he may not."""

    own: frozenset[str]
    other: frozenset[str]
    elsewhere: frozenset[str] = OUTSIDER
    never: frozenset[str] = OFFICE
    refused: dict[str, frozenset[str]] = field(default_factory=dict)
    places: tuple[str, ...] = PLACES
    is_public: bool = False

    def expected(self, place: str, role: str) -> str:
        """Return what this role gets in this place."""
        if self.is_public:
            return IN
        if role == ANONYMOUS:
            return DOOR
        if role in getattr(self, place):
            return IN
        return FORBIDDEN if role in self.never | self.refused.get(place, NOBODY) else MISSING


def everywhere(*roles: frozenset[str]) -> Group:
    """A page without a place: whoever may not is told so."""
    allowed = NOBODY.union(*roles)
    return Group(allowed, allowed, allowed, never=EVERYBODY - allowed, places=("own",))


def of_neighbourhood(here: frozenset[str], *, refused: frozenset[str] = NOBODY) -> Group:
    """Something of a neighbourhood, not of a case: its other roles are told that they may not."""
    never = EVERYBODY - here - OUTSIDER - refused
    return Group(here, here, never=never, refused={"own": refused}, places=("own", "elsewhere"))


# --- cases ---------------------------------------------------------------------------------------------------------
# The coordinator and the core team see every case of the neighbourhood; others those on whose team they are.
CASE_READERS = Group(own=COORDINATOR | CORE | WORKER | PARTNER, other=COORDINATOR | CORE)
CASE_WRITERS = CASE_READERS  # who reads a case works on it
CASE_LEADS = Group(  # team, state, closing: who opens cases, and the lead of this one
    own=COORDINATOR | WORKER,
    other=COORDINATOR | LEADER,
    refused={"own": CORE | PARTNER, "other": CORE - LEADER},
)
AUTHORS = Group(  # one corrects one's own words only
    own=PARTNER,
    other=LAWYER,
    refused={"own": COORDINATOR | CORE | WORKER, "other": COORDINATOR | CORE - LAWYER},
)
AUTHORS_AND_LEADS = Group(  # words are taken away by who wrote them, and by the lead
    own=PARTNER | WORKER,
    other=LAWYER | LEADER,
    refused={"own": COORDINATOR | CORE, "other": COORDINATOR | CORE - LAWYER - LEADER},
)
OWNERS = Group(own=PARTNER, other=LAWYER)  # what isn't saved yet is there for its owner alone
HOUSERS = Group(own=COORDINATOR | CORE | WORKER, other=COORDINATOR | CORE, never=OFFICE | PARTNER)
ASKERS = HOUSERS  # a partner is asked, he doesn't ask
STEERERS = Group(  # he sees the questions of his cases, but neither answers for another service nor withdraws
    own=COORDINATOR | CORE | WORKER, other=COORDINATOR | CORE, refused={"own": PARTNER}
)

# Emergency access is for who works on cases here and for whom a circle is closed; not for a partner.
GLASS_BREAKERS = HOUSERS
GLASS_OWNERS = Group(
    own=WORKER, other=COORDINATOR, refused={"own": COORDINATOR | CORE | PARTNER, "other": CORE}
)
FAMILY_FLAGGERS = Group(own=COORDINATOR, other=COORDINATOR, never=OFFICE | PARTNER | CORE | WORKER | COACHES)
PERSON_LOOKERS = Group(
    own=COORDINATOR | WORKER,
    other=COORDINATOR | LEADER,
    refused={"own": CORE, "other": CORE - LEADER},
)
# A partner sees the consents that name his organisation; `consent` names another one.
STEERERS_OF_OWN = Group(own=COORDINATOR | CORE | WORKER, other=COORDINATOR | CORE)
# Releasing an entry of the care circle: who reads it by himself. The lawyer reads it only because it was released.
CARERS = Group(
    own=WORKER | LEADER, other=LEADER, elsewhere=OUTSIDER, refused={"own": LAWYER, "other": LAWYER}
)
RELEASERS = Group(  # everything since a day: who belongs to a closed circle
    own=LAWYER | LEADER | WORKER | frozenset({"housing_inspector"}),
    other=LAWYER | LEADER | frozenset({"housing_inspector"}),
    elsewhere=NOBODY,
    refused={
        "own": COORDINATOR | PARTNER | frozenset({"renovation_coach"}),
        "other": COORDINATOR | frozenset({"renovation_coach"}),
        "elsewhere": OUTSIDER,
    },
)
RELEASE_ENDERS = Group(  # who made it, the lead, who belongs to the circle it was taken out of
    own=WORKER | LEADER,
    other=LEADER,
    refused={
        "own": COORDINATOR | PARTNER | CORE - LEADER,
        "other": COORDINATOR | CORE - LEADER,
    },
)

# --- agreements and rehousing -------------------------------------------------------------------------------------
# A partner sees a list of obligations with the family's consent, as in `own`.
AGREEMENT_READERS = CASE_READERS
PAPER_READERS = Group(
    own=COORDINATOR | CORE | WORKER, other=COORDINATOR | CORE, never=OFFICE | PARTNER
)  # also who works at the door, who records evidence
AGREEMENT_WORKERS = Group(
    own=COORDINATOR | CORE, other=COORDINATOR | CORE, never=OFFICE | PARTNER | WORKER | COACHES
)
# Renovations are led by the coach and the coordinator; a partner sees nothing of them.
RENOVATION_READERS = PAPER_READERS
_RENOVATORS = COORDINATOR | {"renovation_coach"}
RENOVATION_WORKERS = Group(own=_RENOVATORS, other=_RENOVATORS, never=EVERYBODY - _RENOVATORS - OUTSIDER)
# Rights and debts are for the circle of care; who coordinates or inspects meets none of it.
_CARE = LEADER | WORKER
TENANCY_READERS = Group(own=_CARE, other=LEADER, elsewhere=NOBODY, never=EVERYBODY - _CARE - {"youth_coach"})
TENANCY_WORKERS = Group(own=_CARE, other=LEADER, elsewhere=NOBODY, never=EVERYBODY - _CARE)

# --- people --------------------------------------------------------------------------------------------------------
# A partner sees that a household is there; its persons only with their consent.
HOUSEHOLDS = CASE_READERS
MEMBERS = PERSONS = Group(own=COORDINATOR | CORE | WORKER, other=COORDINATOR | CORE)

# --- the neighbourhood ---------------------------------------------------------------------------------------------
TEAM = COORDINATOR | CORE
FRONT = TEAM | WORKER | COACHES
SIGNALS = Group(own=TEAM | WORKER, other=TEAM)  # the worker gave the signal of `own`
DECIDERS = Group(own=TEAM, other=TEAM, never=EVERYBODY - TEAM - OUTSIDER)
REVIEWERS = of_neighbourhood(TEAM)
REGISTER_READERS = of_neighbourhood(FRONT)
REGISTER_WORKERS = of_neighbourhood(TEAM)
INSPECTION_READERS = of_neighbourhood(TEAM)
INSPECTOR = frozenset({"housing_inspector"})
INSPECTORS = Group(INSPECTOR, INSPECTOR, NOBODY, never=EVERYBODY - INSPECTOR, places=("own", "elsewhere"))
OBSTACLE_KEEPERS = of_neighbourhood(FRONT)
OBSTACLE_LINKS = Group(own=TEAM | WORKER, other=TEAM, never=OFFICE | PARTNER)
MANDATE_KEEPERS = of_neighbourhood(COORDINATOR)
FIGURE_READERS = of_neighbourhood(TEAM | MANAGER)
PROCEDURE_WORKERS = of_neighbourhood(COORDINATOR | {"housing_inspector"})
CALENDAR_READERS = of_neighbourhood(FRONT | PARTNER)
REPORT_MAKERS = of_neighbourhood(COORDINATOR | MANAGER, refused=CORE)
# An administrator sets up the users and the wards of his own neighbourhoods.
SETTERS_UP = Group(
    ADMINISTRATOR, ADMINISTRATOR, NOBODY, never=EVERYBODY - ADMINISTRATOR, places=("own", "elsewhere")
)
USER_MANAGERS = Group(
    ADMINISTRATOR,
    ADMINISTRATOR,
    NOBODY,
    never=EVERYBODY - ADMINISTRATOR,
    refused={"elsewhere": ADMINISTRATOR},
    places=("own", "elsewhere"),
)

# The privacy officer reads who looked in his own neighbourhoods, and nothing else.
ONE_READER = Group(own=WORKER, other=NOBODY, never=NOBODY, places=("own",))  # a message is one's own
LOG_READERS = everywhere(PRIVACY)
LOG_OF_PLACE = Group(PRIVACY, PRIVACY, NOBODY, never=EVERYBODY - PRIVACY)
LOG_OF_NEIGHBOURHOOD = Group(PRIVACY, PRIVACY, NOBODY, never=EVERYBODY - PRIVACY, places=("own", "elsewhere"))
# The second pair of eyes: who keeps watch in the neighbourhood, or asked it himself.
LINK_SETTLERS = Group(
    ADMINISTRATOR | PRIVACY,
    ADMINISTRATOR | PRIVACY,
    NOBODY,
    never=EVERYBODY - ADMINISTRATOR - PRIVACY,
    places=("own", "elsewhere"),
)
# --- rights and retention -------------------------------------------------------------------------------------------
# Who may see a person writes down what he asks; the coordinator decides; the privacy officer sees that it was asked.
_NO_RIGHTS = OFFICE - PRIVACY | PARTNER
_HERE, _THERE = COORDINATOR | CORE | WORKER, COORDINATOR | CORE
RIGHTS_PERSONS = Group(own=_HERE, other=_THERE, never=OFFICE | PARTNER)
RIGHTS_REQUESTS = Group(own=_HERE | PRIVACY, other=_THERE | PRIVACY, never=_NO_RIGHTS)
RIGHTS_REVIEWERS = Group(
    own=_HERE, other=_THERE, never=_NO_RIGHTS, refused={"own": PRIVACY, "other": PRIVACY}
)
RIGHTS_DECIDERS = Group(
    own=COORDINATOR,
    other=COORDINATOR,
    never=_NO_RIGHTS,
    refused={"own": CORE | WORKER | PRIVACY, "other": CORE | PRIVACY},
)
RIGHTS_ANSWERERS = Group(
    own=COORDINATOR | PRIVACY,
    other=COORDINATOR | PRIVACY,
    never=_NO_RIGHTS,
    refused={"own": CORE | WORKER, "other": CORE},
)
# Whose data are restricted and who has no case, is there for who decides alone.
RIGHTS_LIFTERS = Group(
    own=COORDINATOR, other=COORDINATOR, never=_NO_RIGHTS, refused={"own": PRIVACY, "other": PRIVACY}
)
RETENTION_READERS = of_neighbourhood(COORDINATOR | PRIVACY)
RETENTION_MANAGERS = Group(PRIVACY, PRIVACY, NOBODY, never=EVERYBODY - PRIVACY, places=("own", "elsewhere"))
# The lawyer's file is hers; the team of the neighbourhood may know that it is there.
LEGAL_WORKERS = Group(own=LAWYER, other=LAWYER, elsewhere=NOBODY, never=EVERYBODY - LAWYER)
LEGAL_READERS = Group(own=TEAM, other=TEAM, never=EVERYBODY - TEAM - OUTSIDER)
LEGAL_OPENERS = Group(  # who opens cases, and the lawyers
    own=COORDINATOR | LAWYER,
    other=COORDINATOR | LAWYER,
    never=EVERYBODY - TEAM - OUTSIDER,
    refused={"own": CORE - LAWYER, "other": CORE - LAWYER},
)
_PROVERS = LAWYER | LEADER | WORKER
EVIDENCE = Group(own=_PROVERS, other=_PROVERS - WORKER, elsewhere=NOBODY, never=EVERYBODY - _PROVERS)
EVIDENCE_READERS = Group(  # the lawyer, and who added it: the worker in `own`, the lawyer in `other`
    own=LAWYER | WORKER, other=LAWYER, elsewhere=NOBODY, never=EVERYBODY - _PROVERS
)

# --- the hub of a neighbourhood: everybody who works there and the manager read, hosts and coaches plan and count -----
_HUB_WORKERS = COORDINATOR | WORKER | COACHES
HUB_READERS = of_neighbourhood(FRONT | MANAGER)
HUB_WORKERS = of_neighbourhood(_HUB_WORKERS)
# What is told in living rooms, and stories: who goes there alone.
_NEIGHBOURS = WORKER | COACHES
NEIGHBOURS = Group(
    _NEIGHBOURS, _NEIGHBOURS, NOBODY, never=EVERYBODY - _NEIGHBOURS, places=("own", "elsewhere")
)
# Only who wrote a visit down corrects it.
LIVING_ROOM_WRITERS = Group(
    frozenset({"cohesion_coach"}),
    frozenset({"cohesion_coach"}),
    NOBODY,
    never=EVERYBODY - _NEIGHBOURS,
    refused={"own": _NEIGHBOURS - {"cohesion_coach"}},
    places=("own", "elsewhere"),
)

# --- the needs survey and the social capital: coaches and community workers, nobody else ------------------------------
_CONNECTERS = WORKER | COACHES
CONNECTERS = Group(
    _CONNECTERS, _CONNECTERS, NOBODY, never=EVERYBODY - _CONNECTERS, places=("own", "elsewhere")
)
CONNECTER_LISTS = everywhere(_CONNECTERS)

# --- the neighbourhood budget: the coach works on it, the coordinator decides, the manager sees titles and amounts --
_BUDGET_WORKERS = COORDINATOR | frozenset({"cohesion_coach"})
BUDGET_READERS = of_neighbourhood(_BUDGET_WORKERS | MANAGER)
BUDGET_WORKERS = of_neighbourhood(_BUDGET_WORKERS)
BUDGET_DECIDERS = of_neighbourhood(COORDINATOR)

# --- pages without a place -----------------------------------------------------------------------------------------
PUBLIC = Group(EVERYBODY, EVERYBODY, EVERYBODY, is_public=True, places=("own",))
LOGGED_IN = everywhere(EVERYBODY)
CASE_LISTS = everywhere(FRONT, PARTNER, OUTSIDER)
CASE_OPENERS = everywhere(COORDINATOR, OUTSIDER)
REPORTERS = everywhere(FRONT, PARTNER, OUTSIDER)
NEIGHBOURHOOD_WORKERS = everywhere(TEAM, OUTSIDER)
FRONT_LISTS = everywhere(FRONT, OUTSIDER)
HUB_LISTS = everywhere(FRONT, MANAGER, OUTSIDER)
BUDGET_LISTS = everywhere(_BUDGET_WORKERS, MANAGER, OUTSIDER)
BUDGET_OPENERS = everywhere(COORDINATOR, OUTSIDER)
HUB_PLANNERS = everywhere(_HUB_WORKERS, OUTSIDER)
NEIGHBOUR_LISTS = everywhere(_NEIGHBOURS)
TENANCY_LISTS = everywhere(_CARE, frozenset({"youth_coach"}))
FIGURE_LISTS = everywhere(TEAM, MANAGER, OUTSIDER)
REPORT_ASKERS = everywhere(COORDINATOR, MANAGER, OUTSIDER)
OWN_KEYS = Group(WORKER, NOBODY, NOBODY, never=NOBODY, places=("own",))
CATALOGUE = everywhere(ADMINISTRATOR)
OWN_FILTERS = Group(own=FRONT | PARTNER | OUTSIDER, other=NOBODY, places=("own", "other"))


@dataclass(frozen=True)
class Row:
    """One address: its name, who gets in, where its parts come from, and how it is asked."""

    name: str
    group: Group
    args: dict[str, str | Callable[..., Any]]
    post: dict[str, Any] | None = None  # only answers POST, with this
    is_htmx: bool = False


def rows(group: Group, *names: str, post: dict[str, Any] | None = None, **args: Any) -> Iterator[Row]:
    """Give these addresses one policy."""
    is_htmx = args.pop("is_htmx", False)
    for name in names:
        yield Row(name, group, args, post, is_htmx)


_CASE = {"number": "number"}
_VISIT = {"number": "number", "visit": "visit.uuid"}
_PLANNED = {"number": "number", "visit": "planned.uuid"}
_DRAFT = {"number": "number", "visit": "draft_uuid"}

GRID: tuple[Row, ...] = (
    # the door
    *rows(PUBLIC, "healthz", "accounts:login", "cases:offline", "cases:sw"),
    *rows(PUBLIC, "accounts:invitation", token=lambda *_: "x"),
    *rows(PUBLIC, "accounts:second-step", "accounts:passkey-login", "accounts:oidc-login"),
    *rows(PUBLIC, "accounts:oidc-return"),
    *rows(LOGGED_IN, "accounts:profile", "accounts:password-change", "cases:home", "cases:search"),
    *rows(LOGGED_IN, "accounts:security", "accounts:confirm", "accounts:totp-setup", "accounts:passkey-new"),
    *rows(LOGGED_IN, "accounts:recovery-codes", "accounts:oidc-link-go"),
    *rows(LOGGED_IN, "accounts:logout", "accounts:totp-remove", "accounts:devices-end", post={}),
    *rows(LOGGED_IN, "accounts:device-end", device=lambda *_: UUID(int=1), post={}),
    *rows(LOGGED_IN, "accounts:oidc-link", post={}),
    *rows(OWN_KEYS, "accounts:passkey-remove", pk="passkey.pk", post={}),
    *rows(LOGGED_IN, "cases:search-suggest", post={"q": "straat"}),
    # setting up
    *rows(everywhere(ADMINISTRATOR), "accounts:user-list", "accounts:user-new", "accounts:organisation-list"),
    *rows(everywhere(ADMINISTRATOR), "accounts:organisation-new", "accounts:neighbourhood-list"),
    *rows(everywhere(ADMINISTRATOR), "accounts:neighbourhood-new"),
    *rows(everywhere(ADMINISTRATOR), "accounts:user", "accounts:role-give", pk="user.pk"),
    *rows(everywhere(ADMINISTRATOR), "accounts:organisation-edit", pk="organisation.pk"),
    *rows(USER_MANAGERS, "accounts:user-edit", pk="user.pk"),
    *rows(USER_MANAGERS, "accounts:invitation-make", pk="user.pk", post={}),
    *rows(USER_MANAGERS, "accounts:link-ask", pk="user.pk"),
    *rows(everywhere(ADMINISTRATOR), "accounts:sign-in-rules"),
    *rows(everywhere(ADMINISTRATOR | PRIVACY), "accounts:link-list"),
    *rows(LINK_SETTLERS, "accounts:link-settle", pk="invitation.pk", post={"answer": "no"}),
    *rows(SETTERS_UP, "accounts:role-end", pk="user.pk", membership="membership.pk", post={}),
    *rows(SETTERS_UP, "accounts:neighbourhood-edit", pk="neighbourhood.pk"),
    *rows(
        CATALOGUE, "cases:catalogue", "cases:catalogue-new", "cases:legal-grounds", "cases:legal-ground-new"
    ),
    *rows(CATALOGUE, "cases:legal-ground-edit", pk="ground.pk"),
    *rows(CATALOGUE, "cases:catalogue-edit", pk="instrument.pk"),
    # accountability
    *rows(LOGGED_IN, "accounts:own-street"),
    *rows(ONE_READER, "accounts:notice-seen", pk="notice.pk", post={}),
    *rows(USER_MANAGERS, "accounts:user-street", pk="user.pk"),
    *rows(LOG_READERS, "access:log", "access:unusual-list", "cases:glass-list"),
    *rows(LOG_READERS, "access:log-export", kind=lambda *_: "csv"),
    *rows(LOG_OF_NEIGHBOURHOOD, "access:rules", slug="neighbourhood.slug"),
    *rows(LOG_OF_PLACE, "access:unusual", pk="unusual.pk"),
    *rows(LOG_OF_PLACE, "cases:glass-review", pk="glass.pk"),
    *rows(LOG_OF_PLACE, "cases:log-looks", number="number"),
    *rows(GLASS_BREAKERS, "cases:break-glass", number="number"),
    *rows(CASE_READERS, "cases:glass-banner", number="number"),
    *rows(CASE_READERS, "cases:glass", number="number", pk="glass.pk"),
    *rows(GLASS_OWNERS, "cases:glass-close", number="number", pk="glass.pk", post={}),
    *rows(FAMILY_FLAGGERS, "cases:case-colleague-family", number="number"),
    *rows(CASE_LEADS, "cases:case-looks", number="number"),
    *rows(PERSON_LOOKERS, "cases:person-looks", pk="person.pk"),
    *rows(CATALOGUE, "cases:reference"),
    *rows(CATALOGUE, "cases:reference-code", "cases:reference-new", code=lambda *_: "term.warn_days"),
    *rows(CATALOGUE, "cases:reference-confirm", code="doubtful.code", pk="doubtful.pk"),
    # lists
    *rows(CASE_LISTS, "cases:case-list", "cases:visit-pick", "cases:task-list", "cases:task-new"),
    *rows(CASE_LISTS, "cases:help-request-list", "cases:consent-list"),
    *rows(everywhere(frozenset({"privacy_officer"})), "cases:consent-counts"),
    *rows(
        CASE_LISTS,
        "cases:case-export",
        "cases:consent-export",
        "cases:help-request-export",
        "cases:task-export",
        kind=lambda *_: "csv",
    ),
    *rows(CASE_LISTS, "cases:saved-filters", list_code=lambda *_: "cases"),
    *rows(
        CASE_LISTS, "cases:saved-filter-save", list_code=lambda *_: "cases", post={"name": "X", "query": ""}
    ),
    *rows(OWN_FILTERS, "cases:saved-filter-rename", pk="filter.pk"),
    *rows(OWN_FILTERS, "cases:saved-filter-delete", pk="filter.pk", post={}),
    *rows(CASE_OPENERS, "cases:case-new"),
    *rows(FRONT_LISTS, "cases:help-request-new", "cases:mandate-list", "cases:obstacle-list"),
    *rows(FRONT_LISTS, "cases:obstacle-new"),
    *rows(NEIGHBOURHOOD_WORKERS, "cases:intervention-new"),
    *rows(CASE_OPENERS, "cases:mandate-new"),
    # radar
    *rows(REPORTERS, "cases:radar", "cases:radar-new"),
    *rows(REPORTERS, "cases:radar-export", kind=lambda *_: "xlsx"),
    *rows(FRONT_LISTS, "cases:obstacle-export", kind=lambda *_: "csv"),
    *rows(SIGNALS, "cases:radar-entry", "cases:radar-correct", pk="signal.pk"),
    *rows(DECIDERS, "cases:radar-decide-case", "cases:radar-pass-on", "cases:radar-close", pk="signal.pk"),
    *rows(DECIDERS, "cases:radar-postpone", pk="signal.pk"),
    # one case
    *rows(CASE_READERS, "cases:case", "cases:case-timeline", **_CASE),
    *rows(CASE_READERS, "cases:case-panel", code=lambda *_: "cases.plan", **_CASE),
    *rows(CASE_WRITERS, "cases:case-trust", "cases:note-new", "cases:contact-new", "cases:step-new", **_CASE),
    *rows(CASE_WRITERS, "cases:task-new", "cases:boundary-new", "cases:consent-new", **_CASE),
    *rows(CASE_WRITERS, "cases:intervention-new", "cases:visit-new", "cases:visit-plan", **_CASE),
    *rows(CASE_LEADS, "cases:case-edit", "cases:case-state", "cases:case-close", "cases:case-team", **_CASE),
    *rows(CASE_LEADS, "cases:case-block-join", number="child.number"),
    *rows(CASE_LEADS, "cases:case-block-leave", number="child.number"),
    *rows(CASE_LEADS, "cases:case-reopen", number="closed.number"),
    *rows(ASKERS, "cases:help-request-new", **_CASE),
    *rows(HOUSERS, "housing:case-dwelling", **_CASE),
    *rows(AUTHORS, "cases:entry-correct", pk="entry.pk", **_CASE),
    *rows(AUTHORS_AND_LEADS, "cases:entry-redact", pk="entry.pk", **_CASE),
    *rows(CASE_WRITERS, "cases:entry-pin", pk="entry.pk", post={}, **_CASE),
    *rows(CASE_WRITERS, "cases:entry-unpin", pk="pinned.pk", post={}, **_CASE),
    *rows(CASE_WRITERS, "cases:step-edit", "cases:step-state", pk="step.pk", **_CASE),
    *rows(CASE_WRITERS, "cases:step-move", pk="step.pk", post={}, **_CASE),
    *rows(CASE_WRITERS, "cases:boundary-lift", pk="boundary.pk", **_CASE),
    *rows(STEERERS_OF_OWN, "cases:consent-withdraw", "cases:consent-renew", pk="consent.pk", **_CASE),
    # documents and releases
    *rows(CASE_WRITERS, "cases:document-new", "cases:consent-sheet", **_CASE),
    *rows(CASE_READERS, "cases:document", "cases:document-file", document="document.uuid", **_CASE),
    *rows(AUTHORS, "cases:document-correct", document="document.uuid", **_CASE),
    *rows(AUTHORS_AND_LEADS, "cases:document-remove", document="document.uuid", **_CASE),
    *rows(CARERS, "cases:entry-release", pk="closed_entry.pk", **_CASE),
    *rows(RELEASERS, "cases:release-new", **_CASE),
    *rows(RELEASE_ENDERS, "cases:release-end", pk="release.pk", **_CASE),
    *rows(CASE_WRITERS, "cases:task-edit", pk="task.pk"),
    *rows(CASE_WRITERS, "cases:task-done", "cases:task-drop", "cases:task-reopen", pk="task.pk", post={}),
    *rows(CASE_READERS, "cases:intervention", pk="intervention.pk"),
    *rows(CASE_WRITERS, "cases:intervention-edit", "cases:intervention-state", pk="intervention.pk"),
    *rows(CASE_READERS, "cases:help-request", pk="help_request.pk"),
    *rows(STEERERS, "cases:help-request-answer", "cases:help-request-escalate", pk="help_request.pk"),
    *rows(STEERERS, "cases:help-request-withdraw", pk="help_request.pk"),
    # visits
    *rows(CASE_READERS, "cases:visit", **_VISIT),
    *rows(AUTHORS, "cases:visit-correct", **_VISIT),
    *rows(CASE_WRITERS, "cases:visit-log", "cases:visit-move", "cases:visit-cancel", **_PLANNED),
    *rows(CASE_WRITERS, "cases:visit-draft", "cases:visit-draft-drop", post={}, **_DRAFT),
    *rows(CASE_WRITERS, "cases:visit-draft-move", "cases:visit-photo-add", post={}, **_DRAFT),
    *rows(OWNERS, "cases:visit-photo-remove", photo="draft_photo.uuid", post={}, **_DRAFT),
    *rows(CASE_READERS, "cases:visit-photo", photo="photo.uuid"),
    # the weekly review
    *rows(everywhere(TEAM, OUTSIDER), "cases:review"),
    *rows(REVIEWERS, "cases:review-start", slug="neighbourhood.slug", post={}),
    *rows(REVIEWERS, "cases:review-session", "cases:review-close", pk="review.pk"),
    *rows(REVIEWERS, "cases:review-attendance", pk="review.pk", post={}),
    *rows(REVIEWERS, "cases:review-add", pk="review.pk", post={"number": "NIETS"}),
    *rows(REVIEWERS, "cases:review-decide", pk="review.pk", item="item.pk"),
    *rows(REVIEWERS, "cases:review-item-state", pk="review.pk", item="item.pk", post={"state": "carried"}),
    *rows(REVIEWERS, "cases:review-withdraw", pk="review.pk", decision="decision.pk", post={}),
    *rows(REVIEWERS, "cases:review-minutes", "cases:review-minutes-pdf", pk="minutes.pk"),
    # mandates and obstacles
    *rows(MANDATE_KEEPERS, "cases:mandate-end", pk="mandate.pk"),
    *rows(
        OBSTACLE_KEEPERS, "cases:obstacle", "cases:obstacle-edit", "cases:obstacle-state", pk="obstacle.pk"
    ),
    *rows(OBSTACLE_KEEPERS, "cases:obstacle-link", pk="obstacle.pk"),
    *rows(OBSTACLE_LINKS, "cases:obstacle-unlink", pk="obstacle.pk", link="blocked.pk"),
    # people
    *rows(REPORTERS, "people:household-new"),
    *rows(REPORTERS, "people:household-suggest", post={"field": "who", "who-q": "gezin"}),
    *rows(REPORTERS, "people:person-suggest", post={"given_name": "Jef"}),
    *rows(HOUSEHOLDS, "people:household", "people:household-edit", "people:member-new", pk="household.pk"),
    *rows(MEMBERS, "people:member-leave", "people:member-undo", pk="household.pk", member="member.pk"),
    *rows(PERSONS, "people:person", "people:person-edit", pk="person.pk"),
    *rows(PERSONS, "people:person-link", pk="person.pk", other="second.pk"),
    *rows(PERSONS, "people:person-unlink", pk="person.pk", link="link.pk"),
    # the registers
    *rows(FRONT_LISTS, "housing:building-list", "housing:dwelling-list", "housing:landlord-list"),
    *rows(FRONT_LISTS, "housing:building-export", "housing:dwelling-export", kind=lambda *_: "csv"),
    *rows(FRONT_LISTS, "housing:landlord-export", kind=lambda *_: "xlsx"),
    *rows(
        FRONT_LISTS,
        "housing:dwelling-suggest",
        "housing:landlord-suggest",
        post={"field": "who", "who-q": "own"},
    ),
    *rows(NEIGHBOURHOOD_WORKERS, "housing:building-new", "housing:landlord-new"),
    *rows(REGISTER_READERS, "housing:building", pk="building.pk"),
    *rows(REGISTER_WORKERS, "housing:building-edit", "housing:dwelling-new", pk="building.pk"),
    *rows(REGISTER_READERS, "housing:dwelling", pk="dwelling.pk"),
    *rows(REGISTER_WORKERS, "housing:dwelling-edit", "housing:occupancy-new", pk="dwelling.pk"),
    *rows(REGISTER_WORKERS, "housing:ownership-new", pk="dwelling.pk"),
    *rows(
        REGISTER_WORKERS,
        "housing:occupancy-edit",
        "housing:occupancy-end",
        pk="dwelling.pk",
        occupancy="occupancy.pk",
    ),
    *rows(REGISTER_WORKERS, "housing:ownership-end", pk="dwelling.pk", ownership="ownership.pk"),
    *rows(REGISTER_READERS, "housing:landlord", "housing:contact-new", pk="landlord.pk"),
    *rows(REGISTER_WORKERS, "housing:landlord-edit", "housing:landlord-dwelling-new", pk="landlord.pk"),
    *rows(REGISTER_WORKERS, "housing:point-of-contact", "housing:point-of-contact-end", pk="landlord.pk"),
    # rights and retention
    *rows(RIGHTS_PERSONS, "rights:person", pk="person.pk"),
    *rows(RIGHTS_PERSONS, "rights:ask", pk="person.pk", kind=lambda *_: "erase"),
    *rows(everywhere(FRONT, PRIVACY, OUTSIDER), "rights:overview"),
    *rows(RIGHTS_REQUESTS, "rights:request", pk="rectify.pk"),
    *rows(RIGHTS_DECIDERS, "rights:agree", "rights:finish", pk="rectify.pk"),
    *rows(RIGHTS_ANSWERERS, "rights:refuse", "rights:withdraw", "rights:extend", pk="rectify.pk"),
    *rows(RIGHTS_ANSWERERS, "rights:retry", pk="rectify.pk"),
    *rows(RIGHTS_LIFTERS, "rights:lift", pk="restrict.pk"),
    *rows(RIGHTS_REVIEWERS, "rights:review", pk="export.pk"),
    *rows(RIGHTS_DECIDERS, "rights:approve-export", pk="export.pk"),
    *rows(RIGHTS_DECIDERS, "rights:file", pk="written.pk", kind=lambda *_: "json"),
    *rows(everywhere(COORDINATOR, PRIVACY, OUTSIDER), "rights:retention"),
    *rows(RETENTION_MANAGERS, "rights:rule-edit", pk="rule.pk"),
    *rows(RETENTION_MANAGERS, "rights:usual-rules", "rights:list-new", slug="neighbourhood.slug"),
    *rows(RETENTION_READERS, "rights:list", "rights:list-approve", "rights:certificate", pk="going.pk"),
    *rows(RETENTION_READERS, "rights:take-out", pk="going.pk", line="line.pk"),
    *rows(RETENTION_MANAGERS, "rights:list-withdraw", pk="going.pk"),
    *rows(CASE_LEADS, "rights:hold", **_CASE),
    *rows(CASE_LEADS, "rights:hold-lift", number="child.number"),
    # procedures and tracks
    *rows(NEIGHBOURHOOD_WORKERS, "housing:procedure-list"),
    *rows(NEIGHBOURHOOD_WORKERS, "housing:procedure-export", kind=lambda *_: "csv"),
    *rows(REVIEWERS, "housing:procedure", "housing:procedure-sheet", pk="procedure.pk"),
    *rows(PROCEDURE_WORKERS, "housing:procedure-new", "housing:track-new", pk="building.pk"),
    *rows(PROCEDURE_WORKERS, "housing:procedure-step", pk="procedure.pk", step=lambda *_: "find_founded"),
    *rows(
        PROCEDURE_WORKERS,
        "housing:procedure-term-pause",
        "housing:procedure-term-resume",
        pk="procedure.pk",
        term="procedure_term.pk",
    ),
    *rows(PROCEDURE_WORKERS, "housing:certificate-lapse", pk="certified.pk", certificate="certificate.pk"),
    *rows(HOUSERS, "housing:rehousing-plan", part="urgent_part.pk", household="household.pk"),
    *rows(REVIEWERS, "housing:track", pk="track.pk"),
    *rows(PROCEDURE_WORKERS, "housing:track-edit", pk="track.pk"),
    # the calendar
    *rows(CASE_LISTS, "cases:calendar", "cases:calendar-feeds"),
    *rows(
        CALENDAR_READERS,
        "cases:calendar-of",
        "cases:calendar-feed-new",
        scope=lambda *_: "team",
        key="neighbourhood.pk",
    ),
    *rows(OWNERS, "cases:calendar-feed-revoke", pk="feed.pk"),
    *rows(PUBLIC, "cases:calendar-feed", secret="feed_secret"),
    # inspections
    *rows(NEIGHBOURHOOD_WORKERS, "housing:inspection-list"),
    *rows(NEIGHBOURHOOD_WORKERS, "housing:inspection-export", kind=lambda *_: "csv"),
    *rows(INSPECTORS, "housing:dwelling-inspection-new", pk="dwelling.pk"),
    *rows(INSPECTORS, "housing:building-inspection-new", pk="building.pk"),
    *rows(INSPECTION_READERS, "housing:inspection", "housing:inspection-pdf", uuid="inspection.uuid"),
    *rows(INSPECTION_READERS, "housing:inspection-compare", uuid="signed.uuid"),
    *rows(INSPECTION_READERS, "housing:inspection-photo", photo="defect_photo.uuid"),
    *rows(INSPECTORS, "housing:inspection-again", "housing:inspection-correct", uuid="signed.uuid"),
    *rows(INSPECTORS, "housing:inspection-start", post={}, uuid="inspection.uuid"),
    *rows(INSPECTORS, "housing:inspection-move", "housing:inspection-cancel", uuid="inspection.uuid"),
    *rows(INSPECTORS, "housing:inspection-facts", "housing:inspection-attempt", uuid="inspection.uuid"),
    *rows(INSPECTORS, "housing:inspection-note", "housing:inspection-announce", uuid="inspection.uuid"),
    *rows(INSPECTORS, "housing:inspection-finish", "housing:inspection-work", uuid="inspection.uuid"),
    *rows(INSPECTORS, "housing:inspection-rooms", "housing:inspection-room-new", uuid="inspection.uuid"),
    *rows(INSPECTORS, "housing:inspection-smoke", uuid="inspection.uuid"),
    *rows(INSPECTORS, "housing:inspection-room-add", post={}, uuid="inspection.uuid"),
    *rows(INSPECTORS, "housing:inspection-room-edit", uuid="inspection.uuid", room="inspection_room.uuid"),
    *rows(
        INSPECTORS,
        "housing:inspection-room-remove",
        uuid="inspection.uuid",
        room="inspection_room.uuid",
        post={},
    ),
    *rows(
        INSPECTORS,
        "housing:inspection-defect",
        "housing:inspection-describe",
        "housing:inspection-photo-add",
        uuid="inspection.uuid",
        item="report_item.pk",
        post={"category": "III"},
    ),
    *rows(
        INSPECTORS,
        "housing:inspection-photo-remove",
        uuid="inspection.uuid",
        photo="defect_photo.uuid",
        post={},
    ),
    *rows(CATALOGUE, "housing:inspection-lists", "housing:inspection-version-new"),
    *rows(CATALOGUE, "housing:inspection-norm-new"),
    *rows(CATALOGUE, "housing:inspection-norm-remove", pk="norm.pk", post={}),
    *rows(CATALOGUE, "housing:inspection-version", "housing:inspection-version-edit", pk="report_version.pk"),
    *rows(CATALOGUE, "housing:inspection-item-new", "housing:inspection-import", pk="report_version.pk"),
    *rows(CATALOGUE, "housing:inspection-item-edit", pk="report_version.pk", item="report_item.pk"),
    *rows(CATALOGUE, "housing:inspection-import-check", pk="report_version.pk", file="waiting_file.pk"),
    # agreements
    *rows(CASE_LISTS, "housing:agreement-list"),
    *rows(CATALOGUE, "housing:agreement-template-list"),
    *rows(
        CATALOGUE,
        "housing:agreement-template",
        "housing:agreement-template-version",
        "housing:agreement-template-edit",
        "housing:agreement-template-publish",
        "housing:agreement-template-obligation-new",
        pk="template.pk",
    ),
    *rows(
        CATALOGUE,
        "housing:agreement-template-obligation-edit",
        "housing:agreement-template-obligation-remove",
        pk="template.pk",
        obligation="template_obligation.pk",
    ),
    *rows(AGREEMENT_WORKERS, "housing:agreement-new", "housing:waiting-new", "housing:stay-new", **_CASE),
    *rows(AGREEMENT_READERS, "housing:agreement", pk="agreement.pk"),
    *rows(PAPER_READERS, "housing:agreement-pdf", pk="agreement.pk"),
    *rows(PAPER_READERS, "housing:agreement-translation", pk="agreement.pk", language=lambda *_: "ar"),
    *rows(PAPER_READERS, "housing:agreement-file", pk="agreement.pk", file="file.uuid"),
    *rows(
        AGREEMENT_WORKERS,
        "housing:agreement-edit",
        "housing:agreement-ready",
        "housing:agreement-withdraw",
        "housing:party-new",
        "housing:obligation-new",
        pk="draft_agreement.pk",
    ),
    *rows(AGREEMENT_WORKERS, "housing:party-remove", pk="draft_agreement.pk", party="party.pk"),
    *rows(
        AGREEMENT_WORKERS,
        "housing:obligation-edit",
        "housing:obligation-remove",
        pk="draft_agreement.pk",
        obligation="obligation.pk",
    ),
    *rows(
        AGREEMENT_WORKERS,
        "housing:agreement-redraft",
        "housing:agreement-sign",
        "housing:agreement-start",
        "housing:agreement-end",
        "housing:agreement-amend",
        "housing:agreement-copy-new",
        pk="agreement.pk",
    ),
    *rows(PAPER_READERS, "housing:due", "housing:due-evidence", pk="due.pk"),
    *rows(
        AGREEMENT_WORKERS,
        "housing:due-breach",
        "housing:due-next",
        "housing:due-waive",
        "housing:due-reopen",
        "housing:due-extend",
        pk="due.pk",
    ),
    *rows(AGREEMENT_WORKERS, "housing:due-extension", pk="due.pk", extension="due_extension.pk"),
    # crisis dwellings and stays
    *rows(FRONT_LISTS, "housing:crisis-dwelling-list"),
    *rows(NEIGHBOURHOOD_WORKERS, "housing:crisis-dwelling-new"),
    *rows(REGISTER_READERS, "housing:crisis-dwelling", pk="unit.pk"),
    *rows(
        REGISTER_WORKERS,
        "housing:crisis-dwelling-edit",
        "housing:crisis-fee-new",
        "housing:crisis-works-new",
        pk="unit.pk",
    ),
    *rows(REGISTER_WORKERS, "housing:crisis-works-end", pk="unit.pk", period="works.pk"),
    *rows(PAPER_READERS, "housing:waiting", pk="waiting.pk"),
    *rows(AGREEMENT_WORKERS, "housing:waiting-priority", "housing:waiting-end", pk="waiting.pk"),
    *rows(PAPER_READERS, "housing:stay", pk="stay.pk"),
    *rows(
        AGREEMENT_WORKERS,
        "housing:stay-start",
        "housing:stay-cancel",
        "housing:stay-end",
        "housing:stay-longer",
        "housing:cost-new",
        pk="stay.pk",
    ),
    *rows(AGREEMENT_WORKERS, "housing:stay-longer-decide", pk="stay.pk", extension="stay_extension.pk"),
    *rows(AGREEMENT_WORKERS, "housing:cost-export", pk="stay.pk", kind=lambda *_: "xlsx"),
    *rows(AGREEMENT_WORKERS, "housing:cost-strike", "housing:cost-recovered", pk="stay.pk", cost="cost.pk"),
    *rows(PAPER_READERS, "housing:cost-proof", pk="stay.pk", cost="cost.pk"),
    *rows(PAPER_READERS, "housing:aftercare-done", pk="check.pk"),
    # tenant tracks
    *rows(TENANCY_LISTS, "housing:tenancy-list"),
    *rows(TENANCY_WORKERS, "housing:tenancy-new", **_CASE),
    *rows(TENANCY_READERS, "housing:tenancy", "housing:tenancy-arrears", pk="tenancy.pk"),
    *rows(TENANCY_WORKERS, "housing:tenancy-edit", pk="tenancy.pk"),
    *rows(TENANCY_WORKERS, "housing:tenancy-inspection", pk="tenancy.pk", line="right.pk"),
    *rows(TENANCY_WORKERS, "housing:tenancy-conditions", pk="tenancy.pk", line="fund_file.pk"),
    *rows(TENANCY_WORKERS, "housing:tenancy-line-new", pk="tenancy.pk", kind=lambda *_: "right"),
    *rows(
        TENANCY_WORKERS,
        "housing:tenancy-line-edit",
        "housing:tenancy-line-strike",
        "housing:tenancy-line-restore",
        pk="tenancy.pk",
        kind=lambda *_: "right",
        line="right.pk",
    ),
    *rows(
        TENANCY_WORKERS,
        "housing:tenancy-step",
        pk="tenancy.pk",
        kind=lambda *_: "fund",
        line="fund_file.pk",
        to=lambda *_: "signed",
    ),
    # renovations
    *rows(FRONT_LISTS, "housing:renovation-list"),
    *rows(RENOVATION_WORKERS, "housing:renovation-new", **_CASE),
    *rows(RENOVATION_READERS, "housing:renovation", pk="renovation.pk"),
    *rows(
        RENOVATION_WORKERS,
        "housing:renovation-edit",
        "housing:renovation-begin",
        "housing:renovation-finish",
        "housing:renovation-stop",
        "housing:renovation-fund",
        pk="renovation.pk",
    ),
    *rows(RENOVATION_READERS, "housing:renovation-photo", pk="renovation.pk", photo="progress_photo.uuid"),
    *rows(
        RENOVATION_WORKERS, "housing:renovation-photo-remove", pk="renovation.pk", photo="progress_photo.uuid"
    ),
    *rows(
        RENOVATION_WORKERS,
        "housing:quote-choose",
        "housing:quote-unchoose",
        pk="renovation.pk",
        line="quote.pk",
    ),
    *rows(RENOVATION_WORKERS, "housing:support-decide", pk="renovation.pk", line="support.pk"),
    *rows(RENOVATION_WORKERS, "housing:renovation-line-new", pk="renovation.pk", kind=lambda *_: "progress"),
    *rows(
        RENOVATION_WORKERS,
        "housing:renovation-line-edit",
        "housing:renovation-line-strike",
        "housing:renovation-line-restore",
        pk="renovation.pk",
        kind=lambda *_: "work",
        line="work.pk",
    ),
    *rows(REGISTER_WORKERS, "housing:landlord-link", pk="landlord.pk", other="alike.pk"),
    *rows(REGISTER_WORKERS, "housing:landlord-unlink", pk="landlord.pk", link="landlord_link.pk"),
    *rows(REGISTER_READERS, "housing:landlord-portfolio", pk="landlord.pk"),
    *rows(REGISTER_WORKERS, "housing:pattern-dismiss", pk="landlord.pk", code=lambda *_: "M13"),
    *rows(REGISTER_WORKERS, "housing:pattern-restore", pk="landlord.pk", verdict="pattern.pk"),
    # the civil track
    *rows(everywhere(TEAM, OUTSIDER), "housing:legal-file-list"),
    *rows(LEGAL_READERS, "housing:legal-file", pk="legal_file.pk"),
    *rows(LEGAL_OPENERS, "housing:legal-tenant-join", pk="legal_file.pk"),
    *rows(LEGAL_OPENERS, "housing:legal-file-new", **_CASE),
    *rows(LEGAL_WORKERS, "housing:legal-file-edit", "housing:legal-party-new", pk="legal_file.pk"),
    *rows(LEGAL_WORKERS, "housing:claim-new", "housing:court-date-new", pk="legal_file.pk"),
    *rows(LEGAL_WORKERS, "housing:exhibit-new", "housing:bundle-new", pk="legal_file.pk"),
    *rows(
        LEGAL_WORKERS,
        "housing:legal-tenant-leave",
        "housing:exhibit-permission",
        pk="legal_file.pk",
        tenant="legal_tenant.pk",
    ),
    *rows(LEGAL_WORKERS, "housing:legal-party-remove", pk="legal_file.pk", party="legal_party.pk"),
    *rows(LEGAL_WORKERS, "housing:claim-edit", pk="legal_file.pk", claim="claim.pk"),
    *rows(LEGAL_WORKERS, "housing:court-date-edit", pk="legal_file.pk", date="court_date.pk"),
    *rows(LEGAL_WORKERS, "housing:exhibit-remove", pk="legal_file.pk", exhibit="exhibit.pk"),
    *rows(
        LEGAL_WORKERS,
        "housing:exhibit-permission-withdraw",
        pk="legal_file.pk",
        permission="exhibit_permission.pk",
    ),
    *rows(LEGAL_WORKERS, "housing:bundle", "housing:bundle-retry", uuid="bundle.uuid"),
    *rows(LEGAL_WORKERS, "housing:bundle-progress", uuid="bundle.uuid", is_htmx=True),
    *rows(LEGAL_WORKERS, "housing:bundle-file", uuid="bundle.uuid", kind=lambda *_: "zip"),
    *rows(EVIDENCE, "housing:case-evidence", "housing:evidence-new", "housing:rent-months", **_CASE),
    *rows(EVIDENCE, "housing:lease", "housing:charges-new", "housing:indexation-new", **_CASE),
    *rows(EVIDENCE, "housing:rent-overview", **_CASE),
    *rows(
        EVIDENCE,
        "housing:evidence-withdraw",
        kind=lambda *_: "month",
        pk="rent_payment.pk",
        **_CASE,
    ),
    *rows(EVIDENCE_READERS, "housing:evidence-file", uuid="evidence.uuid", **_CASE),
    # social cohesion
    *rows(HUB_LISTS, "cohesion:home", "cohesion:hub", "cohesion:hub-poster"),
    *rows(HUB_PLANNERS, "cohesion:hub-place-new", "cohesion:activity-new"),
    *rows(HUB_READERS, "cohesion:hub-place", pk="hub_place.pk"),
    *rows(
        HUB_WORKERS, "cohesion:hub-place-edit", "cohesion:hub-hours", "cohesion:hub-close", pk="hub_place.pk"
    ),
    *rows(HUB_WORKERS, "cohesion:hub-open-again", pk="hub_place.pk", period="closing.pk"),
    *rows(HUB_READERS, "cohesion:activity", pk="activity.pk"),
    *rows(HUB_WORKERS, "cohesion:activity-edit", pk="activity.pk"),
    *rows(
        HUB_WORKERS,
        "cohesion:moment-count",
        "cohesion:moment-move",
        "cohesion:moment-cancel",
        "cohesion:moment-restore",
        pk="moment.pk",
    ),
    *rows(
        NEIGHBOUR_LISTS,
        "cohesion:living-room-list",
        "cohesion:living-room-new",
        "cohesion:story-list",
        "cohesion:story-new",
    ),
    *rows(NEIGHBOUR_LISTS, "cohesion:teller-suggest", post={"field": "teller", "teller-q": "Jef"}),
    *rows(
        NEIGHBOURS,
        "cohesion:living-room",
        "cohesion:living-room-strike",
        "cohesion:living-room-restore",
        "cohesion:living-room-redact",
        "cohesion:living-room-radar",
        "cohesion:follow-up-add",
        visit="living_room.uuid",
    ),
    *rows(LIVING_ROOM_WRITERS, "cohesion:living-room-correct", visit="living_room.uuid"),
    *rows(
        NEIGHBOURS,
        "cohesion:follow-up-done",
        post={"done": "yes"},
        visit="living_room.uuid",
        pk="follow_up.pk",
    ),
    # A draft is one's own, whatever uuid the device made.
    *rows(
        NEIGHBOUR_LISTS,
        "cohesion:living-room-draft",
        "cohesion:living-room-draft-drop",
        post={},
        visit="story.uuid",
    ),
    *rows(
        NEIGHBOURS,
        "cohesion:story",
        "cohesion:story-change",
        "cohesion:story-consent",
        "cohesion:story-approve",
        "cohesion:story-publish",
        "cohesion:story-take-down",
        "cohesion:story-withdraw",
        uuid="story.uuid",
    ),
    *rows(NEIGHBOURS, "cohesion:story-file", uuid="story.uuid", version=lambda *_: 1),
    *rows(PUBLIC, "wijk:stories", slug="case.neighbourhood.slug"),
    *rows(PUBLIC, "wijk:story", "wijk:story-file", slug="case.neighbourhood.slug", pk="story.pk"),
    *rows(PUBLIC, "wijk:neighbourhood", "wijk:feed", slug="case.neighbourhood.slug"),
    # the look of the neighbourhood: read and worked on by the same people as the hub
    *rows(HUB_LISTS, "cohesion:places", "cohesion:places-points"),
    *rows(HUB_PLANNERS, "cohesion:place-new"),
    *rows(HUB_READERS, "cohesion:place-project", "cohesion:place-points", pk="project.pk"),
    *rows(
        HUB_WORKERS,
        "cohesion:place-edit",
        "cohesion:place-step",
        "cohesion:place-spot-new",
        "cohesion:place-photo-new",
        "cohesion:place-care-new",
        pk="project.pk",
    ),
    *rows(
        HUB_WORKERS,
        "cohesion:place-spot-edit",
        "cohesion:place-spot-remove",
        pk="project.pk",
        spot="spot.pk",
    ),
    *rows(HUB_WORKERS, "cohesion:place-care-end", pk="project.pk", care="care.pk"),
    *rows(HUB_READERS, "cohesion:place-photo", uuid="place_photo.uuid", size=lambda *_: "klein"),
    *rows(HUB_WORKERS, "cohesion:place-photo-edit", "cohesion:place-photo-remove", uuid="place_photo.uuid"),
    *rows(HUB_WORKERS, "cohesion:activity-photo-new", pk="activity.pk"),
    *rows(HUB_READERS, "cohesion:activity-photo", uuid="activity_photo.uuid", size=lambda *_: "klein"),
    *rows(
        HUB_WORKERS,
        "cohesion:activity-photo-edit",
        "cohesion:activity-photo-remove",
        uuid="activity_photo.uuid",
    ),
    *rows(PUBLIC, "wijk:places", "wijk:places-points", "wijk:drawing", slug="case.neighbourhood.slug"),
    *rows(
        PUBLIC,
        "wijk:photo",
        slug="case.neighbourhood.slug",
        kind=lambda *_: "plek",
        uuid="place_photo.uuid",
        size=lambda *_: "klein",
    ),
    # the drawings of the maps
    *rows(LOGGED_IN, "cases:map-drawing", slug="case.neighbourhood.slug"),
    *rows(CATALOGUE, "cases:map-list"),
    *rows(CATALOGUE, "cases:map-edit", slug="case.neighbourhood.slug"),
    *rows(
        PUBLIC,
        "wijk:poster",
        slug="case.neighbourhood.slug",
        year=lambda *_: timezone.localdate().year,
        month=lambda *_: timezone.localdate().month,
    ),
    # the needs survey
    *rows(CONNECTER_LISTS, "surveys:list", "surveys:questionnaire-new"),
    *rows(CONNECTERS, "surveys:questionnaire", "surveys:revise", "surveys:round-new", pk="questionnaire.pk"),
    *rows(
        CONNECTERS,
        "surveys:version-edit",
        "surveys:preview",
        "surveys:publish",
        "surveys:question-new",
        pk="survey_draft.pk",
    ),
    *rows(CONNECTERS, "surveys:translate", pk="survey_draft.pk", language=lambda *_: "ar"),
    *rows(
        CONNECTERS,
        "surveys:question-edit",
        "surveys:question-move",
        "surveys:question-remove",
        pk="survey_question.pk",
    ),
    *rows(
        CONNECTERS,
        "surveys:round",
        "surveys:round-edit",
        "surveys:round-close",
        "surveys:codes",
        "surveys:tablet-start",
        "surveys:tablet-stop",
        "surveys:fill-in",
        pk="round.pk",
    ),
    *rows(CONNECTERS, "surveys:chart", pk="ended_round.pk", code=lambda *_: "blijf-je-graag-wonen"),
    *rows(CONNECTERS, "surveys:words", pk="ended_round.pk", code=lambda *_: "waarom-niet"),
    *rows(CONNECTERS, "surveys:words-remove", pk="ended_round.pk", words="survey_words.pk"),
    *rows(CONNECTERS, "surveys:export", pk="ended_round.pk", kind=lambda *_: "csv"),
    *rows(CONNECTERS, "surveys:compare", pk="ended_round.pk", other="older_round.pk"),
    *rows(
        CONNECTERS,
        "surveys:compare-chart",
        pk="ended_round.pk",
        other="older_round.pk",
        code=lambda *_: "blijf-je-graag-wonen",
    ),
    *rows(PUBLIC, "wijk:questions", slug="case.neighbourhood.slug"),
    *rows(PUBLIC, "wijk:answer", slug="case.neighbourhood.slug", code="survey_code"),
    *rows(PUBLIC, "wijk:tablet", slug="case.neighbourhood.slug", secret="tablet_secret"),
    # the social capital
    *rows(CONNECTER_LISTS, "cohesion:capital", "cohesion:capital-matches", "cohesion:capital-new"),
    *rows(CONNECTER_LISTS, "cohesion:capital-persons", post={"field": "person", "person-q": "jef"}),
    *rows(
        CONNECTERS,
        "cohesion:capital-entry",
        "cohesion:capital-edit",
        "cohesion:capital-end",
        "cohesion:capital-consent",
        "cohesion:capital-withdraw",
        pk="capital_offer.pk",
    ),
    *rows(CONNECTERS, "cohesion:capital-propose", pk="capital_offer.pk", other="capital_ask.pk"),
    *rows(CONNECTERS, "cohesion:capital-match", "cohesion:capital-step", pk="capital_match.pk"),
    # what people do in the neighbourhood
    *rows(CONNECTER_LISTS, "cohesion:involvements", "cohesion:involvement-new"),
    *rows(
        CONNECTERS,
        "cohesion:involvement",
        "cohesion:involvement-edit",
        "cohesion:involvement-end",
        "cohesion:involvement-yes",
        "cohesion:involvement-withdraw",
        pk="involvement.pk",
    ),
    *rows(BUDGET_LISTS, "cohesion:budget"),
    *rows(BUDGET_OPENERS, "cohesion:budget-round-new"),
    *rows(
        BUDGET_READERS,
        "cohesion:budget-round",
        "cohesion:budget-ledger",
        "cohesion:budget-ledger-file",
        "cohesion:budget-votes",
        pk="budget_round.pk",
    ),
    *rows(BUDGET_DECIDERS, "cohesion:budget-round-edit", pk="budget_round.pk"),
    *rows(BUDGET_DECIDERS, "cohesion:budget-round-step", pk="budget_round.pk", to=lambda *_: "closed"),
    *rows(BUDGET_WORKERS, "cohesion:budget-project-new", pk="idea_round.pk"),
    *rows(BUDGET_WORKERS, "cohesion:budget-slips", "cohesion:budget-paper-new", pk="vote_round.pk"),
    *rows(BUDGET_DECIDERS, "cohesion:budget-freeze", pk="vote_round.pk"),
    *rows(BUDGET_WORKERS, "cohesion:budget-batch-void", pk="vote_batch.pk"),
    *rows(BUDGET_WORKERS, "cohesion:budget-paper-check", "cohesion:budget-paper-drop", pk="paper_count.pk"),
    *rows(BUDGET_READERS, "cohesion:budget-project", pk="budget_project.pk"),
    *rows(
        BUDGET_WORKERS,
        "cohesion:budget-project-pay",
        "cohesion:budget-project-refund",
        "cohesion:budget-project-report",
        "cohesion:budget-photo-new",
        "cohesion:budget-letter",
        pk="budget_project.pk",
    ),
    *rows(BUDGET_DECIDERS, "cohesion:budget-project-lower", pk="budget_project.pk"),
    *rows(
        BUDGET_WORKERS,
        "cohesion:budget-project-edit",
        "cohesion:budget-project-rules",
        "cohesion:budget-project-advise",
        "cohesion:budget-project-withdraw",
        "cohesion:budget-quote",
        pk="idea.pk",
    ),
    *rows(BUDGET_DECIDERS, "cohesion:budget-project-decide", pk="idea.pk"),
    *rows(BUDGET_WORKERS, "cohesion:budget-line-reverse", pk="budget_line.pk"),
    *rows(BUDGET_READERS, "cohesion:budget-photo", pk="budget_photo.pk"),
    *rows(BUDGET_WORKERS, "cohesion:budget-photo-remove", pk="budget_photo.pk"),
    *rows(PUBLIC, "wijk:budget", slug="case.neighbourhood.slug"),
    *rows(PUBLIC, "wijk:budget-project", slug="case.neighbourhood.slug", pk="budget_project.pk"),
    *rows(PUBLIC, "wijk:budget-photo", slug="case.neighbourhood.slug", pk="budget_photo.pk"),
    *rows(PUBLIC, "wijk:budget-result", slug="case.neighbourhood.slug", pk="budget_round.pk"),
    *rows(PUBLIC, "wijk:budget-apply", slug="case.neighbourhood.slug", pk="idea_round.pk"),
    *rows(
        PUBLIC, "wijk:budget-vote", "wijk:budget-voted", slug="case.neighbourhood.slug", pk="vote_round.pk"
    ),
    *rows(PUBLIC, "wijk:budget-receipt", slug="case.neighbourhood.slug", token="receipt"),
    # reports
    *rows(FIGURE_LISTS, "reporting:report-list"),
    *rows(REPORT_ASKERS, "reporting:report-new"),
    *rows(FIGURE_READERS, "reporting:report", "reporting:report-pdf", uuid="report.uuid"),
    *rows(FIGURE_READERS, "reporting:report-progress", uuid="report.uuid", is_htmx=True),
    *rows(FIGURE_READERS, "reporting:report-chart", uuid="report.uuid", code="chart"),
    *rows(REPORT_MAKERS, "reporting:report-retry", uuid="report.uuid"),
)

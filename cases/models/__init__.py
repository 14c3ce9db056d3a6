"""The spine: radar, cases, timeline, visits, plan, agreements, interventions, help, review."""

from cases.models.agreement import CONSENT_WARNING_DAYS, Boundary, Consent
from cases.models.break_glass import BreakGlass, ColleagueFamily, Emergency, GlassVerdict
from cases.models.case import Case, CaseCounter
from cases.models.document import Document
from cases.models.help_request import HelpRequest, Mandate, Obstacle, ObstacleCase
from cases.models.intervention import Instrument, Intervention
from cases.models.neighbourhood_map import NeighbourhoodMap
from cases.models.plan import PlanStep, Task
from cases.models.radar import RadarEntry, RadarLapse
from cases.models.reference_value import ReferenceValue
from cases.models.release import LegalGround, Release
from cases.models.review import AgendaItem, Decision, Review, ReviewAttendance
from cases.models.saved_filter import SavedFilter
from cases.models.team import CaseMember
from cases.models.timeline import EntryEnvelope, PinnedEntry, TimelineEntry
from cases.models.trust import TrustChange
from cases.models.visit import Visit, VisitDraft, VisitObservation, VisitPhoto, VisitWords

__all__ = [
    "CONSENT_WARNING_DAYS",
    "AgendaItem",
    "Boundary",
    "BreakGlass",
    "Case",
    "CaseCounter",
    "CaseMember",
    "ColleagueFamily",
    "Consent",
    "Decision",
    "Document",
    "Emergency",
    "EntryEnvelope",
    "GlassVerdict",
    "HelpRequest",
    "Instrument",
    "Intervention",
    "LegalGround",
    "Mandate",
    "NeighbourhoodMap",
    "Obstacle",
    "ObstacleCase",
    "PinnedEntry",
    "PlanStep",
    "RadarEntry",
    "RadarLapse",
    "ReferenceValue",
    "Release",
    "Review",
    "ReviewAttendance",
    "SavedFilter",
    "Task",
    "TimelineEntry",
    "TrustChange",
    "Visit",
    "VisitDraft",
    "VisitObservation",
    "VisitPhoto",
    "VisitWords",
]

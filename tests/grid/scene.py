"""One of everything in three places: my case, another case of my neighbourhood, a case of another neighbourhood."""

import datetime as dt
import uuid
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from accounts.actions.feed_tokens import make_feed
from accounts.actions.notices import tell
from accounts.actions.passkeys import add_passkey
from accounts.enums import Role
from accounts.models import Invitation, Membership, Notice, UnusualLook, User
from accounts.webauthn import NewKey
from cases.actions.block import join_block
from cases.actions.boundaries import set_boundary
from cases.actions.break_glass import break_glass
from cases.actions.catalogue import load_catalogue
from cases.actions.close_case import close_case
from cases.actions.consents import record_consent
from cases.actions.documents import add_document
from cases.actions.help_requests import ask_help
from cases.actions.interventions import add_intervention
from cases.actions.legal_grounds import load_legal_grounds
from cases.actions.mandates import add_mandate
from cases.actions.obstacles import link_case, report_obstacle
from cases.actions.open_case import open_case
from cases.actions.pin_entry import pin_entry
from cases.actions.plan import add_step
from cases.actions.plan_visit import plan_visit
from cases.actions.radar_report import report_worry
from cases.actions.reference import load_reference_values
from cases.actions.releases import release_entry
from cases.actions.review import add_case_to_agenda, close_review, decide, start_review
from cases.actions.saved_filters import save_filter
from cases.actions.set_team import set_team
from cases.actions.tasks import add_task
from cases.actions.visit_photos import add_photo
from cases.actions.write_note import write_note
from cases.map_starting import load_maps
from cases.models import Case, Instrument, LegalGround, ReferenceValue
from cases.timeline import record
from housing.actions.buildings import create_building
from housing.actions.dwellings import create_dwelling
from housing.actions.inspection_defects import add_defect_photo
from housing.actions.landlord_contacts import log_landlord_contact
from housing.actions.landlords import create_landlord, set_point_of_contact
from housing.actions.legal_status import record_legal_status
from housing.actions.occupancies import move_in
from housing.actions.ownerships import add_ownership
from housing.actions.procedure_steps import Details, take_step
from housing.actions.start_procedure import start_procedure
from housing.actions.tracks import open_track
from housing.models import ItemImport, OccupancyNorm
from people.actions.create_person import PersonDetails
from people.actions.links import link_persons
from people.actions.members import add_member
from reporting.actions.compute_report import compute_report
from reporting.actions.request_report import request_report
from reporting.models import Report
from tests.arsenaal.papers import ordinary_pdf, sent_file
from tests.cases.visits import log, upload
from tests.factories import World, make_household, make_user
from tests.grid.budget import fund
from tests.grid.hub import receive
from tests.grid.legal_scene import add_legal
from tests.grid.neighbours import drop_by
from tests.grid.places import beautify
from tests.grid.rehousing import rehouse
from tests.grid.renovations import renovate
from tests.grid.rights import add_lists, add_rights
from tests.grid.surveys import connect
from tests.grid.tenancy import support_tenants
from tests.housing import inspections

# What belongs to a neighbourhood, not to a case.
_SHARED = ("review", "item", "decision", "minutes", "rule", "going", "line")
# Filters can be kept by whoever sees the list of cases.
FILTER_OWNERS = (
    "coordinator",
    "lawyer",
    "housing_inspector",
    "tenancy_lead",
    "renovation_coach",
    "community_worker",
    "cohesion_coach",
    "youth_coach",
    "partner",
    "outsider",
)


@dataclass
class Place(SimpleNamespace):
    """One of everything around one case. The author wrote the note and the visit; the lead is somebody else."""

    name: str
    case: Case
    opener: User
    author: User
    things: dict[str, Any] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        """place.step is the step that was made there."""
        try:
            return self.__dict__["things"][name]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def number(self) -> str:
        """The number of the case."""
        return self.case.number


@dataclass
class Scene:
    """The cast and the three places."""

    world: World
    places: dict[str, Place]
    filters: dict[str, Any]

    @classmethod
    def build(cls, *, with_reports: bool = True) -> "Scene":
        """Make everything through the real actions."""
        world = World.build()
        load_catalogue()
        load_legal_grounds()
        load_reference_values()
        load_maps()
        own = Place("own", world.case, world.coordinator, world.partner)
        other = Place("other", world.other_case, world.coordinator, world.lawyer)
        elsewhere = Place("elsewhere", world.outside_case, world.outsider, world.outsider)
        reporters = {"own": world.community_worker, "other": world.coordinator, "elsewhere": world.outsider}
        for place in (own, other, elsewhere):
            _people(place)
            _case(place, world)
            _visits(place)
            _register(place)
            _procedures(place)
            _inspections(place, world)
            rehouse(place, world)
            renovate(place)
            receive(place)
            drop_by(place, world.outsider if place is elsewhere else world.cohesion_coach)
            connect(place)
            fund(place)
            beautify(place)
            support_tenants(place)
            _danger(place)
            add_legal(place, world)
            _radar(place, reporters[place.name], world)
            add_rights(place)
        for place in (own, elsewhere):
            _reviews(place)
        other.things |= {name: own.things[name] for name in ("review", "item", "decision", "minutes")}
        glass_users = {"own": world.community_worker, "other": world.coordinator, "elsewhere": world.outsider}
        for place in (own, other, elsewhere):
            _accountability(place, glass_users[place.name])
        for place in (own, elsewhere):
            add_lists(place)
        other.things |= {name: own.things[name] for name in _SHARED}
        own.things["user"], other.things["user"] = world.youth_coach, world.cohesion_coach
        elsewhere.things["user"] = world.outsider
        for place, asker in ((own, world.administrator), (elsewhere, world.outsider)):
            place.things["invitation"] = Invitation.objects.create(user=place.user, created_by=asker)
        key = NewKey(b"key of the worker", b"public half", 0)
        own.things["passkey"] = add_passkey(by=world.community_worker, name="Telefoon", key=key)
        for place in (own, other, elsewhere):
            place.things["membership"] = Membership.objects.get(user=place.user)
            place.things["neighbourhood"] = place.case.neighbourhood
            place.things["doubtful"] = ReferenceValue.objects.exclude(certainty="certain").earliest("pk")
        filters = {
            role: save_filter(
                by=world.users[role], list_code="cases", name="Mijn filter", query="state=active"
            )
            for role in FILTER_OWNERS
        }
        scene = cls(world, {place.name: place for place in (own, other, elsewhere)}, filters)
        if with_reports:
            add_reports(scene)
        return scene


def _people(place: Place) -> None:
    household, by = place.case.household, place.opener
    first = household.members.get()
    more = [
        add_member(
            by=by,
            household=household,
            role="child",
            from_on=dt.date(2022, 1, 1),
            details=PersonDetails(given_name=name, family_name=f"Kind {place.name}", birth_year=2012),
        )
        for name in ("Ada", "Bo")
    ]
    place.things |= {
        "household": household,
        "person": first.person,
        "second": more[0].person,
        "member": more[0],
        "link": link_persons(by=by, one=first.person, other=more[1].person, verdict="different"),
    }


def _case(place: Place, world: World) -> None:
    by, case = place.opener, place.case
    today = timezone.localdate()
    later, place_in = today + dt.timedelta(days=14), case.neighbourhood
    welfare = world.organisations["welfare"]
    things = place.things
    things["organisation"] = welfare
    things["entry"] = write_note(by=place.author, case=case, body=f"Notitie {place.name}", circle="shared")
    things["pinned"] = write_note(by=place.author, case=case, body="Vastgezet", circle="shared")
    pin_entry(by=by, case=case, entry=things["pinned"])
    things["step"] = add_step(by=by, case=case, title="Brief schrijven", assignee=case.lead, due_on=later)
    things["task"] = add_task(by=by, case=case, title="Bellen", assignee=case.lead, due_on=later)
    things["boundary"] = set_boundary(by=by, case=case, kind="no_inspection", reason="Te vroeg voor hen.")
    things["consent"] = record_consent(
        by=by,
        case=case,
        person=things["person"],
        recipients=[welfare],
        categories=["dwelling"],
        purpose="Om samen te zoeken.",
        language="nl",
    )
    # The partner's organisation may know the plan; without that: tests/cases/test_partner_view.py.
    record_consent(
        by=by,
        case=case,
        person=things["person"],
        recipients=[world.organisations["partner"]],
        categories=["plan"],
        purpose="Om samen te plannen.",
        language="nl",
    )
    things["document"] = add_document(
        by=place.author,
        case=case,
        file=sent_file(ordinary_pdf()),
        title="Brief",
        kind="letter",
        circle="shared",
    )
    # Elsewhere nobody belongs to the care circle; who wrote it can release it all the same.
    things["closed_entry"] = record("cases.note", case=case, by=case.lead, title="Besloten", circle="care")
    things["release"] = release_entry(
        by=case.lead,
        entry=things["closed_entry"],
        to_circle="legal",
        purpose="Voor het advies",
        reason="Nodig",
        person=things["person"],
        legal_ground=LegalGround.objects.earliest("pk"),
    )
    things["ground"] = LegalGround.objects.earliest("pk")
    things["instrument"] = Instrument.objects.in_use().filter(reaches="nobody").in_order()[0]
    things["intervention"] = add_intervention(
        by=by, case=case, instrument=things["instrument"], provider=welfare, target="case"
    )
    things["mandate"] = add_mandate(
        by=by,
        neighbourhood=place_in,
        organisation=welfare,
        subject=f"Leefloon {place.name}",
        granted_by="het college",
        answer_within_days=5,
        from_on=today,
    )
    things["help_request"] = ask_help(
        by=by, case=case, organisation=welfare, question="Kan dit sneller?", due_on=later
    )
    things["obstacle"] = report_obstacle(
        by=by,
        neighbourhood=place_in,
        title=f"Wachttijd {place.name}",
        description="Het duurt te lang.",
        kind="practice",
        who_can_lift="de stad",
    )
    things["blocked"] = link_case(by=by, obstacle=things["obstacle"], case=case, since_on=today)
    _other_cases(place)


def _other_cases(place: Place) -> None:
    """A block case with a child, and a closed case, with the same lead and team."""
    by, lead, where = place.opener, place.case.lead, place.case.neighbourhood
    team = [member.user for member in place.case.members.select_related("user")]
    block = open_case(by=by, neighbourhood=where, lead=lead, title=f"Blok {place.name}")
    child, closed = (
        open_case(
            by=by,
            neighbourhood=where,
            lead=lead,
            title=f"{word} {place.name}",
            household=make_household(f"{word} {place.name}", by, where),
        )
        for word in ("Onderdeel", "Gedaan")
    )
    for case in (block, child, closed):
        set_team(by=by, case=case, add=[user for user in team if user != lead])
    join_block(by=by, case=child, parent=block)
    close_case(by=by, case=closed, outcome="goal_reached", summary="Het is goed zo.")
    place.things |= {"block": block, "child": child, "closed": closed}


def _visits(place: Place) -> None:
    case, author = place.case, place.author
    done, draft = uuid.uuid4(), uuid.uuid4()
    photo = add_photo(by=author, case=case, visit_uuid=done, upload=upload())
    place.things |= {
        "visit": log(author, case, uuid=done, narrative="Koffie gedronken.", circle="shared").visit,
        "photo": photo,
        "draft_uuid": draft,
        "draft_photo": add_photo(by=author, case=case, visit_uuid=draft, upload=upload()),
        "planned": plan_visit(
            by=author, case=case, scheduled_at=timezone.now() + dt.timedelta(days=2), visitors=[author]
        ),
    }


def _register(place: Place) -> None:
    by, start = place.opener, dt.date(2024, 1, 1)
    things, where = place.things, place.case.neighbourhood
    things["building"] = create_building(
        by=by, neighbourhood=where, street=f"{place.name}straat", house_number="7", keep_anyway=True
    )
    things["dwelling"] = create_dwelling(by=by, building=things["building"], kind="studio", keep_anyway=True)
    things["occupancy"] = move_in(
        by=by, household=things["household"], dwelling=things["dwelling"], from_on=start
    )
    things["landlord"] = create_landlord(
        by=by, neighbourhood=where, kind="company", name=f"Immo {place.name}", keep_anyway=True
    )
    things["ownership"] = add_ownership(
        by=by, dwelling=things["dwelling"], landlord=things["landlord"], from_on=start
    )
    log_landlord_contact(
        by=by, landlord=things["landlord"], direction="outgoing", channel="call", summary="Over de ketel."
    )
    set_point_of_contact(
        by=by, landlord=things["landlord"], user=by, organisation=by.organisation, since=timezone.localdate()
    )


def _procedures(place: Place) -> None:
    """A request about an empty dwelling, and a certificate for it."""
    by, today, things = place.opener, timezone.localdate(), place.things
    building = things["building"]
    empty = create_dwelling(by=by, building=building, box="2", kind="studio", keep_anyway=True)
    started = {
        kind: start_procedure(by=by, building=building, dwellings=[empty], kind=kind, started_on=today)
        for kind in ("unfit", "certificate")
    }
    certified = started["certificate"]
    for step in ("complete", "issue"):
        take_step(
            by=by,
            procedure=certified,
            parts=list(certified.parts.all()),
            step=step,
            on=today,
            details=Details(most_people=2),
        )
    feed, secret = make_feed(by=place.author, scope="own", key=0)
    things |= {
        "procedure": started["unfit"],
        "procedure_term": started["unfit"].parts.get().terms.get(code="decision"),
        "certified": certified,
        "certificate": certified.parts.get().certificate,
        "track": open_track(by=by, building=building, kind="vacancy", owner=by, opened_on=today),
        "feed": feed,
        "feed_secret": secret,
    }


def _danger(place: Place) -> None:
    """Danger where the family lives: in the crisis dwelling."""
    started = start_procedure(
        by=place.opener,
        building=place.things["building"],
        dwellings=[place.things["unit"].dwelling],
        kind="urgent",
        started_on=timezone.localdate(),
    )
    place.things["urgent_part"] = started.parts.get()


def _inspections(place: Place, world: World) -> None:
    """One that is being made, with a defect and a photo, and one that was signed twice; and the lists."""
    things, where = place.things, place.case.neighbourhood
    inspector = (
        make_user("elders_controle", Role.HOUSING_INSPECTOR, where, place.opener.organisation)
        if place.name == "elsewhere"
        else world.housing_inspector
    )
    busy = inspections.begin(inspector, things["dwelling"])
    defect = inspections.note(inspector, busy, "C-co", "III")
    things |= {
        "inspection": busy,
        "inspection_room": inspections.room(inspector, busy),
        "report_item": defect.item,
        "defect_photo": add_defect_photo(by=inspector, defect=defect, upload=upload()),
        "report_version": busy.report_version,
    }
    record_legal_status(
        by=inspector,
        dwelling=things["dwelling"],
        status="unfit",
        decided_on=timezone.localdate(),
        source="besluit van de burgemeester 2026/0419 over de woning en de gemene delen",
    )
    first = inspections.signed(inspector, things["building"], ("B-dak", "II"))
    things["signed"] = inspections.signed(inspector, things["building"], previous=first)
    things["norm"] = OccupancyNorm.objects.filter(measure="area").first() or OccupancyNorm.objects.create(
        measure="area", at_least=18, persons=1, valid_from="2021-01-01", source="proef"
    )
    things["waiting_file"] = ItemImport.objects.create(
        report_version=busy.report_version,
        rows=[],
        list_digest="x",
        filename="lijst.csv",
        source="proef",
        certainty="provisional",
        uploaded_by=world.administrator,
    )


def _radar(place: Place, reporter: User, world: World) -> None:
    place.things["signal"] = report_worry(
        by=reporter,
        neighbourhood=place.case.neighbourhood,
        worry={
            "source": "school",
            "source_organisation": world.organisations["community"],
            "reason": "dwelling",
            "worry": "Het is er koud.",
            "review_on": timezone.localdate() + dt.timedelta(days=30),
            "name": f"Familie {place.name}",
        },
    )


def _accountability(place: Place, user: User) -> None:
    """An emergency that still runs, an unusual look, and a message for who opened the circle."""
    place.things["glass"] = break_glass(
        by=user,
        case=place.case,
        circle="legal",
        emergency="life",
        reason="De ambulance staat er en vraagt naar medicatie.",
    )
    now = timezone.now()
    place.things["unusual"] = UnusualLook.objects.create(
        rule="cases.own_street",
        key=place.name,
        user=user,
        neighbourhood=place.case.neighbourhood,
        case_id=place.case.pk,
        case_number=place.case.number,
        looked_at=now,
        looked_until=now,
    )
    tell(users=[user], text="Iets om te weten.")
    place.things["notice"] = Notice.objects.filter(user=user).latest("pk")


def _reviews(place: Place) -> None:
    """One that was closed, with minutes, and one that goes on."""
    by, where = place.opener, place.case.neighbourhood
    for name in ("minutes", "review"):
        review = start_review(by=by, neighbourhood=where)
        item = review.items.filter(case=place.case).first() or add_case_to_agenda(
            by=by, review=review, case=place.case
        )
        decision = decide(
            by=by,
            item=item,
            text="We bellen.",
            assignee=by,
            due_on=timezone.localdate() + dt.timedelta(days=5),
        )
        if name == "minutes":
            close_review(by=by, review=review)
        place.things |= {name: review, "item": item, "decision": decision}


def add_reports(scene: Scene) -> None:
    """A report of each neighbourhood, about what is there now."""
    for place in (scene.places["own"], scene.places["elsewhere"]):
        report = _report(place)
        charts = [section["code"] for section in report.snapshot["sections"] if section["chart"]]
        place.things |= {"report": report, "chart": charts[0]}


def _report(place: Place) -> Report:
    today = timezone.localdate()
    report = request_report(
        by=place.opener,
        neighbourhood=place.case.neighbourhood,
        period_start=today - dt.timedelta(days=90),
        period_end=today,
    )
    compute_report(report_id=report.pk)
    report.refresh_from_db()
    return report

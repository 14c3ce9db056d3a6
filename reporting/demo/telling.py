"""Short ways to say what happens, each through the action that a screen uses too."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Mapping

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import Neighbourhood, Organisation, User
from cases.actions.interventions import add_intervention
from cases.actions.log_contact import log_contact
from cases.actions.log_visit import NextStep, log_visit
from cases.actions.plan import add_step, change_step_state
from cases.actions.plan_visit import plan_visit
from cases.actions.set_team import set_team
from cases.actions.visit_photos import add_photo
from cases.actions.write_note import write_note
from cases.enums import Agreed, ContactChannel, ContactDirection, ContactResult, Reach, StepState
from cases.models import Case, Instrument, Intervention, PlanStep, TimelineEntry, Visit
from people.actions.create_household import FirstMember, create_household
from people.actions.create_person import PersonDetails
from people.enums import MemberRole
from people.models import Household, HouseholdMember, Person
from reporting.demo.pictures import Picture, draw

_NAMES = uuid.UUID("4d2f0a0e-6a53-4d0c-9a5e-0a7d1c0ffee0")
# A visit is written down when one is back at a desk.
_WRITTEN_AFTER = dt.timedelta(minutes=50)


def adult(
    given_name: str,
    family_name: str,
    birth_year: int,
    languages: str = "nl",
    *,
    interpreter: bool = False,
    phone: str = "",
    email: str = "",
    reach_by: str = "",
    reach_note: str = "",
    role: str = MemberRole.ADULT,
) -> FirstMember:
    """Describe a grown-up; `languages` are codes with a space between."""
    details = PersonDetails(
        given_name,
        family_name,
        birth_year=birth_year,
        languages=tuple(languages.split()),
        needs_interpreter=interpreter,
        phone=phone,
        email=email,
        reach_by=reach_by,
        reach_note=reach_note,
    )
    return FirstMember(role=role, details=details)


def child(given_name: str, family_name: str, birth_year: int) -> FirstMember:
    """Describe a child."""
    return FirstMember(
        role=MemberRole.CHILD, details=PersonDetails(given_name, family_name, birth_year=birth_year)
    )


def family(name: str, *members: FirstMember, by: User, neighbourhood: Neighbourhood, since: int) -> Household:
    """Register a household that has been together since the year `since`."""
    return create_household(
        by=by, neighbourhood=neighbourhood, name=name, members=members, from_on=dt.date(since, 1, 1)
    )


def member(case: Case, given_name: str) -> Person:
    """Return the member of the case's household with this first name."""
    found = HouseholdMember.objects.select_related("person").get(
        household=case.household, person__given_name=given_name
    )
    return found.person


def note(case: Case, by: User, body: str, title: str = "", circle: str | None = None) -> TimelineEntry:
    """Write a note."""
    return write_note(by=by, case=case, body=body, title=title, circle=circle)


def contact(
    case: Case,
    by: User,
    who: str,
    body: str = "",
    *,
    channel: str = ContactChannel.PHONE,
    direction: str = ContactDirection.OUT,
    result: str = ContactResult.REACHED,
    circle: str | None = None,
) -> TimelineEntry:
    """Log a contact of a moment ago."""
    return log_contact(
        by=by,
        case=case,
        channel=channel,
        direction=direction,
        result=result,
        with_whom=who,
        occurred_at=timezone.now(),
        body=body,
        circle=circle,
    )


def planned(case: Case, moment: dt.datetime, *visitors: User, purpose: str = "follow_up") -> Visit:
    """Plan a visit; the first visitor plans it."""
    name = uuid.uuid5(_NAMES, f"{case.number} planned {moment.isoformat()}")
    return plan_visit(
        by=visitors[0], case=case, scheduled_at=moment, visitors=visitors, purpose=purpose, uuid=name
    )


def visit(
    case: Case,
    *visitors: User,
    result: str = "met",
    said: str = "",
    agreed: str = "",
    present: str = "",
    saw: Mapping[str, int] | None = None,
    circle: str | None = None,
    trust: tuple[int, str] | None = None,
    next_step: NextStep | None = None,
    purpose: str = "follow_up",
    of: Visit | None = None,
    pictures: Iterable[Picture] = (),
    written_after: dt.timedelta = _WRITTEN_AFTER,
) -> Visit:
    """Log a visit of a while ago, by the first visitor; `trust` is the new stage and what moved it."""
    by, visited_at = visitors[0], timezone.now() - written_after
    name = of.uuid if of else uuid.uuid5(_NAMES, f"{case.number} {visited_at.isoformat()}")
    for number, picture in enumerate(pictures, 1):
        upload = SimpleUploadedFile(f"foto-{number}.jpg", draw(picture), content_type="image/jpeg")
        add_photo(by=by, case=case, visit_uuid=name, upload=upload)
    stage, event = trust or (None, "")
    return log_visit(
        by=by,
        case=case,
        uuid=name,
        visited_at=visited_at,
        result=result,
        visitors=visitors,
        purpose=of.purpose if of else purpose,
        present=present,
        observations=saw,
        narrative=said,
        agreed=agreed,
        circle=circle,
        trust_stage=stage,
        trust_event=event,
        next_step=next_step,
    ).visit


def step(
    case: Case,
    by: User,
    title: str,
    *,
    why: str = "",
    due: dt.date | None = None,
    who: User | None = None,
    service: Organisation | None = None,
    agreed: str = Agreed.YES,
    reaches: str = Reach.NOBODY,
    small: bool = False,
) -> PlanStep:
    """Add a step to the plan on housing; `small` is a step on the way to a larger one."""
    return add_step(
        by=by,
        case=case,
        title=title,
        why=why,
        due_on=due,
        assignee=who,
        organisation=service,
        goal="housing",
        agreed=agreed,
        reaches=reaches,
        is_intermediate=small,
    )


def done(step: PlanStep, by: User, remark: str = "") -> PlanStep:
    """Finish a step."""
    return change_step_state(by=by, step=step, state=StepState.DONE, note=remark)


def instrument(code: str) -> Instrument:
    """Return an instrument of the catalogue."""
    return Instrument.objects.get(code=code)


def act(
    where: Case | Neighbourhood,
    by: User,
    code: str,
    provider: Organisation,
    text: str = "",
    *,
    state: str = "running",
    target: str = "",
    planned_on: dt.date | None = None,
    person: Person | None = None,
    target_note: str = "",
    step: PlanStep | None = None,
) -> Intervention:
    """Put an instrument of the catalogue to work, in a case or in a neighbourhood."""
    case = where if isinstance(where, Case) else None
    usual = "neighbourhood" if case is None else ("household" if case.household_id else "case")
    return add_intervention(
        by=by,
        instrument=instrument(code),
        provider=provider,
        target="person" if person else target or usual,
        case=case,
        neighbourhood=where if isinstance(where, Neighbourhood) else None,
        person=person,
        target_note=target_note,
        description=text,
        state=state,
        planned_on=planned_on,
        step=step,
    )


def on_team(case: Case, names: Collection[User], by: User) -> None:
    """Put colleagues on the team of a case."""
    set_team(by=by, case=case, add=names)

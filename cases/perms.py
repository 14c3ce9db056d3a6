"""Who may do what with cases: the only place that decides. Seen but not allowed is 403."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.enums import Circle
from accounts.models import Neighbourhood, User
from accounts.permissions import Permission
from cases.models import (
    BreakGlass,
    Case,
    Consent,
    Document,
    HelpRequest,
    Intervention,
    Obstacle,
    RadarEntry,
    Release,
    Task,
    TimelineEntry,
    VisitPhoto,
)
from people.models import HouseholdMember, Person


def can_read_case(user: User, case: Case) -> bool:
    """Tell whether this case is within the user's scope."""
    return Case.objects.visible_to(user).filter(pk=case.pk).exists()


def can_work_on_case(user: User, case: Case) -> bool:
    """Write in an open case that one may read (`visible_to` was applied before)."""
    return case.is_open and user.access.can(Permission.CASE_WORK, case.neighbourhood_id)


def can_manage_case(user: User, case: Case) -> bool:
    """Set team and state, close and reopen: whoever opens cases, and the case's own lead."""
    return user.access.can(Permission.CASE_OPEN, case.neighbourhood_id) or (
        case.lead_id == user.pk and user.access.can(Permission.CASE_WORK, case.neighbourhood_id)
    )


def can_decide_radar(user: User, entry: RadarEntry) -> bool:
    """Decide what becomes of a signal."""
    return user.access.can(Permission.RADAR_DECIDE, entry.neighbourhood_id)


def can_correct_radar(user: User, entry: RadarEntry) -> bool:
    """Correct a signal on which nobody decided yet: who gave it, and who decides."""
    is_own = entry.reported_by_id == user.pk and user.access.can(
        Permission.RADAR_REPORT, entry.neighbourhood_id
    )
    return entry.is_undecided and (is_own or can_decide_radar(user, entry))


def can_lead_review(user: User, neighbourhood: Neighbourhood) -> bool:
    """Start and close the weekly review of this neighbourhood."""
    return user.access.can(Permission.REVIEW_LEAD, neighbourhood.pk)


def sees_team_work(user: User, case: Case) -> bool:
    """Tell whether the family's story as the team shares it is for this reader: plan, tasks, the shared circle.

    Who works for the team's own organisations does. A partner does with a valid consent to his organisation that
    covers the plan; without one he sees the address, what he wrote himself and what was released to him (F1 of
    domain.md, docs/adr/0015).
    """
    return user.organisation.is_of_team or Case.objects.shared_with(user).filter(pk=case.pk).exists()


def readable_circles(user: User, case: Case) -> frozenset[Circle]:
    """The circles this user may read in this case by himself; a release adds single entries and documents."""
    circles = user.access.circles(case.neighbourhood_id)
    return circles if not circles or sees_team_work(user, case) else frozenset()


def _releases_to(user: User, case: Case) -> QuerySet[Release]:
    """The releases that open something to this reader today.

    For the team: those to a circle of his. For a partner: those to the shared circle on a consent that names his
    organisation; a legal ground never reaches him.
    """
    standing = Release.objects.standing()
    if user.organisation.is_of_team:
        return standing.filter(to_circle__in=user.access.circles(case.neighbourhood_id))
    named = Consent.recipients.through.objects.filter(
        consent=OuterRef("consent"), organisation=user.organisation_id
    )
    return standing.filter(Exists(named), to_circle=Circle.SHARED)


def _opened(releases: QuerySet[Release], subject: str, moment: str) -> Exists:
    """The condition that one of these releases opens the row: by name, or with all of its discipline since a day."""
    by_name = Q(**{subject: OuterRef("pk")})
    in_general = Q(entry__isnull=True, discipline=OuterRef("discipline"), from_on__lte=OuterRef(moment))
    return Exists(
        releases.filter(by_name | in_general, case=OuterRef("case_id"), from_circle=OuterRef("circle"))
    )


def _in_emergency(user: User) -> Exists:
    """The condition that this reader opened the circle of the row's case, and that it runs still."""
    running = BreakGlass.objects.running()
    return Exists(running.filter(user=user, case=OuterRef("case_id"), circle=OuterRef("circle")))


def open_to(user: User, case: Case) -> Q:
    """The condition under which an entry of this case is open to this reader.

    This is the one place where the rule of the circles lives: the reader's circles, or he wrote it himself, or he
    was there himself, or it was released to a circle of his and that release holds today, or he opened the circle of
    this case in an emergency that still runs. Closed entries are shown as closed: that something happened, by whom and
    when, not what.
    """
    return (
        Q(circle__in=readable_circles(user, case))
        | Q(author=user)
        | Q(participants__contains=[user.pk])
        | Q(_opened(_releases_to(user, case), "entry", "occurred_at__date"))
        | Q(_in_emergency(user))
    )


def documents_open_to(user: User, case: Case) -> Q:
    """The condition under which a document of this case is open to this reader: the same rule as `open_to`."""
    return (
        Q(circle__in=readable_circles(user, case))
        | Q(author=user)
        | Q(_opened(_releases_to(user, case), "document", "dated_on"))
        | Q(_in_emergency(user))
    )


def open_to_the_team() -> Q:
    """The condition under which an entry may be read out in a room of the team, whoever is there.

    The shared circle, and what was released to it. Partners don't sit in that room (REVIEW_ATTEND).
    """
    to_shared = Release.objects.standing().filter(to_circle=Circle.SHARED)
    return Q(circle=Circle.SHARED) | Q(_opened(to_shared, "entry", "occurred_at__date"))


def breakable_circles(user: User, case: Case) -> list[Circle]:
    """The circles of this case that are closed to this user and that he may open in an emergency.

    `visible_to` was applied before. For who works on cases in the neighbourhood; not for partners, whose
    organisation has no part in the joint secrecy, nor for whoever only sees figures, set-up or looks. It opens for
    reading alone: what he writes stays in his circles.
    """
    if not user.access.can(Permission.GLASS_BREAK, case.neighbourhood_id):
        return []
    closed = set(Circle) - readable_circles(user, case)
    return [circle for circle in Circle if circle in closed]


def can_review_glass(user: User, glass: BreakGlass) -> bool:
    """Say whether an emergency was one: who reads the log there, never about himself."""
    return glass.user_id != user.pk and user.access.can(Permission.ACCESS_LOG_READ, glass.neighbourhood_id)


def can_make_looks_of_person(user: User, person: Person) -> bool:
    """Tell a person who looked: who opens cases in the neighbourhood, and the lead of a case of his family."""
    if user.access.can(Permission.CASE_OPEN, person.neighbourhood_id):
        return True
    today = timezone.localdate()
    families = HouseholdMember.objects.on(today).filter(person=person).values("household_id")
    cases = Case.objects.visible_to(user).filter(lead=user, household_id__in=families)
    return cases.exists()


def can_flag_colleague_family(user: User, case: Case) -> bool:
    """Flag a case as that of a colleague's family: who opens cases in the neighbourhood."""
    return user.access.can(Permission.CASE_OPEN, case.neighbourhood_id)


def choosable_circles(user: User, case: Case) -> list[Circle]:
    """The circles in which this user may put what he writes: those of his role, and the shared one."""
    circles = user.access.circles(case.neighbourhood_id) | {Circle.SHARED}
    return [circle for circle in Circle if circle in circles]


def can_correct_entry(user: User, entry: TimelineEntry) -> bool:
    """Correct what one wrote oneself, while the case is open."""
    return entry.author_id == user.pk and entry.redacted_at is None and can_work_on_case(user, entry.case)


def can_redact_entry(user: User, entry: TimelineEntry) -> bool:
    """Take words away from the timeline: the author and the case's lead, also when the case is closed.

    A lead who may not read the entry can't redact it either: he would not know what he takes away.
    """
    if entry.redacted_at is not None or not user.access.can(
        Permission.CASE_WORK, entry.case.neighbourhood_id
    ):
        return False
    if entry.author_id == user.pk:
        return True
    is_readable = entry.circle in readable_circles(user, entry.case) or user.pk in entry.participants
    return entry.case.lead_id == user.pk and is_readable


def can_work_on_task(user: User, task: Task) -> bool:
    """Finish, drop, change or take up a task that one may see (`visible_to` was applied before)."""
    return user.access.can(Permission.CASE_WORK, task.neighbourhood_id)


def can_work_on_intervention(user: User, intervention: Intervention) -> bool:
    """Change an intervention that one may see, or say what it brought."""
    return user.access.can(Permission.CASE_WORK, intervention.neighbourhood_id)


def can_ask_help(user: User, neighbourhood_id: int) -> bool:
    """Ask a service something, take the question higher up, or withdraw it."""
    return user.access.can(Permission.HELP_REQUEST_ASK, neighbourhood_id)


def can_answer_help_request(user: User, help_request: HelpRequest) -> bool:
    """Write down the answer: who may ask, who was asked, and whoever works on the case (`visible_to` applied)."""
    is_asked = help_request.organisation_id == user.organisation_id and user.access.can(
        Permission.HELP_REQUEST_ANSWER, help_request.neighbourhood_id
    )
    return is_asked or can_ask_help(user, help_request.neighbourhood_id)


def can_manage_mandates(user: User, neighbourhood_id: int) -> bool:
    """Record what the team may ask of which service."""
    return user.access.can(Permission.MANDATE_MANAGE, neighbourhood_id)


def can_manage_obstacle(user: User, obstacle: Obstacle) -> bool:
    """Change an obstacle and say which cases it blocks."""
    return user.access.can(Permission.OBSTACLE_MANAGE, obstacle.neighbourhood_id)


def can_see_photo(user: User, photo: VisitPhoto) -> bool:
    """A photo is for who may read the visit it belongs to; before the visit is saved, for who took it alone.

    A photo of a block case's visit that the team may read may be seen through any of its household cases.
    """
    cases = Case.objects.visible_to(user)
    if photo.visit is None:
        return photo.added_by_id == user.pk and cases.filter(pk=photo.case_id).exists()
    entries = TimelineEntry.objects.filter(visit=photo.visit, redacted_at__isnull=True)
    if cases.filter(pk=photo.case_id).exists():
        return entries.filter(open_to(user, photo.case)).exists()
    through = cases.filter(parent_id=photo.case_id)
    return entries.filter(open_to_the_team()).exists() and any(
        sees_team_work(user, child) for child in through
    )


def _reads_by_himself(user: User, row: TimelineEntry | Document) -> bool:
    """Tell whether somebody reads this without anybody having released it to him."""
    is_his = row.author_id == user.pk or user.pk in getattr(row, "participants", ())
    return is_his or row.circle in readable_circles(user, row.case)


def can_release(user: User, row: TimelineEntry | Document) -> bool:
    """Open an entry or a document to another circle: who reads it by himself and wrote it, leads the case or belongs
    to its circle. What was released to somebody he can't pass on.
    """
    if not user.access.can(Permission.CASE_WORK, row.case.neighbourhood_id):
        return False
    belongs = row.circle in readable_circles(user, row.case)
    may = row.author_id == user.pk or row.case.lead_id == user.pk or belongs
    return row.circle != Circle.SHARED and may and _reads_by_himself(user, row)


def releasable_circles(user: User, case: Case) -> list[Circle]:
    """The closed circles of which this user may release everything that his own discipline wrote."""
    if not can_work_on_case(user, case):
        return []
    own = readable_circles(user, case)
    return [circle for circle in Circle if circle in own and circle != Circle.SHARED]


def can_end_release(user: User, release: Release) -> bool:
    """End a release: who made it, who leads the case, and who belongs to the circle it was taken out of."""
    if not user.access.can(Permission.CASE_WORK, release.case.neighbourhood_id):
        return False
    belongs = release.from_circle in readable_circles(user, release.case)
    return user.pk in (release.released_by_id, release.case.lead_id) or belongs


def can_correct_document(user: User, document: Document) -> bool:
    """Correct title, kind, date and description of a document that one added oneself, while the case is open."""
    is_own = document.author_id == user.pk and document.removed_at is None
    return is_own and can_work_on_case(user, document.case)

"""What this package knows of a case for headers and rows: the family, its languages, how to reach it, the address."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from arsenaal.lib.registries import CaseFact, case_facts
from cases.models import Case
from people.enums import MemberRole
from people.models import HouseholdMember, Person

# Of children the language and the phone don't tell how to reach the family.
_CHILDREN = (MemberRole.CHILD, MemberRole.NEWBORN)


def _adults(case_ids: Sequence[int], user: User | None) -> Iterator[tuple[int, Person]]:
    """Find the grown-ups who live in these households today, with the id of each case they belong to.

    For a reader only those whom he may know: a partner sees a person with that person's consent alone.
    """
    today = timezone.localdate()
    known = Q() if user is None else Q(person__in=Person.objects.visible_to(user).order_by().values("pk"))
    members = (
        HouseholdMember.objects.filter(
            known,
            Q(until_on__isnull=True) | Q(until_on__gte=today),
            household__cases__in=case_ids,
            from_on__lte=today,
        )
        .exclude(role__in=_CHILDREN)
        .select_related("person")
        .annotate(case_id=F("household__cases"))
        .order_by("from_on", "pk")
    )
    for member in members:
        yield member.case_id, member.person


def _households(case_ids: Sequence[int]) -> dict[int, str]:
    rows = Case.objects.filter(pk__in=case_ids, household__isnull=False)
    return dict(rows.values_list("pk", "household__name"))


def _languages(case_ids: Sequence[int], user: User | None = None) -> dict[int, str]:
    """Name the languages, and say when an interpreter is needed."""
    names: dict[int, list[str]] = {}
    with_interpreter = set()
    for case_id, person in _adults(case_ids, user):
        known = names.setdefault(case_id, [])
        known += [str(name) for name in person.language_names if str(name) not in known]
        if person.needs_interpreter:
            with_interpreter.add(case_id)
    texts = {}
    for case_id, known in names.items():
        parts = [", ".join(known)] if known else []
        if case_id in with_interpreter:
            parts.append(_("tolk nodig"))
        if parts:
            texts[case_id] = " · ".join(parts)
    return texts


def _reach(case_ids: Sequence[int], user: User | None = None) -> dict[int, str]:
    """Say how to reach the first grown-up of whom it is known."""
    texts: dict[int, str] = {}
    for case_id, person in _adults(case_ids, user):
        said = " · ".join(filter(None, (person.get_reach_by_display(), person.reach_note)))
        if said and case_id not in texts:
            texts[case_id] = said
    return texts


def _addresses(case_ids: Sequence[int]) -> dict[int, str]:
    return dict(
        Case.objects.filter(pk__in=case_ids).exclude(address_hint="").values_list("pk", "address_hint")
    )


FACTS = (
    # As it was told. Another package that knows the dwelling registers its own fact with a code that ends in
    # ".address", and takes the place of this one.
    CaseFact("cases.address", gettext_lazy("Adres"), "geo-alt", _addresses),
    CaseFact("cases.household", gettext_lazy("Gezin"), "people", _households),
    CaseFact("cases.languages", gettext_lazy("Talen"), "translate", _languages, _languages),
    CaseFact("cases.reach", gettext_lazy("Bereiken"), "telephone", _reach, _reach),
)


def facts_for(user: User, case_ids: Sequence[int]) -> list[tuple[CaseFact, Mapping[int, str]]]:
    """Return every registered fact with its text per case, as this reader may know it; one query for each fact.

    The address as it was told is left out where another package knows the real one.
    """
    if not case_ids:
        return [(fact, {}) for fact in case_facts]
    found = [
        (fact, fact.fetch_for(case_ids, user) if fact.fetch_for else fact.fetch(case_ids))
        for fact in case_facts
    ]
    registered = {
        case_id
        for fact, texts in found
        if fact.code.endswith(".address") and fact.code != "cases.address"
        for case_id, text in texts.items()
        if text
    }
    return [
        (fact, {pk: text for pk, text in texts.items() if pk not in registered})
        if fact.code == "cases.address"
        else (fact, texts)
        for fact, texts in found
    ]


def set_addresses(cases: Iterable[Case], user: User) -> None:
    """Give each case its `address`: where the family is registered to live today, else as it was told.

    For rows that show no other fact; one query for each package that knows addresses, however many cases.
    """
    rows = list(cases)
    found: dict[int, str] = {}
    for fact in case_facts:
        if rows and fact.code.endswith(".address") and fact.code != "cases.address":
            ids = [case.pk for case in rows]
            found |= fact.fetch_for(ids, user) if fact.fetch_for else fact.fetch(ids)
    for case in rows:
        case.address = found.get(case.pk) or case.address_hint

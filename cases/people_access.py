"""What a case opens of the people in it. Registered with the people package, which knows no cases."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from arsenaal.lib.registries import HouseholdLink, PeopleScope
from cases.enums import ConsentCategory
from cases.models import Case, Consent
from people.models import Household, HouseholdMember


def _own_households(user: User) -> QuerySet[Case]:
    return Case.objects.visible_to(user).filter(household__isnull=False).order_by().values("household_id")


def households(user: User) -> Q:
    """The households of the cases this user may read: that they are there, and their name."""
    return Q(pk__in=_own_households(user))


def persons(user: User) -> Q:
    """The people of the cases this user may read.

    For a partner only with a valid consent to his organisation: the whole family when it covers the family, and
    otherwise who gave it (domain.md F1).
    """
    members = HouseholdMember.objects.order_by().values("person_id")
    if user.organisation.is_of_team:
        return Q(pk__in=members.filter(household_id__in=_own_households(user)))
    consents = Consent.objects.valid_on().filter(
        case__in=Case.objects.visible_to(user).order_by().values("pk"), recipients=user.organisation_id
    )
    family = consents.filter(categories__contains=[ConsentCategory.FAMILY]).order_by()
    contact = consents.filter(categories__contains=[ConsentCategory.CONTACT]).order_by()
    return Q(pk__in=members.filter(household_id__in=family.values("case__household_id"))) | Q(
        pk__in=contact.values("person_id")
    )


def cases_of_household(user: User, household: Household) -> list[tuple[str, str]]:
    """The cases of a household that this user may read, newest first, each with its page."""
    cases = Case.objects.visible_to(user).filter(household=household).order_by("-opened_at", "-pk")
    return [(f"{case.number} · {case.get_state_display()}", case.get_absolute_url()) for case in cases]


PEOPLE_SCOPE = PeopleScope("cases", households, persons)
HOUSEHOLD_LINK = HouseholdLink("cases.case", _("Dossier"), "folder2-open", cases_of_household)

"""Who looks like the name that is being typed. Reads only; the name travels in the body, not in the address."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.looks import Look, LookKind, Subject, note_look
from accounts.permissions import Permission
from accounts.search_pick import LONGEST_QUERY, Option, SuggestView
from accounts.views.base import PermissionMixin
from people.models import Household
from people.search import households_like, person_option, persons_like


class PersonSuggestView(PermissionMixin):
    """Persons who look like the given and family name typed so far, to choose instead of adding them again."""

    permission = Permission.RADAR_REPORT
    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """Draw who looks alike."""
        names = (request.POST.get("given_name", ""), request.POST.get("family_name", ""))
        text = " ".join(names)[:LONGEST_QUERY].replace("\0", "").strip()
        alike = persons_like(request.user, text) if len(text) > 2 else []
        if alike:
            note_look(request, Look(LookKind.SEARCHED, Subject.SEARCH, row_count=len(alike)))
        return render(
            request,
            "people/_alike.html",
            {"alike": [person_option(person) for person in alike], "chosen": request.POST.get("person", "")},
        )


class HouseholdSuggestView(SuggestView):
    """Households that look like what is typed, to choose from."""

    permission = Permission.RADAR_REPORT

    def options(self, text: str) -> Sequence[Option]:
        """Find by the name of the household or of who belongs to it."""
        return [household_option(household) for household in households_like(self.request.user, text)]


def household_option(household: Household) -> Option:
    """Describe a household to choose: its name, and the first names of who belongs to it."""
    return Option(household.pk, household.name, ", ".join(getattr(household, "member_names", [])))

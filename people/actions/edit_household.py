"""Giving a household another name."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from arsenaal.lib.errors import ActionError, ChangedMeanwhileError
from people.models import Household


class CannotEditHousehold(ActionError):
    """The household can't be saved like this."""


@transaction.atomic
def edit_household(*, by: User, household: Household, version: int, name: str) -> Household:
    """Change the name. Raises ChangedMeanwhileError when somebody saved since `version`."""
    household = Household.objects.select_for_update().get(pk=household.pk)
    if household.version != version:
        raise ChangedMeanwhileError(
            _("Een collega paste dit gezin net aan."), current={_("Naam van het gezin"): household.name}
        )
    if not name.strip():
        raise CannotEditHousehold(_("Geef het gezin een naam, bijvoorbeeld: gezin Peeters."), field="name")
    household.name = name.strip()
    household.version += 1
    household.save()
    return household

"""What somebody changes about himself."""

from django.db import transaction

from accounts.models import User


@transaction.atomic
def choose_language(*, by: User, language: str) -> None:
    """Show the screens in this language from now on."""
    user = User.objects.select_for_update().get(pk=by.pk)
    user.language = language
    user.full_clean(validate_unique=False, validate_constraints=False, exclude=["password"])
    user.save(update_fields=["language"])

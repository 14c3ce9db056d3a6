"""Forms that anybody may send, without logging in and without a cookie: a signed stamp instead, and a trap for robots.

The page gives a stamp that says when it was opened. It comes back with the form: too soon, and nobody can have read the
page; too late, and it is to be opened again. What is sent with the same stamp twice is the same thing sent twice.
"""

import hashlib
import json
import time
import uuid
from typing import Any

from django import forms
from django.core import signing
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

_SALT = "arsenaal.public_form"
LEAST_SECONDS = 4
MOST_SECONDS = 12 * 60 * 60


def new_stamp(at: float | None = None) -> str:
    """Return the stamp of a page that is opened now."""
    return signing.dumps({"at": time.time() if at is None else at, "id": str(uuid.uuid4())}, salt=_SALT)


def submission_of(request: HttpRequest, stamp: str) -> uuid.UUID:
    """Return what identifies this sent form: its stamp together with what was filled in."""
    try:
        token = uuid.UUID(signing.loads(stamp, salt=_SALT)["id"])
    except signing.BadSignature:
        return uuid.uuid4()
    fields = {key: values for key, values in sorted(request.POST.lists()) if key != "stamp"}
    files = {key: [(file.name, file.size) for file in group] for key, group in sorted(request.FILES.lists())}
    content = json.dumps([request.path, fields, files])
    return uuid.uuid5(token, hashlib.sha256(content.encode()).hexdigest())


class PublicForm(forms.Form):
    """A form with a stamp, and with a field that people don't see and robots fill in."""

    website = forms.CharField(
        label=_("Laat dit veld leeg"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    stamp = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse what no person can have sent. What was typed stays, and a fresh stamp comes with the answer."""
        cleaned = super().clean() or {}
        if cleaned.get("website"):
            raise forms.ValidationError(
                _("Er ging iets mis. Laat het verborgen veld leeg en verstuur opnieuw.")
            )
        try:
            age = time.time() - float(signing.loads(cleaned.get("stamp", ""), salt=_SALT)["at"])
        except signing.BadSignature:
            age = MOST_SECONDS + 1
        if age < LEAST_SECONDS:
            raise forms.ValidationError(_("Dat ging heel snel. Wacht even en druk dan nog eens."))
        if age > MOST_SECONDS:
            raise forms.ValidationError(
                _("Deze pagina stond te lang open. Alles staat er nog: druk nog eens om te versturen.")
            )
        return cleaned


def stamp_for(sent: str) -> str:
    """Return the stamp for showing a refused form again: the one that was sent, unless it doesn't count any more."""
    try:
        is_usable = time.time() - float(signing.loads(sent, salt=_SALT)["at"]) <= MOST_SECONDS
    except signing.BadSignature:
        is_usable = False
    return sent if is_usable else new_stamp(time.time() - LEAST_SECONDS)

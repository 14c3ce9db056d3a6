"""What the tests of home visits share."""

import datetime as dt
import io
import uuid
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from accounts.models import User
from cases.actions.log_visit import LoggedVisit, log_visit
from cases.models import Case


def sent(user: User, **changes: Any) -> dict[str, Any]:
    """What a browser posts for a visit of this user, a moment ago."""
    now = timezone.localtime() - dt.timedelta(minutes=1)
    data = {
        "visit": str(uuid.uuid4()),
        "as_user": str(user.pk),
        "result": "met",
        "day": f"{now:%Y-%m-%d}",
        "time": f"{now:%H:%M}",
        "visitors": [str(user.pk)],
        "purpose": "follow_up",
        "present": "",
        "narrative": "",
        "agreed": "",
        "circle": "",
        "trust_stage": "",
        "trust_event": "",
        "next_title": "",
        "next_due_on": "",
        "next_assignee": "",
        "next_agreed": "not_asked",
        "next_kind": "step",
    }
    return {**data, **changes}


def log(by: User, case: Case, **changes: Any) -> LoggedVisit:
    """Log a visit of an hour ago."""
    values: dict[str, Any] = {
        "uuid": uuid.uuid4(),
        "visited_at": timezone.now() - dt.timedelta(hours=1),
        "result": "met",
        "visitors": [by],
        **changes,
    }
    return log_visit(by=by, case=case, **values)


def picture(
    kind: str = "JPEG", *, size: tuple[int, int] = (640, 480), colour: str = "red", **save: Any
) -> bytes:
    """A photo of one colour."""
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind, **save)
    return out.getvalue()


def upload(content: bytes | None = None, name: str = "foto.jpg") -> SimpleUploadedFile:
    """A photo as a browser sends it."""
    return SimpleUploadedFile(name, picture() if content is None else content, content_type="image/jpeg")

"""What residents asked in a place, and what may go there."""

import datetime as dt
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from rights.actions.ask import ask
from rights.actions.decide import agree
from rights.actions.holds import hold_case
from rights.actions.work import work_on_request
from rights.models import DestructionLine, DestructionList, RetentionRule
from tests.arsenaal.papers import ordinary_pdf
from tests.factories import make_household


def add_rights(place: Any) -> None:
    """One request of each kind that goes on, an export that is read over, and one that was written."""
    by, today = place.opener, timezone.localdate()

    def asked(person: Any, kind: str, **more: str) -> Any:
        return ask(by=by, person=person, kind=kind, received_on=today, identity="known", **more)

    place.things["rectify"] = asked(
        place.person, "rectify", subject="Mijn naam is fout.", wanted="Met een k."
    )
    place.things["export"] = asked(place.person, "export")
    work_on_request(request_id=place.export.pk)
    place.things["written"] = written = asked(place.second, "export")
    export = written.export
    export.approved_by, export.approved_at = by, timezone.now()
    export.expires_on = today + dt.timedelta(days=30)
    export.json.save("grid.json", ContentFile(b"{}"), save=False)
    export.save()
    alone = make_household(f"Alleen {place.name}", by, place.case.neighbourhood).members.get().person
    place.things["restrict"] = asked(alone, "restrict", restriction_ground="disputed")
    agree(by=by, request=place.restrict)
    hold_case(by=by, case=place.child, reason="Een zaak bij de vrederechter.")


def add_lists(place: Any) -> None:
    """A rule, and a list with one line that waits for approval."""
    by, now = place.opener, timezone.now()
    rule = RetentionRule.objects.create(
        neighbourhood=place.case.neighbourhood,
        category="case",
        name="Dossiers",
        months=120,
        ground="te bevestigen",
        destination="destroy",
        certainty="to_confirm",
        from_on="2020-01-01",
        decided_by=by,
        decided_at=now,
    )
    going = DestructionList.objects.create(
        neighbourhood=place.case.neighbourhood,
        made_by=by,
        made_at=now,
        as_of=now.date(),
        certificate=ContentFile(ordinary_pdf(), name="grid.pdf"),
    )
    line = DestructionLine.objects.create(
        destruction_list=going,
        rule=rule,
        category="case",
        subject_id=place.closed.pk,
        label=place.closed.number,
        counted_from_on="2010-01-01",
        due_on="2020-01-01",
    )
    place.things |= {"rule": rule, "going": going, "line": line}

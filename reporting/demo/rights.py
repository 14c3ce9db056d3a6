"""What residents asked about their own data, and what may go: access, a correction, a restriction, two lists."""

from people.models import Person
from reporting.demo.stage import Stage, Story
from reporting.demo.telling import adult, family
from rights.actions.ask import ask
from rights.actions.decide import agree, finish
from rights.actions.destroy import destroy_list
from rights.actions.exports import review_parts
from rights.actions.lists import approve_list, make_list
from rights.actions.rules import change_rule, load_usual_rules
from rights.actions.work import work_on_request
from rights.models import ExportPart, RetentionRule, RightsRequest


class DemoRightsFailed(Exception):
    """Something that residents asked could not be played; the log says why."""


def _adult_of(stage: Stage, key: str) -> Person:
    household = stage.cases[key].household
    if household is None:
        raise DemoRightsFailed(key)
    return household.members.order_by("pk").select_related("person")[0].person


def access(stage: Stage) -> Story:
    """Somebody whose case is closed wants to know what we keep; two colleagues read it over."""
    cast = stage.cast
    yield stage.ago(6, "10:15")
    request = ask(
        by=cast.huurbegeleider,
        person=_adult_of(stage, "ngoma"),
        kind="export",
        received_on=stage.on(-6),
        identity="known",
    )
    if not work_on_request(request_id=request.pk):
        raise DemoRightsFailed(f"request {request.pk}")

    for days, by in ((5, cast.huurbegeleider), (4, cast.jurist), (3, cast.inspecteur)):
        yield stage.ago(days, "11:40")
        _read_over(request, by)


def _read_over(request: RightsRequest, by) -> None:  # type: ignore[no-untyped-def]
    parts = ExportPart.objects.filter(export__request=request, state="pending")
    readable = list(parts.open_to(by, request.neighbourhood_id))
    review_parts(
        by=by,
        request=request,
        seen={part.pk for part in readable},
        left_out={part.pk: part.suggestion for part in readable if part.suggestion},
    )


def correction(stage: Stage) -> Story:
    """A name was spelled wrong, and was put right within the week."""
    cast = stage.cast
    yield stage.ago(32, "9:50")
    request = ask(
        by=cast.opbouwwerker,
        person=_adult_of(stage, "fons"),
        kind="rectify",
        received_on=stage.on(-32),
        identity="known",
        subject="Mijn telefoonnummer is veranderd, en bij “liefst” staat bellen.",
        wanted="Liever een briefje in de bus: ik neem niet op voor nummers die ik niet ken.",
    )
    yield stage.ago(29, "14:05")
    agree(by=cast.coordinator, request=request, answer="Dat passen we aan.")
    yield stage.ago(28, "16:20")
    finish(
        by=cast.coordinator,
        request=request,
        answer="Aangepast op de fiche. Fatiha zei het hem bij het bezoek.",
    )


def restriction(stage: Stage) -> Story:
    """Somebody disputes what was written; until it is looked into, nothing is done with it."""
    cast = stage.cast
    yield stage.ago(12, "13:30")
    request = ask(
        by=cast.coordinator,
        person=_adult_of(stage, "staal"),
        kind="restrict",
        received_on=stage.on(-12),
        identity="card",
        restriction_ground="disputed",
    )
    yield stage.ago(11, "9:10")
    agree(
        by=cast.coordinator,
        request=request,
        answer="We kijken het na. Tot dan doen we niets met je gegevens.",
    )


def retention(stage: Stage) -> Story:
    """Two persons who never got a case: one went with a certificate, the other waits for two approvals."""
    cast = stage.cast
    yield stage.ago(480, "9:30")
    load_usual_rules(by=cast.privacy, neighbourhood=stage.arsenaal)
    family(
        "Gezin Voorbijgaens",
        adult("Ward", "Voorbijgaens", 1971),
        since=2020,
        by=cast.coordinator,
        neighbourhood=stage.arsenaal,
    )

    yield stage.ago(450, "9:30")
    rule = RetentionRule.objects.get(neighbourhood=stage.arsenaal, category="person")
    change_rule(
        by=cast.privacy,
        rule=rule,
        from_on=stage.on(-440),
        name=rule.name,
        months=12,
        ground=rule.ground,
        destination="destroy",
        certainty="to_confirm",
    )

    yield stage.ago(430, "9:30")
    family(
        "Gezin Doortochts",
        adult("Lena", "Doortochts", 1988),
        since=2020,
        by=cast.coordinator,
        neighbourhood=stage.arsenaal,
    )

    yield stage.ago(88, "9:30")
    first = make_list(by=cast.privacy, neighbourhood=stage.arsenaal)
    first = approve_list(by=cast.privacy, wanted=first, version=first.version)
    yield stage.ago(86, "15:30")
    approve_list(by=cast.coordinator, wanted=first, version=first.version)
    if destroy_list(list_id=first.pk) != 1:
        raise DemoRightsFailed(f"list {first.pk}")

    yield stage.ago(2, "10:00")
    make_list(by=cast.privacy, neighbourhood=stage.arsenaal)


def stories(stage: Stage) -> list[Story]:
    """Return everything that is about rights and keeping."""
    return [access(stage), correction(stage), restriction(stage), retention(stage)]

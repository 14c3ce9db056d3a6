"""Releases: a circle opened to another, on a ground; closed again at once when the ground is gone."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from cases.actions.consents import record_consent, withdraw_consent
from cases.actions.correct_entry import correct_entry
from cases.actions.documents import add_document
from cases.actions.legal_grounds import load_legal_grounds
from cases.actions.releases import (
    AlreadyReleased,
    CannotRelease,
    ReleaseIncomplete,
    end_lapsed,
    end_release,
    release_entry,
    release_from_day,
)
from cases.actions.write_note import write_note
from cases.models import Case, Consent, Document, LegalGround, Release, TimelineEntry, VisitPhoto
from cases.perms import can_see_photo, documents_open_to, open_to
from cases.reading import shared_rows_since, timeline_page
from tests.arsenaal.papers import ordinary_pdf, sent_file
from tests.cases.visits import log, upload
from tests.factories import World

SECRET = "Hij slikt sinds maart medicatie"


def jef(world: World) -> Any:
    return world.case.household.members.get().person


def consent(world: World, *organisations: str, **more: Any) -> Consent:
    values = {
        "by": world.community_worker,
        "case": world.case,
        "person": jef(world),
        "recipients": [world.organisations[name] for name in organisations or ("city",)],
        "categories": ["health"],
        "purpose": "Om de ketel te laten vervangen",
        "language": "nl",
        **more,
    }
    return record_consent(**values)


def ground() -> LegalGround:
    load_legal_grounds()
    return LegalGround.objects.get(name__startswith="Schuldig hulpverzuim")


def care_note(world: World, body: str = SECRET) -> TimelineEntry:
    return write_note(by=world.community_worker, case=world.case, body=body, circle="care")


def free(world: World, entry: TimelineEntry, **more: Any) -> Release:
    values = {
        "by": world.community_worker,
        "entry": entry,
        "to_circle": "enforcement",
        "purpose": "Zodat de controleur snel komt",
        "reason": "CO-gevaar",
        "person": jef(world),
        **more,
    }
    if "consent" not in values and "legal_ground" not in values:
        values["legal_ground"] = ground()
    return release_entry(**values)


def reads(user: User, case: Case, word: str = SECRET) -> bool:
    return any(word in row.body for row in timeline_page(case, user).rows)


def room_reads(case: Case, word: str = SECRET) -> bool:
    return any(word in row.body for row in shared_rows_since(case, timezone.now() - dt.timedelta(days=400)))


def test_release_opens_one_entry_to_one_circle(world: World) -> None:
    entry, other = care_note(world), care_note(world, "Nog iets anders")
    free(world, entry)
    assert reads(world.housing_inspector, world.case)
    assert not reads(world.housing_inspector, world.case, other.body)
    for user in (world.lawyer, world.coordinator, world.partner):
        assert not reads(user, world.case), user
    assert not room_reads(world.case)


def test_release_is_told_on_the_timeline_without_what_it_is_about(world: World) -> None:
    free(world, care_note(world))
    entry = TimelineEntry.objects.latest("pk")
    assert (entry.kind, entry.circle) == ("cases.release", "shared")
    assert entry.title == "Vrijgegeven voor handhaving: een gebeurtenis"
    assert "noodtoestand" in entry.body
    for word in (SECRET, "CO-gevaar", "controleur", "Jef"):
        assert word not in entry.title + entry.body + str(entry.data)


def test_release_shows_the_team_what_for_and_why(world: World, login: Any) -> None:
    release = free(world, care_note(world))
    end = reverse("cases:release-end", args=[world.case.number, release.pk])
    for user, addresses in (
        (world.community_worker, (world.case.get_absolute_url(), end)),
        (world.partner, (world.case.get_absolute_url(),)),
    ):
        client = login(user)
        for address in addresses:
            page = client.get(address).content.decode()
            for words in (release.purpose, release.reason):
                assert (words in page) == (user != world.partner), (user, address, words)


def test_release_to_the_team_is_read_in_the_room_and_by_every_role(world: World) -> None:
    free(world, care_note(world), to_circle="shared")
    assert room_reads(world.case)
    for user in (world.lawyer, world.coordinator, world.housing_inspector):
        assert reads(user, world.case), user
    assert not reads(world.partner, world.case), "a legal ground never reaches a partner"


def test_release_of_a_block_case_to_the_team_reaches_its_families(world: World) -> None:
    from cases.actions.block import join_block
    from cases.actions.open_case import open_case

    block = open_case(
        by=world.coordinator, neighbourhood=world.neighbourhood, lead=world.tenancy_lead, title="Blok"
    )
    join_block(by=world.coordinator, case=world.case, parent=block)
    world.case.refresh_from_db()
    entry = write_note(by=world.tenancy_lead, case=block, body=SECRET, circle="care")
    assert not reads(world.lawyer, world.case)
    free(world, entry, by=world.tenancy_lead, to_circle="shared", person=None)
    assert reads(world.lawyer, world.case)


def test_release_from_a_day_opens_what_this_discipline_wrote_since_also_later(world: World) -> None:
    before = timezone.now() - dt.timedelta(days=10)
    write_note(by=world.community_worker, case=world.case, body="Vroeger", circle="care", now=before)
    care_note(world)
    write_note(by=world.tenancy_lead, case=world.case, body="Van een ander", circle="care")
    release_from_day(
        by=world.community_worker, case=world.case, from_circle="care", to_circle="legal", person=jef(world),
        from_on=timezone.localdate() - dt.timedelta(days=2), purpose="Voor de zitting", reason="Rechtsbijstand",
        consent=consent(world),
    )  # fmt: skip
    care_note(world, "Van daarna")
    assert reads(world.lawyer, world.case)
    assert reads(world.lawyer, world.case, "Van daarna")
    assert not reads(world.lawyer, world.case, "Vroeger")
    assert not reads(world.lawyer, world.case, "Van een ander")


def with_visit(world: World) -> tuple[VisitPhoto, TimelineEntry]:
    import uuid

    name = uuid.uuid4()
    photo = add_photo_of(world, name)
    visit = log(world.community_worker, world.case, uuid=name, narrative=SECRET, circle="care").visit
    return photo, visit.entry


def add_photo_of(world: World, name: Any) -> VisitPhoto:
    from cases.actions.visit_photos import add_photo

    return add_photo(by=world.community_worker, case=world.case, visit_uuid=name, upload=upload())


def document(world: World, circle: str = "care") -> Document:
    return add_document(
        by=world.community_worker, case=world.case, file=sent_file(ordinary_pdf()), title=SECRET,
        kind="report", circle=circle,
    )  # fmt: skip


def sees(user: User, case: Case) -> QuerySet[Document]:
    return Document.objects.filter(documents_open_to(user, case), case=case)


def test_release_of_a_visit_shows_its_photos_and_of_a_document_the_file(world: World, login: Any) -> None:
    photo, entry = with_visit(world)
    paper = document(world)
    client = login(world.housing_inspector)
    urls = [
        reverse("cases:visit-photo", args=[photo.uuid]),
        reverse("cases:document-file", args=[world.case.number, paper.uuid]),
    ]
    assert [client.get(url).status_code for url in urls] == [403, 404]
    releases = [free(world, entry), free(world, paper.entry)]
    photo.refresh_from_db()
    assert can_see_photo(world.housing_inspector, photo)
    assert sees(world.housing_inspector, world.case).get() == paper
    assert [client.get(url).status_code for url in urls] == [200, 200]
    for release in releases:
        end_release(by=world.community_worker, release=release, reason="Niet meer nodig")
    assert [client.get(url).status_code for url in urls] == [403, 404]


Ending = Callable[[World, Release, Consent], Any]


@pytest.mark.parametrize(
    "end",
    [
        lambda world, release, given: withdraw_consent(by=world.lawyer, consent=given),
        lambda world, release, given: end_release(by=world.community_worker, release=release, reason="Klaar"),
        lambda world, release, given: Consent.objects.filter(pk=given.pk).update(
            from_on=timezone.localdate() - dt.timedelta(days=9),
            until_on=timezone.localdate() - dt.timedelta(days=1),
        ),
        lambda world, release, given: Release.objects.filter(pk=release.pk).update(
            until_on=timezone.localdate() - dt.timedelta(days=1)
        ),
    ],
    ids=["withdrawn", "ended", "consent expired", "time over"],
)
def test_release_that_is_over_closes_at_once_everywhere(world: World, login: Any, end: Ending) -> None:
    given, paper = consent(world), document(world)
    release = free(world, paper.entry, to_circle="shared", consent=given)
    file_url = reverse("cases:document-file", args=[world.case.number, paper.uuid])
    client = login(world.lawyer)
    assert client.get(file_url).status_code == 200
    assert SECRET in client.get(world.case.get_absolute_url()).content.decode()
    end(world, release, given)
    assert client.get(file_url).status_code == 404
    assert SECRET not in client.get(world.case.get_absolute_url()).content.decode()
    assert not sees(world.lawyer, world.case).exists()
    assert all(SECRET not in row.title for row in shared_rows_since(world.case, paper.added_at))


def test_release_that_lapsed_is_told_once(world: World) -> None:
    given = consent(world)
    free(world, care_note(world), consent=given)
    today = timezone.localdate()
    Consent.objects.update(from_on=today - dt.timedelta(days=9), until_on=today - dt.timedelta(days=1))
    assert (end_lapsed(), end_lapsed()) == (1, 0)
    told = TimelineEntry.objects.filter(kind="cases.release", title__startswith="Vrijgave voorbij")
    assert "voorbij. Weer besloten" in told.get().body
    assert Release.objects.get().ended_by is None


def test_release_on_a_withdrawn_consent_is_told_with_who_withdrew(world: World) -> None:
    given = consent(world)
    free(world, care_note(world), consent=given)
    withdraw_consent(by=world.lawyer, consent=given)
    entry = TimelineEntry.objects.latest("pk")
    assert (entry.kind, entry.author) == ("cases.release", world.lawyer)
    assert "ingetrokken" in entry.body


def test_release_goes_on_when_the_consent_is_given_again_and_closes_when_it_says_less(world: World) -> None:
    given = consent(world)
    free(world, care_note(world), consent=given)
    wider = consent(world, "city", "energy", categories=["health", "money"], replaces=given)
    assert not Consent.objects.valid_on().filter(pk=given.pk).exists()
    assert reads(world.housing_inspector, world.case)
    narrower = consent(world, "city", categories=["money"], replaces=wider)
    assert not reads(world.housing_inspector, world.case)
    assert "minder" in TimelineEntry.objects.latest("pk").body
    assert Consent.objects.valid_on().get() == narrower


def test_release_moves_along_with_a_correction(world: World) -> None:
    entry = care_note(world)
    free(world, entry)
    newer = correct_entry(by=world.community_worker, entry=entry, body=f"{SECRET}, elke dag", title="X")
    assert reads(world.housing_inspector, world.case, "elke dag")
    assert Release.objects.get().entry == newer


@pytest.mark.parametrize(
    "who", ["housing_inspector", "lawyer", "coordinator", "partner", "outsider", "manager"]
)
def test_release_by_somebody_who_cannot_read_is_refused(world: World, who: str) -> None:
    with pytest.raises(CannotRelease):
        free(world, care_note(world), by=world.users[who])


def test_release_cannot_be_passed_on_by_whom_it_was_released_to(world: World) -> None:
    entry = care_note(world)
    free(world, entry)
    assert reads(world.housing_inspector, world.case)
    with pytest.raises(CannotRelease):
        free(world, entry, by=world.housing_inspector, to_circle="shared")
    world.case.lead = world.housing_inspector
    world.case.save(update_fields=["lead"])
    with pytest.raises(CannotRelease):
        free(world, TimelineEntry.objects.get(pk=entry.pk), by=world.housing_inspector, to_circle="shared")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"purpose": " "}, "purpose"),
        ({"reason": ""}, "reason"),
        ({"to_circle": "care"}, "to_circle"),
        ({"to_circle": "everybody"}, "to_circle"),
        ({"person": None}, "person"),
        ({"legal_ground": None}, "consent"),
    ],
)
def test_release_without_what_it_needs_is_refused(world: World, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(ReleaseIncomplete) as refused:
        free(world, care_note(world), **changes)
    assert refused.value.field == field
    assert not Release.objects.exists()


def test_release_on_a_consent_that_does_not_hold_is_refused(world: World) -> None:
    withdrawn = consent(world)
    withdraw_consent(by=world.lawyer, consent=withdrawn)
    elsewhere = record_consent(
        by=world.coordinator, case=world.other_case, person=world.other_case.household.members.get().person,
        recipients=[world.organisations["city"]], categories=["health"], purpose="Iets", language="nl",
    )  # fmt: skip
    entry = care_note(world)
    for wrong in (withdrawn, elsewhere):
        with pytest.raises(ReleaseIncomplete):
            free(world, entry, consent=wrong)
    with pytest.raises(ReleaseIncomplete):
        free(world, entry, consent=consent(world), legal_ground=ground())
    LegalGround.objects.update(is_active=False)
    with pytest.raises(ReleaseIncomplete):
        free(world, entry, legal_ground=ground())


def test_release_with_somebody_of_another_family_is_refused(world: World) -> None:
    with pytest.raises(ReleaseIncomplete):
        free(world, care_note(world), person=world.other_case.household.members.get().person)


def test_release_twice_is_refused_and_after_the_end_it_can_again(world: World) -> None:
    entry = care_note(world)
    release = free(world, entry)
    with pytest.raises(AlreadyReleased):
        free(world, entry)
    end_release(by=world.tenancy_lead, release=release, reason="Even niet")
    with pytest.raises(AlreadyReleased):
        end_release(by=world.tenancy_lead, release=release, reason="Nog eens")
    free(world, entry)
    assert Release.objects.standing().count() == 1


def test_release_is_not_ended_by_somebody_outside_nor_without_a_reason(world: World) -> None:
    release = free(world, care_note(world))
    with pytest.raises(CannotRelease):
        end_release(by=world.housing_inspector, release=release, reason="Weg ermee")
    with pytest.raises(ReleaseIncomplete):
        end_release(by=world.community_worker, release=release, reason=" ")


def test_release_rests_on_exactly_one_thing_in_the_database(world: World) -> None:
    release = free(world, care_note(world))
    for changes in (
        {"consent": consent(world)}, {"legal_ground": None}, {"to_circle": "care"}, {"end_reason": "X"},
        {"from_on": timezone.localdate()},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            Release.objects.filter(pk=release.pk).update(**changes)


def test_partner_reads_what_is_released_on_a_consent_that_names_his_service(world: World) -> None:
    entry = care_note(world)
    free(world, entry, to_circle="shared", consent=consent(world, "energy"))
    assert not reads(world.partner, world.case)
    end_release(by=world.community_worker, release=Release.objects.get(), reason="Anders")
    given = consent(world, "partner")
    free(world, entry, to_circle="shared", consent=given)
    assert reads(world.partner, world.case)
    withdraw_consent(by=world.lawyer, consent=given)
    assert not reads(world.partner, world.case)


def test_open_to_asks_the_database_nothing_for_the_team(world: World, django_assert_num_queries: Any) -> None:
    care_note(world)
    world.lawyer.access  # noqa: B018  read once for the whole request
    with django_assert_num_queries(1):
        list(TimelineEntry.objects.filter(open_to(world.lawyer, world.case), case=world.case))

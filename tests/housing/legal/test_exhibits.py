"""Exhibits: numbered without gaps whoever presses first, shown only with permission, withdrawn at once."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.models import TimelineEntry
from housing.actions.evidence import withdraw_line
from housing.actions.exhibits import (
    CannotAddExhibit,
    CannotPermit,
    add_exhibits,
    give_permission,
    members_of,
    remove_exhibit,
    withdraw_permission,
)
from housing.actions.legal_files import leave_legal_file
from housing.bundle_reading import showable_exhibits
from housing.models import Exhibit, ExhibitPermission
from tests.factories import World
from tests.housing.legal.scenery import LegalScene, build


def shown(scene: LegalScene, tenant: Any = None) -> list[int]:
    return [exhibit.number for exhibit in showable_exhibits(scene.legal_file, tenant)]


def test_numbers_follow_each_other_oldest_first_and_each_is_given_once(scene: LegalScene) -> None:
    pieces = [scene.prove(scene.one, title, body=title) for title in "abc"]
    made = add_exhibits(by=scene.lawyer, legal_file=scene.legal_file, evidence=reversed(pieces))
    again = add_exhibits(by=scene.lawyer, legal_file=scene.legal_file, evidence=pieces)
    assert [(exhibit.number, exhibit.title) for exhibit in made] == [(1, "a"), (2, "b"), (3, "c")]
    assert again == []


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(["add", "two", "again", "remove", "withdraw"]), max_size=12))
def test_numbers_have_no_gaps_whatever_happens(scene: LegalScene, steps: list[str]) -> None:
    with transaction.atomic():
        for step in steps:
            exhibits = list(Exhibit.objects.filter(legal_file=scene.legal_file).order_by("-number"))
            if step in ("add", "two"):
                pieces = [scene.prove(scene.one, step, body=step) for _ in range(1 if step == "add" else 2)]
                add_exhibits(by=scene.lawyer, legal_file=scene.legal_file, evidence=pieces)
            elif exhibits and step == "again":
                add_exhibits(by=scene.lawyer, legal_file=scene.legal_file, evidence=[exhibits[0].evidence])
            elif exhibits and step == "remove":
                remove_exhibit(by=scene.lawyer, exhibit=exhibits[0], reason="Dubbel.")
            elif exhibits:
                withdraw_line(by=scene.lawyer, line=exhibits[0].evidence, reason="Fout.")
        numbers = list(
            Exhibit.objects.filter(legal_file=scene.legal_file)
            .order_by("number")
            .values_list("number", flat=True)
        )
        assert numbers == list(range(1, len(numbers) + 1))
        transaction.set_rollback(True)


def _at_once(*works: Callable[[], Any]) -> list[BaseException]:
    errors: list[BaseException] = []
    barrier = threading.Barrier(len(works))

    def run(work: Callable[[], Any]) -> None:
        try:
            barrier.wait(10)
            work()
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return errors


@pytest.mark.django_db(transaction=True)
def test_two_who_number_at_the_same_moment_share_no_number(transactional_db: None) -> None:
    scene = build(World.build())
    pieces = [scene.prove(scene.one, title, body=title) for title in "abcdef"]

    def number(part: list[Any]) -> Callable[[], Any]:
        return lambda: add_exhibits(by=scene.lawyer, legal_file=scene.legal_file, evidence=part)

    errors = _at_once(number(pieces[:4]), number(pieces[2:]))
    assert errors == []
    rows = Exhibit.objects.order_by("number").values_list("number", "evidence_id")
    assert [number for number, _pk in rows] == [1, 2, 3, 4, 5, 6]
    assert {pk for _number, pk in rows} == {piece.pk for piece in pieces}


def test_evidence_of_who_takes_no_part_or_was_withdrawn_gets_no_number(scene: LegalScene) -> None:
    foreign = scene.prove(scene.world.outside_case, by=scene.world.outsider)
    gone = scene.prove(scene.one)
    withdraw_line(by=scene.lawyer, line=gone, reason="Fout.")
    for piece in (foreign, gone):
        with pytest.raises(CannotAddExhibit):
            add_exhibits(by=scene.lawyer, legal_file=scene.legal_file, evidence=[piece])
    scene.legal_file.refresh_from_db()
    assert scene.legal_file.last_exhibit == 0


def test_without_permission_an_exhibit_is_in_no_bundle_and_the_block_needs_none(scene: LegalScene) -> None:
    mine, common = scene.exhibit(scene.one), scene.exhibit(scene.block, "Kelder onder water")
    assert shown(scene) == [common.number]
    scene.permit(mine)
    assert shown(scene) == [mine.number, common.number]


def test_permission_for_oneself_alone_never_reaches_the_others(scene: LegalScene) -> None:
    mine, theirs = scene.exhibit(scene.one), scene.exhibit(scene.other)
    scene.permit(mine, scope="own")
    scene.permit(theirs)
    assert shown(scene) == [theirs.number]
    assert shown(scene, scene.tenant(scene.one)) == [mine.number]
    assert shown(scene, scene.tenant(scene.other)) == [theirs.number]


def test_permission_that_reaches_further_takes_the_place_of_the_first(scene: LegalScene) -> None:
    mine = scene.exhibit(scene.one)
    scene.permit(mine, scope="own")
    scene.permit(mine, scope="joint")
    scene.permit(mine, scope="joint")
    assert [p.scope for p in ExhibitPermission.objects.order_by("pk")] == ["own", "joint"]
    assert ExhibitPermission.objects.standing().get().scope == "joint"


def test_permission_by_somebody_of_another_household_is_refused(scene: LegalScene) -> None:
    mine, theirs = scene.exhibit(scene.one), scene.exhibit(scene.other)
    fields: dict[str, Any] = {
        "by": scene.lawyer,
        "scope": "joint",
        "how": "oral",
        "given_on": timezone.localdate(),
    }
    neighbour = members_of(scene.other)[0]
    with pytest.raises(CannotPermit):
        give_permission(exhibits=[mine], person=neighbour, **fields)
    with pytest.raises(CannotPermit):
        give_permission(exhibits=[mine, theirs], person=neighbour, **fields)
    with pytest.raises(CannotPermit):
        give_permission(exhibits=[], person=neighbour, **fields)
    assert not ExhibitPermission.objects.exists()


def test_permission_withdrawn_takes_the_exhibit_out_at_once_and_stays_readable(scene: LegalScene) -> None:
    mine = scene.exhibit(scene.one)
    (permission,) = scene.permit(mine)
    assert withdraw_permission(by=scene.lawyer, permission=permission, how="message") == []
    withdraw_permission(by=scene.lawyer, permission=permission, how="oral")
    assert shown(scene) == []
    permission.refresh_from_db()
    assert permission.withdrawn_how == "message"
    with pytest.raises(DatabaseError), transaction.atomic():
        ExhibitPermission.objects.filter(pk=permission.pk).delete()
    titles = TimelineEntry.objects.filter(case=scene.one, kind="housing.legal_work").values_list(
        "title", flat=True
    )
    assert any("ingetrokken" in title for title in titles)


def test_who_steps_out_takes_everything_along(scene: LegalScene) -> None:
    scene.permit(scene.exhibit(scene.one))
    leave_legal_file(by=scene.lawyer, tenant=scene.tenant(scene.one), reason="Ze wil niet meer.")
    assert shown(scene) == []


def test_exhibit_taken_out_keeps_its_number(scene: LegalScene) -> None:
    first = scene.exhibit(scene.block, "Kelder")
    remove_exhibit(by=scene.lawyer, exhibit=first, reason="Onscherp.")
    second = scene.exhibit(scene.block, "Kelder opnieuw")
    assert (shown(scene), second.number) == ([2], 2)


def test_forms_lead_from_numbering_to_permission_and_back(scene: LegalScene, login: Any) -> None:
    client = login(scene.lawyer)
    piece = scene.prove(scene.one, "Aangetekende brief")
    client.post(reverse("housing:exhibit-new", args=[scene.legal_file.pk]), {"evidence": [piece.pk]})
    exhibit = Exhibit.objects.get()
    give = reverse("housing:exhibit-permission", args=[scene.legal_file.pk, scene.tenant(scene.one).pk])
    person = members_of(scene.one)[0]
    data = {
        "exhibits": [exhibit.pk],
        "person": person.pk,
        "scope": "joint",
        "how": "interpreter",
        "given_on": timezone.localdate().isoformat(),
    }
    assert client.post(give, data).status_code == 302
    page = client.get(scene.legal_file.get_absolute_url()).content.decode()
    assert "ook in de gezamenlijke bundel" in page
    permission = ExhibitPermission.objects.get()
    withdraw = reverse("housing:exhibit-permission-withdraw", args=[scene.legal_file.pk, permission.pk])
    assert "nog in geen enkele bundel" in client.get(withdraw).content.decode()
    told = client.post(withdraw, {"how": "oral"}, follow=True).content.decode()
    assert "in geen volgende bundel" in told
    assert "nog geen toestemming" in told
    # Exhibits and people of another household can't be slipped in.
    theirs = scene.exhibit(scene.other)
    wrong = client.post(give, {**data, "exhibits": [theirs.pk], "person": members_of(scene.other)[0].pk})
    assert wrong.status_code == 422

"""Household cases under a block case: one level deep, in one neighbourhood, while both are open."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import User
from cases.actions.block import CannotJoinBlock, join_block, leave_block
from cases.actions.close_case import close_case
from cases.actions.open_case import open_case
from cases.models import Case, TimelineEntry
from cases.reading import timeline_page
from cases.timeline import record
from tests.factories import World

Login = Callable[[User], Client]


def make_block(world: World, title: str = "Blok") -> Case:
    return open_case(
        by=world.coordinator, neighbourhood=world.neighbourhood, lead=world.coordinator, title=title
    )


def told(case: Case) -> list[str]:
    return list(
        TimelineEntry.objects.filter(case=case, kind="cases.block")
        .order_by("pk")
        .values_list("title", flat=True)
    )


def test_what_is_told_to_family_and_block_in_one_go_stands_once(world: World) -> None:
    block = make_block(world)
    join_block(by=world.coordinator, case=world.case, parent=block)
    world.case.refresh_from_db()
    now = timezone.now()
    for case, words in ((block, "Drie woningen"), (world.case, "Bus 1"), (world.other_case, "Bus 9")):
        record("housing.procedure", case=case, by=world.lawyer, title="Gehoord", body=words, occurred_at=now)
    record("housing.procedure", case=block, by=world.lawyer, title="Advies", body="Alleen het blok")
    shown = [
        row.body for row in timeline_page(world.case, world.lawyer).rows if row.kind.code[:7] == "housing"
    ]
    assert sorted(shown) == ["Alleen het blok", "Bus 1"]
    assert "Drie woningen" in [row.body for row in timeline_page(block, world.lawyer).rows]


def test_joining_and_leaving_is_told_on_both_sides_without_the_family(world: World) -> None:
    block = make_block(world)
    join_block(by=world.coordinator, case=world.case, parent=block)
    leave_block(by=world.coordinator, case=world.case)
    number = world.case.number
    assert told(world.case) == [
        f"Hoort nu bij blokdossier {block.number}: Blok",
        f"Hoort niet meer bij blokdossier {block.number}: Blok",
    ]
    assert told(block) == [f"Gezinsdossier {number} komt erbij", f"Gezinsdossier {number} gaat eruit"]
    with pytest.raises(CannotJoinBlock):
        leave_block(by=world.coordinator, case=world.case)


def test_case_moves_from_one_block_to_another(world: World) -> None:
    first, second = make_block(world, "Een"), make_block(world, "Twee")
    join_block(by=world.coordinator, case=world.case, parent=first)
    case = join_block(by=world.coordinator, case=world.case, parent=second)
    assert case.parent == second
    assert len(told(first)) == 2
    with pytest.raises(CannotJoinBlock, match="al bij"):
        join_block(by=world.coordinator, case=world.case, parent=second)


def test_circles_households_closed_and_foreign_blocks_are_refused(world: World) -> None:
    block, closed = make_block(world), make_block(world, "Dicht")
    close_case(by=world.coordinator, case=closed, outcome="partly", summary="x")
    foreign = open_case(by=world.outsider, neighbourhood=world.elsewhere, lead=world.outsider, title="Elders")
    for case, parent in (
        (block, make_block(world, "Ander")),
        (block, block),
        (world.case, world.case),
        (world.case, world.other_case),
        (world.case, closed),
        (world.case, foreign),
    ):
        with pytest.raises(CannotJoinBlock):
            join_block(by=world.coordinator, case=case, parent=parent)
    assert not Case.objects.filter(parent__isnull=False).exists()


def test_form_joins_and_leaves(world: World, login: Login) -> None:
    block = make_block(world)
    client, base = login(world.coordinator), f"/cases/{world.case.number}/block"
    assert client.get(f"{base}/leave/").status_code == 403  # nothing to leave
    assert "Blok" in client.get(f"{base}/join/").content.decode()
    assert client.post(f"{base}/join/", {"parent": block.pk}).status_code == 302
    assert client.get(f"{base}/leave/").status_code == 200
    assert client.post(f"{base}/leave/").status_code == 302
    assert client.get(f"/cases/{block.number}/block/join/").status_code == 403


def test_form_offers_only_blocks_within_reach(world: World, login: Login) -> None:
    block = make_block(world)
    foreign = open_case(by=world.outsider, neighbourhood=world.elsewhere, lead=world.outsider, title="Elders")
    client, url = login(world.community_worker), f"/cases/{world.case.number}/block/join/"
    html = client.get(url).content.decode()  # the lead of the case isn't on the team of the block
    assert block.number not in html
    for pk in (block.pk, foreign.pk, 99999999999, "x"):
        assert client.post(url, {"parent": pk}).status_code == 422


@pytest.mark.parametrize(
    ("role", "status"), [("lawyer", 403), ("partner", 403), ("outsider", 404), ("manager", 403)]
)
def test_form_is_for_lead_and_coordinator(world: World, login: Login, role: str, status: int) -> None:
    assert login(world.users[role]).get(f"/cases/{world.case.number}/block/join/").status_code == status


@pytest.mark.django_db(transaction=True)
def test_closing_a_block_while_a_family_joins_leaves_one_of_the_two() -> None:
    world = World.build()
    block = make_block(world)
    barrier, results = threading.Barrier(2), []

    def run(work: Callable[[], object]) -> None:
        barrier.wait()
        try:
            work()
            results.append(True)
        except Exception:
            results.append(False)
        finally:
            connection.close()

    threads = [
        threading.Thread(
            target=run, args=(lambda: join_block(by=world.coordinator, case=world.case, parent=block),)
        ),
        threading.Thread(
            target=run,
            args=(lambda: close_case(by=world.coordinator, case=block, outcome="partly", summary="x"),),
        ),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == [False, True]
    block.refresh_from_db()
    assert block.is_open == Case.objects.filter(parent=block).exists()

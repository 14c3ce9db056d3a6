"""Places: where they may lie, which steps they take, who cares for them, and what may be shown of photos."""

import datetime as dt
import io
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone
from PIL import Image

from accounts.models import Notice
from arsenaal.lib.errors import ActionError, ChangedMeanwhileError
from arsenaal.lib.registries import Period
from cases.calendar import items_of
from cases.map_starting import load_maps
from cohesion.actions.photos import add_activity_photo, edit_photo, remove_photo
from cohesion.actions.place_care import agree_care, end_care, remind_of_care
from cohesion.actions.place_projects import edit_project, edit_spot, move_project, remove_spot
from cohesion.enums import PLACE_TRANSITIONS, PlaceState
from cohesion.measures.places import places_improved
from cohesion.models import ActivityPhoto, PlacePhoto, PlaceProject, PlaceStep
from tests.cases.visits import upload
from tests.cohesion.hub import place_of, plan
from tests.cohesion.places import INSIDE, OUTSIDE, cared_for, garden, photo_of, second_spot
from tests.factories import World


def day(days: int = 0) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


@pytest.fixture
def area(world: World) -> Any:
    load_maps()
    return world.neighbourhood


def refused(field: str | None, call: Any, **kwargs: Any) -> str:
    with pytest.raises(ActionError) as caught:
        call(**kwargs)
    assert caught.value.field == field, caught.value.message
    return caught.value.message


def test_a_point_gives_its_street_and_a_street_its_point(world: World, area: Any) -> None:
    coach = world.cohesion_coach
    (tapped,) = garden(coach, area, street="", **INSIDE).spots.all()
    assert (tapped.street, tapped.is_exact, tapped.lat) == ("Draaibankstraat", True, INSIDE["lat"])
    (typed,) = garden(coach, area, street="draaibank str.").spots.all()
    assert (typed.is_exact, round(typed.lat or 0, 3)) == (False, Decimal("51.015"))
    (unknown,) = garden(coach, area, street="Verzonnenkaai").spots.all()
    assert unknown.lat is None
    for where in ({"street": ""}, OUTSIDE, {"street": "", "lat": Decimal(4), "lng": Decimal(51)}):
        refused("street", garden, by=coach, neighbourhood=area, **where)
    # A neighbourhood that nobody drew has no border to lie outside of.
    assert garden(world.outsider, world.elsewhere, **OUTSIDE).spots.get().is_exact


def test_steps_follow_the_table_and_stay_to_be_read(world: World, area: Any) -> None:
    coach = world.cohesion_coach
    project = garden(coach, area)
    refused("on", move_project, by=coach, project=project, to="made", on=day(1))
    project = move_project(by=coach, project=project, to="made", on=day(-3))
    assert project.made_on == day(-3)
    refused("to", move_project, by=coach, project=project, to="cared_for")
    care = cared_for(coach, project)
    project.refresh_from_db()
    assert project.state == PlaceState.CARED_FOR
    refused("to", move_project, by=coach, project=project, to="made")
    refused("note", move_project, by=coach, project=project, to="gone")
    project = move_project(by=coach, project=project, to="gone", note="Weggehaald voor de riolering")
    care.refresh_from_db()
    assert care.ended_by == coach
    refused(None, second_spot, by=coach, project=project)
    refused(None, agree_care, by=coach, project=project, carer="Ali", from_on=day(), until_on=day(9))
    states = PlaceStep.objects.filter(project=project).order_by("pk").values_list("state", flat=True)
    assert list(states) == ["idea", "made", "cared_for", "gone"]
    for state, after in PLACE_TRANSITIONS.items():
        for wanted in set(PlaceState) - after:
            PlaceProject.objects.filter(pk=project.pk).update(state=state, made_on=day())
            refused("to", move_project, by=coach, project=project, to=wanted, note="x")


def test_two_who_change_at_once_hear_of_each_other(world: World, area: Any) -> None:
    coach = world.cohesion_coach
    project = garden(coach, area)
    values = {"title": "Groene hoek", "kind": "garland", "description": "", "is_public": True}
    edit_project(by=coach, project=project, version=1, **values)
    with pytest.raises(ChangedMeanwhileError):
        edit_project(by=coach, project=project, version=1, **values)
    with pytest.raises(ChangedMeanwhileError):
        edit_spot(by=coach, spot=project.spots.get(), version=1, **INSIDE)
    refused(None, remove_spot, by=coach, spot=project.spots.get())
    extra = second_spot(coach, project)
    remove_spot(by=coach, spot=extra)
    assert "weggehaald" in refused(None, edit_spot, by=coach, spot=extra, version=4, **INSIDE)


def test_care_is_renewed_ended_and_told_of_once(world: World, area: Any) -> None:
    coach = world.cohesion_coach
    project = garden(coach, area, state="made")
    cared_for(coach, project, days=20)
    assert cared_for(coach, project, days=40, carer="NOOR").carer == "NOOR"
    (soon, later) = (cared_for(coach, project, days=10, carer="Ali"), project.care.get(carer="NOOR"))
    assert project.care.standing().count() == 2
    assert (remind_of_care(), remind_of_care()) == (1, 0)
    notice = Notice.objects.get(user=coach)
    assert (project.title in notice.text, notice.url) == (True, project.get_absolute_url())
    assert remind_of_care(now=timezone.now() + dt.timedelta(days=15)) == 1
    shown = items_of(coach, "places", area.pk, day(), day(60))
    assert [item.who for item in shown] == ["Ali", "NOOR"]
    assert not any(word in str(shown[0].plain) for word in ("Ali", project.title))
    for agreement in (soon, later, later):
        end_care(by=coach, agreement=agreement)
    project.refresh_from_db()
    assert project.state == PlaceState.MADE
    for field, dates in (("until_on", (0, -1)), ("until_on", (-9, -2)), ("from_on", (2000, 2001))):
        values = {"from_on": day(dates[0]), "until_on": day(dates[1])}
        refused(field, agree_care, by=coach, project=project, carer="Jo", **values)


def test_who_left_is_followed_by_who_works_there(world: World, area: Any) -> None:
    project = garden(world.cohesion_coach, area, state="made")
    cared_for(world.cohesion_coach, project, days=3)
    world.cohesion_coach.memberships.update(until_on=day(-1))
    remind_of_care()
    told = set(Notice.objects.values_list("user__username", flat=True))
    assert world.community_worker.username in told
    assert world.cohesion_coach.username not in told


def test_photo_keeps_its_pixels_and_nothing_else(world: World, area: Any) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Toestel van Jan"
    exif.get_ifd(0x8825)[1] = "N"
    raw = io.BytesIO()
    Image.new("RGB", (1600, 1200), "green").save(raw, "JPEG", exif=exif)
    assert b"Toestel" in raw.getvalue()
    photo = photo_of(
        world.cohesion_coach, garden(world.cohesion_coach, area), "before", file=upload(raw.getvalue())
    )
    for file in (photo.file, photo.thumbnail):
        with file.open() as kept:
            content = kept.read()
        assert b"Toestel" not in content
        assert not Image.open(io.BytesIO(content)).getexif()
    assert Image.open(photo.thumbnail.open()).width == 960
    assert "jan" not in photo.file.name


def test_a_photo_is_shown_only_with_a_declaration_that_holds(
    world: World, area: Any, django_capture_on_commit_callbacks: Any
) -> None:
    coach = world.cohesion_coach
    project = garden(coach, area)
    refused(
        "is_public", photo_of, by=coach, project=project, moment="after", people="unasked", is_public=True
    )
    yes = {"people": "agreed", "asked_who": "Fatima", "asked_on": day(-1), "agreed_until": day(5)}
    for missing in ("asked_who", "asked_on", "agreed_until"):
        values = {**yes, missing: "" if missing == "asked_who" else None}
        refused(missing, photo_of, by=coach, project=project, moment="after", **values)
    refused(
        "agreed_until", photo_of, by=coach, project=project, moment="after", **yes | {"agreed_until": day(-2)}
    )
    photo = photo_of(coach, project, "after", is_public=True, **yes)
    inside = photo_of(coach, project, "before")
    assert list(PlacePhoto.objects.public()) == [photo]
    assert not PlacePhoto.objects.public(day(6)).exists()
    # Whoever said yes, says no: from now on it is nobody's business what was asked.
    changed = edit_photo(by=coach, photo=photo, version=1, alt=photo.alt, people="unasked")
    assert (changed.asked_who, changed.agreed_until, changed.is_shown_now) == ("", None, False)
    with pytest.raises(ChangedMeanwhileError):
        edit_photo(by=coach, photo=photo, version=1, alt="x", people="nobody", is_public=True)
    for wrong in ({"people": "unasked", "is_public": True}, {"people": "agreed", "asked_who": "x"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PlacePhoto.objects.filter(pk=inside.pk).update(**wrong)
    names = [str(photo.file.name), str(photo.thumbnail.name)]
    with django_capture_on_commit_callbacks(execute=True):
        remove_photo(by=coach, photo=photo)
        remove_photo(by=coach, photo=photo)
    assert not any(default_storage.exists(name) for name in names)
    assert default_storage.exists(str(inside.file.name))


def test_photo_of_the_hub_is_no_other_than_one_of_a_place(world: World) -> None:
    activity = plan(world.cohesion_coach, place_of(world.cohesion_coach, world.neighbourhood))
    values: dict[str, Any] = {
        "by": world.cohesion_coach,
        "activity": activity,
        "alt": "De tafel",
        "people": "nobody",
    }
    shown = add_activity_photo(file=upload(), is_public=True, **values)
    refused("file", add_activity_photo, file=upload(b"%PDF-1.7"), **values)
    assert list(ActivityPhoto.objects.public()) == [shown]


def test_measure_counts_spots_that_were_made_in_the_period(world: World, area: Any) -> None:
    coach = world.cohesion_coach
    made = garden(coach, area, state="made", made_on=day(-10))
    second_spot(coach, made)
    mural = garden(coach, area, kind="mural", state="made", made_on=day(-10))
    move_project(by=coach, project=mural, to="gone", note="Overschilderd")
    garden(coach, area, state="made", made_on=day(-40))
    garden(coach, area)
    garden(world.outsider, world.elsewhere, state="made", made_on=day(-10))
    found = places_improved(area.pk, Period(day(-20), day()))
    assert (found.value, dict(found.parts)) == (3, {"tegeltuin": 2, "muurschildering": 1})
    assert sum(found.months.values()) == 3

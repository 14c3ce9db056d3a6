"""Stories: shown as far and as long as their tellers agree, and gone the moment they don't."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core.cache import caches
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.wall import acting_as
from arsenaal.lib.errors import ActionError, ChangedMeanwhileError
from arsenaal.lib.registries import Period
from arsenaal.lib.uploads import UploadRefused
from cohesion.actions.stories import (
    Told,
    approve_version,
    change_story,
    check_video_url,
    latest_version,
    publish_story,
    record_story_consent,
    take_story_down,
    withdraw_story,
)
from cohesion.measures.neighbours import stories_told
from cohesion.models import Story, StoryVersion
from cohesion.story_reading import report_stories
from people.models import Person
from tests.cases.visits import upload
from tests.cohesion.neighbours import agree, mp3, published_story, sound, today, told_story
from tests.factories import World

ALL = "/wijk/arsenaal/verhalen/"


@pytest.fixture(autouse=True)
def _counted_anew(db: None) -> None:
    caches["counters"].clear()


@pytest.fixture
def story(world: World) -> Story:
    return published_story(world.cohesion_coach, world.neighbourhood)


def public(story: Story) -> str:
    return f"{ALL}{story.pk}/"


def in_report(world: World) -> list[str]:
    return [one.title for one in report_stories(world.neighbourhood.pk, today(), today(), today=today())]


def told_in(world: World) -> int:
    return stories_told(world.neighbourhood.pk, Period(today(), today())).count


def test_published_story_is_read_by_everybody_and_withdrawn_it_is_gone(
    world: World, story: Story, login: Any, client: Client
) -> None:
    page = client.get(public(story))
    assert "Ik kwam hier in 1974 wonen." in page.content.decode()
    assert page.headers["Cache-Control"] == "no-store"
    assert not page.cookies
    assert "Mijn straat" in client.get(f"{ALL}?taal=en").content.decode()
    assert (in_report(world), told_in(world)) == (["Mijn straat"], 1)
    coach = login(world.cohesion_coach)
    coach.post(reverse("cohesion:story-withdraw", args=[story.uuid]), {})
    anonymous = Client()
    gone = anonymous.get(public(story))
    assert gone.status_code == 404
    assert gone.content == anonymous.get(f"{ALL}999999/").content  # says no more than about what never was
    assert gone.headers["Cache-Control"] == "no-store"
    for words in ("Mijn straat", "1974", "Mina"):
        assert words not in gone.content.decode()
        assert words not in anonymous.get(ALL).content.decode()
        assert words not in coach.get(story.get_absolute_url()).content.decode()
        assert words not in coach.get("/cohesion/stories/").content.decode()
    assert (in_report(world), told_in(world)) == ([], 0)
    with pytest.raises(ActionError, match="ingetrokken"):
        publish_story(by=world.cohesion_coach, story=story, number=1)
    assert withdraw_story(by=world.cohesion_coach, story=story).withdrawn_at is not None


def test_end_date_takes_it_off_by_itself(world: World, client: Client) -> None:
    story = told_story(world.cohesion_coach, world.neighbourhood)
    agree(world.cohesion_coach, story, days=3)
    publish_story(by=world.cohesion_coach, story=story, number=1)
    noon = timezone.localtime().replace(hour=12)
    with time_machine.travel(noon + dt.timedelta(days=3), tick=False):
        assert client.get(public(story)).status_code == 200
    with time_machine.travel(noon + dt.timedelta(days=4), tick=False):
        assert client.get(public(story)).status_code == 404
        assert report_stories(world.neighbourhood.pk, noon.date(), noon.date(), today=today()) == []


def test_uses_are_kept_apart(world: World, client: Client) -> None:
    coach, here = world.cohesion_coach, world.neighbourhood
    only_report = published_story(coach, here, uses=("report",))
    only_page = published_story(coach, here, uses=("public",), told={"title": "Enkel de pagina"})
    assert client.get(public(only_report)).status_code == 404
    assert client.get(public(only_page)).status_code == 200
    assert in_report(world) == ["Mijn straat"]
    record_story_consent(
        by=coach, story=only_page, uses=("report",), given_on=today(), until_on=today() + dt.timedelta(days=9)
    )
    assert client.get(public(only_page)).status_code == 404  # a narrower consent works at once


def test_nothing_is_shown_without_consent_and_approval(world: World) -> None:
    coach = world.cohesion_coach
    story = told_story(coach, world.neighbourhood)
    with pytest.raises(ActionError, match="eerst goedkeuren"):
        publish_story(by=coach, story=story, number=1)
    approve_version(by=coach, story=story, number=1, approved_on=today(), approved_how="signed")
    with pytest.raises(ActionError, match="geen toestemming"):
        publish_story(by=coach, story=story, number=1)
    until = today() + dt.timedelta(days=30)
    record_story_consent(
        by=coach, story=story, uses=("other",), other_use="Stadskrant", given_on=today(), until_on=until
    )
    with pytest.raises(ActionError, match="publieke pagina of het rapport"):
        publish_story(by=coach, story=story, number=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        StoryVersion.objects.filter(story=story).update(
            approved_on=None, approved_how="", approval_recorded_by=None, published_at=timezone.now()
        )


def test_consent_that_makes_no_sense_is_refused(world: World) -> None:
    coach, day = world.cohesion_coach, dt.timedelta(days=1)
    story = told_story(coach, world.neighbourhood)
    usual = {"uses": ("public",), "given_on": today(), "until_on": today() + day}
    for wrong, field in (
        ({"uses": ()}, "uses"),
        ({"uses": ("billboard",)}, "uses"),
        ({"uses": ("other",)}, "other_use"),
        ({"other_use": "Krant"}, "other_use"),
        ({"given_on": today() + day}, "given_on"),
        ({"until_on": today() - day}, "until_on"),
        ({"until_on": today() + 2000 * day}, "until_on"),
    ):
        with pytest.raises(ActionError) as refused:
            record_story_consent(by=coach, story=story, **(usual | wrong))
        assert refused.value.field == field, wrong


def test_change_is_a_new_version_and_the_approved_one_stays_shown(
    world: World, story: Story, client: Client
) -> None:
    coach = world.cohesion_coach
    change_story(by=coach, story=story, version=1, told=Told("Mijn straat", "Anders verteld."))
    assert "1974" in client.get(public(story)).content.decode()
    with pytest.raises(ActionError, match="eerst goedkeuren"):
        publish_story(by=coach, story=story, number=2)
    with pytest.raises(ChangedMeanwhileError):
        change_story(by=coach, story=story, version=1, told=Told("x", "y"))
    with pytest.raises(ActionError, match="nieuwere versie"):
        approve_version(by=coach, story=story, number=1, approved_on=today(), approved_how="signed")
    approve_version(by=coach, story=story, number=2, approved_on=today(), approved_how="message")
    publish_story(by=coach, story=story, number=2)
    page = client.get(public(story)).content.decode()
    assert "Anders verteld." in page
    assert "1974" not in page
    assert story.versions.filter(published_at__isnull=False).count() == 1
    take_story_down(by=coach, story=story)
    assert client.get(public(story)).status_code == 404
    assert latest_version(story).words == "Anders verteld."


def test_html_is_shown_as_text(world: World, client: Client) -> None:
    words = '<script>alert("1")</script><b onclick="x()">vet</b>'
    story = published_story(
        world.cohesion_coach, world.neighbourhood, told={"title": "<i>x</i>", "words": words}
    )
    for url in (public(story), ALL):
        html = client.get(url).content.decode()
        assert "&lt;script&gt;" in html
        assert "<script>alert" not in html
        assert "<i>x</i>" not in html


def test_sound_is_known_by_its_content_and_played_in_parts(world: World, login: Any, client: Client) -> None:
    coach = world.cohesion_coach
    story = published_story(
        coach,
        world.neighbourhood,
        form="audio",
        told={"words": "Hij zingt.", "file": sound(name="opname.exe")},
    )
    version = latest_version(story)
    assert version.content_type == "audio/mpeg"
    assert "Verzonnenkaai" not in str(version.file)
    with version.file.open() as kept:
        content = kept.read()
    assert b"Verzonnenkaai" not in content  # what the device wrote beside the sound
    assert content == mp3().split(b"Verzonnenkaai", 1)[1].split(b"TAG")[0]
    assert "<audio" in client.get(public(story)).content.decode()
    url = f"{public(story)}bestand/"
    whole = client.get(url)
    assert (whole.status_code, whole.content, whole.headers["Content-Type"]) == (200, content, "audio/mpeg")
    assert whole.headers["Cache-Control"] == "no-store"
    assert whole.headers["X-Content-Type-Options"] == "nosniff"
    part = client.get(url, headers={"Range": "bytes=10-19"})
    assert (part.status_code, part.content) == (206, content[10:20])
    assert part.headers["Content-Range"] == f"bytes 10-19/{len(content)}"
    assert client.get(url, headers={"Range": "bytes=-5"}).content == content[-5:]
    assert client.get(url, headers={"Range": "bytes=999999-"}).status_code == 416
    inside = reverse("cohesion:story-file", args=[story.uuid, 1])
    assert login(coach).get(inside).content == content
    name = version.file.name
    withdraw_story(by=coach, story=story)
    assert Client().get(url).status_code == 404
    assert login(coach).get(inside).status_code == 404
    assert version.file.storage.exists(name)  # until the transaction holds


def test_files_go_with_the_story(world: World, django_capture_on_commit_callbacks: Any) -> None:
    coach = world.cohesion_coach
    story = told_story(
        coach, world.neighbourhood, form="photo", told={"words": "", "alt": "Een tuin", "file": upload()}
    )
    change_story(by=coach, story=story, version=1, told=Told("Mijn tuin", alt="Een tuin"))
    names = set(story.versions.values_list("file", flat=True))
    assert len(names) == 1  # the picture stays that of the first version
    assert all(default_storage.exists(name) for name in names)
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_story(by=coach, story=story)
    assert not any(default_storage.exists(name) for name in names)


class _Endless:
    """Two hundred megabytes that nobody may read."""

    name, size, content_type = "lang.mp3", 200 * 1024 * 1024, "audio/mpeg"

    def read(self, *args: Any) -> bytes:
        raise AssertionError("read before its size was judged")

    seek = chunks = read


def test_file_that_is_too_large_or_no_sound_is_refused(world: World, login: Any) -> None:
    coach = world.cohesion_coach
    for file, words in (
        (_Endless(), "te groot: 200 MB. Tot 25 MB"),
        (sound(b"<html>" + bytes(4000)), "geen geluid dat we kennen"),
        (sound(b"%PDF-1.7" + bytes(4000)), "geen geluid dat we kennen"),
        (sound(b"ID3\x03\0\0\0\0\x7f\x7f" + bytes(99)), "beschadigd"),
        (sound(b""), "leeg"),
    ):
        with pytest.raises(UploadRefused, match=words):
            told_story(coach, world.neighbourhood, form="audio", told={"file": file})
    client = login(coach)
    data = {
        "form": "audio",
        "title": "Lang",
        "words": "Alles wat hij zei",
        "teller_name": "Mina",
        "neighbourhood": str(world.neighbourhood.pk),
        "file": SimpleUploadedFile("x.mp3", bytes(26 * 1024 * 1024), "audio/mpeg"),
    }
    answer = client.post("/cohesion/stories/new/", data)
    assert answer.status_code == 422
    assert "te groot: 26 MB" in answer.content.decode()
    assert "Alles wat hij zei" in answer.content.decode()
    assert not Story.objects.exists()


def test_what_a_form_needs_is_asked(world: World) -> None:
    for form, told, field in (
        ("text", {"words": ""}, "words"),
        ("text", {"title": ""}, "title"),
        ("photo", {}, "alt"),
        ("photo", {"alt": "Een tuin"}, "file"),
        ("audio", {}, "file"),
        ("audio", {"words": "", "file": sound()}, "words"),
        ("video", {}, "video_url"),
    ):
        with pytest.raises(ActionError) as refused:
            told_story(world.cohesion_coach, world.neighbourhood, form=form, told=told)
        assert refused.value.field == field, (form, told)


@pytest.mark.parametrize(
    "url",
    [
        "http://www.youtube.com/watch?v=1",
        "https://www.youtube.com.evil.example/x",
        "https://user@www.youtube.com/x",
        "https://www.youtube.com:8443/x",
        "javascript:alert(1)",
        "//youtu.be/x",
        "https://[youtu.be",
    ],
)
def test_video_elsewhere_is_refused(url: str) -> None:
    with pytest.raises(ActionError, match="https://"):
        check_video_url(url)


def test_video_is_a_link_and_nothing_of_it_is_loaded(world: World, client: Client) -> None:
    address = "https://youtu.be/abc"
    story = published_story(
        world.cohesion_coach, world.neighbourhood, form="video", told={"video_url": address}
    )
    html = client.get(public(story)).content.decode()
    assert f'href="{address}" rel="noopener noreferrer external"' in html
    assert "<iframe" not in html


def test_erased_teller_is_shown_nowhere(world: World, client: Client) -> None:
    person = world.case.household.members.get().person  # type: ignore[union-attr]
    story = published_story(world.cohesion_coach, world.neighbourhood, teller=person)
    assert client.get(public(story)).status_code == 200
    Person.objects.filter(pk=person.pk).update(erased_at=timezone.now())
    assert client.get(public(story)).status_code == 404
    assert in_report(world) == []


def test_who_enforces_meets_no_story(world: World, story: Story, login: Any) -> None:
    assert login(world.housing_inspector).get(story.get_absolute_url()).status_code == 403
    for role in ("housing_inspector", "lawyer", "manager"):
        with acting_as(world.users[role]):
            assert not Story.objects.exists()
            assert not StoryVersion.objects.exists()


def test_whole_way_through_the_forms(world: World, login: Any, client: Client) -> None:
    coach = login(world.cohesion_coach)
    data = {
        "form": "text",
        "title": "De bakker",
        "words": "Elke dag om zes uur.",
        "teller_name": "Piet",
        "neighbourhood": str(world.neighbourhood.pk),
    }
    coach.post("/cohesion/stories/new/", data)
    story = Story.objects.get()
    day = {"given_on": today().isoformat(), "until_on": (today() + dt.timedelta(days=99)).isoformat()}
    coach.post(reverse("cohesion:story-consent", args=[story.uuid]), {"uses": ["public"], **day})
    approval = {"approved_on": today().isoformat(), "approved_how": "together", "number": "1"}
    coach.post(reverse("cohesion:story-approve", args=[story.uuid]), approval)
    assert (
        coach.post(reverse("cohesion:story-publish", args=[story.uuid]), {"number": "1"}).status_code == 302
    )
    assert "Elke dag om zes uur." in Client().get(public(story)).content.decode()
    assert "wordt getoond" in coach.get("/cohesion/stories/").content.decode()
    change = {"title": "De bakker", "words": "Om vijf uur.", "version": "1"}
    coach.post(reverse("cohesion:story-change", args=[story.uuid]), change)
    assert "nog niet nagelezen" in coach.get(story.get_absolute_url()).content.decode()


def test_list_costs_the_same_for_more(world: World, login: Any, django_assert_num_queries: Any) -> None:
    client = login(world.cohesion_coach)
    told_story(world.cohesion_coach, world.neighbourhood)
    client.get("/cohesion/stories/")
    with django_assert_num_queries(8) as seen:
        client.get("/cohesion/stories/")
    for n in range(12):
        published_story(world.cohesion_coach, world.neighbourhood, told={"title": f"Verhaal {n}"})
    with django_assert_num_queries(len(seen)):
        assert "13 verhalen" in client.get("/cohesion/stories/").content.decode()
    assert "0 verhalen" in client.get("/cohesion/stories/?form=audio").content.decode()

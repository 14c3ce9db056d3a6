"""Photos: judged by content, stripped to their pixels, seen by who may read the visit."""

import datetime as dt
import io
import uuid
import zipfile
from typing import Any

import pytest
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from arsenaal.lib.images import PhotoRefused, prepare_photo
from cases.actions.redact_entry import redact_entry
from cases.actions.visit_photos import MAX_PHOTOS, CannotRemovePhoto, add_photo, remove_photo
from cases.models import Case, Visit, VisitPhoto
from tests.cases.visits import log, picture, sent, upload
from tests.factories import World

MB = 1024 * 1024


def prepare(content: bytes, **changes: Any) -> Any:
    return prepare_photo(io.BytesIO(content), **{"size": len(content), "max_bytes": 15 * MB, **changes})


def with_gps() -> bytes:
    """A photo as a phone makes it: turned, with place, time and owner in it."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turn a quarter
    exif[0x013B] = "Eigenaar van het toestel"
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "N", (51.0, 1.0, 30.0), "E", (4.0, 29.0, 0.0)
    return picture(size=(800, 400), exif=exif, comment=b"Leuvensesteenweg 0")


def test_photo_loses_place_owner_and_comment_and_stands_upright() -> None:
    sent_photo = with_gps()
    assert Image.open(io.BytesIO(sent_photo)).getexif().get_ifd(0x8825)
    photo = prepare(sent_photo)
    kept = Image.open(io.BytesIO(photo.jpeg))
    assert (kept.format, kept.size) == ("JPEG", (400, 800))
    assert dict(kept.getexif()) == {}
    assert set(kept.info) <= {
        "jfif",
        "jfif_version",
        "jfif_unit",
        "jfif_density",
        "progressive",
        "progression",
    }
    for secret in (b"Eigenaar", b"Leuvensesteenweg", b"Exif", b"GPS"):
        assert secret not in photo.jpeg
        assert secret not in photo.thumbnail


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_photo_of_each_kind_becomes_a_jpeg_of_at_most_2560(kind: str) -> None:
    photo = prepare(picture(kind, size=(4000, 1000)))
    assert (photo.width, photo.height) == (2560, 640)
    assert Image.open(io.BytesIO(photo.jpeg)).format == "JPEG"
    assert max(Image.open(io.BytesIO(photo.thumbnail)).size) == 480


def test_photo_that_is_transparent_gets_a_white_ground() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(out, "PNG")
    assert Image.open(io.BytesIO(prepare(out.getvalue()).jpeg)).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "P", "CMYK", "I;16"])
def test_photo_of_another_colour_mode_is_read(mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (60, 40)).save(out, "JPEG" if mode == "CMYK" else "PNG")
    assert prepare(out.getvalue()).width == 60


EXECUTABLE = b"MZ\x90\x00" + b"\x00" * 200 + b"This program cannot be run in DOS mode"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
GIF = picture("GIF")
PDF = b"%PDF-1.7\n" + picture()


@pytest.mark.parametrize("content", [EXECUTABLE, SVG, GIF, PDF, b"x", b"\xff\xd8\xff\xe0"])
def test_file_that_is_no_photo_is_refused_whatever_its_name(content: bytes) -> None:
    with pytest.raises(PhotoRefused, match=r"geen foto die we kennen|niet volledig"):
        prepare(content)


def test_truncated_photo_is_refused() -> None:
    import weasyprint.images  # noqa: F401  # the PDF library makes Pillow lenient, in the same process

    whole = picture(size=(1200, 900), quality=95, subsampling=0)
    noisy = io.BytesIO()
    Image.effect_noise((1200, 900), 80).convert("RGB").save(noisy, "JPEG")
    for content in (whole[: len(whole) // 2], noisy.getvalue()[: noisy.tell() // 2]):
        with pytest.raises(PhotoRefused, match="niet volledig"):
            prepare(content)


def test_photo_of_forty_megabytes_is_refused_with_the_limit() -> None:
    with pytest.raises(PhotoRefused, match=r"te groot: 40 MB\. Tot 15 MB"):
        prepare(picture() + b"\x00" * (40 * MB - len(picture())))


def test_empty_file_is_refused() -> None:
    with pytest.raises(PhotoRefused, match="leeg"):
        prepare(b"")


def test_small_file_that_unfolds_to_a_huge_picture_is_refused() -> None:
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    assert out.tell() < MB
    with pytest.raises(PhotoRefused, match="te veel beeldpunten"):
        prepare(out.getvalue())
    out = io.BytesIO()
    Image.new("1", (30_000, 3)).save(out, "PNG")
    with pytest.raises(PhotoRefused, match="vreemde vorm"):
        prepare(out.getvalue())


def test_second_file_glued_behind_a_photo_does_not_survive() -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as inside:
        inside.writestr("virus.js", "alert('binnen')")
    photo = prepare(picture(comment=b"<script>alert(1)</script>") + archive.getvalue())
    for trace in (b"virus.js", b"<script>", b"PK\x03\x04"):
        assert trace not in photo.jpeg
    with pytest.raises(zipfile.BadZipFile):
        zipfile.ZipFile(io.BytesIO(photo.jpeg))


def add_url(case: Case, visit: uuid.UUID) -> str:
    return reverse("cases:visit-photo-add", args=[case.number, visit])


def test_photo_is_taken_in_at_once_and_shown_in_the_form(world: World, login: Any) -> None:
    client, one = login(world.community_worker), uuid.uuid4()
    answer = client.post(add_url(world.case, one), {"photo": upload()})
    assert answer.json()["state"] == "kept"
    page = client.get(f"{reverse('cases:visit-new', args=[world.case.number])}?visit={one}")
    assert answer.json()["url"] in page.content.decode()


@pytest.mark.parametrize(
    ("content", "name"), [(EXECUTABLE, "foto.jpg"), (SVG, "foto.jpeg"), (GIF, "foto.png")]
)
def test_file_that_is_no_photo_is_told_in_words(world: World, login: Any, content: bytes, name: str) -> None:
    client = login(world.community_worker)
    answer = client.post(add_url(world.case, uuid.uuid4()), {"photo": upload(content, name)})
    assert answer.status_code == 422
    assert "geen foto die we kennen" in answer.json()["message"]
    assert not VisitPhoto.objects.exists()


def test_bad_photo_with_the_form_is_told_beside_it_and_the_rest_is_kept(world: World, login: Any) -> None:
    data = sent(
        world.community_worker,
        narrative="Blijft staan.",
        photos=[upload(EXECUTABLE, "kachel.jpg"), upload(picture(colour="blue"), "keuken.jpg")],
    )
    client = login(world.community_worker)
    address = reverse("cases:visit-new", args=[world.case.number])
    answer = client.post(address, data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert answer.context["form"].errors["photos"] == [
        "kachel.jpg: Dit bestand is geen foto die we kennen. Kies een JPEG, PNG, WebP of HEIC."
    ]
    assert "Blijft staan." in page
    good = VisitPhoto.objects.get()
    assert str(good.uuid) in page
    data.pop("photos")
    client.post(address, data)
    assert Visit.objects.get().entry.data["photos"] == [str(good.uuid)]


@override_settings(PHOTO_MAX_BYTES=MB)
def test_photo_that_is_too_large_for_the_form_is_told_beside_it(world: World, login: Any) -> None:
    data = sent(world.community_worker, photos=[upload(picture() + b"\x00" * (2 * MB))])
    address = reverse("cases:visit-new", args=[world.case.number])
    answer = login(world.community_worker).post(address, data)
    assert answer.status_code == 422
    assert "te groot" in str(answer.context["form"].errors["photos"])


def test_same_photo_twice_is_one(world: World) -> None:
    one = uuid.uuid4()
    first, again = (
        add_photo(by=world.community_worker, case=world.case, visit_uuid=one, upload=upload()) for _ in "12"
    )
    assert first == again
    assert VisitPhoto.objects.count() == 1


def test_photo_one_too_many_is_refused(world: World) -> None:
    one = uuid.uuid4()
    for n in range(MAX_PHOTOS):
        content = picture(size=(20, 20 + n))
        add_photo(by=world.community_worker, case=world.case, visit_uuid=one, upload=upload(content))
    with pytest.raises(PhotoRefused, match="20 foto's"):
        add_photo(
            by=world.community_worker, case=world.case, visit_uuid=one, upload=upload(picture(colour="blue"))
        )


def test_photo_after_the_visit_is_saved_is_refused(world: World) -> None:
    logged = log(world.community_worker, world.case)
    with pytest.raises(PhotoRefused, match="al bewaard"):
        add_photo(by=world.community_worker, case=world.case, visit_uuid=logged.visit.uuid, upload=upload())


def photo_url(photo: VisitPhoto) -> str:
    return reverse("cases:visit-photo", args=[photo.uuid])


def status(client: Client, photo: VisitPhoto) -> int:
    answer = client.get(photo_url(photo))
    if answer.status_code == 200:
        assert answer.content[:2] == b"\xff\xd8"
    return answer.status_code


def test_photo_of_a_draft_is_its_owners_alone(world: World, login: Any) -> None:
    photo = add_photo(by=world.community_worker, case=world.case, visit_uuid=uuid.uuid4(), upload=upload())
    assert status(login(world.community_worker), photo) == 200
    for other in (world.tenancy_lead, world.lawyer, world.partner, world.outsider):
        assert status(login(other), photo) == 404
    assert status(login(world.manager), photo) == 403


def test_photo_of_a_visit_follows_its_circle(world: World, login: Any) -> None:
    one = uuid.uuid4()
    photo = add_photo(by=world.community_worker, case=world.case, visit_uuid=one, upload=upload())
    log(world.community_worker, world.case, uuid=one, narrative="In zorg")
    for reader, expected in (
        (world.community_worker, 200),
        (world.tenancy_lead, 200),
        (world.housing_inspector, 403),
        (world.lawyer, 403),
        (world.partner, 403),
        (world.outsider, 404),
        (world.manager, 403),
        (world.privacy_officer, 403),
    ):
        assert status(login(reader), photo) == expected, reader


def test_photo_is_sent_private_and_as_a_jpeg(world: World, login: Any) -> None:
    photo = add_photo(by=world.community_worker, case=world.case, visit_uuid=uuid.uuid4(), upload=upload())
    answer = login(world.community_worker).get(f"{photo_url(photo)}?size=small")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Content-Disposition"] == 'inline; filename="foto.jpg"'


def test_photo_of_a_redacted_visit_is_gone_with_its_file(
    world: World, login: Any, django_capture_on_commit_callbacks: Any
) -> None:
    one = uuid.uuid4()
    photo = add_photo(by=world.community_worker, case=world.case, visit_uuid=one, upload=upload())
    visit = log(world.community_worker, world.case, uuid=one, observations={"damp": 2}).visit
    with django_capture_on_commit_callbacks(execute=True):
        redact_entry(by=world.community_worker, entry=visit.entry, reason="Verkeerd gezin.")
    assert status(login(world.community_worker), photo) == 404
    assert not photo.file.storage.exists(photo.file.name)
    assert not visit.observations.exists()
    page = login(world.community_worker).get(reverse("cases:visit", args=[world.case.number, one]))
    assert "De tekst van dit bezoek is weggehaald" in page.content.decode()


def test_photo_can_be_taken_away_by_its_owner_until_the_visit_is_saved(world: World, login: Any) -> None:
    one = uuid.uuid4()
    photo = add_photo(by=world.community_worker, case=world.case, visit_uuid=one, upload=upload())
    away = reverse("cases:visit-photo-remove", args=[world.case.number, one, photo.uuid])
    assert login(world.tenancy_lead).post(away).status_code == 404
    assert login(world.community_worker).get(away).status_code == 405
    form = sent(world.community_worker, visit=str(one), narrative="Nog niet bewaard")
    page = login(world.community_worker).post(away, form, follow=True).content.decode()
    assert "Nog niet bewaard" in page  # without script the whole form came along
    assert not VisitPhoto.objects.exists()
    kept = add_photo(by=world.community_worker, case=world.case, visit_uuid=one, upload=upload())
    log(world.community_worker, world.case, uuid=one)
    with pytest.raises(CannotRemovePhoto):
        remove_photo(by=world.community_worker, photo=kept)


def test_planned_visit_takes_only_the_photos_of_who_logs_it(world: World) -> None:
    from cases.actions.plan_visit import plan_visit

    planned = plan_visit(
        by=world.community_worker,
        case=world.case,
        scheduled_at=timezone.now() + dt.timedelta(hours=1),
        visitors=[world.community_worker, world.lawyer],
    )
    mine, theirs = (
        add_photo(by=user, case=world.case, visit_uuid=planned.uuid, upload=upload())
        for user in (world.community_worker, world.lawyer)
    )
    log(world.community_worker, world.case, uuid=planned.uuid)
    assert list(planned.photos.all()) == [mine]
    theirs.refresh_from_db()
    assert theirs.visit is None

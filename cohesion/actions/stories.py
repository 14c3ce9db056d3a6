"""Stories of residents: told in versions, approved by their teller, published as far as he agreed, and withdrawn."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Neighbourhood, User
from arsenaal.lib.errors import ActionError, ChangedMeanwhileError
from arsenaal.lib.uploads import ReceivedFile, forget_files, receive
from cases.actions.checks import BadDateError, check_past, day_of
from cohesion.enums import ApprovedHow, StoryForm, StoryUse
from cohesion.models import Story, StoryConsent, StoryVersion
from people.models import Person

LONGEST_WORDS = 20_000
# A consent is asked again after this long: people change, and so does what they want to be known for.
LONGEST_CONSENT = dt.timedelta(days=3 * 366)


class StoryError(ActionError):
    """This can't be done with the story; the message says why."""


@dataclass(frozen=True)
class Told:
    """What is told in one version."""

    title: str
    words: str = ""
    file: UploadedFile | None = None
    alt: str = ""
    video_url: str = ""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "Told":
        """Return what a form holds, without the spaces around it."""
        found = {name: data[name] for name in cls.__dataclass_fields__ if data.get(name)}
        return cls(**({"title": ""} | {k: v.strip() if isinstance(v, str) else v for k, v in found.items()}))


def check_video_url(url: str) -> None:
    """Refuse whatever isn't https on a known host. Raises StoryError."""
    try:
        parts = urlsplit(url)
        is_known = parts.scheme == "https" and parts.hostname in settings.VIDEO_HOSTS
        is_plain = parts.port is None and parts.username is None and parts.password is None
    except ValueError:
        is_known = is_plain = False
    if not (is_known and is_plain):
        raise StoryError(
            _("Kies een adres dat begint met https:// op %(hosts)s.")
            % {"hosts": ", ".join(settings.VIDEO_HOSTS)},
            field="video_url",
        )


def _received(form: str, told: Told, earlier: StoryVersion | None) -> ReceivedFile | None:
    """Check what this form of story needs, and take in its file. Raises StoryError, UploadRefused."""
    if not told.title:
        raise StoryError(_("Geef het verhaal een titel."), field="title")
    if len(told.words) > LONGEST_WORDS:
        raise StoryError(
            _("Dit is te lang: er passen %(max)d tekens.") % {"max": LONGEST_WORDS}, field="words"
        )
    has_file = told.file is not None or bool(earlier and earlier.file)
    if form == StoryForm.TEXT and not told.words:
        raise StoryError(_("Schrijf het verhaal op."), field="words")
    if form == StoryForm.PHOTO and not told.alt:
        raise StoryError(_("Schrijf op wat je ziet, voor wie de foto niet kan zien."), field="alt")
    if form in (StoryForm.PHOTO, StoryForm.AUDIO) and not has_file:
        raise StoryError(
            _("Kies de foto.") if form == StoryForm.PHOTO else _("Kies het geluidsbestand."), field="file"
        )
    if form == StoryForm.AUDIO and not told.words:
        raise StoryError(_("Schrijf op wat er gezegd wordt, voor wie het niet kan horen."), field="words")
    if form == StoryForm.VIDEO:
        check_video_url(told.video_url)
    if told.file is None or form not in (StoryForm.PHOTO, StoryForm.AUDIO):
        return None
    if form == StoryForm.PHOTO:
        return receive(told.file, allow=("image",), max_bytes=settings.PHOTO_MAX_BYTES)
    return receive(told.file, allow=("audio",), max_bytes=settings.AUDIO_MAX_BYTES)


def _next_version(
    story: Story, told: Told, received: ReceivedFile | None, earlier: StoryVersion | None, by: User
) -> StoryVersion:
    """Make the next version; a file that wasn't sent again stays the one of before."""
    is_video, is_photo = story.form == StoryForm.VIDEO, story.form == StoryForm.PHOTO
    made = StoryVersion(
        story=story,
        number=earlier.number + 1 if earlier else 1,
        title=told.title,
        words=told.words,
        alt=told.alt if is_photo else "",
        video_url=told.video_url if is_video else "",
        made_by=by,
    )
    if received is not None:
        made.content_type = received.content_type
        made.file.save(f"x.{received.extension}", ContentFile(received.content), save=False)
    elif earlier is not None:
        made.file, made.content_type = earlier.file.name, earlier.content_type
    made.save()
    return made


@transaction.atomic
def tell_story(
    *,
    by: User,
    neighbourhood: Neighbourhood,
    form: str,
    teller_name: str,
    told: Told,
    teller: Person | None = None,
) -> Story:
    """Write a story down; nobody sees it yet. Raises StoryError, UploadRefused."""
    if not teller_name.strip():
        raise StoryError(_("Welke naam mag bij het verhaal staan?"), field="teller_name")
    if teller is not None and teller.neighbourhood_id != neighbourhood.pk:
        raise StoryError(_("Deze bewoner hoort bij een andere wijk."), field="teller")
    received = _received(form, told, None)
    story = Story.objects.create(
        neighbourhood=neighbourhood,
        form=StoryForm(form),
        teller=teller,
        teller_name=teller_name.strip(),
        created_by=by,
    )
    _next_version(story, told, received, None, by)
    return story


def lock_story(story: Story) -> Story:
    """Return it as it is now, locked. Raises StoryError for what was withdrawn."""
    story = Story.objects.select_for_update(of=("self",)).get(pk=story.pk)
    if story.withdrawn_at is not None:
        raise StoryError(_("Dit verhaal is ingetrokken. Er is niets meer van bewaard."))
    return story


def latest_version(story: Story) -> StoryVersion:
    """Return the newest version."""
    return StoryVersion.objects.filter(story=story).latest("number")


@transaction.atomic
def change_story(*, by: User, story: Story, version: int, told: Told) -> StoryVersion:
    """Make the next version. What stood published stays so until the teller approved the new one and it is published.

    Raises ChangedMeanwhileError when somebody made one since `version`, StoryError, UploadRefused.
    """
    story = lock_story(story)
    earlier = latest_version(story)
    if story.version != version:
        raise ChangedMeanwhileError(
            _("Iemand anders heeft dit verhaal intussen gewijzigd. Vergelijk en bewaar opnieuw."),
            current={_("titel"): earlier.title, _("verhaal"): earlier.words},
        )
    received = _received(story.form, told, earlier)
    made = _next_version(story, told, received, earlier, by)
    story.version += 1
    story.save(update_fields=["version"])
    return made


@transaction.atomic
def record_story_consent(
    *,
    by: User,
    story: Story,
    uses: Collection[str],
    given_on: dt.date,
    until_on: dt.date,
    other_use: str = "",
    now: dt.datetime | None = None,
) -> StoryConsent:
    """Write down where the story may appear and until when; it replaces what was agreed before, at once.

    Raises StoryError, BadDateError.
    """
    today = day_of(now)
    if not uses or not set(uses) <= set(StoryUse.values):
        raise StoryError(_("Kies waar het verhaal mag staan."), field="uses")
    if (StoryUse.OTHER in uses) != bool(other_use.strip()):
        raise StoryError(
            _("Schrijf op waar nog, of vink “ergens anders” uit.")
            if StoryUse.OTHER in uses
            else _("Vink ook “ergens anders” aan."),
            field="other_use",
        )
    check_past(given_on, today=today, field="given_on")
    if until_on < today:
        raise BadDateError(_("Deze datum is al voorbij. Kies vandaag of later."), field="until_on")
    if until_on - given_on > LONGEST_CONSENT:
        raise BadDateError(_("Hoogstens drie jaar. Daarna vraag je het opnieuw."), field="until_on")
    story = lock_story(story)
    now = now or timezone.now()
    story.consents.filter(ended_at__isnull=True).update(ended_at=now, ended_by=by)
    return StoryConsent.objects.create(
        story=story,
        uses=[use for use in StoryUse.values if use in uses],
        other_use=other_use.strip(),
        given_on=given_on,
        until_on=until_on,
        recorded_by=by,
    )


@transaction.atomic
def approve_version(
    *,
    by: User,
    story: Story,
    number: int,
    approved_on: dt.date,
    approved_how: str,
    now: dt.datetime | None = None,
) -> StoryVersion:
    """Write down that the teller approved this version. Raises StoryError when there is a newer one, BadDateError."""
    story = lock_story(story)
    latest = latest_version(story)
    if latest.number != number:
        raise StoryError(_("Er is intussen een nieuwere versie. Laat de verteller die lezen."))
    if latest.approved_on is not None:
        return latest
    if approved_how not in ApprovedHow.values:
        raise StoryError(_("Kies hoe de verteller het goedkeurde."), field="approved_how")
    check_past(
        approved_on, today=day_of(now), field="approved_on", not_before=timezone.localdate(latest.made_at)
    )
    latest.approved_on, latest.approved_how, latest.approval_recorded_by = approved_on, approved_how, by
    latest.save()
    return latest


@transaction.atomic
def publish_story(*, by: User, story: Story, number: int, now: dt.datetime | None = None) -> StoryVersion:
    """Show this version wherever the teller agreed to, in the place of one that stood there.

    Raises StoryError without his approval of this very version, or without a consent that holds today for a page of
    ours.
    """
    story, today = lock_story(story), day_of(now)
    version = StoryVersion.objects.filter(story=story, number=number).first()
    if version is None or version.approved_on is None:
        raise StoryError(_("Laat de verteller deze versie eerst goedkeuren."))
    consent = StoryConsent.objects.standing(today).filter(story=story).first()
    if consent is None:
        raise StoryError(_("Er is geen toestemming die nu geldt. Vraag ze eerst, en schrijf ze hier op."))
    if not {StoryUse.PUBLIC, StoryUse.REPORT} & set(consent.uses):
        raise StoryError(_("De verteller gaf geen toestemming voor de publieke pagina of het rapport."))
    if version.published_at is not None:
        return version
    story.versions.filter(published_at__isnull=False).update(published_at=None, published_by=None)
    version.published_at, version.published_by = now or timezone.now(), by
    version.save()
    if story.first_published_on is None:
        story.first_published_on = today
        story.save(update_fields=["first_published_on"])
    return version


@transaction.atomic
def take_story_down(*, by: User, story: Story) -> Story:
    """Take it off every page; its words stay with the team. Done before, it stays done."""
    story = lock_story(story)
    story.versions.filter(published_at__isnull=False).update(published_at=None, published_by=None)
    return story


@transaction.atomic
def withdraw_story(*, by: User, story: Story, now: dt.datetime | None = None) -> Story:
    """The teller takes it back: it leaves every page at once and every later report, and nothing of it is kept.

    Words, files and who told it go; that there was a story stays. It can't be undone. Done before, it stays done.
    """
    story = Story.objects.select_for_update(of=("self",)).get(pk=story.pk)
    if story.withdrawn_at is not None:
        return story
    now = now or timezone.now()
    files = {str(name) for name in story.versions.exclude(file="").values_list("file", flat=True)}
    story.versions.update(
        published_at=None,
        published_by=None,
        title="",
        words="",
        file="",
        content_type="",
        alt="",
        video_url="",
    )
    story.consents.filter(ended_at__isnull=True).update(ended_at=now, ended_by=by)
    story.consents.update(other_use="")
    story.withdrawn_at, story.withdrawn_by = now, by
    story.teller, story.teller_name = None, ""
    story.version += 1
    story.save()
    transaction.on_commit(partial(forget_files, files))
    return story

"""Bundles: asked for by the lawyer, made by a worker, frozen with a version number."""

import datetime as dt
import logging
from collections.abc import Sequence
from functools import partial
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from arsenaal.lib.addresses import address_line
from arsenaal.lib.errors import ActionError
from arsenaal.lib.locks import worker_lock
from arsenaal.lib.queue import enqueue
from arsenaal.lib.uploads import forget_files
from housing.actions.legal_files import lock_legal_file
from housing.bundle_files import LANGUAGE, BundleFiles, Piece, make_bundle
from housing.bundle_reading import showable_exhibits
from housing.enums_legal import BundleState
from housing.models import Bundle, BundleItem, CaseBuilding, Exhibit, LegalFile, LegalTenant, Occupancy

LOCK_SPACE = 0x41525342  # "ARSB"
MOST_ATTEMPTS = 3
# A bundle that lies in the queue this long is queued again: Redis may have forgotten it. Twice is harmless.
FORGOTTEN_AFTER = dt.timedelta(minutes=2)

logger = logging.getLogger(__name__)


class CannotMakeBundle(ActionError):
    """No bundle can be made; the message says why."""


class ExhibitsChanged(Exception):
    """What may be shown changed while the bundle was being made: it starts again."""


@transaction.atomic
def request_bundle(
    *, by: User, legal_file: LegalFile, tenant: LegalTenant | None = None, now: dt.datetime | None = None
) -> Bundle:
    """Ask for a bundle: the joint one, or that of one tenant. A worker makes it after commit.

    Raises CannotMakeBundle when no exhibit may be shown, CannotChangeLegalFile in a closed file.
    """
    legal_file = lock_legal_file(legal_file)
    if tenant is not None and (tenant.legal_file_id != legal_file.pk or not tenant.takes_part):
        raise CannotMakeBundle(_("Dit gezin doet niet mee aan dit juridisch dossier."), field="tenant")
    if not showable_exhibits(legal_file, tenant):
        raise CannotMakeBundle(
            _("Er is nog geen enkel stuk dat erin mag. Nummer eerst stukken, en noteer de toestemming."),
            field="tenant",
        )
    legal_file.last_bundle += 1
    legal_file.save(update_fields=["last_bundle"])
    bundle = Bundle.objects.create(
        legal_file=legal_file,
        number=legal_file.last_bundle,
        tenant=tenant,
        requested_by=by,
        requested_at=now or timezone.now(),
    )
    transaction.on_commit(partial(queue_bundle, bundle.pk))
    return bundle


def queue_bundle(bundle_id: int) -> bool:
    """Hand a bundle to a worker; call it after commit. Returns False when the queue is away: the sweep comes later."""
    from housing.tasks import make_legal_bundle

    Bundle.objects.unfinished().filter(pk=bundle_id).update(queued_at=timezone.now())
    if enqueue(make_legal_bundle, bundle_id):
        return True
    Bundle.objects.unfinished().filter(pk=bundle_id).update(queued_at=None)
    return False


def resume_bundles(*, now: dt.datetime | None = None) -> int:
    """Queue bundles that nobody works on. Safe at any time, by several workers at once. Returns how many."""
    since = (now or timezone.now()) - FORGOTTEN_AFTER
    waiting = Bundle.objects.unfinished().filter(Q(queued_at__isnull=True) | Q(queued_at__lt=since))
    return sum(
        queue_bundle(pk) for pk in waiting.order_by("requested_at", "pk").values_list("pk", flat=True)[:50]
    )


def compute_bundle(*, bundle_id: int, now: dt.datetime | None = None) -> bool:
    """Make a bundle that was asked for. Returns True when it is there because of this call.

    Run twice, or at the same time, it is made once. A failure leaves it to be tried again, three times in all. The
    queue gives no language: its words are Dutch.
    """
    with worker_lock(LOCK_SPACE, bundle_id) as is_mine, override(LANGUAGE):
        bundle = _begin(bundle_id) if is_mine else None
        if bundle is None:
            return False
        try:
            exhibits = showable_exhibits(bundle.legal_file, bundle.tenant)
            about = _about(bundle, now or timezone.now())
            files = make_bundle(
                about,
                [_piece(exhibit, bundle) for exhibit in exhibits],
                on_progress=partial(_tell, bundle.pk),
            )
            _finish(bundle, exhibits, about, files, now or timezone.now())
        except ExhibitsChanged:
            _give_back(bundle.pk, counts=False)
            queue_bundle(bundle.pk)
            return False
        except Exception:
            logger.exception("bundle %s failed, attempt %s", bundle.uuid, bundle.attempts)
            _give_back(bundle.pk)
            return False
    return True


@transaction.atomic
def _begin(bundle_id: int) -> Bundle | None:
    """Mark it as being made. None when there is nothing to do (any more)."""
    bundle = (
        Bundle.objects.unfinished()
        .select_for_update(of=("self",))
        .select_related("legal_file__case", "legal_file__neighbourhood", "legal_file__lawyer", "tenant__case")
        .filter(pk=bundle_id)
        .first()
    )
    if bundle is None:
        return None
    if bundle.attempts >= MOST_ATTEMPTS:  # a worker died on it three times
        _fail(bundle)
        return None
    bundle.state = BundleState.COMPUTING
    bundle.attempts += 1
    bundle.queued_at = timezone.now()  # the sweep leaves it alone for as long as it takes
    bundle.progress, bundle.step = 1, ""
    bundle.save(update_fields=["state", "attempts", "queued_at", "progress", "step"])
    return bundle


def _tell(bundle_id: int, percent: int, step: str) -> None:
    Bundle.objects.filter(pk=bundle_id, state=BundleState.COMPUTING).update(
        progress=percent, step=step[:80], queued_at=timezone.now()
    )


def home_names(legal_file: LegalFile, case_ids: Sequence[int]) -> dict[int, str]:
    """Return where each household lives or lived in the block, else where it lives: a flat, not a family. Two queries.

    Whoever was rehoused meanwhile is still the tenant of that flat.
    """
    building = (
        CaseBuilding.objects.filter(case=legal_file.case_id).values_list("building_id", flat=True).first()
    )
    living = Occupancy.objects.filter(household__cases__in=case_ids).order_by("from_on", "pk")
    found: dict[int, tuple[bool, str]] = {}
    for case_id, building_id, box, street, number in living.values_list(
        "household__cases",
        "dwelling__building_id",
        "dwelling__box",
        "dwelling__building__street",
        "dwelling__building__house_number",
    ):
        is_here = building_id == building
        if is_here or not found.get(case_id, (False, ""))[0]:
            name = _("bus %(box)s") % {"box": box} if is_here and box else address_line(street, number, box)
            found[case_id] = (is_here, name)
    return {case_id: name for case_id, (_is_here, name) in found.items()}


def whose_label(exhibit: Exhibit, names: dict[int, str]) -> str:
    """Return of whom an exhibit is, without the family's name."""
    if exhibit.evidence.case.household_id is None:
        return _("alle huurders")
    return names.get(exhibit.evidence.case_id) or exhibit.evidence.case.number


def _piece(exhibit: Exhibit, bundle: Bundle) -> Piece:
    evidence = exhibit.evidence
    content = b""
    if evidence.file:
        with evidence.file.storage.open(str(evidence.file.name), "rb") as file:
            content = file.read()
    return Piece(
        number=exhibit.number,
        title=exhibit.title,
        kind=str(evidence.get_kind_display()),
        whose=whose_label(exhibit, home_names(bundle.legal_file, [evidence.case_id])),
        about=date_format(evidence.about_on, "j F Y"),
        recorded=date_format(timezone.localtime(evidence.recorded_at), "j F Y, H:i"),
        content_type=evidence.file_type,
        content=content,
        body=evidence.body,
        rows=evidence.data.get("rows", []),
        total=evidence.data.get("total", {}),
    )


def _about(bundle: Bundle, now: dt.datetime) -> dict[str, Any]:
    """Return the words of the cover, frozen with the bundle."""
    legal_file = bundle.legal_file
    names = home_names(legal_file, [bundle.tenant.case_id] if bundle.tenant else [])
    return {
        "title": legal_file.title,
        "number": bundle.number,
        "court": legal_file.court,
        "roll_number": legal_file.roll_number,
        "lawyer": str(legal_file.lawyer),
        "for_whom": (
            names.get(bundle.tenant.case_id) or bundle.tenant.case.number
            if bundle.tenant
            else _("alle huurders samen")
        ),
        "parties": [
            {"role": str(party.get_role_display()), "name": party.name, "address": party.address}
            for party in legal_file.parties.order_by("pk")
        ],
        "made_on": date_format(timezone.localtime(now), "j F Y, H:i"),
        "neighbourhood": str(legal_file.neighbourhood),
    }


def _finish(
    bundle: Bundle, exhibits: Sequence[Exhibit], about: dict[str, Any], files: BundleFiles, now: dt.datetime
) -> None:
    """Freeze it, unless a permission was taken back meanwhile: whoever withdraws holds the same lock.

    Raises ExhibitsChanged.
    """
    kept: list[str] = []
    try:
        with transaction.atomic():
            legal_file = (
                LegalFile.objects.select_for_update(of=("self",))
                .select_related("case")
                .get(pk=bundle.legal_file_id)
            )
            if [e.pk for e in showable_exhibits(legal_file, bundle.tenant)] != [e.pk for e in exhibits]:
                raise ExhibitsChanged
            current = Bundle.objects.select_for_update().get(pk=bundle.pk)
            current.pdf.save("x.pdf", ContentFile(files.pdf), save=False)
            kept.append(str(current.pdf.name))
            current.archive.save("x.zip", ContentFile(files.archive), save=False)
            kept.append(str(current.archive.name))
            current.pdf_sha256, current.archive_sha256 = files.pdf_sha256, files.archive_sha256
            current.contents, current.page_count = about, files.page_count
            BundleItem.objects.bulk_create(
                BundleItem(
                    bundle=current,
                    exhibit=exhibit,
                    sha256=place.sha256,
                    first_page=place.first_page,
                    pages=place.pages,
                )
                for exhibit, place in zip(exhibits, files.placed, strict=True)
            )
            current.state, current.progress, current.step, current.error = BundleState.DONE, 100, "", ""
            current.finished_at, current.queued_at = now, None
            current.save()
    except Exception:
        forget_files(kept)
        raise


@transaction.atomic
def _give_back(bundle_id: int, *, counts: bool = True) -> None:
    bundle = Bundle.objects.select_for_update().get(pk=bundle_id)
    if not bundle.is_unfinished:
        return
    if not counts:
        bundle.attempts -= 1
    if bundle.attempts >= MOST_ATTEMPTS:
        _fail(bundle)
        return
    bundle.state, bundle.progress, bundle.step, bundle.queued_at = BundleState.REQUESTED, 0, "", None
    bundle.save(update_fields=["state", "attempts", "progress", "step", "queued_at"])


def _fail(bundle: Bundle) -> None:
    bundle.error = _(
        "Het maken is drie keer misgelopen. Er ging niets verloren. Probeer het opnieuw; lukt het dan nog niet, "
        "verwittig dan de beheerder."
    )
    bundle.state, bundle.progress, bundle.step, bundle.queued_at = BundleState.FAILED, 0, "", None
    bundle.save(update_fields=["state", "error", "progress", "step", "queued_at"])


@transaction.atomic
def retry_bundle(*, by: User, bundle: Bundle) -> Bundle:
    """Ask again for a bundle that failed. Raises CannotMakeBundle when it didn't fail."""
    lock_legal_file(bundle.legal_file)
    bundle = Bundle.objects.select_for_update().get(pk=bundle.pk)
    if bundle.state != BundleState.FAILED:
        raise CannotMakeBundle(_("Deze bundel is niet mislukt, dus er is niets om opnieuw te proberen."))
    bundle.state, bundle.attempts, bundle.error = BundleState.REQUESTED, 0, ""
    bundle.requested_by = by
    bundle.save(update_fields=["state", "attempts", "error", "requested_by"])
    transaction.on_commit(partial(queue_bundle, bundle.pk))
    return bundle

"""A block with two tenants and a legal file, made through the real actions."""

import datetime as dt
import io
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from accounts.models import User
from cases.actions.block import join_block
from cases.actions.open_case import open_case
from cases.models import Case
from housing.actions.case_dwelling import link_case_building
from housing.actions.evidence import add_evidence
from housing.actions.exhibits import add_exhibits, give_permission, members_of
from housing.actions.legal_files import open_legal_file
from housing.actions.rent import MonthEntry
from housing.models import Evidence, Exhibit, ExhibitPermission, LegalFile, LegalTenant
from tests.factories import World
from tests.housing.factories import house, make_building, make_dwelling

_shades = iter(range(1, 10_000))


def picture(shade: int | None = None) -> SimpleUploadedFile:
    """A photo that differs from every other one, unless the shade is given."""
    out, shade = io.BytesIO(), shade or next(_shades)
    Image.new("RGB", (60, 40), (shade * 37 % 256, shade * 91 % 256, shade * 151 % 256)).save(out, "PNG")
    return SimpleUploadedFile("foto.jpg", out.getvalue())


@dataclass
class LegalScene:
    """The block case, two household cases in it, and the file in which both take part."""

    world: World
    block: Case
    one: Case
    other: Case
    legal_file: LegalFile

    @property
    def lawyer(self) -> User:
        """Whose file it is."""
        return self.world.lawyer

    def tenant(self, case: Case) -> LegalTenant:
        """A household in the file."""
        return self.legal_file.tenants.get(case=case)

    def prove(self, case: Case, title: str = "Schimmel", **kwargs: Any) -> Evidence:
        """Add a photo, or what `kwargs` say, to the ledger of a case."""
        kwargs.setdefault("upload", None if "body" in kwargs else picture())
        kwargs.setdefault("kind", "photo")
        kwargs.setdefault("by", self.lawyer)
        return add_evidence(case=case, title=title, about_on=timezone.localdate(), **kwargs)

    def exhibit(self, case: Case, title: str = "Schimmel", **kwargs: Any) -> Exhibit:
        """Add evidence and number it."""
        (made,) = add_exhibits(
            by=self.lawyer, legal_file=self.legal_file, evidence=[self.prove(case, title, **kwargs)]
        )
        return made

    def permit(self, *exhibits: Exhibit, scope: str = "joint") -> list[ExhibitPermission]:
        """Let somebody of the household permit to show exhibits."""
        return give_permission(
            by=self.lawyer,
            exhibits=exhibits,
            person=members_of(exhibits[0].evidence.case)[0],
            scope=scope,
            how="oral",
            given_on=timezone.localdate(),
        )


def build(world: World) -> LegalScene:
    """Make it."""
    block = open_case(
        by=world.coordinator, neighbourhood=world.neighbourhood, lead=world.lawyer, title="Blok"
    )
    building = make_building(world)
    link_case_building(by=world.coordinator, case=block, building=building)
    for box, case in (("1", world.case), ("2", world.other_case)):
        join_block(by=world.coordinator, case=case, parent=block)
        house(world, case, make_dwelling(world, building, box), rent=Decimal(650))
    legal_file = open_legal_file(
        by=world.coordinator, case=block, lawyer=world.lawyer, title="Huurders tegen Immo"
    )
    return LegalScene(world, block, world.case, world.other_case, legal_file)


def month(back: int, paid: str = "650", due: str = "650", method: str = "transfer") -> MonthEntry:
    """What was paid so many months ago."""
    day = timezone.localdate().replace(day=1)
    for _ in range(back):
        day = (day - dt.timedelta(days=1)).replace(day=1)
    return MonthEntry(day, Decimal(due), Decimal(paid), method)

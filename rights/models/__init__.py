"""Rights of the resident, and how long what is known is kept."""

from rights.models.export import Export, ExportPart
from rights.models.request import RightsRequest
from rights.models.retention import DestructionLine, DestructionList, LegalHold, RetentionRule

__all__ = [
    "DestructionLine",
    "DestructionList",
    "Export",
    "ExportPart",
    "LegalHold",
    "RetentionRule",
    "RightsRequest",
]

"""The PDF of a report, from its snapshot alone: no database, no clock, so that made again it is the same."""

import hashlib
from collections.abc import Mapping
from typing import Any

from django.utils.text import slugify

from arsenaal.lib.pdf import render_pdf

TEMPLATE = "reporting/report_pdf.html"
STYLE = "pdf/report.css"


def snapshot_pdf(snapshot: Mapping[str, Any]) -> bytes:
    """Return the PDF of a snapshot."""
    images = {
        f"{section['code']}.svg": section["chart"]["svg"].encode()
        for section in snapshot["sections"]
        if section["chart"]
    }
    return render_pdf(
        TEMPLATE, {"report": snapshot}, language=snapshot["language"], images=images, styles=[STYLE]
    )


def fingerprint(pdf: bytes) -> str:
    """Return the SHA-256 of a PDF."""
    return hashlib.sha256(pdf).hexdigest()


def file_name(snapshot: Mapping[str, Any]) -> str:
    """Return the name under which it is downloaded, without personal data."""
    period = snapshot["period"]
    return f"voortgangsrapport-{slugify(snapshot['neighbourhood'])}-{period['start']}-{period['end']}.pdf"

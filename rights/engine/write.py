"""The files of an export: a PDF to read and JSON to take along (GDPR art. 15.3 and 20), from the parts alone."""

import hashlib
import json
from itertools import groupby
from typing import Any

from django.utils.formats import date_format

from arsenaal.lib.pdf import render_pdf
from rights.enums import PartState
from rights.models import Export

LANGUAGE = "nl"


def sections_of(export: Export) -> list[dict[str, Any]]:
    """Return the parts that go along, under the headings of their sections, and how many were left out."""
    parts = export.parts.order_by("position").only("section", "heading", "content", "state", "reason")
    return [
        {
            "title": title,
            "anchor": f"deel-{number}",
            "parts": [
                {"heading": part.heading, "content": part.content}
                for part in group
                if part.state == PartState.IN
            ],
            "reasons": sorted({part.reason for part in group if part.state == PartState.OUT}),
        }
        for number, (title, found) in enumerate(groupby(parts, key=lambda part: part.section), 1)
        if (group := list(found))
    ]


def export_pdf(export: Export, sections: list[dict[str, Any]]) -> bytes:
    """Return the PDF: tagged, in plain Dutch, with a table of contents."""
    request = export.request
    context = {
        "request_number": str(request),
        "person": str(request.person),
        "neighbourhood": request.neighbourhood,
        "made_at": export.approved_at.isoformat() if export.approved_at else "",
        "made_on": date_format(export.approved_at, "j F Y") if export.approved_at else "",
        "received_on": date_format(request.received_on, "j F Y"),
        "sections": sections,
    }
    return render_pdf("rights/export_pdf.html", context, language=LANGUAGE, styles=["pdf/rights.css"])


def export_json(export: Export, sections: list[dict[str, Any]]) -> bytes:
    """Return the same as data that another program can read."""
    request = export.request
    document = {
        "verzoek": str(request),
        "gevraagd_op": request.received_on.isoformat(),
        "persoon": str(request.person),
        "wijk": request.neighbourhood.name,
        "delen": [
            {
                "titel": section["title"],
                "gegevens": [
                    {"wat": part["heading"], "velden": [{"naam": n, "waarde": v} for n, v in part["content"]]}
                    for part in section["parts"]
                ],
                "weggelaten_omdat": section["reasons"],
            }
            for section in sections
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def fingerprint(content: bytes) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(content).hexdigest()

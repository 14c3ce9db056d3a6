"""The certificate of a destruction: which numbers went, by which rule, approved by whom. It names no resident."""

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from arsenaal.lib.pdf import render_pdf
from rights.models import DestructionList

LANGUAGE = "nl"


def certificate_pdf(wanted: DestructionList, now: dt.datetime) -> bytes:
    """Return the PDF of the certificate, from the lines of the list alone."""
    rules: dict[int, dict[str, Any]] = {}
    left = []
    for line in wanted.lines.select_related("rule").order_by("category", "subject_id"):
        if line.destroyed_at is None:
            left.append({"label": line.label, "reason": line.taken_out_reason or line.blocked_reason})
            continue
        group = rules.setdefault(line.rule_id, {"rule": line.rule, "lines": []})
        group["lines"].append(line)
    context = {
        "wanted": wanted,
        "groups": list(rules.values()),
        "left": left,
        "made_at": now.isoformat(),
        "made_on": date_format(timezone.localtime(now), "j F Y, H:i"),
        "approvals": [
            {"who": str(who), "when": date_format(timezone.localtime(when), "j F Y, H:i")}
            for who, when in ((wanted.first_by, wanted.first_at), (wanted.second_by, wanted.second_at))
            if when is not None
        ],
    }
    return render_pdf("rights/certificate_pdf.html", context, language=LANGUAGE, styles=["pdf/rights.css"])

"""The papers of the neighbourhood budget: the letter with a decision, and the slips with codes to vote."""

import io
from collections.abc import Sequence

import segno
from django.utils import timezone

from arsenaal.lib.pdf import render_pdf
from cohesion.models import BudgetApplicant, BudgetDecision, BudgetProject, BudgetRound

STYLE = "pdf/budget.css"


def letter_pdf(project: BudgetProject, applicant: BudgetApplicant, decision: BudgetDecision) -> bytes:
    """Return the letter that tells an applicant what was decided; the same decision gives the same letter."""
    return render_pdf(
        "cohesion/budget/letter_pdf.html",
        {
            "project": project,
            "applicant": applicant,
            "decision": decision,
            "is_lower": project.decisions.filter(pk__lt=decision.pk).exists(),
            "made_at": timezone.localtime(decision.decided_at).isoformat(timespec="seconds"),
        },
        language="nl",
        styles=(STYLE,),
    )


def slips_pdf(budget_round: BudgetRound, codes: Sequence[str], url: str) -> bytes:
    """Return slips to cut, eight on a sheet, with a code each; `url` is where one votes."""
    picture = io.BytesIO()
    segno.make(url, error="m").save(picture, kind="png", scale=6, border=1)
    sheets = [codes[start : start + 8] for start in range(0, len(codes), 8)]
    return render_pdf(
        "cohesion/budget/slips_pdf.html",
        {"round": budget_round, "sheets": sheets, "url": url.partition("://")[2]},
        language="nl",
        images={"vote.png": picture.getvalue()},
        styles=(STYLE,),
    )

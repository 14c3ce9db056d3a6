"""Codes to hand out, as a sheet of slips that can be cut: each with its address and a square to scan."""

import io
from collections.abc import Sequence

import segno

from arsenaal.lib.pdf import render_pdf
from surveys.models import SurveyRound
from surveys.reading import word
from surveys.words import words


def grouped(code: str) -> str:
    """Write a code so that it can be read aloud: ABCD-EFGH-JKLM."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def _square(text: str) -> bytes:
    """Return a QR code as a picture."""
    target = io.BytesIO()
    segno.make(text, error="m", micro=False).save(target, kind="svg", scale=3, border=1, xmldecl=False)
    return target.getvalue()


def slips(round_: SurveyRound, codes: Sequence[str], address: str) -> bytes:
    """Return the PDF. `address` is the page on which a code is typed; the code comes behind it."""
    version = round_.questionnaire_version
    images = {f"code-{n}.svg": _square(f"{address}{code}/") for n, code in enumerate(codes)}
    return render_pdf(
        "surveys/slips.html",
        {
            "round": round_,
            "address": address.removeprefix("https://").removeprefix("http://"),
            "slips": [{"code": grouped(code), "image": f"code-{n}.svg"} for n, code in enumerate(codes)],
            "titles": [
                {"language": language, "title": word(version, "title", language), "says": words(language)}
                for language in version.all_languages
            ],
        },
        language="nl",
        images=images,
        styles=("pdf/slips.css",),
    )

"""What the models of this package hold of people: figures, and small ones not at all."""

from arsenaal.lib.privacy import FIGURES, PLAIN, model

PRIVACY = (
    model(
        "Report",
        {
            PLAIN: "uuid period_start period_end title state progress step attempts schedule_key error",
            FIGURES: "snapshot pdf pdf_sha256",
        },
    ),
)

"""What the models of this package hold of people: figures, and small ones not at all."""

from arsenaal.lib.privacy import FIGURES, PLAIN, FieldClass, Kind, model

# A story stands in a report with its teller's consent. A report is frozen: withdrawn, it leaves every later one.
REPORTED = FieldClass(
    Kind.PLAIN,
    "who may read the figures of the neighbourhood",
    "for good; it names nobody but who agreed to have a story told in reports",
    True,
    "stays",
)

PRIVACY = (
    model(
        "Report",
        {
            PLAIN: "uuid period_start period_end title state progress step attempts schedule_key error",
            REPORTED: "snapshot pdf",
            FIGURES: "pdf_sha256",
        },
    ),
)

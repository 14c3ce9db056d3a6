"""Which pages can show what was written in a closed circle, and to whom of those who read it."""

# What the leader of the tenancy support wrote in the circle of care, in each of two cases, one word per thing.
THINGS = ("notitie", "contact", "bezoek", "document")
PROOF = "zaakwoord"  # what the tenant brought for the lawyer: in no circle, so no release and no emergency reaches it

# Of each address: what it shows of the case to who may read that. tests/test_planted_secrets.py keeps this
# list complete.
TO_READERS: dict[str, tuple[str, ...]] = {
    "cases:case": THINGS,
    "cases:case-timeline": THINGS,
    "cases:visit": ("bezoek",),
    "cases:document": ("document",),
    "cases:document-file": ("document",),
}
# To who wrote it, and to nobody else, whatever is released.
TO_AUTHOR = {
    "cases:entry-correct": ("notitie",),
    "cases:visit-correct": ("bezoek",),
    "cases:document-correct": ("document",),
}
# To who belongs to the circle by his work: who reads because it was opened to him can't pass it on, nor hand it over.
TO_CIRCLE: dict[str, tuple[str, ...]] = {
    "cases:entry-release": ("notitie",),
    "cases:entry-redact": ("notitie",),  # who wrote it, and the lead
    "cases:document-remove": ("document",),  # who wrote it, and the lead
    "rights:review": THINGS,
}
# The proof of the tenant: to its readers, and in an export to the lawyer alone.
TO_PROOF_READERS = {"housing:case-evidence": (PROOF,)}
TO_LAWYER = {"rights:review": (PROOF,)}
# Every page that shows what is written in the circle of care to somebody who may read it by himself.
CARRIERS = frozenset({*TO_READERS, *TO_AUTHOR, *TO_CIRCLE})

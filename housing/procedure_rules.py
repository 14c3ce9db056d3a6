"""What belongs to each step and each term of a procedure: whom it reaches, who has the ball, which reference data.

Everything that a law or the city can change stands in reference data; here are only the codes.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from arsenaal.lib.registries import ReferenceCode
from cases.enums import Certainty, Reach, ReferenceKind
from housing.procedure_enums import Holder, ProcedureKind, Step, TermCode

# What reaches the landlord or the inspection is refused while a family that lives there doesn't want it.
REACHES: dict[Step, Reach] = {
    Step.ASK_ADVICE: Reach.INSPECTION,
    Step.INVESTIGATE: Reach.INSPECTION,
    Step.SEND_ADVICE: Reach.LANDLORD,
    Step.PLAN_HEARING: Reach.LANDLORD,
    Step.NOTIFY: Reach.LANDLORD,
    Step.AGREE: Reach.LANDLORD,
    Step.ISSUE: Reach.LANDLORD,
    Step.REFUSE: Reach.LANDLORD,
}
# Starting one: a warning is a talk with the owner, a request leads an inspector to the door. In acute danger the mayor
# may act alone, and whoever applies for a certificate did so himself.
START_REACHES: dict[ProcedureKind, Reach] = {
    ProcedureKind.WARNING: Reach.LANDLORD,
    ProcedureKind.UNFIT: Reach.INSPECTION,
    ProcedureKind.URGENT: Reach.NOBODY,
    ProcedureKind.CERTIFICATE: Reach.NOBODY,
}


@dataclass(frozen=True)
class TermRule:
    """A term: how long, who has the ball, and what is proposed when it passes. The program never does it by itself."""

    holder: Holder
    reference: str  # code of the reference data; "" for a day that somebody chose
    consequence: str | Promise
    is_ours: bool = True  # ours never ends later than counted; another's may roll to the next working day


TERMS: dict[TermCode, TermRule] = {
    TermCode.FOUNDED: TermRule(
        Holder.MAYOR, "procedure.founded", _("zeg of het verzoek gegrond is, of wijs het af")
    ),
    TermCode.ADVICE: TermRule(
        Holder.REGION, "procedure.advice", _("vraag het advies hogerop"), is_ours=False
    ),
    TermCode.HEARING: TermRule(Holder.MAYOR, "", _("leg vast wie gehoord is, of plan opnieuw")),
    TermCode.DECISION: TermRule(
        Holder.MAYOR,
        "procedure.decision",
        _("beslis nog: het is een richttermijn, een later besluit blijft geldig"),
    ),
    TermCode.SILENCE: TermRule(
        Holder.ANYONE,
        "procedure.silence",
        _("daarna kan niemand nog in beroep tegen het stilzwijgen"),
        is_ours=False,
    ),
    TermCode.APPEAL: TermRule(
        Holder.OWNER, "procedure.appeal", _("zonder beroep staat het besluit vast"), is_ours=False
    ),
    TermCode.MINISTER: TermRule(
        Holder.MINISTER, "procedure.minister", _("vraag de stand op bij het kabinet"), is_ours=False
    ),
    TermCode.INVENTORY: TermRule(
        Holder.MAYOR,
        "procedure.urgent_inventory",
        _("stuur het besluit nu: te laat is geen opname en geen heffing"),
    ),
    TermCode.REPAIR: TermRule(
        Holder.OWNER,
        "procedure.repair",
        _("kijk na wat hersteld is; zet anders om naar ongeschikt of onbewoonbaar"),
        is_ours=False,
    ),
    TermCode.LEAVE: TermRule(Holder.OCCUPANT, "", _("kijk na of elk gezin een plek heeft")),
    TermCode.CERTIFICATE: TermRule(
        Holder.MAYOR, "certificate.decision", _("lever het attest af of weiger het")
    ),
}

_PROCEDURE = _("procedures ongeschikt en onbewoonbaar")
_CERTIFICATE = _("conformiteitsattest")
_HANDBOOK = "Handboek woningkwaliteit 3.3.2 (Wonen in Vlaanderen)"


def _term(code: str, label: Promise, default: str, source: str, **more: str) -> ReferenceCode:
    return ReferenceCode(
        f"procedure.{code}",
        label,
        more.get("kind", ReferenceKind.MONTHS.value),
        _PROCEDURE,
        default=default,
        source=source,
        certainty=more.get("certainty", Certainty.CERTAIN.value),
        note=more.get("note", ""),
    )


_CHOSEN = "gekozen om mee te beginnen"
_NOT_FOUND = "In geen bron gevonden: vraag het na bij de dienst."

CODES = (
    ReferenceCode(
        "procedure.advice_exempt",
        _("de gemeente is vrijgesteld van de adviesverplichting"),
        ReferenceKind.YES_NO,
        _PROCEDURE,
        default="no",
        source=_HANDBOOK,
        certainty=Certainty.TO_CONFIRM,
        note="Zo ja, dan doet de gemeente zelf het onderzoek en vervalt de adviesvraag.",
    ),
    _term(
        "founded",
        _("nagaan of een verzoek gegrond is"),
        "14",
        _CHOSEN,
        kind=ReferenceKind.DAYS.value,
        certainty=Certainty.PROVISIONAL.value,
        note=_NOT_FOUND,
    ),
    _term(
        "advice",
        _("advies van het gewest"),
        "45",
        _CHOSEN,
        kind=ReferenceKind.DAYS.value,
        certainty=Certainty.PROVISIONAL.value,
        note=_NOT_FOUND,
    ),
    _term(
        "hearing_notice",
        _("zo lang vooraf een hoorzitting aankondigen"),
        "14",
        _CHOSEN,
        kind=ReferenceKind.DAYS.value,
        certainty=Certainty.PROVISIONAL.value,
        note=_NOT_FOUND,
    ),
    _term("decision", _("besluit na het verzoek (richttermijn)"), "3", _HANDBOOK),
    _term(
        "silence",
        _("beroep als de burgemeester zwijgt"),
        "12",
        _HANDBOOK,
        certainty=Certainty.TO_CONFIRM.value,
        note="Vanaf welke dag dit telt, staat niet in de bron; we tellen vanaf het verzoek.",
    ),
    _term("appeal", _("beroep na de betekening"), "30", _HANDBOOK, kind=ReferenceKind.DAYS.value),
    _term("minister", _("uitspraak van de minister"), "3", _HANDBOOK),
    _term(
        "minister_hearing",
        _("uitspraak van de minister na een hoorzitting"),
        "4",
        "woneningaoz.be",
        certainty=Certainty.TO_CONFIRM.value,
    ),
    _term("repair", _("herstel na een waarschuwing"), "3", "Codex Wonen, Boek 3 deel 4; holsbeek.be"),
    _term(
        "urgent_inventory",
        _("dringend besluit naar de inventaris"),
        "3",
        "art. 3.20 Codex Wonen; Handboek woningkwaliteit 3.5.1",
    ),
    _term(
        "levy_warning",
        _("eerste waarschuwing voor de heffing"),
        "9",
        "werkafspraak van het team",
        certainty=Certainty.PROVISIONAL.value,
    ),
    _term("levy", _("heffing na opname in de inventaris"), "12", "Handboek woningkwaliteit 5.1.3"),
    ReferenceCode(
        "certificate.decision",
        _("beslissing over een volledige aanvraag"),
        ReferenceKind.DAYS,
        _CERTIFICATE,
        default="60",
        source="taak 77 in VLOK (2024)",
        certainty=Certainty.CERTAIN,
    ),
    ReferenceCode(
        "certificate.validity",
        _("geldigheid van een conformiteitsattest"),
        ReferenceKind.MONTHS,
        _CERTIFICATE,
        default="120",
        source="wonenvlaanderen.be",
        certainty=Certainty.TO_CONFIRM,
        note="Tien jaar is de regel; een gemeente mag korter kiezen.",
    ),
    ReferenceCode(
        "certificate.expiry_warning",
        _("zo lang vooraf melden dat een attest afloopt"),
        ReferenceKind.MONTHS,
        _CERTIFICATE,
        default="6",
        source="werkafspraak van het team",
        certainty=Certainty.PROVISIONAL,
    ),
)

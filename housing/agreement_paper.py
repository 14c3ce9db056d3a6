"""The papers of an agreement: the Dutch one to sign, and an explanation in another language."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.text import slugify

from arsenaal.lib.pdf import render_pdf
from housing.agreement_enums import AgreementState, DueRule, DueState, PartyKind
from housing.models import Agreement, AgreementParty, Obligation

STYLE = "pdf/agreement.css"
_RIGHT_TO_LEFT = frozenset({"ar"})
# On every sheet in Dutch too, so that who doesn't read its language knows what it is.
MARK = "Vertaling ter informatie"

# The fixed words of the explanatory sheet. They stand here and not in a catalogue of messages, because the program
# itself is shown in Dutch and English alone.
SHEET_WORDS: dict[str, dict[str, str]] = {
    "fr": {
        "language": "Français",
        "for_information": "Traduction à titre d'information",
        "explains": "Cette feuille explique la convention. Seul le texte néerlandais est signé et fait foi.",
        "parties": "Qui participe",
        "promises": "Ce que chacun promet",
        "until": "Du {start} au {end} (retour prévu)",
        "by": "Pour le {day}",
        "days": "Chaque mois : {days}",
        "standing": "Tant que la convention court",
        "untranslated": "Cette phrase n'existe qu'en néerlandais. Demandez une explication :",
        PartyKind.LANDLORD: "bailleur",
        PartyKind.HOUSEHOLD: "locataire",
        PartyKind.WELFARE: "CPAS ou ville",
        PartyKind.OTHER: "autre partie",
    },
    "en": {
        "language": "English",
        "for_information": "Translation for information",
        "explains": "This sheet explains the agreement. Only the Dutch text is signed and counts.",
        "parties": "Who takes part",
        "promises": "What each one promises",
        "until": "From {start} to {end} (planned return)",
        "by": "By {day}",
        "days": "Every month: {days}",
        "standing": "As long as the agreement runs",
        "untranslated": "This sentence exists in Dutch only. Ask for an explanation:",
        PartyKind.LANDLORD: "landlord",
        PartyKind.HOUSEHOLD: "tenant",
        PartyKind.WELFARE: "welfare centre or city",
        PartyKind.OTHER: "other party",
    },
    "tr": {
        "language": "Türkçe",
        "for_information": "Bilgi amaçlı çeviri",
        "explains": "Bu sayfa sözleşmeyi açıklar. Yalnızca Felemenkçe metin imzalanır ve geçerlidir.",
        "parties": "Taraflar",
        "promises": "Herkesin verdiği söz",
        "until": "{start} tarihinden {end} tarihine kadar (planlanan dönüş)",
        "by": "En geç {day}",
        "days": "Her ay: {days}",
        "standing": "Sözleşme sürdüğü sürece",
        "untranslated": "Bu cümle yalnızca Felemenkçedir. Açıklama isteyin:",
        PartyKind.LANDLORD: "ev sahibi",
        PartyKind.HOUSEHOLD: "kiracı",
        PartyKind.WELFARE: "OCMW veya belediye",
        PartyKind.OTHER: "diğer taraf",
    },
    "ar": {
        "language": "العربية",
        "for_information": "ترجمة للعلم فقط",
        "explains": "تشرح هذه الورقة الاتفاقية. النص الهولندي وحده هو الذي يُوقَّع ويُعتد به.",
        "parties": "الأطراف",
        "promises": "ما يلتزم به كل طرف",
        "until": "من {start} إلى {end} (العودة المقررة)",
        "by": "في موعد أقصاه {day}",
        "days": "كل شهر: {days}",
        "standing": "طوال مدة الاتفاقية",
        "untranslated": "هذه الجملة متوفرة بالهولندية فقط. اطلب شرحًا لها:",
        PartyKind.LANDLORD: "المالك",
        PartyKind.HOUSEHOLD: "المستأجر",
        PartyKind.WELFARE: "مركز الرعاية أو المدينة",
        PartyKind.OTHER: "طرف آخر",
    },
}


@dataclass(frozen=True)
class PaperObligation:
    """One obligation as it stands on paper: its number, its words, when, and what follows."""

    number: str
    text: str
    is_dutch: bool
    when: str
    follows: str


@dataclass(frozen=True)
class PaperParty:
    """One party with what it takes on."""

    kind: str
    name: str
    signer: str
    obligations: Sequence[PaperObligation]


def agreement_pdf(agreement: Agreement) -> bytes:
    """Return the Dutch paper for signature."""
    with translation.override("nl"):
        context = {
            "agreement": agreement,
            "parties": [
                _dutch(party, index, rows) for index, (party, rows) in enumerate(_rows(agreement), 1)
            ],
            "is_draft": agreement.state in (AgreementState.DRAFT, AgreementState.WITHDRAWN),
            "made_at": timezone.localtime(agreement.made_at).isoformat(timespec="seconds"),
        }
    return render_pdf("housing/agreements/paper.html", context, language="nl", styles=[STYLE])


def translation_pdf(agreement: Agreement, language: str) -> bytes:
    """Return the explanation in one of the languages of SHEET_WORDS, marked as a translation for information."""
    context = sheet_context(agreement, language)
    return render_pdf("housing/agreements/sheet.html", context, language=language, styles=[STYLE])


def sheet_context(agreement: Agreement, language: str) -> dict[str, Any]:
    """Return what stands on the explanatory sheet in a language."""
    words = SHEET_WORDS[language]
    told = agreement.template.translations.get(language, {})
    is_title_own = agreement.title == agreement.template.title
    is_intro_own = agreement.intro == agreement.template.intro
    with translation.override(language):
        until = words["until"].format(start=_say(agreement.starts_on), end=_say(agreement.return_on))
        parties = [
            _explained(party, index, rows, words, language)
            for index, (party, rows) in enumerate(_rows(agreement), 1)
        ]
    return {
        "agreement": agreement,
        "words": words,
        "mark": MARK,
        "title": (told.get("title") if is_title_own else "") or agreement.title,
        "intro": told.get("intro", "") if is_intro_own else "",
        "until": until,
        "parties": parties,
        "direction": "rtl" if language in _RIGHT_TO_LEFT else "ltr",
        "made_at": timezone.localtime(agreement.made_at).isoformat(timespec="seconds"),
    }


def file_name(agreement: Agreement, *, language: str = "nl") -> str:
    """Return the name under which it is downloaded, without its extension and without a name of anybody."""
    stem = slugify(agreement.title)[:60] or "overeenkomst"
    return f"{stem}-{slugify(agreement.case.number)}-versie-{agreement.edition}-{language}"


def _say(day: Any) -> str:
    return date_format(day, "j F Y")


def _rows(agreement: Agreement) -> list[tuple[AgreementParty, list[Obligation]]]:
    rows: dict[int, list[Obligation]] = {}
    obligations = agreement.obligations.prefetch_related("dues").order_by("position", "pk")
    for obligation in obligations:
        rows.setdefault(obligation.party_id, []).append(obligation)
    return [(party, rows.get(party.pk, [])) for party in agreement.parties.order_by("position")]


def _days(obligation: Obligation) -> list[str]:
    """Return the days on paper; what moved to a later edition stands there."""
    dues = [due for due in obligation.dues.all() if due.due_on and due.state != DueState.REPLACED]
    return [_say(due.due_on) for due in sorted(dues, key=lambda due: due.due_on)]


def _dutch(party: AgreementParty, index: int, obligations: Sequence[Obligation]) -> PaperParty:
    found = []
    for place, obligation in enumerate(obligations, 1):
        days = _days(obligation)
        if not days:
            when = "Zolang de overeenkomst loopt."
        elif obligation.rule == DueRule.MONTHLY:
            when = f"Elke maand: {', '.join(days)}."
        else:
            when = f"Tegen {days[0]}."
        found.append(PaperObligation(f"{index}.{place}", obligation.text, True, when, obligation.breach_text))
    return PaperParty(str(party.get_kind_display()), party.name, party.signer, found)


def _explained(
    party: AgreementParty,
    index: int,
    obligations: Sequence[Obligation],
    words: dict[str, str],
    language: str,
) -> PaperParty:
    found = []
    for place, obligation in enumerate(obligations, 1):
        days = _days(obligation)
        if not days:
            when = words["standing"]
        elif obligation.rule == DueRule.MONTHLY:
            when = words["days"].format(days=("، " if language == "ar" else ", ").join(days))
        else:
            when = words["by"].format(day=days[0])
        told = obligation.translations.get(language, "")
        found.append(PaperObligation(f"{index}.{place}", told or obligation.text, not told, when, ""))
    return PaperParty(words[party.kind], party.name, party.signer, found)

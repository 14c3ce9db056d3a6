"""The sheet on which a family gives its consent: Dutch to sign, with a translation for information.

The coordinated laws of 1966 make Dutch the language of the document (domain.md F3); another language is an aid, and
says so. The words are plain (about B1) and the same in each language.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from arsenaal.lib.pdf import render_pdf
from cases.enums import ConsentCategory
from cases.models import Consent

CATEGORIES = [category.value for category in ConsentCategory]


@dataclass(frozen=True)
class SheetWords:
    """Everything on the sheet in one language. `categories` in the order of ConsentCategory."""

    label: str  # "vertaling ter informatie", in that language
    title: str
    ask: str
    categories: tuple[str, str, str, str, str, str]
    recipients: str
    purpose: str
    until: str
    rights: tuple[str, str, str, str]
    name: str
    date: str
    signature: str
    direction: str = "ltr"

    @property
    def boxes(self) -> list[tuple[str, str]]:
        """Return (code, words) of what can be shared."""
        return list(zip(CATEGORIES, self.categories, strict=True))


DUTCH = SheetWords(
    label="Vertaling ter informatie",
    title="Toestemming om te delen",
    ask="Ik laat het team toe om dit te delen:",
    categories=(
        "naam en hoe te bereiken",
        "de woning",
        "het gezin",
        "inkomen en schulden",
        "gezondheid",
        "het plan en de afspraken",
    ),
    recipients="Met wie",
    purpose="Waarvoor",
    until="Tot en met",
    rights=(
        "Neen zeggen mag. Het team helpt je dan ook.",
        "Je mag op elk moment van gedachten veranderen. Zeg het aan iemand van het team: vanaf dan delen we "
        "niets meer.",
        "Wat al gedeeld is, komt niet terug.",
        "We delen alleen wat nodig is, en nooit met de verhuurder.",
    ),
    name="Naam",
    date="Datum",
    signature="Handtekening",
)
TRANSLATED = {
    "fr": SheetWords(
        label="Traduction à titre d'information",
        title="Autorisation de partager",
        ask="J'autorise l'équipe à partager :",
        categories=(
            "mon nom et la façon de me joindre",
            "le logement",
            "la famille",
            "les revenus et les dettes",
            "la santé",
            "le plan et les accords",
        ),
        recipients="Avec qui",
        purpose="Dans quel but",
        until="Jusqu'au (inclus)",
        rights=(
            "Vous pouvez dire non. L'équipe vous aidera quand même.",
            "Vous pouvez changer d'avis à tout moment. Dites-le à quelqu'un de l'équipe : à partir de là, nous ne "
            "partageons plus rien.",
            "Ce qui a déjà été partagé ne peut pas être repris.",
            "Nous partageons seulement ce qui est nécessaire, et jamais avec le propriétaire.",
        ),
        name="Nom",
        date="Date",
        signature="Signature",
    ),
    "en": SheetWords(
        label="Translation for information only",
        title="Consent to share",
        ask="I allow the team to share:",
        categories=(
            "my name and how to reach me",
            "the home",
            "the family",
            "income and debts",
            "health",
            "the plan and what we agreed",
        ),
        recipients="With whom",
        purpose="What for",
        until="Until (included)",
        rights=(
            "You may say no. The team will still help you.",
            "You may change your mind at any time. Tell someone of the team: from then on we share nothing more.",
            "What has already been shared can't be taken back.",
            "We share only what is needed, and never with the landlord.",
        ),
        name="Name",
        date="Date",
        signature="Signature",
    ),
    "tr": SheetWords(
        label="Bilgi amaçlı çeviri",
        title="Bilgi paylaşma izni",
        ask="Ekibin şunları paylaşmasına izin veriyorum:",
        categories=(
            "adım ve bana nasıl ulaşılacağı",
            "konut",
            "aile",
            "gelir ve borçlar",
            "sağlık",
            "plan ve anlaştıklarımız",
        ),
        recipients="Kiminle",
        purpose="Ne için",
        until="Son gün (dahil)",
        rights=(
            "Hayır diyebilirsiniz. Ekip size yine de yardım eder.",
            "Fikrinizi her zaman değiştirebilirsiniz. Ekipten birine söyleyin: o andan sonra hiçbir şey paylaşmayız.",
            "Daha önce paylaşılan bilgiler geri alınamaz.",
            "Yalnızca gerekli olanı paylaşırız, ev sahibiyle asla paylaşmayız.",
        ),
        name="Ad soyad",
        date="Tarih",
        signature="İmza",
    ),
    "ar": SheetWords(
        label="ترجمة للعلم فقط",
        title="موافقة على مشاركة المعلومات",
        ask="أسمح للفريق بمشاركة ما يلي:",
        categories=(
            "اسمي وطريقة الاتصال بي",
            "المسكن",
            "الأسرة",
            "الدخل والديون",
            "الصحة",
            "الخطة وما اتفقنا عليه",
        ),
        recipients="مع من",
        purpose="لأي غرض",
        until="حتى تاريخ (ضمنًا)",
        rights=(
            "يمكنك أن تقول لا، وسيساعدك الفريق رغم ذلك.",
            "يمكنك أن تغيّر رأيك في أي وقت. أخبر أحد أعضاء الفريق، ومن تلك اللحظة لا نشارك أي شيء بعد ذلك.",
            "ما تمت مشاركته من قبل لا يمكن استرجاعه.",
            "لا نشارك إلا ما هو ضروري، ولا نشارك أي شيء مع المالك أبدًا.",
        ),
        name="الاسم",
        date="التاريخ",
        signature="التوقيع",
        direction="rtl",
    ),
}


def sheet_pdf(*, number: str, language: str, consent: Consent | None, today: dt.date) -> bytes:
    """Return the sheet as a PDF. `language` is one of TRANSLATED, or empty for Dutch alone.

    Without `consent` everything is open to be filled in by hand; with one, what was agreed stands in it. Names of
    people are written by hand, so that no name goes around on a printer.
    """
    context: dict[str, Any] = {
        "number": number,
        "dutch": DUTCH,
        "words": TRANSLATED.get(language),
        "code": language,
        "consent": consent,
        "recipients": ", ".join(str(one) for one in consent.recipients.all()) if consent else "",
        "today": today,
    }
    return render_pdf("cases/consent_sheet.html", context, language="nl", styles=["pdf/consent.css"])

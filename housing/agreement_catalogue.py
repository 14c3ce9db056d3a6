"""The templates to start from: the three-party agreement of casus 3 (source document, "driepartijenovereenkomst").

The Dutch text is what is signed. The translations explain it and bind nobody.
"""

from collections.abc import Iterator
from typing import Any

from housing.agreement_enums import BreachNext, DueRule, PartyKind, Topic

LANGUAGES = ("fr", "en", "tr", "ar")


def _words(fr: str, en: str, tr: str, ar: str) -> dict[str, str]:
    return {"fr": fr, "en": en, "tr": tr, "ar": ar}


THREE_PARTIES: dict[str, Any] = {
    "title": "Driepartijenovereenkomst bij tijdelijke herhuisvesting",
    "intro": "De woning moet gerenoveerd worden en het gezin kan er intussen niet veilig wonen. De partijen spreken "
    "af dat het gezin tijdelijk elders verblijft, dat de verhuurder de woning in orde brengt, en dat het gezin "
    "daarna terugkeert tegen dezelfde voorwaarden.",
    "closing": "Elke partij krijgt een exemplaar. Wie een afspraak niet kan nakomen, zegt dat vooraf en vraagt "
    "uitstel. Wijzigingen gelden pas als alle partijen een nieuwe versie tekenen.",
    "translations": {
        "fr": {
            "title": "Convention tripartite de relogement temporaire",
            "intro": "Le logement doit être rénové et la famille ne peut pas y vivre en sécurité entre-temps. Les "
            "parties conviennent que la famille loge temporairement ailleurs, que le bailleur remet le logement en "
            "ordre et que la famille revient ensuite aux mêmes conditions.",
        },
        "en": {
            "title": "Three-party agreement on temporary rehousing",
            "intro": "The dwelling must be renovated and the family cannot live there safely in the meantime. The "
            "parties agree that the family stays elsewhere for a while, that the landlord puts the dwelling in "
            "order, and that the family then returns on the same terms.",
        },
        "tr": {
            "title": "Geçici yeniden barındırma için üç taraflı sözleşme",
            "intro": "Konut yenilenmelidir ve aile bu süre içinde orada güvenle yaşayamaz. Taraflar, ailenin geçici "
            "olarak başka yerde kalması, ev sahibinin konutu düzene sokması ve ailenin sonra aynı koşullarla geri "
            "dönmesi konusunda anlaşır.",
        },
        "ar": {
            "title": "اتفاقية ثلاثية الأطراف لإعادة الإسكان المؤقت",
            "intro": "يجب تجديد المسكن ولا تستطيع الأسرة العيش فيه بأمان خلال ذلك. تتفق الأطراف على أن تقيم الأسرة "
            "مؤقتًا في مكان آخر، وأن يصلح المالك المسكن، وأن تعود الأسرة بعد ذلك بالشروط نفسها.",
        },
    },
}

_OBLIGATIONS: tuple[dict[str, Any], ...] = (
    {
        "party_kind": PartyKind.LANDLORD,
        "text": "De verhuurder renoveert de woning tot er een conformiteitsattest is.",
        "translations": _words(
            "Le bailleur rénove le logement jusqu'à l'obtention d'une attestation de conformité.",
            "The landlord renovates the dwelling until there is a certificate of conformity.",
            "Ev sahibi, uygunluk belgesi alınana kadar konutu yeniler.",
            "يجدد المالك المسكن حتى الحصول على شهادة المطابقة.",
        ),
        "topic": Topic.CERTIFICATE,
        "rule": DueRule.BEFORE_RETURN,
        "days": 7,
        "warn_days": 14,
        "breach_next": BreachNext.TALK,
        "breach_text": "De partijen komen binnen de veertien dagen samen en leggen een nieuwe datum vast.",
    },
    {
        "party_kind": PartyKind.LANDLORD,
        "text": "De verhuurder vraagt geen huur zolang het gezin elders verblijft.",
        "translations": _words(
            "Le bailleur ne demande pas de loyer tant que la famille loge ailleurs.",
            "The landlord asks no rent while the family stays elsewhere.",
            "Aile başka yerde kaldığı sürece ev sahibi kira istemez.",
            "لا يطلب المالك إيجارًا ما دامت الأسرة تقيم في مكان آخر.",
        ),
        "rule": DueRule.STANDING,
        "breach_next": BreachNext.NOTICE,
        "breach_text": "De stad maant de verhuurder schriftelijk aan.",
    },
    {
        "party_kind": PartyKind.LANDLORD,
        "text": "De verhuurder laat het gezin terugkeren tegen dezelfde huur en dezelfde voorwaarden.",
        "translations": _words(
            "Le bailleur laisse revenir la famille au même loyer et aux mêmes conditions.",
            "The landlord lets the family return at the same rent and on the same terms.",
            "Ev sahibi, ailenin aynı kira ve aynı koşullarla geri dönmesini sağlar.",
            "يسمح المالك للأسرة بالعودة بالإيجار نفسه وبالشروط نفسها.",
        ),
        "rule": DueRule.AFTER_RETURN,
        "warn_days": 14,
        "breach_next": BreachNext.NOTICE,
        "breach_text": "De jurist van het team maant de verhuurder schriftelijk aan.",
    },
    {
        "party_kind": PartyKind.HOUSEHOLD,
        "text": "Het gezin volgt de voorwaarden van het verblijf in de crisiswoning.",
        "translations": _words(
            "La famille respecte les conditions du séjour dans le logement de crise.",
            "The family follows the terms of the stay in the crisis dwelling.",
            "Aile, kriz konutundaki kalış koşullarına uyar.",
            "تلتزم الأسرة بشروط الإقامة في مسكن الطوارئ.",
        ),
        "rule": DueRule.STANDING,
        "breach_next": BreachNext.TALK,
        "breach_text": "De huurbegeleider bespreekt met het gezin wat er nodig is.",
    },
    {
        "party_kind": PartyKind.HOUSEHOLD,
        "text": "Het gezin betaalt elke maand de verblijfsvergoeding.",
        "translations": _words(
            "La famille paie chaque mois l'indemnité de séjour.",
            "The family pays the stay fee every month.",
            "Aile her ay kalış ücretini öder.",
            "تدفع الأسرة رسوم الإقامة كل شهر.",
        ),
        "topic": Topic.FEE,
        "rule": DueRule.MONTHLY,
        "days": 5,
        "warn_days": 5,
        "breach_next": BreachNext.TALK,
        "breach_text": "Het OCMW bekijkt samen met het gezin een afbetalingsplan.",
    },
    {
        "party_kind": PartyKind.HOUSEHOLD,
        "text": "Het gezin regelt de eigen verhuis, heen en terug.",
        "translations": _words(
            "La famille organise son propre déménagement, à l'aller et au retour.",
            "The family arranges its own move, there and back.",
            "Aile kendi taşınmasını, gidiş ve dönüş, kendisi düzenler.",
            "تنظم الأسرة انتقالها بنفسها ذهابًا وإيابًا.",
        ),
        "rule": DueRule.AFTER_RETURN,
        "days": 7,
        "breach_next": BreachNext.TALK,
        "breach_text": "De huurbegeleider zoekt samen met het gezin naar hulp bij de verhuis.",
    },
    {
        "party_kind": PartyKind.WELFARE,
        "text": "Het OCMW zorgt drie maanden voor tijdelijke huisvesting.",
        "translations": _words(
            "Le CPAS assure un logement temporaire pendant trois mois.",
            "The OCMW (public welfare centre) provides temporary housing for three months.",
            "OCMW (sosyal yardım merkezi) üç ay geçici konut sağlar.",
            "يوفر مركز الرعاية الاجتماعية (OCMW) سكنًا مؤقتًا لمدة ثلاثة أشهر.",
        ),
        "rule": DueRule.AFTER_START,
        "breach_next": BreachNext.TALK,
        "breach_text": "De partijen zoeken samen een andere tijdelijke woning.",
    },
    {
        "party_kind": PartyKind.WELFARE,
        "text": "De stad geeft de verhuurder uitleg over premies en leningen.",
        "translations": _words(
            "La ville informe le bailleur sur les primes et les prêts.",
            "The city explains premiums and loans to the landlord.",
            "Belediye, ev sahibine primler ve krediler hakkında bilgi verir.",
            "تشرح المدينة للمالك المنح والقروض.",
        ),
        "rule": DueRule.AFTER_START,
        "days": 14,
        "breach_next": BreachNext.NOTHING,
    },
    {
        "party_kind": PartyKind.WELFARE,
        "text": "De stad begeleidt de renovatie, gericht op de terugkeer van het gezin.",
        "translations": _words(
            "La ville accompagne la rénovation, en vue du retour de la famille.",
            "The city guides the renovation, aimed at the return of the family.",
            "Belediye, ailenin dönüşünü hedefleyerek yenilemeye rehberlik eder.",
            "ترافق المدينة أعمال التجديد بهدف عودة الأسرة.",
        ),
        "rule": DueRule.STANDING,
        "breach_next": BreachNext.NOTHING,
    },
    {
        "party_kind": PartyKind.WELFARE,
        "text": "De wooncontroleur komt na de terugkeer kijken of alles in orde is (nazorg).",
        "translations": _words(
            "Le contrôleur du logement vient vérifier après le retour que tout est en ordre (suivi).",
            "The housing inspector comes to see after the return whether all is well (aftercare).",
            "Konut denetçisi, dönüşten sonra her şeyin yolunda olup olmadığını kontrol eder (takip).",
            "يأتي مراقب السكن بعد العودة للتأكد من أن كل شيء على ما يرام (متابعة).",
        ),
        "topic": Topic.AFTERCARE,
        "rule": DueRule.AFTER_RETURN,
        "days": 92,
        "warn_days": 14,
        "breach_next": BreachNext.NOTHING,
    },
)


def starting_templates() -> Iterator[tuple[str, dict[str, Any], tuple[dict[str, Any], ...]]]:
    """Yield code, words and obligations of each template."""
    yield "driepartijen", THREE_PARTIES, _OBLIGATIONS
    yield (
        "vrij",
        {
            "title": "Overeenkomst",
            "intro": "De partijen spreken het volgende af.",
            "closing": THREE_PARTIES["closing"],
            "translations": {
                "fr": {"title": "Convention", "intro": "Les parties conviennent de ce qui suit."},
                "en": {"title": "Agreement", "intro": "The parties agree on the following."},
                "tr": {"title": "Sözleşme", "intro": "Taraflar aşağıdaki konularda anlaşır."},
                "ar": {"title": "اتفاقية", "intro": "تتفق الأطراف على ما يلي."},
            },
        },
        (),
    )

"""Fixed lists of the civil track: legal files, claims, evidence, rent."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class LandlordVerdict(TextChoices):
    """What somebody decided about two landlords that look connected."""

    SAME = "same", _("zelfde portefeuille")
    DIFFERENT = "different", _("niet dezelfde")


class LegalState(TextChoices):
    """How far a legal file is (domain.md C: conciliation 731-733, petition 1344bis Ger.W.)."""

    PREPARING = "preparing", _("in voorbereiding")
    NOTICE = "notice", _("in gebreke gesteld")
    CONCILIATION = "conciliation", _("in verzoening")
    FILED = "filed", _("bij de vrederechter")
    JUDGED = "judged", _("vonnis")
    SETTLED = "settled", _("geregeld in der minne")
    CLOSED = "closed", _("afgesloten")


class PartyRole(TextChoices):
    """On which side somebody stands."""

    DEFENDANT = "defendant", _("verweerder")
    COUNSEL = "counsel", _("advocaat van de verweerder")
    INTERVENING = "intervening", _("tussenkomende partij")
    EXPERT = "expert", _("deskundige")
    BAILIFF = "bailiff", _("gerechtsdeurwaarder")


class ClaimKind(TextChoices):
    """What is asked (Boek 5 BW; nullity also art. 12 Vlaams Woninghuurdecreet)."""

    PERFORMANCE = "performance", _("nakoming (herstellen)")
    RENT_REDUCTION = "rent_reduction", _("prijsvermindering (minder huur)")
    DAMAGES = "damages", _("schadevergoeding")
    DISSOLUTION = "dissolution", _("ontbinding van de huur")
    NULLITY = "nullity", _("nietigheid van de huur")


class ClaimState(TextChoices):
    """How a claim stands."""

    DRAFT = "draft", _("ontwerp")
    FILED = "filed", _("ingesteld")
    GRANTED = "granted", _("toegekend")
    PARTLY = "partly", _("deels toegekend")
    REJECTED = "rejected", _("afgewezen")
    SETTLED = "settled", _("geregeld")
    WITHDRAWN = "withdrawn", _("ingetrokken")


CLAIM_DECIDED = (ClaimState.GRANTED, ClaimState.PARTLY, ClaimState.REJECTED, ClaimState.SETTLED)
# What brings a tenant something: an amount can be awarded.
CLAIM_WON = (ClaimState.GRANTED, ClaimState.PARTLY, ClaimState.SETTLED)


class CourtDateKind(TextChoices):
    """A day on which something is expected of somebody."""

    CONCILIATION = "conciliation", _("verzoeningszitting")
    HEARING = "hearing", _("zitting")
    CONCLUSIONS = "conclusions", _("conclusies neerleggen")
    SITE_VISIT = "site_visit", _("plaatsbezoek")
    JUDGMENT = "judgment", _("vonnis")
    APPEAL = "appeal", _("einde beroepstermijn")
    OTHER = "other", _("andere termijn")


class CourtDateState(TextChoices):
    """Whether it still has to come."""

    OPEN = "open", _("komt nog")
    DONE = "done", _("geweest")
    CANCELLED = "cancelled", _("gaat niet door")


class EvidenceKind(TextChoices):
    """What sort of proof it is (domain.md C, "collect evidence")."""

    PHOTO = "photo", _("foto")
    LETTER = "letter", _("brief")
    RENT = "rent", _("betaalde huur")
    CHARGES = "charges", _("afrekening van kosten")
    INSPECTION = "inspection", _("onderzoek of verslag")
    STATEMENT = "statement", _("verklaring")
    OTHER = "other", _("ander stuk")


class PaymentMethod(TextChoices):
    """How the rent was paid."""

    TRANSFER = "transfer", _("overschrijving")
    CASH_RECEIPT = "cash_receipt", _("contant, met kwitantie")
    CASH = "cash", _("contant, zonder bewijs")
    WITHHELD = "withheld", _("niet betaald")


class YesNo(TextChoices):
    """An answer that may not be known yet."""

    YES = "yes", _("ja")
    NO = "no", _("nee")
    UNKNOWN = "unknown", _("nog niet geweten")


class PermissionScope(TextChoices):
    """How far a tenant's permission for an exhibit goes."""

    OWN = "own", _("alleen in de bundel van dit gezin")
    JOINT = "joint", _("ook in de gezamenlijke bundel")


class PermissionHow(TextChoices):
    """How a permission was given or taken back."""

    ORAL = "oral", _("mondeling")
    INTERPRETER = "interpreter", _("mondeling, met een tolk")
    SIGNED = "signed", _("ondertekend")
    MESSAGE = "message", _("in een bericht")


class BundleState(TextChoices):
    """How far a bundle is."""

    REQUESTED = "requested", _("gevraagd")
    COMPUTING = "computing", _("wordt gemaakt")
    DONE = "done", _("klaar")
    FAILED = "failed", _("niet gelukt")


BUNDLE_UNFINISHED = (BundleState.REQUESTED, BundleState.COMPUTING)

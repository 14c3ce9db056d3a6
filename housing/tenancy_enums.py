"""Choices of the tenant track: rights, support, arrears, the fund; and which state leads where."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RightKind(TextChoices):
    """A right that a household may have. What each is called is dated reference data (tenancy_rules.py)."""

    RENT_SUBSIDY = "subsidy", _("huursubsidie")
    RENT_PREMIUM = "premium", _("huurpremie")
    RAISED_REFUND = "refund", _("verhoogde tegemoetkoming")
    SOCIAL_TARIFF = "tariff", _("sociaal tarief voor energie")
    LIVING_WAGE = "wage", _("leefloon")
    CHILD_SUPPLEMENT = "child", _("sociale toeslag van het Groeipakket")
    STUDY_GRANT = "study", _("schooltoeslag of studietoelage")
    INSTALLATION = "install", _("installatiepremie")
    OTHER = "other", _("iets anders")


# Asking one of these makes somebody inspect the dwelling: it reaches the inspection, and through it the landlord.
INSPECTED_RIGHTS = frozenset({RightKind.RENT_SUBSIDY, RightKind.RENT_PREMIUM})


class RightState(TextChoices):
    """How far a right is."""

    EXPLORE = "explore", _("te bekijken")
    ASKED = "asked", _("gevraagd")
    GRANTED = "granted", _("toegekend")
    REFUSED = "refused", _("geweigerd")
    DROPPED = "dropped", _("laten vallen")


class GuidanceState(TextChoices):
    """Where a period of intensive support stands."""

    RUNNING = "running", _("loopt")
    ENDED = "ended", _("afgerond")


class FundState(TextChoices):
    """Where a file for the fund against evictions stands."""

    PREPARED = "prepared", _("in voorbereiding")
    SIGNED = "signed", _("overeenkomst getekend")
    ASKED = "asked", _("gevraagd aan het fonds")
    PAID = "paid", _("verhuurder betaald")
    FOLLOWED = "followed", _("opgevolgd tot het einde")
    BROKEN = "broken", _("stopgezet")


# Which state leads where. A step back corrects what was written too soon; the timeline keeps both.
RIGHT_TRANSITIONS = {
    RightState.EXPLORE: (RightState.ASKED, RightState.DROPPED),
    RightState.ASKED: (RightState.GRANTED, RightState.REFUSED, RightState.DROPPED, RightState.EXPLORE),
    RightState.GRANTED: (RightState.ASKED,),
    RightState.REFUSED: (RightState.ASKED, RightState.DROPPED),
    RightState.DROPPED: (RightState.EXPLORE,),
}
SUPPORT_TRANSITIONS = {
    GuidanceState.RUNNING: (GuidanceState.ENDED,),
    GuidanceState.ENDED: (GuidanceState.RUNNING,),
}
FUND_TRANSITIONS = {
    FundState.PREPARED: (FundState.SIGNED, FundState.BROKEN),
    FundState.SIGNED: (FundState.ASKED, FundState.BROKEN, FundState.PREPARED),
    FundState.ASKED: (FundState.PAID, FundState.BROKEN, FundState.SIGNED),
    FundState.PAID: (FundState.FOLLOWED, FundState.BROKEN, FundState.ASKED),
    FundState.FOLLOWED: (FundState.PAID,),
    # Taken up again where it was: EvictionFundFile.resumes_at says where.
    FundState.BROKEN: (FundState.PREPARED, FundState.SIGNED, FundState.ASKED, FundState.PAID),
}
FUND_OPEN = frozenset({FundState.PREPARED, FundState.SIGNED, FundState.ASKED, FundState.PAID})
# The agreement is made with the landlord, and the money goes to him.
REACHES_LANDLORD = frozenset({FundState.SIGNED, FundState.PAID})


class Pace(TextChoices):
    """Per what the agreed contacts are counted."""

    WEEK = "week", _("per week")
    MONTH = "month", _("per maand")


class SupportResult(TextChoices):
    """What a period of support ended with."""

    SETTLED = "settled", _("het gezin woont er nog, de huur is op orde")
    BETTER = "better", _("het gaat beter, gewone begeleiding volstaat")
    MOVED = "moved", _("verhuisd naar een andere woning")
    STOPPED = "stopped", _("het gezin wil niet verder")
    LOST = "lost", _("de woning kon niet behouden worden")


class GoalState(TextChoices):
    """How far a goal of the support came."""

    OPEN = "open", _("mee bezig")
    REACHED = "reached", _("bereikt")
    PARTLY = "partly", _("deels bereikt")
    NOT = "not", _("niet bereikt")


class DebtKind(TextChoices):
    """To whom an arrear is owed."""

    RENT = "rent", _("huur")
    ENERGY = "energy", _("energie en water")
    OTHER = "other", _("andere schuld")


class FundOutcome(TextChoices):
    """What became of the tenancy, when the file of the fund was followed up to its end."""

    KEPT = "kept", _("uithuiszetting vermeden, het gezin woont er nog")
    MOVED = "moved", _("zelf verhuisd")
    EVICTED = "evicted", _("toch uit huis gezet")


class EvictionCondition(TextChoices):
    """What the fund against evictions asks, beside the height of the arrears (vlaanderen.be/lokaal-woonbeleid)."""

    TENANT = "tenant", _("De huurder wil de begeleidingsovereenkomst tekenen")
    LANDLORD = "landlord", _("De verhuurder wil ze tekenen")
    HOLDS_BACK = "holds", _("De verhuurder wacht met een uithuiszetting zolang de overeenkomst loopt")
    NOTICE = "notice", _("De verhuurder verwittigt het OCMW vooraf, met de afgesproken termijn")
    PLAN = "plan", _("Voor de rest van de achterstand is er een afbetalingsplan")
    PORTAL = "portal", _("Het OCMW meldt de overeenkomst aan via het portaal van het fonds")

"""Choices of this package, and which state can follow which."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RequestKind(models.TextChoices):
    """What a resident can ask (GDPR art. 15, 16, 18 and 17)."""

    EXPORT = "export", _("Inzage")
    RECTIFY = "rectify", _("Verbetering")
    RESTRICT = "restrict", _("Beperking")
    ERASE = "erase", _("Wissen")


class RequestState(models.TextChoices):
    """How far a request is."""

    OPEN = "open", _("te beslissen")
    COLLECTING = "collecting", _("wordt verzameld")
    REVIEW = "review", _("na te lezen")
    WRITING = "writing", _("wordt geschreven")
    TO_DO = "to_do", _("uit te voeren")
    ERASING = "erasing", _("wordt gewist")
    DONE = "done", _("beantwoord")
    REFUSED = "refused", _("geweigerd")
    WITHDRAWN = "withdrawn", _("ingetrokken")


ANSWERED = (RequestState.DONE, RequestState.REFUSED, RequestState.WITHDRAWN)
# What a worker has to do; a sweep finds it again.
AT_WORK = (RequestState.COLLECTING, RequestState.WRITING, RequestState.ERASING)


class Failure(models.TextChoices):
    """Why a worker gave up on a request, in words for who can have it tried again. Never what was in it."""

    TIME = "time", _("het duurde te lang, waarschijnlijk omdat er heel veel over deze persoon staat")
    STORAGE = (
        "storage",
        _("de bestanden konden niet bewaard of gelezen worden: de opslag is vol of niet bereikbaar"),
    )
    DATABASE = "database", _("de databank weigerde of was niet bereikbaar")
    BROKEN = (
        "broken",
        _("de verwerking brak telkens af, bijvoorbeeld omdat de server herstartte of te weinig geheugen had"),
    )
    OTHER = (
        "other",
        _("er liep iets mis in het programma zelf; de beheerder vindt het in het logboek van de server"),
    )


class Identity(models.TextChoices):
    """How we know that the person who asks is the person it is about (GDPR art. 12.6)."""

    KNOWN = "known", _("we kennen deze persoon en spraken haar of hem zelf")
    CARD = "card", _("identiteitskaart getoond; er is geen kopie bewaard")
    MANDATE = "mandate", _("iemand anders vraagt het, met een volmacht")
    PARENT = "parent", _("een ouder of voogd vraagt het voor een kind")


class RefusalGround(models.TextChoices):
    """Why the law lets us refuse."""

    TASK = "task", _("nodig voor een taak van algemeen belang (AVG art. 17.3.b)")
    LEGAL_DUTY = "legal_duty", _("een wet verplicht ons dit te bewaren (AVG art. 17.3.b)")
    ARCHIVE = "archive", _("archief in het algemeen belang (AVG art. 17.3.d)")
    CLAIM = "claim", _("nodig voor een rechtszaak of procedure (AVG art. 17.3.e)")
    CORRECT = "correct", _("nagekeken: wat er staat, klopt (AVG art. 16)")
    OTHERS = "others", _("het schaadt de rechten van iemand anders (AVG art. 15.4)")
    UNFOUNDED = "unfounded", _("kennelijk ongegrond of buitensporig (AVG art. 12.5)")
    IDENTITY = "identity", _("we konden niet nagaan wie het vraagt (AVG art. 12.2)")


class PartState(models.TextChoices):
    """Whether a part of an export leaves."""

    PENDING = "pending", _("nog na te lezen")
    IN = "in", _("gaat mee")
    OUT = "out", _("weggelaten")


class RestrictionGround(models.TextChoices):
    """Why processing is restricted (GDPR art. 18.1)."""

    DISPUTED = "disputed", _("de persoon betwist dat de gegevens kloppen")
    UNLAWFUL = "unlawful", _("we mochten dit niet verwerken, en de persoon wil niet dat we wissen")
    CLAIM = "claim", _("de persoon heeft de gegevens nodig voor een procedure")
    OBJECTION = "objection", _("de persoon maakt bezwaar; we kijken het na")


class Category(models.TextChoices):
    """What a selection rule is about, and from when its term counts."""

    CASE = "case", _("Afgesloten dossiers")
    PERSON = "person", _("Personen zonder dossier")
    RADAR = "radar", _("Signalen die nergens toe leidden")
    DRAFT = "draft", _("Blijven liggen bezoekverslagen")


COUNTS_FROM = {
    Category.CASE: _("de dag waarop het dossier werd afgesloten"),
    Category.PERSON: _("de dag waarop de persoon werd ingeschreven, of de laatste wijziging van zijn gezin"),
    Category.RADAR: _("de dag waarop het kernteam besliste"),
    Category.DRAFT: _("de laatste keer dat het werd bewaard"),
}


class Destination(models.TextChoices):
    """What happens at the end of the term (Bestuursdecreet, selectieregels)."""

    KEEP = "keep", _("blijvend bewaren")
    DESTROY = "destroy", _("vernietigen")
    SAMPLE = "sample", _("één op de tien bewaren, de rest vernietigen")


class Certainty(models.TextChoices):
    """Whether the selection committee approved the rule."""

    TO_CONFIRM = "to_confirm", _("te bevestigen")
    APPROVED = "approved", _("goedgekeurd")


class ListState(models.TextChoices):
    """How far a destruction list is."""

    DRAFT = "draft", _("na te kijken")
    APPROVED_ONCE = "approved1", _("één keer goedgekeurd")
    RUNNING = "running", _("wordt vernietigd")
    DONE = "done", _("vernietigd")
    WITHDRAWN = "withdrawn", _("ingetrokken")


UNDECIDED_LISTS = (ListState.DRAFT, ListState.APPROVED_ONCE)

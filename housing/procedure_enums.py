"""Fixed lists of the procedures about a dwelling, and which step leads from which state to which.

The names of the region's own system (VLOK) stand behind them, so that exchanging later is cheap.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ProcedureKind(TextChoices):
    """The procedures of Boek 3 of the Codex Wonen, and the urgent route of the Nieuwe Gemeentewet."""

    WARNING = "warning", _("waarschuwing")
    UNFIT = "unfit", _("ongeschikt of onbewoonbaar")
    URGENT = "urgent", _("dringend (art. 135 NGW)")
    CERTIFICATE = "certificate", _("conformiteitsattest")


class Initiator(TextChoices):
    """Who asked for it (VLOK: Initiatiefnemer)."""

    MUNICIPALITY = "municipality", _("de gemeente zelf")
    OCCUPANT = "occupant", _("een bewoner")
    OWNER = "owner", _("de eigenaar")
    WELFARE = "welfare", _("voorzitter van het bijzonder comité (OCMW)")
    REGION = "region", _("gewestelijk ambtenaar")
    HOUSING_BODY = "housing_body", _("woonmaatschappij")
    INSPECTOR = "inspector", _("wooninspecteur")
    OTHER = "other", _("iemand anders met belang")


class ProcedureState(TextChoices):
    """Where the procedure of one dwelling stands."""

    REQUESTED = "requested", _("verzoek ontvangen")
    FOUNDED = "founded", _("verzoek gegrond")
    ADVICE_ASKED = "advice_asked", _("advies gevraagd")
    INVESTIGATED = "investigated", _("onderzocht, advies binnen")
    ADVICE_SENT = "advice_sent", _("advies verwerkt en verstuurd")
    HEARING_PLANNED = "hearing_planned", _("hoorzitting gepland")
    HEARD = "heard", _("gehoord")
    READY = "ready", _("besluit klaar voor de burgemeester")
    DECIDED = "decided", _("besluit genomen")
    NOTIFIED = "notified", _("besluit betekend")
    APPEALED = "appealed", _("in beroep bij de minister")
    REPAIRING = "repairing", _("eigenaar herstelt")
    COMPLETE = "complete", _("aanvraag volledig")
    # the end
    REJECTED = "rejected", _("verzoek niet gegrond")
    NO_DECISION = "no_decision", _("geen besluit")
    ANNULLED = "annulled", _("besluit vernietigd")
    LIFTED = "lifted", _("opgeheven")
    REPAIRED = "repaired", _("hersteld")
    CONVERTED = "converted", _("omgezet naar ongeschikt/onbewoonbaar")
    ISSUED = "issued", _("attest afgeleverd")
    REFUSED = "refused", _("attest geweigerd")
    STOPPED = "stopped", _("stopgezet")


CLOSED_STATES = frozenset(
    {
        ProcedureState.REJECTED,
        ProcedureState.NO_DECISION,
        ProcedureState.ANNULLED,
        ProcedureState.LIFTED,
        ProcedureState.REPAIRED,
        ProcedureState.CONVERTED,
        ProcedureState.ISSUED,
        ProcedureState.REFUSED,
        ProcedureState.STOPPED,
    }
)
# The decision holds; only here is there something to lift.
IN_FORCE_STATES = frozenset({ProcedureState.DECIDED, ProcedureState.NOTIFIED, ProcedureState.APPEALED})


class Step(TextChoices):
    """What one does in a procedure."""

    FIND_FOUNDED = "find_founded", _("Verzoek gegrond bevinden")
    REJECT = "reject", _("Verzoek afwijzen")
    ASK_ADVICE = "ask_advice", _("Advies vragen")
    INVESTIGATE = "investigate", _("Onderzoek en advies vastleggen")
    SEND_ADVICE = "send_advice", _("Advies aan alle partijen bezorgen")
    PLAN_HEARING = "plan_hearing", _("Hoorzitting plannen")
    HEAR = "hear", _("Gehoord")
    MARK_READY = "mark_ready", _("Besluit klaarleggen")
    DECIDE = "decide", _("Besluit vastleggen")
    DECLINE = "decline", _("Geen besluit")
    NOTIFY = "notify", _("Besluit betekenen")
    SEND_INVENTORY = "send_inventory", _("Naar de inventaris sturen")
    APPEAL = "appeal", _("Beroep vastleggen")
    MINISTER = "minister", _("Uitspraak van de minister vastleggen")
    LIFT = "lift", _("Opheffen")
    AGREE = "agree", _("Verslag en afspraken vastleggen")
    REPORT_REPAIR = "report_repair", _("Melding van herstel vastleggen")
    REPAIRED = "repaired", _("Hersteld, afsluiten")
    CONVERT = "convert", _("Omzetten naar ongeschikt/onbewoonbaar")
    COMPLETE = "complete", _("Aanvraag volledig")
    ISSUE = "issue", _("Attest afleveren")
    REFUSE = "refuse", _("Attest weigeren")
    STOP = "stop", _("Stopzetten")


_S = ProcedureState
_UNFIT_BEFORE_DECISION = (
    _S.REQUESTED,
    _S.FOUNDED,
    _S.ADVICE_ASKED,
    _S.INVESTIGATED,
    _S.ADVICE_SENT,
    _S.HEARING_PLANNED,
    _S.HEARD,
    _S.READY,
)

# kind -> step -> (states from which it can be taken, state to which it leads; None: it stays where it is).
TRANSITIONS: dict[ProcedureKind, dict[Step, tuple[tuple[ProcedureState, ...], ProcedureState | None]]] = {
    # Handboek woningkwaliteit 3.3.2, steps 1 to 10
    ProcedureKind.UNFIT: {
        Step.FIND_FOUNDED: ((_S.REQUESTED,), _S.FOUNDED),
        Step.REJECT: ((_S.REQUESTED,), _S.REJECTED),
        Step.ASK_ADVICE: ((_S.FOUNDED,), _S.ADVICE_ASKED),
        Step.INVESTIGATE: ((_S.FOUNDED, _S.ADVICE_ASKED), _S.INVESTIGATED),
        Step.SEND_ADVICE: ((_S.INVESTIGATED,), _S.ADVICE_SENT),
        Step.PLAN_HEARING: ((_S.ADVICE_SENT, _S.HEARING_PLANNED), _S.HEARING_PLANNED),
        Step.HEAR: ((_S.HEARING_PLANNED,), _S.HEARD),
        Step.MARK_READY: ((_S.HEARD,), _S.READY),
        Step.DECIDE: ((_S.READY,), _S.DECIDED),
        Step.DECLINE: (
            (_S.INVESTIGATED, _S.ADVICE_SENT, _S.HEARING_PLANNED, _S.HEARD, _S.READY),
            _S.NO_DECISION,
        ),
        Step.NOTIFY: ((_S.DECIDED,), _S.NOTIFIED),
        Step.SEND_INVENTORY: ((_S.DECIDED, _S.NOTIFIED), None),
        Step.APPEAL: ((_S.NOTIFIED,), _S.APPEALED),
        Step.MINISTER: ((_S.APPEALED,), _S.NOTIFIED),  # or annulled: the answer says which
        Step.LIFT: ((_S.DECIDED, _S.NOTIFIED), _S.LIFTED),
        Step.STOP: (_UNFIT_BEFORE_DECISION, _S.STOPPED),
    },
    # Codex Wonen Boek 3 deel 4: mediation, with priority when it is chosen
    ProcedureKind.WARNING: {
        Step.AGREE: ((_S.REQUESTED,), _S.REPAIRING),
        Step.REPORT_REPAIR: ((_S.REPAIRING,), None),
        Step.REPAIRED: ((_S.REPAIRING,), _S.REPAIRED),
        Step.CONVERT: ((_S.REPAIRING,), _S.CONVERTED),
        Step.STOP: ((_S.REQUESTED, _S.REPAIRING), _S.STOPPED),
    },
    # art. 135 Nieuwe Gemeentewet: the mayor may act alone
    ProcedureKind.URGENT: {
        Step.MARK_READY: ((_S.REQUESTED,), _S.READY),
        Step.DECIDE: ((_S.READY,), _S.DECIDED),
        Step.DECLINE: ((_S.REQUESTED, _S.READY), _S.NO_DECISION),
        Step.NOTIFY: ((_S.DECIDED,), _S.NOTIFIED),
        Step.SEND_INVENTORY: ((_S.DECIDED, _S.NOTIFIED), None),
        Step.LIFT: ((_S.DECIDED, _S.NOTIFIED), _S.LIFTED),
        Step.STOP: ((_S.REQUESTED, _S.READY), _S.STOPPED),
    },
    # Codex Wonen art. 3.6-3.9
    ProcedureKind.CERTIFICATE: {
        Step.COMPLETE: ((_S.REQUESTED,), _S.COMPLETE),
        Step.ISSUE: ((_S.COMPLETE,), _S.ISSUED),
        Step.REFUSE: ((_S.COMPLETE,), _S.REFUSED),
        Step.STOP: ((_S.REQUESTED, _S.COMPLETE), _S.STOPPED),
    },
}


class Holder(TextChoices):
    """Who has the ball (aan zet)."""

    MAYOR = "mayor", _("de burgemeester")
    REGION = "region", _("Wonen in Vlaanderen")
    MINISTER = "minister", _("de minister")
    OWNER = "owner", _("de eigenaar")
    ANYONE = "anyone", _("wie belang heeft")
    OCCUPANT = "occupant", _("de bewoner")


# Who has to do something, for each state that isn't the end.
HOLDERS: dict[ProcedureState, Holder] = {
    _S.REQUESTED: Holder.MAYOR,
    _S.FOUNDED: Holder.MAYOR,
    _S.ADVICE_ASKED: Holder.REGION,
    _S.INVESTIGATED: Holder.MAYOR,
    _S.ADVICE_SENT: Holder.MAYOR,
    _S.HEARING_PLANNED: Holder.MAYOR,
    _S.HEARD: Holder.MAYOR,
    _S.READY: Holder.MAYOR,
    _S.DECIDED: Holder.MAYOR,
    _S.NOTIFIED: Holder.OWNER,
    _S.APPEALED: Holder.MINISTER,
    _S.REPAIRING: Holder.OWNER,
    _S.COMPLETE: Holder.MAYOR,
}


class TermCode(TextChoices):
    """The terms of a procedure."""

    FOUNDED = "founded", _("nagaan of het verzoek gegrond is")
    ADVICE = "advice", _("advies van het gewest")
    HEARING = "hearing", _("hoorzitting")
    DECISION = "decision", _("besluit over het verzoek")
    SILENCE = "silence", _("beroep tegen het stilzwijgen")
    APPEAL = "appeal", _("beroep tegen het besluit")
    MINISTER = "minister", _("uitspraak van de minister")
    INVENTORY = "inventory", _("besluit naar de inventaris")
    REPAIR = "repair", _("herstel door de eigenaar")
    LEAVE = "leave", _("bewoning stopt")
    CERTIFICATE = "certificate", _("beslissing over het attest")


# Somebody's right to do something: when it passes it is over, nobody is late.
RIGHTS = frozenset({TermCode.SILENCE, TermCode.APPEAL})


class HearingForm(TextChoices):
    """How owner and occupant are heard; the municipality chooses."""

    ORAL = "oral", _("mondeling")
    WRITTEN = "written", _("schriftelijk, uiterlijk die dag")


class Verdict(TextChoices):
    """What the mayor declares (VLOK: Type)."""

    UNFIT = "unfit", _("ongeschikt")
    UNINHABITABLE = "uninhabitable", _("onbewoonbaar")
    BOTH = "both", _("ongeschikt en onbewoonbaar")


# Who lives there must leave: nobody marks this ready before each family knows where to.
MUST_LEAVE = frozenset({Verdict.UNINHABITABLE, Verdict.BOTH})


class MinisterAnswer(TextChoices):
    """What the minister says in appeal."""

    CONFIRMED = "confirmed", _("het besluit blijft")
    ANNULLED = "annulled", _("het besluit is vernietigd")
    INADMISSIBLE = "inadmissible", _("het beroep is niet ontvankelijk")


class LiftReason(TextChoices):
    """Why a declaration ends (VLOK: RedenOpheffing)."""

    CERTIFICATE = "certificate", _("hersteld, met conformiteitsattest")
    DEMOLISHED = "demolished", _("gesloopt")
    REUSED = "reused", _("herbestemd: geen woning meer")


class TrackKind(TextChoices):
    """What else runs about a building beside the procedures."""

    VACANCY = "vacancy", _("leegstand")
    PERMIT = "permit", _("stedenbouwkundige vergunning")


class TrackState(TextChoices):
    """Where a track stands."""

    OPEN = "open", _("loopt")
    WAITING = "waiting", _("wacht op iemand anders")
    CLOSED = "closed", _("afgesloten")

"""Choices and tables of states of the neighbourhood budget (wijkbudget)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RoundState(models.TextChoices):
    """Where a round of the budget stands."""

    DRAFT = "draft", _("in voorbereiding")
    IDEAS = "ideas", _("open voor ideeën")
    ASSESSING = "assessing", _("wordt nagekeken")
    VOTING = "voting", _("stemmen kan")
    DECIDED = "decided", _("beslist")
    CLOSED = "closed", _("afgesloten")


# Back to ideas: nobody handed in, so it stays open a while longer. From voting one way only: a vote is counted.
ROUND_TRANSITIONS: dict[RoundState, frozenset[RoundState]] = {
    RoundState.DRAFT: frozenset({RoundState.IDEAS}),
    RoundState.IDEAS: frozenset({RoundState.ASSESSING}),
    RoundState.ASSESSING: frozenset({RoundState.IDEAS, RoundState.VOTING, RoundState.DECIDED}),
    RoundState.VOTING: frozenset({RoundState.DECIDED}),
    RoundState.DECIDED: frozenset({RoundState.CLOSED}),
    RoundState.CLOSED: frozenset(),
}

ROUND_LOOKS = {
    RoundState.DRAFT: ("pencil", ""),
    RoundState.IDEAS: ("lightbulb-fill", "ok"),
    RoundState.ASSESSING: ("clipboard-check", "brand"),
    RoundState.VOTING: ("check2-square", "brand"),
    RoundState.DECIDED: ("award-fill", "ok"),
    RoundState.CLOSED: ("archive", ""),
}


class ProjectState(models.TextChoices):
    """Where a project of a round stands."""

    RECEIVED = "received", _("ingediend")
    WITHDRAWN = "withdrawn", _("ingetrokken")
    REFUSED = "refused", _("niet goedgekeurd")
    GRANTED = "granted", _("goedgekeurd")
    FINISHED = "finished", _("klaar")
    STOPPED = "stopped", _("gestopt")


PROJECT_TRANSITIONS: dict[ProjectState, frozenset[ProjectState]] = {
    ProjectState.RECEIVED: frozenset({ProjectState.WITHDRAWN, ProjectState.REFUSED, ProjectState.GRANTED}),
    ProjectState.GRANTED: frozenset({ProjectState.FINISHED, ProjectState.STOPPED}),
    ProjectState.WITHDRAWN: frozenset(),
    ProjectState.REFUSED: frozenset(),
    ProjectState.FINISHED: frozenset(),
    ProjectState.STOPPED: frozenset(),
}

PROJECT_LOOKS = {
    ProjectState.RECEIVED: ("inbox", ""),
    ProjectState.WITHDRAWN: ("arrow-return-left", ""),
    ProjectState.REFUSED: ("x-circle-fill", "stop"),
    ProjectState.GRANTED: ("check-circle-fill", "ok"),
    ProjectState.FINISHED: ("flower1", "ok"),
    ProjectState.STOPPED: ("sign-stop", "warn"),
}

# Money was promised to these; everybody may know them.
PROMISED = (ProjectState.GRANTED, ProjectState.FINISHED, ProjectState.STOPPED)
SHOWN = (ProjectState.GRANTED, ProjectState.FINISHED)


class ApplicantKind(models.TextChoices):
    """Who hands in a project."""

    RESIDENT = "resident", _("een bewoner")
    ASSOCIATION = "association", _("een vereniging")
    SCHOOL = "school", _("een school")


class Verdict(models.TextChoices):
    """How a project stands towards a rule."""

    YES = "yes", _("ja")
    NO = "no", _("nee")
    UNCLEAR = "unclear", _("nog niet duidelijk")


class TieRule(models.TextChoices):
    """Who goes first when two projects have as many votes; declared before anybody votes."""

    SMALLEST = "smallest", _("wie het minste geld vraagt gaat voor")
    EARLIEST = "earliest", _("wie het eerst indiende gaat voor")


class LineKind(models.TextChoices):
    """What a line of the ledger is."""

    PAYMENT = "payment", _("betaald")
    REVERSAL = "reversal", _("betaling teruggedraaid")
    REFUND = "refund", _("teruggekregen")

"""Templates of agreements, kept by an administrator in versions."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from housing.agreement_enums import BreachNext, DueRule, PartyKind, Topic

LONGEST_RULE_DAYS = 1100  # three years: no obligation of such an agreement lies further away


class AgreementTemplateQuerySet(QuerySet["AgreementTemplate"]):
    """Questions about templates."""

    def current(self) -> "AgreementTemplateQuerySet":
        """The versions that new agreements are made from."""
        return self.filter(is_current=True)

    def drafts(self) -> "AgreementTemplateQuerySet":
        """Versions that an administrator is still writing."""
        return self.filter(published_at__isnull=True)


class AgreementTemplate(models.Model):
    """One version of a template. Published it never changes: agreements point at what they were made from.

    `translations` maps a language to {"title", "intro"}: an explanation, the Dutch text is what counts.
    """

    code = models.SlugField(max_length=40)
    number = models.PositiveIntegerField(_("versie"))
    title = models.CharField(_("titel"), max_length=140)
    intro = models.TextField(_("inleiding"), max_length=2000, blank=True)
    closing = models.TextField(_("slot"), max_length=2000, blank=True)
    translations = models.JSONField(default=dict, blank=True)
    is_current = models.BooleanField(default=False)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = AgreementTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("sjabloon")
        verbose_name_plural = _("sjablonen")
        constraints = (
            models.UniqueConstraint(fields=["code", "number"], name="agreementtemplate_version"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(is_current=True), name="agreementtemplate_one_current"
            ),
            models.UniqueConstraint(
                fields=["code"], condition=Q(published_at__isnull=True), name="agreementtemplate_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(is_current=False) | Q(published_at__isnull=False),
                name="agreementtemplate_current_is_published",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        """Tell whether an administrator may still change it."""
        return self.published_at is None


class TemplateObligation(models.Model):
    """What a kind of party takes on, when, and what the agreement says comes next when it isn't done.

    `translations` maps a language to the text, for the explanatory sheet.
    """

    template = models.ForeignKey(AgreementTemplate, on_delete=models.CASCADE, related_name="obligations")
    position = models.PositiveIntegerField()
    party_kind = models.CharField(_("wie"), max_length=9, choices=PartyKind)
    text = models.CharField(_("verbintenis"), max_length=600)
    translations = models.JSONField(default=dict, blank=True)
    topic = models.CharField(_("waarover"), max_length=11, choices=Topic, default=Topic.GENERAL)
    rule = models.CharField(_("tegen wanneer"), max_length=13, choices=DueRule)
    days = models.PositiveIntegerField(
        _("aantal dagen"), default=0, validators=[MaxValueValidator(LONGEST_RULE_DAYS)]
    )
    warn_days = models.PositiveIntegerField(
        _("dagen vooraf waarschuwen"), default=7, validators=[MaxValueValidator(90)]
    )
    breach_next = models.CharField(
        _("wat volgt als het niet gebeurt"), max_length=7, choices=BreachNext, default=BreachNext.NOTHING
    )
    breach_text = models.CharField(_("zo staat het in de overeenkomst"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("verbintenis van een sjabloon")
        verbose_name_plural = _("verbintenissen van een sjabloon")
        constraints = (
            models.UniqueConstraint(
                fields=["template", "position"],
                name="templateobligation_position",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=Q(days__lte=LONGEST_RULE_DAYS) & Q(warn_days__lte=90),
                name="templateobligation_days_sensible",
                violation_error_message=_("Zo veel dagen kan niet."),
            ),
        )

    def __str__(self) -> str:
        return self.text

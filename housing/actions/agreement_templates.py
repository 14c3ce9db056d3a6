"""Templates of agreements: a new version is written beside the current one and then put into use."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from arsenaal.lib.errors import ActionError, ChangedMeanwhileError
from housing.agreement_catalogue import starting_templates
from housing.models import AgreementTemplate, TemplateObligation

_WORDS = ("title", "intro", "closing", "translations")
_OBLIGATION = (
    "party_kind",
    "text",
    "translations",
    "topic",
    "rule",
    "days",
    "warn_days",
    "breach_next",
    "breach_text",
)


class TemplateInUseError(ActionError):
    """A published version never changes: agreements were made from it."""


class TemplateIncompleteError(ActionError):
    """Something is missing before it can be used."""


@transaction.atomic
def load_templates() -> int:
    """Add the starting templates that aren't there yet; return how many. What is there keeps its words."""
    made = 0
    for code, words, obligations in starting_templates():
        if AgreementTemplate.objects.filter(code=code).exists():
            continue
        template = AgreementTemplate.objects.create(
            code=code, number=1, is_current=True, published_at=timezone.now(), **words
        )
        TemplateObligation.objects.bulk_create(
            TemplateObligation(template=template, position=position, **row)
            for position, row in enumerate(obligations, 1)
        )
        made += 1
    return made


def _lock_draft(template: AgreementTemplate) -> AgreementTemplate:
    locked = AgreementTemplate.objects.select_for_update().get(pk=template.pk)
    if not locked.is_draft:
        raise TemplateInUseError(
            _("Deze versie is in gebruik en blijft zoals ze is. Begin een nieuwe versie.")
        )
    return locked


@transaction.atomic
def start_version(*, by: User, template: AgreementTemplate) -> AgreementTemplate:
    """Start the next version as a copy; when somebody is writing one already, that is the one."""
    rows = list(AgreementTemplate.objects.select_for_update().filter(code=template.code).order_by("-number"))
    if rows[0].is_draft:
        return rows[0]
    source = AgreementTemplate.objects.get(pk=template.pk)
    draft = AgreementTemplate.objects.create(
        code=source.code,
        number=rows[0].number + 1,
        made_by=by,
        **{name: getattr(source, name) for name in _WORDS},
    )
    TemplateObligation.objects.bulk_create(
        TemplateObligation(
            template=draft, position=row.position, **{name: getattr(row, name) for name in _OBLIGATION}
        )
        for row in source.obligations.order_by("position")
    )
    return draft


@transaction.atomic
def edit_template(*, by: User, template: AgreementTemplate, version: int, **fields: Any) -> AgreementTemplate:
    """Change title, intro, closing or their translations. Raises TemplateInUseError, ChangedMeanwhileError."""
    template = _lock_draft(template)
    if template.version != version:
        raise ChangedMeanwhileError(
            _("Iemand anders heeft dit sjabloon intussen gewijzigd. Vergelijk en bewaar opnieuw."),
            current={
                _("titel"): template.title,
                _("inleiding"): template.intro,
                _("slot"): template.closing,
            },
        )
    for name in _WORDS:
        setattr(template, name, fields[name])
    template.version += 1
    template.save()
    return template


@transaction.atomic
def add_template_obligation(*, by: User, template: AgreementTemplate, **fields: Any) -> TemplateObligation:
    """Add an obligation at the end; `fields` holds all of `_OBLIGATION`. Raises TemplateInUseError."""
    template = _lock_draft(template)
    last = template.obligations.aggregate(last=Max("position"))["last"] or 0
    return TemplateObligation.objects.create(
        template=template, position=last + 1, **{name: fields[name] for name in _OBLIGATION}
    )


@transaction.atomic
def edit_template_obligation(
    *, by: User, obligation: TemplateObligation, **fields: Any
) -> TemplateObligation:
    """Change an obligation. Raises TemplateInUseError."""
    _lock_draft(obligation.template)
    for name in _OBLIGATION:
        setattr(obligation, name, fields[name])
    obligation.save()
    return obligation


@transaction.atomic
def remove_template_obligation(*, by: User, obligation: TemplateObligation) -> None:
    """Take an obligation out of a version that isn't used yet. Raises TemplateInUseError."""
    _lock_draft(obligation.template)
    obligation.delete()


@transaction.atomic
def publish_template(*, by: User, template: AgreementTemplate) -> AgreementTemplate:
    """Put a version into use in the place of the current one.

    Raises TemplateInUseError when it is already, TemplateIncompleteError without a single obligation.
    """
    # All versions of it, so that two administrators can't each make theirs the current one.
    list(AgreementTemplate.objects.select_for_update().filter(code=template.code).order_by("pk"))
    template = _lock_draft(template)
    if not template.obligations.exists():
        raise TemplateIncompleteError(_("Voeg eerst een verbintenis toe."))
    AgreementTemplate.objects.filter(code=template.code, is_current=True).update(is_current=False)
    template.is_current, template.published_at = True, timezone.now()
    template.version += 1
    template.save()
    return template

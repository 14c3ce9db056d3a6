"""Every contact that anyone had with a landlord."""

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from accounts.models import Neighbourhood, User
from cases.models import Case
from housing.enums import ContactChannel, ContactDirection
from housing.models.landlord import Landlord


class LandlordContact(models.Model):
    """One call, letter or talk. `via_contact_person` is answered when somebody else is the one voice."""

    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, related_name="contacts")
    neighbourhood = models.ForeignKey(Neighbourhood, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(
        Case,
        on_delete=models.PROTECT,
        related_name="landlord_contacts",
        null=True,
        blank=True,
        verbose_name=_("over welk dossier?"),
    )
    at = models.DateTimeField(_("wanneer"))
    direction = models.CharField(_("wie nam contact op?"), max_length=8, choices=ContactDirection)
    channel = models.CharField(_("hoe"), max_length=7, choices=ContactChannel)
    via_contact_person = models.BooleanField(
        _("liep dit via het vaste aanspreekpunt?"), null=True, blank=True
    )
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("contact met een verhuurder")
        verbose_name_plural = _("contacten met verhuurders")
        indexes = (
            models.Index(F("landlord"), F("at").desc(), F("id").desc(), name="landlordcontact_newest"),
        )

    def __str__(self) -> str:
        return f"{self.landlord_id} {self.at:%Y-%m-%d}"


class ContactWords(models.Model):
    """What was said in a contact. About a case it is for who may read that case."""

    contact = models.OneToOneField(
        LandlordContact, on_delete=models.CASCADE, primary_key=True, related_name="words"
    )
    summary = models.TextField(_("wat is er gezegd?"), max_length=4000)

    class Meta:
        verbose_name = _("woorden van een contact")
        verbose_name_plural = _("woorden van contacten")

    def __str__(self) -> str:
        return f"words of {self.contact_id}"

"""What one person typed about a visit and did not save yet: the same for every kind of visit."""

from django.db import models


class Draft(models.Model):
    """Words that are still being written. A kind of visit adds `user`, and what it is about; one per user and uuid.

    `revision` counts the saves as the device numbers them, so that an older save that arrives late changes nothing.
    """

    visit_uuid = models.UUIDField()
    payload = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"draft {self.visit_uuid}"

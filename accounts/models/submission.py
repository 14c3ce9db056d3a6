"""Forms that were sent, so that one sent twice is done once."""

from django.db import models

from accounts.models.user import User


class FormSubmission(models.Model):
    """One sent form. The page makes the token; the row is written in the same transaction as what the form did."""

    token = models.UUIDField(primary_key=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    result_url = models.CharField(max_length=400, blank=True)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return str(self.token)

"""Finding the inspection that a page is about, within what the user may see."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from accounts.looks import Look, Subject, look_at
from accounts.permissions import Permission
from accounts.views.base import ActionFormView, PermissionMixin
from housing.models import Inspection
from housing.perms import can_inspect


class InspectionMixin(PermissionMixin):
    """A page of one inspection: 404 outside the user's scope."""

    permission = Permission.INSPECTION_READ
    inspection: Inspection

    def load(self, **kwargs: Any) -> None:
        """Find the inspection by its uuid."""
        rows = Inspection.objects.visible_to(self.request.user).select_related(
            "neighbourhood",
            "building",
            "dwelling__building",
            "report_version",
            "inspector",
            "common__building",
            "previous",
            "corrects",
        )
        self.inspection = get_object_or_404(rows, uuid=kwargs["uuid"])

    def looks(self) -> Iterable[Look]:
        """The dwelling, or the building when its common parts were inspected."""
        where = self.inspection.neighbourhood_id
        if self.inspection.dwelling is not None:
            return [look_at(Subject.DWELLING, self.inspection.dwelling.pk, neighbourhood_id=where)]
        return [look_at(Subject.BUILDING, self.inspection.building.pk, neighbourhood_id=where)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the page its inspection and what this user may do."""
        may_work = can_inspect(self.request.user, self.inspection.neighbourhood_id)
        return super().get_context_data(inspection=self.inspection, may_work=may_work, **kwargs)


class InspectionWorkMixin(InspectionMixin):
    """The same for whoever makes inspections: 403 for who may only read."""

    permission = Permission.INSPECTION_WORK

    def load(self, **kwargs: Any) -> None:
        """Find it and check that one may write in it."""
        super().load(**kwargs)
        if not can_inspect(self.request.user, self.inspection.neighbourhood_id):
            raise PermissionDenied


class InspectionFormView(InspectionWorkMixin, ActionFormView):
    """A form about one inspection."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Going back leads to the inspection; its address stands above the form."""
        kwargs.setdefault("intro", str(self.inspection))
        kwargs.setdefault("cancel_url", self.inspection.get_absolute_url())
        return super().get_context_data(**kwargs)

    def latest_version(self) -> int:
        """Return the version as it stands now."""
        return Inspection.objects.get(pk=self.inspection.pk).version

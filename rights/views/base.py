"""Finding the request or the list that a page is about, within what the user may see."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from accounts.looks import Look, Subject, look_at
from accounts.models import User
from accounts.permissions import Permission
from accounts.views.base import ActionFormView, PermissionMixin
from rights.models import DestructionList, RightsRequest
from rights.perms import can_read_request


class RightsMixin(PermissionMixin):
    """A page about requests: for who records or decides them, and for who oversees."""

    permission = Permission.RIGHTS_ASK

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Whoever asks, decides or oversees has a reason to be here."""
        may_be_here = (Permission.RIGHTS_ASK, Permission.RIGHTS_OVERSEE)
        self.permission = next(
            (wanted for wanted in may_be_here if request.user.access.can_anywhere(wanted)), may_be_here[0]
        )
        return super().dispatch(request, *args, **kwargs)


class RequestMixin(RightsMixin):
    """A page of one request: 404 outside the user's scope. Who only oversees doesn't read its words."""

    request_found: RightsRequest

    def load(self, **kwargs: Any) -> None:
        """Find the request."""
        requests = RightsRequest.objects.visible_to(self.request.user).select_related(
            "person", "neighbourhood", "recorded_by", "decided_by", "extended_by", "restriction"
        )
        self.request_found = get_object_or_404(requests, pk=kwargs["pk"])

    def looks(self) -> Iterable[Look]:
        """The person who asked. Somebody who was forgotten has no number any more."""
        found = self.request_found
        return [look_at(Subject.PERSON, found.person_id, neighbourhood_id=found.neighbourhood_id)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the page its request, and whether its words are for this reader."""
        return super().get_context_data(  # type: ignore[misc]
            found=self.request_found,
            may_read=can_read_request(self.request.user, self.request_found),
            **kwargs,
        )


class RequestActionView(RequestMixin, ActionFormView):
    """A form that changes a request: 403 for who may only see it."""

    template_name = "rights/request_form.html"
    may: Callable[[User, RightsRequest], bool]

    def load(self, **kwargs: Any) -> None:
        """Find the request and check that one may change it."""
        super().load(**kwargs)
        if not type(self).may(self.request.user, self.request_found):
            raise PermissionDenied

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Going back leads to the request."""
        return super().get_context_data(cancel_url=self.request_found.get_absolute_url(), **kwargs)


class ListMixin(PermissionMixin):
    """A page of one destruction list: 404 outside the user's scope."""

    permission = Permission.RETENTION_READ
    wanted: DestructionList

    def load(self, **kwargs: Any) -> None:
        """Find the list."""
        lists = DestructionList.objects.visible_to(self.request.user).select_related(
            "neighbourhood", "made_by", "first_by", "second_by"
        )
        self.wanted = get_object_or_404(lists, pk=kwargs["pk"])

    def looks(self) -> Iterable[Look]:
        """The list."""
        return [look_at(Subject.LIST, self.wanted.pk, neighbourhood_id=self.wanted.neighbourhood_id)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the page its list."""
        return super().get_context_data(wanted=self.wanted, **kwargs)  # type: ignore[misc]

"""One's own filters of a list, of whatever package: keep, rename, remove."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View

from accounts.permissions import Permission
from accounts.views.base import ActionFormView, PermissionMixin
from arsenaal.lib.errors import ActionError
from cases.actions.saved_filters import delete_filter, rename_filter, save_filter
from cases.models import SavedFilter
from cases.saved_lists import SAVED_LISTS, SavedList, normalised_query


class ListMixin(PermissionMixin):
    """A list with filters that can be kept: 404 when there is no such list, 403 when it isn't for this user."""

    permission = Permission.CASE_READ
    spec: SavedList
    list_code: str

    def load(self, **kwargs: Any) -> None:
        """Find the list, and check the permission of the list itself."""
        self.list_code = kwargs["list_code"]
        if self.list_code not in SAVED_LISTS:
            raise Http404
        self.spec = SAVED_LISTS[self.list_code]
        if not self.request.user.access.can_anywhere(self.spec.permission):
            raise PermissionDenied

    @property
    def list_url(self) -> str:
        """The address of the list itself."""
        try:
            return reverse(self.spec.url_name)
        except NoReverseMatch:
            raise Http404 from None


class SavedFiltersView(ListMixin, TemplateView):
    """One's own filters of one list, to tidy them."""

    template_name = "cases/saved_filters.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather the filters in one query."""
        return super().get_context_data(
            spec=self.spec,
            list_url=self.list_url,
            saved=SavedFilter.objects.filter(user=self.request.user, list_code=self.list_code).order_by(
                "name"
            ),
            **kwargs,
        )


class SavedFilterSaveView(ListMixin, View):
    """Keep the filter that is on screen; back to the list, which then shows it as a tab."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep it, or say why not; what was filtered stays on screen."""
        query = normalised_query(request.POST.get("query", "").replace("\0", ""))
        try:
            saved = save_filter(
                by=request.user,
                list_code=self.list_code,
                name=request.POST.get("name", "").replace("\0", ""),
                query=query,
            )
        except ActionError as error:
            messages.error(request, error.message)
        else:
            query = saved.query
            messages.success(request, _("Filter “%(name)s” is bewaard als tabblad.") % {"name": saved.name})
        return HttpResponseRedirect(f"{self.list_url}?{query}" if len(query) <= 1000 else self.list_url)


class RenameForm(forms.Form):
    """The new name."""

    name = forms.CharField(label=gettext_lazy("Naam"), max_length=60)


class OwnFilterMixin(PermissionMixin):
    """One of one's own filters: 404 for somebody else's."""

    permission = Permission.CASE_READ
    saved: SavedFilter

    def load(self, **kwargs: Any) -> None:
        """Find it."""
        self.saved = get_object_or_404(SavedFilter, pk=kwargs["pk"], user=self.request.user)

    @property
    def back_url(self) -> str:
        """The page with all filters of this list."""
        return reverse("cases:saved-filters", args=[self.saved.list_code])


class SavedFilterRenameView(OwnFilterMixin, ActionFormView):
    """Give a filter another name."""

    form_class = RenameForm
    title = gettext_lazy("Filter hernoemen")
    submit_label = gettext_lazy("Naam bewaren")
    done_message = gettext_lazy("Het filter heeft een nieuwe naam.")

    def get_initial(self) -> dict[str, Any]:
        """Start from the name it has."""
        return {"name": self.saved.name}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Going back leads to the filters."""
        return super().get_context_data(cancel_url=self.back_url, **kwargs)

    def act(self, form: forms.Form) -> str:
        """Rename it."""
        rename_filter(by=self.request.user, saved=self.saved, name=form.cleaned_data["name"])
        return self.back_url


class SavedFilterDeleteView(OwnFilterMixin, View):
    """Remove a filter. The button names it; the list and the cases don't change."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Remove it."""
        url, name = self.back_url, self.saved.name
        delete_filter(by=request.user, saved=self.saved)
        messages.success(request, _("Filter “%(name)s” is verwijderd.") % {"name": name})
        return HttpResponseRedirect(url)

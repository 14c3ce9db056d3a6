"""Wie keek in mijn dossier: for the family, on paper. Made by who manages the case, or by the privacy officer."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from accounts.looks import Look, LookKind, Subject
from accounts.permissions import Permission
from accounts.views.base import PermissionMixin
from arsenaal.lib.exports import pdf_response
from arsenaal.lib.pdf import render_pdf
from arsenaal.lib.wall import beyond_wall
from cases.forms.looks import LooksForm, default_period
from cases.looks import case_look
from cases.looks_of import MOST_LINES, LookLine, Scope, looks_of, scope_of_case, scope_of_person
from cases.models import Case
from cases.perms import can_make_looks_of_person, can_manage_case
from cases.views.base import CaseMixin
from people.views.base import PersonMixin


class LooksPage(PermissionMixin, TemplateView):
    """The period, what it holds, and the same as a PDF with ?pdf=1."""

    template_name = "cases/looks.html"
    number = ""  # of the case, on the paper
    about = ""  # what the way back is called

    def scope(self) -> Scope:
        """Of whom the looks are told."""
        raise NotImplementedError

    def back_url(self) -> str:
        """The page from which one came."""
        raise NotImplementedError

    @property
    def kind(self) -> LookKind:
        """Making the paper is a look of its own."""
        return LookKind.PRINTED if self.wants_pdf and self.form.is_valid() else LookKind.OPENED

    @property
    def wants_pdf(self) -> bool:
        """Tell whether the paper was asked for."""
        return self.request.GET.get("pdf") == "1"

    @cached_property
    def form(self) -> LooksForm:
        """The period that was asked for, or the last year."""
        start, end = default_period()
        asked = {"from_on": self.request.GET.get("from_on"), "until_on": self.request.GET.get("until_on")}
        return LooksForm(asked if any(asked.values()) else {"from_on": start, "until_on": end})

    def lines(self) -> list[LookLine]:
        """Who looked; nothing when the period makes no sense."""
        if not self.form.is_valid():
            return []
        return looks_of(self.scope(), self.form.cleaned_data["from_on"], self.form.cleaned_data["until_on"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page, or the paper. A period that makes no sense is said beside its field."""
        if self.wants_pdf and self.form.is_valid():
            return self._pdf()
        response = super().get(request, *args, **kwargs)
        if not self.form.is_valid():
            response.status_code = 422
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The lines, and where the paper is."""
        lines = self.lines()
        query = self.request.GET.copy()
        query["pdf"] = "1"
        return super().get_context_data(
            form=self.form,
            lines=lines[:MOST_LINES],
            is_cut=len(lines) > MOST_LINES,
            about=self.about,
            pdf_url=f"?{query.urlencode()}" if self.form.is_valid() else "",
            back_url=self.back_url(),
            **kwargs,
        )

    def _pdf(self) -> HttpResponse:
        with translation.override("nl"):  # for the family, whatever the screen of who makes it
            lines = self.lines()
        start: dt.date = self.form.cleaned_data["from_on"]
        end: dt.date = self.form.cleaned_data["until_on"]
        content = render_pdf(
            "cases/looks_pdf.html",
            {
                "lines": lines[:MOST_LINES],
                "is_cut": len(lines) > MOST_LINES,
                "number": self.number,
                "start": start,
                "end": end,
                "made_on": timezone.localdate(),
            },
            language="nl",
        )
        name = f"wie-keek-{self.number.lower() or 'gezin'}-{start}-{end}"
        return pdf_response(name, content)


class CaseLooksView(CaseMixin, LooksPage):
    """From the page of the case, for its lead and for who opens cases."""

    def load(self, **kwargs: Any) -> None:
        """Find the case; only who manages it."""
        super().load(**kwargs)
        if not can_manage_case(self.request.user, self.case):
            raise PermissionDenied
        self.number = self.about = self.case.number

    def looks(self) -> Iterable[Look]:
        """The log of this case."""
        return [case_look(self.case, kind=self.kind, subject=Subject.LOG)]

    def scope(self) -> Scope:
        """This case and its family."""
        return scope_of_case(self.case)

    def back_url(self) -> str:
        """The case."""
        return self.case.get_absolute_url()


class PersonLooksView(PersonMixin, LooksPage):
    """From the page of a person, for who manages a case of his family."""

    def load(self, **kwargs: Any) -> None:
        """Find the person; only who answers for his family."""
        super().load(**kwargs)
        if not can_make_looks_of_person(self.request.user, self.person):
            raise PermissionDenied
        self.about = str(self.person)

    def looks(self) -> Iterable[Look]:
        """This person's record."""
        person = self.person
        return [Look(self.kind, Subject.PERSON, person.pk, str(person.pk), person.neighbourhood_id)]

    def scope(self) -> Scope:
        """This person, and the families he belongs to today."""
        return scope_of_person(self.person)

    def back_url(self) -> str:
        """The person."""
        return self.person.get_absolute_url()


class LogLooksView(LooksPage):
    """From the access log: by the number of the case alone. The case itself stays closed to the privacy officer."""

    permission = Permission.ACCESS_LOG_READ
    subject = Subject.CASE

    def load(self, **kwargs: Any) -> None:
        """Find the case in one's own neighbourhoods."""
        where = self.request.user.access.where(Permission.ACCESS_LOG_READ)
        with beyond_wall("the number of a case, for the log"):
            known = Case.objects.only("number", "neighbourhood_id", "household_id")
            self.found = get_object_or_404(known, neighbourhood_id__in=where, number=kwargs["number"])
        self.number = self.about = self.found.number

    def looks(self) -> Iterable[Look]:
        """The log of this case."""
        return [case_look(self.found, kind=self.kind, subject=Subject.LOG)]

    def scope(self) -> Scope:
        """This case and its family."""
        return scope_of_case(self.found)

    def back_url(self) -> str:
        """The log of this case."""
        return f"{reverse('access:log')}?case={self.number}"

"""Tasks: the list of mine and the team's, and what can be done with one."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.looks import Look, Subject
from accounts.permissions import Permission
from accounts.views.base import ActionFormView, PermissionMixin
from cases.actions.tasks import add_task, drop_task, edit_task, finish_task, reopen_task
from cases.filters.tasks import TaskFilter
from cases.forms.tasks import TaskEditForm, TaskForm
from cases.looks import case_look, look_with_case
from cases.models import Case, Task
from cases.perms import can_work_on_case, can_work_on_task
from cases.views.lists import ExportView, FilteredListView, FilteredQueryMixin, Sort
from cases.views.quick import QuickActionView, number_of


class TaskRows(FilteredQueryMixin):
    """The tasks that this user may see."""

    permission = Permission.CASE_WORK
    filter_class = TaskFilter
    sorts = {
        "date": Sort("due_on", gettext_lazy("wat eerst moet eerst"), gettext_lazy("wat laatst moet eerst")),
    }
    default_sort = "date"

    def visible(self) -> QuerySet[Task]:
        """Tasks that this user may see."""
        return Task.objects.visible_to(self.request.user)


class TaskListView(TaskRows, FilteredListView):
    """My tasks and those of the cases I work on."""

    template_name = "cases/task_list.html"
    title = gettext_lazy("Taken")
    export_url_name = "cases:task-export"

    def enrich(self, rows: QuerySet[Task]) -> QuerySet[Task]:
        """With who and for what."""
        return rows.select_related("assignee", "case", "neighbourhood", "done_by")

    def subject(self, count: str) -> str:
        """So many tasks, of whom."""
        whose = self.chosen.get("whose") or "mine"
        state = self.chosen.get("state") or "open"
        n = number_of(count)
        words = {
            ("mine", "open"): ngettext("%(n)s open taak van mij", "%(n)s open taken van mij", n),
            ("mine", "done"): ngettext("%(n)s gedane taak van mij", "%(n)s gedane taken van mij", n),
            ("mine", "dropped"): ngettext(
                "%(n)s taak van mij die niet meer nodig is", "%(n)s taken van mij die niet meer nodig zijn", n
            ),
            ("mine", "all"): ngettext("%(n)s taak van mij", "%(n)s taken van mij", n),
            ("team", "open"): ngettext("%(n)s open taak van het team", "%(n)s open taken van het team", n),
            ("team", "done"): ngettext(
                "%(n)s gedane taak van het team", "%(n)s gedane taken van het team", n
            ),
            ("team", "dropped"): ngettext(
                "%(n)s taak van het team die niet meer nodig is",
                "%(n)s taken van het team die niet meer nodig zijn",
                n,
            ),
            ("team", "all"): ngettext("%(n)s taak van het team", "%(n)s taken van het team", n),
        }
        return words[whose, state] % {"n": count}

    def remarks(self) -> Iterable[str]:
        """Say when only what is late is shown."""
        return [_("te laat")] if self.chosen.get("late") else []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Who sees a task here may finish it."""
        return super().get_context_data(may_work=True, today=timezone.localdate(), **kwargs)

    def tabs(self) -> list[dict[str, Any]]:
        """Mine, and the team's."""
        is_team = self.chosen.get("whose") == "team"
        return [
            {"label": _("Van mij"), "url": "?whose=mine", "is_current": not is_team},
            {"label": _("Van het team"), "url": "?whose=team", "is_current": is_team},
        ]


class TaskExportView(TaskRows, ExportView):
    """The same tasks as a file."""

    filename = "taken"
    case_field = "case_id"
    household = "case__household"

    def headers(self) -> Sequence[Any]:
        """The columns."""
        return [_("wat"), _("wie"), _("tegen wanneer"), _("stand"), _("dossier"), _("wijk")]

    def lines(self, rows: QuerySet[Task]) -> Iterator[Sequence[Any]]:
        """One line for each task."""
        for row in rows.select_related("assignee", "case", "neighbourhood").iterator(chunk_size=500):
            yield [
                row.title,
                row.assignee,
                row.due_on,
                row.get_state_display(),
                row.case.number if row.case else "",
                row.neighbourhood,
            ]


class TaskNewView(ActionFormView):
    """Give somebody a task, in a case (with its number in the address) or in a neighbourhood."""

    permission = Permission.CASE_WORK
    form_class = TaskForm
    title = gettext_lazy("Nieuwe taak")
    submit_label = gettext_lazy("Taak geven")
    done_message = gettext_lazy("De taak is gegeven.")
    case: Case | None = None

    def load(self, **kwargs: Any) -> None:
        """Find the case, if there is one."""
        if "number" in kwargs:
            cases = Case.objects.visible_to(self.request.user).select_related("neighbourhood")
            self.case = get_object_or_404(cases, number=kwargs["number"])
            if not can_work_on_case(self.request.user, self.case):
                raise PermissionDenied

    def looks(self) -> Iterable[Look]:
        """The case, when the task is for one."""
        return [case_look(self.case)] if self.case is not None else []

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the colleagues who can do it."""
        return {**super().get_form_kwargs(), "user": self.request.user, "case": self.case}

    def get_initial(self) -> dict[str, Any]:
        """Oneself, until another name is picked."""
        return {"assignee": self.request.user.pk}

    def back_url(self) -> str:
        """The case, or the list."""
        return f"{self.case.get_absolute_url()}#tasks" if self.case else reverse("cases:task-list")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Going back leads to where one came from."""
        return super().get_context_data(cancel_url=self.back_url(), case=self.case, **kwargs)

    def act(self, form: forms.Form) -> str:
        """Give it."""
        add_task(by=self.request.user, case=self.case, **form.cleaned_data)
        return self.back_url()


class TaskMixin(PermissionMixin):
    """One task: 404 outside the user's scope."""

    permission = Permission.CASE_WORK
    task: Task

    def load(self, **kwargs: Any) -> None:
        """Find it."""
        tasks = Task.objects.visible_to(self.request.user).select_related("case", "assignee")
        self.task = get_object_or_404(tasks, pk=kwargs["pk"])
        if not can_work_on_task(self.request.user, self.task):
            raise PermissionDenied

    def looks(self) -> Iterable[Look]:
        """The case of the task; a task for the neighbourhood is about nobody."""
        where = self.task.neighbourhood_id
        return [look_with_case(Subject.OTHER, self.task, neighbourhood_id=where)] if self.task.case else []

    def back_url(self) -> str:
        """The case, or the list."""
        if self.task.case is not None:
            return f"{self.task.case.get_absolute_url()}#tasks"
        return reverse("cases:task-list")


class TaskEditView(TaskMixin, ActionFormView):
    """Change a task."""

    form_class = TaskEditForm
    title = gettext_lazy("Taak wijzigen")
    submit_label = gettext_lazy("Taak bewaren")
    done_message = gettext_lazy("De taak is bewaard.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form looks at the task."""
        return {**super().get_form_kwargs(), "user": self.request.user, "task": self.task}

    def get_initial(self) -> dict[str, Any]:
        """Start from what stands there."""
        task = self.task
        return {
            "title": task.title,
            "assignee": task.assignee_id,
            "due_on": task.due_on,
            "version": task.version,
        }

    def latest_version(self) -> int:
        """The version as it stands now."""
        return Task.objects.get(pk=self.task.pk).version

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Going back leads to where one came from."""
        return super().get_context_data(cancel_url=self.back_url(), **kwargs)

    def act(self, form: forms.Form) -> str:
        """Save it."""
        edit_task(by=self.request.user, task=self.task, **form.cleaned_data)
        return self.back_url()


class TaskDoneView(TaskMixin, QuickActionView):
    """Done."""

    def act(self) -> None:
        """Mark it."""
        finish_task(by=self.request.user, task=self.task)

    def told(self) -> str:
        """Say what changed, and the way back."""
        return _("“%(title)s” is gedaan. Vergist? Zet ze weer open.") % {"title": self.task.title}


class TaskDropView(TaskMixin, QuickActionView):
    """No longer needed."""

    def act(self) -> None:
        """Mark it."""
        drop_task(by=self.request.user, task=self.task)

    def told(self) -> str:
        """Say what changed, and the way back."""
        return _("“%(title)s” is niet meer nodig. Vergist? Zet ze weer open.") % {"title": self.task.title}


class TaskReopenView(TaskMixin, QuickActionView):
    """Back on the list."""

    def act(self) -> None:
        """Open it again."""
        reopen_task(by=self.request.user, task=self.task)

    def told(self) -> str:
        """Say what changed, and the way back."""
        return _("“%(title)s” staat weer open.") % {"title": self.task.title}

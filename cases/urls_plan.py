"""Addresses of the plan and what belongs to it: agreements, tasks, interventions, questions, obstacles."""

from django.urls import path

from cases.views import agreements, catalogue, help_requests, interventions, mandates, obstacles, plan, tasks

_of_case = [
    ("steps/new/", plan.StepNewView, "step-new"),
    ("steps/<int:pk>/edit/", plan.StepEditView, "step-edit"),
    ("steps/<int:pk>/move/", plan.StepMoveView, "step-move"),
    ("steps/<int:pk>/state/", plan.StepStateView, "step-state"),
    ("tasks/new/", tasks.TaskNewView, "task-new"),
    ("boundaries/new/", agreements.BoundaryNewView, "boundary-new"),
    ("boundaries/<int:pk>/lift/", agreements.BoundaryLiftView, "boundary-lift"),
    ("consents/new/", agreements.ConsentNewView, "consent-new"),
    ("consents/<int:pk>/withdraw/", agreements.ConsentWithdrawView, "consent-withdraw"),
    ("interventions/new/", interventions.InterventionNewView, "intervention-new"),
    ("help-requests/new/", help_requests.HelpRequestNewView, "help-request-new"),
]

# The same names without a case: a task, an intervention or a question for the neighbourhood as a whole.
plan_urls = [
    *(path(f"cases/<str:number>/{tail}", view.as_view(), name=name) for tail, view, name in _of_case),
    path("tasks/", tasks.TaskListView.as_view(), name="task-list"),
    path("tasks/export/<str:kind>/", tasks.TaskExportView.as_view(), name="task-export"),
    path("tasks/new/", tasks.TaskNewView.as_view(), name="task-new"),
    path("tasks/<int:pk>/edit/", tasks.TaskEditView.as_view(), name="task-edit"),
    path("tasks/<int:pk>/done/", tasks.TaskDoneView.as_view(), name="task-done"),
    path("tasks/<int:pk>/drop/", tasks.TaskDropView.as_view(), name="task-drop"),
    path("tasks/<int:pk>/reopen/", tasks.TaskReopenView.as_view(), name="task-reopen"),
    path("interventions/new/", interventions.InterventionNewView.as_view(), name="intervention-new"),
    path("interventions/<int:pk>/", interventions.InterventionView.as_view(), name="intervention"),
    path(
        "interventions/<int:pk>/edit/", interventions.InterventionEditView.as_view(), name="intervention-edit"
    ),
    path(
        "interventions/<int:pk>/state/",
        interventions.InterventionStateView.as_view(),
        name="intervention-state",
    ),
    path("catalogue/", catalogue.CatalogueView.as_view(), name="catalogue"),
    path("catalogue/new/", catalogue.InstrumentNewView.as_view(), name="catalogue-new"),
    path("catalogue/<int:pk>/", catalogue.InstrumentEditView.as_view(), name="catalogue-edit"),
    path("help-requests/", help_requests.HelpRequestListView.as_view(), name="help-request-list"),
    path(
        "help-requests/export/<str:kind>/",
        help_requests.HelpRequestExportView.as_view(),
        name="help-request-export",
    ),
    path("help-requests/new/", help_requests.HelpRequestNewView.as_view(), name="help-request-new"),
    path("help-requests/<int:pk>/", help_requests.HelpRequestView.as_view(), name="help-request"),
    path(
        "help-requests/<int:pk>/answer/",
        help_requests.HelpRequestAnswerView.as_view(),
        name="help-request-answer",
    ),
    path(
        "help-requests/<int:pk>/escalate/",
        help_requests.HelpRequestEscalateView.as_view(),
        name="help-request-escalate",
    ),
    path(
        "help-requests/<int:pk>/withdraw/",
        help_requests.HelpRequestWithdrawView.as_view(),
        name="help-request-withdraw",
    ),
    path("mandates/", mandates.MandateListView.as_view(), name="mandate-list"),
    path("mandates/new/", mandates.MandateNewView.as_view(), name="mandate-new"),
    path("mandates/<int:pk>/end/", mandates.MandateEndView.as_view(), name="mandate-end"),
    path("obstacles/", obstacles.ObstacleListView.as_view(), name="obstacle-list"),
    path("obstacles/new/", obstacles.ObstacleNewView.as_view(), name="obstacle-new"),
    path("obstacles/export/<str:kind>/", obstacles.ObstacleExportView.as_view(), name="obstacle-export"),
    path("obstacles/<int:pk>/", obstacles.ObstacleView.as_view(), name="obstacle"),
    path("obstacles/<int:pk>/edit/", obstacles.ObstacleEditView.as_view(), name="obstacle-edit"),
    path("obstacles/<int:pk>/state/", obstacles.ObstacleStateView.as_view(), name="obstacle-state"),
    path("obstacles/<int:pk>/cases/new/", obstacles.ObstacleLinkView.as_view(), name="obstacle-link"),
    path(
        "obstacles/<int:pk>/cases/<int:link>/free/",
        obstacles.ObstacleUnlinkView.as_view(),
        name="obstacle-unlink",
    ),
]

"""Addresses of the questionnaires of one purpose: included once for each, with the code of the purpose."""

from django.urls import path

from surveys.views import questionnaires, rounds

app_name = "surveys"

_of_version = [
    ("edit/", questionnaires.VersionEditView, "version-edit"),
    ("preview/", questionnaires.PreviewView, "preview"),
    ("publish/", questionnaires.PublishView, "publish"),
    ("translate/<slug:language>/", questionnaires.TranslateView, "translate"),
    ("questions/new/", questionnaires.QuestionNewView, "question-new"),
]
_of_question = [
    ("edit/", questionnaires.QuestionEditView, "question-edit"),
    ("move/", questionnaires.QuestionMoveView, "question-move"),
    ("remove/", questionnaires.QuestionRemoveView, "question-remove"),
]
_of_round = [
    ("", rounds.RoundView, "round"),
    ("edit/", rounds.RoundEditView, "round-edit"),
    ("close/", rounds.RoundCloseView, "round-close"),
    ("codes/", rounds.CodesView, "codes"),
    ("tablet/", rounds.TabletView, "tablet-start"),
    ("tablet/stop/", rounds.TabletStopView, "tablet-stop"),
    ("fill-in/", rounds.FillInView, "fill-in"),
    ("results.<slug:kind>", rounds.ExportView, "export"),
    ("compare/<int:other>/", rounds.CompareView, "compare"),
    ("compare/<int:other>/<slug:code>.svg", rounds.CompareChartView, "compare-chart"),
    ("<slug:code>.svg", rounds.ChartView, "chart"),
    ("words/<slug:code>/", rounds.WordsView, "words"),
    ("words/<int:words>/remove/", rounds.WordsRemoveView, "words-remove"),
]

urlpatterns = [
    path("", questionnaires.ListView.as_view(), name="list"),
    path("new/", questionnaires.QuestionnaireNewView.as_view(), name="questionnaire-new"),
    path("<int:pk>/", questionnaires.QuestionnaireView.as_view(), name="questionnaire"),
    path("<int:pk>/revise/", questionnaires.ReviseView.as_view(), name="revise"),
    path("<int:pk>/rounds/new/", rounds.RoundNewView.as_view(), name="round-new"),
    *(path(f"versions/<int:pk>/{tail}", view.as_view(), name=name) for tail, view, name in _of_version),
    *(path(f"questions/<int:pk>/{tail}", view.as_view(), name=name) for tail, view, name in _of_question),
    *(path(f"rounds/<int:pk>/{tail}", view.as_view(), name=name) for tail, view, name in _of_round),
]

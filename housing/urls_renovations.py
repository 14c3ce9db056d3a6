"""Addresses of renovations."""

from django.urls import path

from housing.views import renovation_lines, renovations

_of_renovation = [
    ("", renovations.RenovationView, "renovation"),
    ("edit/", renovations.RenovationEditView, "renovation-edit"),
    ("begin/", renovations.RenovationBeginView, "renovation-begin"),
    ("finish/", renovations.RenovationFinishView, "renovation-finish"),
    ("stop/", renovations.RenovationStopView, "renovation-stop"),
    ("fund/", renovations.FundView, "renovation-fund"),
    ("photos/<uuid:photo>/", renovation_lines.ProgressPhotoView, "renovation-photo"),
    ("photos/<uuid:photo>/remove/", renovation_lines.PhotoRemoveView, "renovation-photo-remove"),
    ("quotes/<int:line>/choose/", renovation_lines.QuoteChooseView, "quote-choose"),
    ("quotes/<int:line>/unchoose/", renovation_lines.QuoteUnchooseView, "quote-unchoose"),
    ("supports/<int:line>/decide/", renovation_lines.SupportDecideView, "support-decide"),
    ("<str:kind>/new/", renovation_lines.LineNewView, "renovation-line-new"),
    ("<str:kind>/<int:line>/edit/", renovation_lines.LineEditView, "renovation-line-edit"),
    ("<str:kind>/<int:line>/strike/", renovation_lines.LineStrikeView, "renovation-line-strike"),
    ("<str:kind>/<int:line>/restore/", renovation_lines.LineRestoreView, "renovation-line-restore"),
]

renovation_urls = [
    path("renovations/", renovations.RenovationListView.as_view(), name="renovation-list"),
    *(path(f"renovations/<int:pk>/{tail}", view.as_view(), name=name) for tail, view, name in _of_renovation),
    path(
        "cases/<str:number>/renovations/new/", renovations.RenovationNewView.as_view(), name="renovation-new"
    ),
]

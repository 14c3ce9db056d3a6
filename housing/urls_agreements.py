"""Addresses of agreements, crisis dwellings, stays and aftercare."""

from django.urls import path

from housing.views import agreement_templates, agreements, crisis_dwellings, obligations, stays

_of_agreement = [
    ("", agreements.AgreementView, "agreement"),
    ("edit/", agreements.AgreementEditView, "agreement-edit"),
    ("ready/", agreements.AgreementReadyView, "agreement-ready"),
    ("redraft/", agreements.AgreementRedraftView, "agreement-redraft"),
    ("withdraw/", agreements.AgreementWithdrawView, "agreement-withdraw"),
    ("sign/", agreements.AgreementSignView, "agreement-sign"),
    ("start/", agreements.AgreementStartView, "agreement-start"),
    ("end/", agreements.AgreementEndView, "agreement-end"),
    ("amend/", agreements.AgreementAmendView, "agreement-amend"),
    ("pdf/", agreements.AgreementPdfView, "agreement-pdf"),
    ("pdf/<str:language>/", agreements.TranslationPdfView, "agreement-translation"),
    ("copies/new/", agreements.CopyNewView, "agreement-copy-new"),
    ("files/<uuid:file>/", agreements.AgreementFileView, "agreement-file"),
    ("parties/new/", agreements.PartyNewView, "party-new"),
    ("parties/<int:party>/remove/", agreements.PartyRemoveView, "party-remove"),
    ("obligations/new/", agreements.ObligationNewView, "obligation-new"),
    ("obligations/<int:obligation>/edit/", agreements.ObligationEditView, "obligation-edit"),
    ("obligations/<int:obligation>/remove/", agreements.ObligationRemoveView, "obligation-remove"),
]
_of_due = [
    ("", obligations.DueView, "due"),
    ("evidence/new/", obligations.EvidenceNewView, "due-evidence"),
    ("breach/", obligations.DueBreachView, "due-breach"),
    ("next/", obligations.DueFollowUpView, "due-next"),
    ("waive/", obligations.DueWaiveView, "due-waive"),
    ("reopen/", obligations.DueReopenView, "due-reopen"),
    ("extensions/new/", obligations.DueMoreTimeView, "due-extend"),
    ("extensions/<int:extension>/", obligations.DueMoreTimeDecideView, "due-extension"),
]
_of_template = [
    ("", agreement_templates.TemplatePageView, "agreement-template"),
    ("version/", agreement_templates.TemplateVersionView, "agreement-template-version"),
    ("edit/", agreement_templates.TemplateEditView, "agreement-template-edit"),
    ("publish/", agreement_templates.TemplatePublishView, "agreement-template-publish"),
    (
        "obligations/new/",
        agreement_templates.TemplateObligationNewView,
        "agreement-template-obligation-new",
    ),
    (
        "obligations/<int:obligation>/edit/",
        agreement_templates.TemplateObligationEditView,
        "agreement-template-obligation-edit",
    ),
    (
        "obligations/<int:obligation>/remove/",
        agreement_templates.TemplateObligationRemoveView,
        "agreement-template-obligation-remove",
    ),
]
_of_unit = [
    ("", crisis_dwellings.CrisisDwellingView, "crisis-dwelling"),
    ("edit/", crisis_dwellings.CrisisDwellingEditView, "crisis-dwelling-edit"),
    ("fees/new/", crisis_dwellings.FeeNewView, "crisis-fee-new"),
    ("works/new/", crisis_dwellings.BlockNewView, "crisis-works-new"),
    ("works/<int:period>/end/", crisis_dwellings.BlockEndView, "crisis-works-end"),
]
_of_waiting = [
    ("", crisis_dwellings.WaitingView, "waiting"),
    ("priority/", crisis_dwellings.WaitingPriorityView, "waiting-priority"),
    ("end/", crisis_dwellings.WaitingEndView, "waiting-end"),
]
_of_stay = [
    ("", stays.StayView, "stay"),
    ("start/", stays.StayStartView, "stay-start"),
    ("cancel/", stays.StayCancelView, "stay-cancel"),
    ("end/", stays.StayEndView, "stay-end"),
    ("extensions/new/", stays.StayLongerView, "stay-longer"),
    ("extensions/<int:extension>/", stays.StayLongerDecideView, "stay-longer-decide"),
    ("costs/new/", stays.CostNewView, "cost-new"),
    ("costs/export/<str:kind>/", stays.CostExportView, "cost-export"),
    ("costs/<int:cost>/strike/", stays.CostStrikeView, "cost-strike"),
    ("costs/<int:cost>/recovered/", stays.CostRecoveredView, "cost-recovered"),
    ("costs/<int:cost>/proof/", stays.CostProofView, "cost-proof"),
]

agreement_urls = [
    path("agreements/", agreements.AgreementListView.as_view(), name="agreement-list"),
    path(
        "agreements/templates/",
        agreement_templates.TemplateListView.as_view(),
        name="agreement-template-list",
    ),
    *(
        path(f"{prefix}<int:pk>/{tail}", view.as_view(), name=name)
        for prefix, rows in (
            ("agreements/templates/", _of_template),
            ("agreements/", _of_agreement),
            ("obligations/", _of_due),
            ("crisis-dwellings/waiting/", _of_waiting),
            ("crisis-dwellings/", _of_unit),
            ("stays/", _of_stay),
        )
        for tail, view, name in rows
    ),
    path(
        "crisis-dwellings/",
        crisis_dwellings.CrisisDwellingListView.as_view(),
        name="crisis-dwelling-list",
    ),
    path(
        "crisis-dwellings/new/",
        crisis_dwellings.CrisisDwellingNewView.as_view(),
        name="crisis-dwelling-new",
    ),
    path("aftercare/<int:pk>/done/", stays.AftercareDoneView.as_view(), name="aftercare-done"),
    path("cases/<str:number>/agreements/new/", agreements.AgreementNewView.as_view(), name="agreement-new"),
    path("cases/<str:number>/waiting/new/", crisis_dwellings.WaitingNewView.as_view(), name="waiting-new"),
    path("cases/<str:number>/stays/new/", stays.StayNewView.as_view(), name="stay-new"),
]

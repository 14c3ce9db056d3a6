"""Addresses of this package."""

from django.urls import path, re_path

from housing.urls_agreements import agreement_urls
from housing.urls_inspections import inspection_urls
from housing.urls_legal import urlpatterns as legal_urls
from housing.urls_procedures import procedure_urls
from housing.urls_renovations import renovation_urls
from housing.urls_tenancy import tenancy_urls
from housing.views import buildings, case_dwelling, dwellings, landlords, suggest

app_name = "housing"

urlpatterns = [
    *procedure_urls,
    path("buildings/", buildings.BuildingListView.as_view(), name="building-list"),
    re_path(
        r"^buildings/export\.(?P<kind>csv|xlsx)$",
        buildings.BuildingExportView.as_view(),
        name="building-export",
    ),
    path("buildings/new/", buildings.BuildingNewView.as_view(), name="building-new"),
    path("buildings/<int:pk>/", buildings.BuildingView.as_view(), name="building"),
    path("buildings/<int:pk>/edit/", buildings.BuildingEditView.as_view(), name="building-edit"),
    path("buildings/<int:pk>/dwellings/new/", dwellings.DwellingNewView.as_view(), name="dwelling-new"),
    path("dwellings/", dwellings.DwellingListView.as_view(), name="dwelling-list"),
    re_path(
        r"^dwellings/export\.(?P<kind>csv|xlsx)$",
        dwellings.DwellingExportView.as_view(),
        name="dwelling-export",
    ),
    path("dwellings/suggest/", suggest.DwellingSuggestView.as_view(), name="dwelling-suggest"),
    path("dwellings/<int:pk>/", dwellings.DwellingView.as_view(), name="dwelling"),
    path("dwellings/<int:pk>/edit/", dwellings.DwellingEditView.as_view(), name="dwelling-edit"),
    path("dwellings/<int:pk>/occupancies/new/", dwellings.OccupancyNewView.as_view(), name="occupancy-new"),
    path(
        "dwellings/<int:pk>/occupancies/<int:occupancy>/edit/",
        dwellings.OccupancyEditView.as_view(),
        name="occupancy-edit",
    ),
    path(
        "dwellings/<int:pk>/occupancies/<int:occupancy>/end/",
        dwellings.OccupancyEndView.as_view(),
        name="occupancy-end",
    ),
    path("dwellings/<int:pk>/owners/new/", dwellings.OwnershipNewView.as_view(), name="ownership-new"),
    path(
        "dwellings/<int:pk>/owners/<int:ownership>/end/",
        dwellings.OwnershipEndView.as_view(),
        name="ownership-end",
    ),
    path("landlords/", landlords.LandlordListView.as_view(), name="landlord-list"),
    re_path(
        r"^landlords/export\.(?P<kind>csv|xlsx)$",
        landlords.LandlordExportView.as_view(),
        name="landlord-export",
    ),
    path("landlords/new/", landlords.LandlordNewView.as_view(), name="landlord-new"),
    path("landlords/suggest/", suggest.LandlordSuggestView.as_view(), name="landlord-suggest"),
    path("landlords/<int:pk>/", landlords.LandlordView.as_view(), name="landlord"),
    path("landlords/<int:pk>/edit/", landlords.LandlordEditView.as_view(), name="landlord-edit"),
    path(
        "landlords/<int:pk>/dwellings/new/",
        landlords.LandlordDwellingNewView.as_view(),
        name="landlord-dwelling-new",
    ),
    path("landlords/<int:pk>/contacts/new/", landlords.ContactNewView.as_view(), name="contact-new"),
    path("landlords/<int:pk>/voice/", landlords.PointOfContactView.as_view(), name="point-of-contact"),
    path(
        "landlords/<int:pk>/voice/end/",
        landlords.PointOfContactEndView.as_view(),
        name="point-of-contact-end",
    ),
    *inspection_urls,
    path("cases/<str:number>/dwelling/", case_dwelling.CaseDwellingView.as_view(), name="case-dwelling"),
    *agreement_urls,
    *renovation_urls,
    *tenancy_urls,
    *legal_urls,
]

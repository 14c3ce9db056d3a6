"""All addresses of the program."""

from django.urls import include, path

from arsenaal.health import healthz

handler500 = "accounts.views.errors.server_error"

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("accounts/", include("accounts.urls")),
    path("access-log/", include("accounts.urls_log")),
    path("", include("cases.urls")),
    path("", include("housing.urls")),
    path("", include("people.urls")),
    path("", include("rights.urls")),
    path("cohesion/surveys/", include("surveys.urls", namespace="surveys"), {"purpose": "cohesion.needs"}),
    path("cohesion/", include("cohesion.urls")),
    path("wijk/", include("cohesion.urls_public")),
    path("reports/", include("reporting.urls")),
]

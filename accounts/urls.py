"""Addresses of this package."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from accounts.views.home_street import OwnStreetView, UserStreetView
from accounts.views.invitations import (
    InvitationMakeView,
    InvitationView,
    LinkAskView,
    LinkListView,
    LinkSettleView,
    SignInRulesView,
)
from accounts.views.login import LoginView, PasskeyLoginView, SecondStepView
from accounts.views.notices import NoticeSeenView
from accounts.views.openid import (
    ProviderLinkGoView,
    ProviderLinkView,
    ProviderLoginView,
    ProviderReturnView,
)
from accounts.views.profile import PasswordView, ProfileView
from accounts.views.security import (
    ConfirmView,
    DeviceEndView,
    DevicesEndView,
    PasskeyNewView,
    PasskeyRemoveView,
    RecoveryCodesView,
    SecurityView,
    TotpRemoveView,
    TotpSetupView,
)
from accounts.views.setup import (
    NeighbourhoodEditView,
    NeighbourhoodListView,
    OrganisationEditView,
    OrganisationListView,
    RoleEndView,
    RoleGiveView,
    UserEditView,
    UserListView,
    UserNewView,
    UserView,
)

app_name = "accounts"
urlpatterns = [
    path("login/", LoginView.as_view(), name="login"),
    path("login/code/", SecondStepView.as_view(), name="second-step"),
    path("login/passkey/", PasskeyLoginView.as_view(), name="passkey-login"),
    path("login/city/", ProviderLoginView.as_view(), name="oidc-login"),
    path("login/city/return/", ProviderReturnView.as_view(), name="oidc-return"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("profile/", ProfileView.as_view(), name="profile"),
    path("profile/password/", PasswordView.as_view(), name="password-change"),
    path("profile/street/", OwnStreetView.as_view(), name="own-street"),
    path("notices/<int:pk>/seen/", NoticeSeenView.as_view(), name="notice-seen"),
    path("security/", SecurityView.as_view(), name="security"),
    path("security/confirm/", ConfirmView.as_view(), name="confirm"),
    path("security/app/", TotpSetupView.as_view(), name="totp-setup"),
    path("security/app/remove/", TotpRemoveView.as_view(), name="totp-remove"),
    path("security/passkeys/new/", PasskeyNewView.as_view(), name="passkey-new"),
    path("security/passkeys/<int:pk>/remove/", PasskeyRemoveView.as_view(), name="passkey-remove"),
    path("security/codes/", RecoveryCodesView.as_view(), name="recovery-codes"),
    path("security/devices/<uuid:device>/end/", DeviceEndView.as_view(), name="device-end"),
    path("security/devices/end/", DevicesEndView.as_view(), name="devices-end"),
    path("security/city/", ProviderLinkView.as_view(), name="oidc-link"),
    path("security/city/go/", ProviderLinkGoView.as_view(), name="oidc-link-go"),
    path("invitation/<str:token>/", InvitationView.as_view(), name="invitation"),
    path("links/", LinkListView.as_view(), name="link-list"),
    path("links/<int:pk>/", LinkSettleView.as_view(), name="link-settle"),
    path("sign-in/", SignInRulesView.as_view(), name="sign-in-rules"),
    path("users/", UserListView.as_view(), name="user-list"),
    path("users/new/", UserNewView.as_view(), name="user-new"),
    path("users/<int:pk>/", UserView.as_view(), name="user"),
    path("users/<int:pk>/edit/", UserEditView.as_view(), name="user-edit"),
    path("users/<int:pk>/street/", UserStreetView.as_view(), name="user-street"),
    path("users/<int:pk>/roles/new/", RoleGiveView.as_view(), name="role-give"),
    path("users/<int:pk>/roles/<int:membership>/end/", RoleEndView.as_view(), name="role-end"),
    path("users/<int:pk>/invitation/", InvitationMakeView.as_view(), name="invitation-make"),
    path("users/<int:pk>/link/", LinkAskView.as_view(), name="link-ask"),
    path("organisations/", OrganisationListView.as_view(), name="organisation-list"),
    path("organisations/new/", OrganisationEditView.as_view(), name="organisation-new"),
    path("organisations/<int:pk>/", OrganisationEditView.as_view(), name="organisation-edit"),
    path("neighbourhoods/", NeighbourhoodListView.as_view(), name="neighbourhood-list"),
    path("neighbourhoods/new/", NeighbourhoodEditView.as_view(), name="neighbourhood-new"),
    path("neighbourhoods/<int:pk>/", NeighbourhoodEditView.as_view(), name="neighbourhood-edit"),
]

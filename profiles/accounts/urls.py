"""Signing in and out. allauth's pages for passwords and second factors are left out: see 0007.

The names are allauth's own, because its views lead from one to the other by name.
"""

from allauth.account import views as allauth
from allauth.mfa.webauthn import views as webauthn
from django.contrib.auth.decorators import login_not_required
from django.urls import path, reverse_lazy
from django.views.generic import RedirectView

from profiles.accounts import views
from profiles.accounts.recent_login import recent_login_required

ask_for_code = login_not_required(
    RedirectView.as_view(pattern_name="account_request_login_code", query_string=True)
)
HOME = reverse_lazy("mfa_index")
change_name = webauthn.EditWebAuthnView.as_view(success_url=HOME)
remove = views.remove_passkey

urlpatterns = [
    path("", views.account, name="mfa_index"),
    path("login/", ask_for_code, name="account_login"),
    path("signup/", ask_for_code, name="account_signup"),
    path("login/code/", allauth.request_login_code, name="account_request_login_code"),
    path("login/code/confirm/", views.confirm_sign_in, name="account_confirm_login_code"),
    path("login/passkey/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("login/again/", views.sign_in_again, name="account_reauthenticate"),
    path("logout/", views.sign_out, name="account_logout"),
    path("devices/", views.devices, name="account_devices"),
    path("devices/end/", views.end_device, name="account_end_device"),
    path("devices/end-others/", views.sign_out_elsewhere, name="account_sign_out_elsewhere"),
    path("inactive/", allauth.account_inactive, name="account_inactive"),
    path("email/", recent_login_required(allauth.email), name="account_email"),
    path("email/code/", views.confirm_new_email, name="account_email_verification_sent"),
    path("passkeys/add/", recent_login_required(webauthn.add_webauthn), name="mfa_add_webauthn"),
    path("passkeys/<int:pk>/name/", recent_login_required(change_name), name="mfa_edit_webauthn"),
    path("passkeys/<int:pk>/remove/", recent_login_required(remove), name="mfa_remove_webauthn"),
]

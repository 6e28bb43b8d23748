"""Sign-in and one's own account. Paths are Indonesian; the names are those allauth reverses."""

from allauth.account import views as allauth
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes.views import generate_recovery_codes
from django.urls import path, re_path

from accounts.views import account, second_factor
from accounts.views.sign_in import CodeSignInView, SignInView, SignOutView, kept_form

urlpatterns = [
    # masuk/
    path("masuk/", SignInView.as_view(), name="account_login"),
    path("masuk/kode/", CodeSignInView.as_view(), name="account_code_sign_in"),
    path("masuk/langkah-kedua/", mfa.authenticate, name="mfa_authenticate"),
    path("masuk/ulang/", allauth.reauthenticate, name="account_reauthenticate"),
    path("masuk/ulang/kode/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("masuk/isian/", kept_form, name="account_kept_form"),
    path("keluar/", SignOutView.as_view(), name="account_logout"),
    path("daftar/", allauth.signup, name="account_signup"),
    # lupa-kata-sandi/
    path("lupa-kata-sandi/", account.ForgottenPasswordView.as_view(), name="account_reset_password"),
    path("lupa-kata-sandi/terkirim/", allauth.password_reset_done, name="account_reset_password_done"),
    path("lupa-kata-sandi/selesai/", allauth.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^lupa-kata-sandi/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.NewForgottenPasswordView.as_view(),
        name="account_reset_password_from_key",
    ),
    # akun/
    path("akun/", account.overview, name="account_overview"),
    path("akun/surel/", account.change_email, name="account_change_email"),
    path("akun/nonaktif/", allauth.account_inactive, name="account_inactive"),
    path("akun/kata-sandi/", allauth.password_change, name="account_change_password"),
    path("akun/kata-sandi/baru/", allauth.password_set, name="account_set_password"),
    # akun/perangkat/
    path("akun/perangkat/", account.devices, name="usersessions_list"),
    path("akun/perangkat/keluarkan/", account.end_other_devices, name="usersessions_end_others"),
    path("akun/perangkat/<int:number>/keluarkan/", account.end_device, name="usersessions_end"),
    # akun/dua-langkah/
    path("akun/dua-langkah/", second_factor.overview, name="mfa_index"),
    path("akun/dua-langkah/nyalakan/", second_factor.TurnOnView.as_view(), name="mfa_activate_totp"),
    path("akun/dua-langkah/matikan/", second_factor.TurnOffView.as_view(), name="mfa_deactivate_totp"),
    path("akun/dua-langkah/kode-cadangan/", second_factor.recovery_codes, name="mfa_view_recovery_codes"),
    path("akun/dua-langkah/kode-cadangan/baru/", generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path(
        "akun/dua-langkah/kode-cadangan/unduh/",
        second_factor.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
]

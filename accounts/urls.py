"""Sign-in and one's own account. Paths are Indonesian; the names are those allauth reverses."""

from allauth.account import views as allauth
from django.urls import path

from accounts.views.sign_in import SignInView, SignOutView

urlpatterns = [
    # masuk/
    path("masuk/", SignInView.as_view(), name="account_login"),
    path("masuk/ulang/", allauth.reauthenticate, name="account_reauthenticate"),
    path("keluar/", SignOutView.as_view(), name="account_logout"),
    path("daftar/", allauth.signup, name="account_signup"),
    # akun/
    path("akun/nonaktif/", allauth.account_inactive, name="account_inactive"),
    path("akun/kata-sandi/", allauth.password_change, name="account_change_password"),
    path("akun/kata-sandi/baru/", allauth.password_set, name="account_set_password"),
]

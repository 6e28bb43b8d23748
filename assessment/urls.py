"""Addresses of the assessments."""

from django.urls import path

from assessment.views import create, detail, listing, returning, sheet, steps

app_name = "assessment"

urlpatterns = [
    # penilaian/
    path("", listing.index, name="list"),
    path("baru/", create.create, name="create"),
    # penilaian/<uuid>/
    path("<uuid:pk>/", detail.detail, name="detail"),
    path("<uuid:pk>/lembar/", sheet.sheet, name="sheet"),
    path("<uuid:pk>/kembalikan/", returning.page, name="send_back"),
    path("<uuid:pk>/langkah/<slug:action>/", steps.advance, name="advance"),
]

"""All addresses. Paths are text for people, so Indonesian; names are code, so English."""

from django.contrib import admin
from django.urls import include, path

from accounts.permissions import duty_areas
from ovop_site import views
from ovop_site.guides.views import show as show_guide
from ovop_site.home.views import home
from ovop_site.search.views import index as search

urlpatterns = [
    path("", home, name="home"),
    path("cari/", search, name="search"),
    path("panduan/<slug:name>/", show_guide, name="guide"),
    path("", include("accounts.urls")),
    path("berkas/", include("files.urls")),
    path("wilayah/perubahan/", include("ovop_site.area_changes.urls")),
    path("wilayah/", include("wilayah.urls"), {"areas_of": duty_areas}),
    path("", include("sentra.urls")),
    path("penilaian/", include("assessment.urls")),
    path("pengguna/", include("ovop_site.people.urls")),
    path("admin/", admin.site.urls),
]

handler400 = views.bad_request
handler403 = views.permission_denied
handler404 = views.not_found
handler500 = views.server_error

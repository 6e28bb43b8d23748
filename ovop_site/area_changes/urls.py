"""`/wilayah/perubahan/`."""

from django.urls import path

from ovop_site.area_changes import views

app_name = "area_changes"
urlpatterns = [
    path("", views.index, name="list"),
    path("<str:code>/", views.area, name="area"),
    path("<str:code>/satuan/", views.rows, name="rows"),
]

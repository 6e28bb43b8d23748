"""`/pengguna/`."""

from django.urls import path

from ovop_site.people import views

app_name = "people"
urlpatterns = [
    path("", views.index, name="list"),
    path("baru/", views.create, name="create"),
    path("tambah/", views.take_on, name="take_on"),
    path("tugas/<int:pk>/akhiri/", views.duty_end, name="duty_end"),
    path("tugas/<int:pk>/batalkan/", views.duty_cancel, name="duty_cancel"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/ubah/", views.edit, name="edit"),
    path("<int:pk>/tugas/baru/", views.duty_create, name="duty_create"),
    path("<int:pk>/akhiri/", views.end_all, name="end_all"),
    path("<int:pk>/kode/", views.code, name="code"),
]

"""Uploaded files. Names: `files:file`, `files:medium`, `files:thumbnail`."""

from django.urls import path

from files import views

app_name = "files"

# /berkas/
urlpatterns = [
    path("<uuid:pk>/", views.file, name="file"),
    path("<uuid:pk>/sedang/", views.medium, name="medium"),
    path("<uuid:pk>/kecil/", views.thumbnail, name="thumbnail"),
]

"""Uploaded files. Names: `files:file`, `files:thumbnail`."""

from django.urls import path

from files import views

app_name = "files"

# /berkas/
urlpatterns = [
    path("<uuid:pk>/", views.file, name="file"),
    path("<uuid:pk>/kecil/", views.thumbnail, name="thumbnail"),
]

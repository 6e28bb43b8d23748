"""Addresses of the room; the root urls hand `areas_of` to them (see `ovop_site/urls.py`)."""

from django.urls import path

from wilayah import views

app_name = "wilayah"
urlpatterns = [
    # wilayah/
    path("cari/", views.search, name="search"),
]

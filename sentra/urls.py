"""Addresses of the catalogue: three groups with names of their own, `sentra:…`, `ikm:…` and `product:…`."""

from django.urls import include, path

from sentra.models import IKM, Product, Sentra
from sentra.views import ikm, papers, photos, product, sentra

# sentra/
sentra_paths = [
    path("", sentra.index, name="list"),
    path("baru/", sentra.create, name="create"),
    path("<uuid:pk>/", sentra.detail, name="detail"),
    path("<uuid:pk>/ubah/", sentra.edit, name="edit"),
    path("<uuid:pk>/sertifikat/baru/", papers.create, {"model": Sentra}, name="certificate_create"),
    path("<uuid:pk>/foto/baru/", photos.create, {"model": Sentra}, name="photo_create"),
]

# ikm/
ikm_paths = [
    path("", ikm.index, name="list"),
    path("baru/", ikm.create, name="create"),
    path("<uuid:pk>/", ikm.detail, name="detail"),
    path("<uuid:pk>/ubah/", ikm.edit, name="edit"),
    path("<uuid:pk>/sertifikat/baru/", papers.create, {"model": IKM}, name="certificate_create"),
    path("<uuid:pk>/foto/baru/", photos.create, {"model": IKM}, name="photo_create"),
]

# produk/
product_paths = [
    path("", product.index, name="list"),
    path("baru/", product.create, name="create"),
    path("<uuid:pk>/", product.detail, name="detail"),
    path("<uuid:pk>/ubah/", product.edit, name="edit"),
    path("<uuid:pk>/sertifikat/baru/", papers.create, {"model": Product}, name="certificate_create"),
    path("<uuid:pk>/foto/baru/", photos.create, {"model": Product}, name="photo_create"),
]

# foto/
photo_paths = [
    path("<uuid:pk>/", photos.detail, name="detail"),
    path("<uuid:pk>/ubah/", photos.edit, name="edit"),
    path("<uuid:pk>/hapus/", photos.delete, name="delete"),
]

# sertifikat/
certificate_paths = [
    path("<uuid:pk>/", papers.detail, name="detail"),
    path("<uuid:pk>/ubah/", papers.edit, name="edit"),
    path("<uuid:pk>/diperiksa/", papers.check, name="check"),
]

urlpatterns = [
    path("sentra/", include((sentra_paths, "sentra"))),
    path("ikm/", include((ikm_paths, "ikm"))),
    path("produk/", include((product_paths, "product"))),
    path("foto/", include((photo_paths, "photo"))),
    path("sertifikat/", include((certificate_paths, "certificate"))),
]

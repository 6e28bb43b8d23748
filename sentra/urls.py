"""Addresses of the catalogue: three groups with names of their own, `sentra:…`, `ikm:…` and `product:…`."""

from django.urls import include, path

from sentra.views import ikm, product, sentra

# sentra/
sentra_paths = [
    path("", sentra.index, name="list"),
    path("baru/", sentra.create, name="create"),
    path("<uuid:pk>/", sentra.detail, name="detail"),
    path("<uuid:pk>/ubah/", sentra.edit, name="edit"),
]

# ikm/
ikm_paths = [
    path("", ikm.index, name="list"),
    path("baru/", ikm.create, name="create"),
    path("<uuid:pk>/", ikm.detail, name="detail"),
    path("<uuid:pk>/ubah/", ikm.edit, name="edit"),
]

# produk/
product_paths = [
    path("", product.index, name="list"),
    path("baru/", product.create, name="create"),
    path("<uuid:pk>/", product.detail, name="detail"),
    path("<uuid:pk>/ubah/", product.edit, name="edit"),
]

urlpatterns = [
    path("sentra/", include((sentra_paths, "sentra"))),
    path("ikm/", include((ikm_paths, "ikm"))),
    path("produk/", include((product_paths, "product"))),
]

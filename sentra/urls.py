"""Addresses of the catalogue: three groups with names of their own, `sentra:…`, `ikm:…` and `product:…`."""

from django.urls import URLPattern, include, path

from sentra.forms.restoring import Restorable
from sentra.models import IKM, Certificate, Note, Photo, Product, Sentra
from sentra.views import (
    deactivation,
    figures,
    history,
    ikm,
    likely,
    notes,
    papers,
    photos,
    product,
    saved,
    sentra,
    twins,
)


def history_paths(model: type[Restorable]) -> list[URLPattern]:
    """What became of a record, and one version of it, under the address of the record."""
    return [
        path("<uuid:pk>/riwayat/", history.index, {"model": model}, name="history"),
        path("<uuid:pk>/riwayat/<int:version>/", history.version, {"model": model}, name="version"),
    ]


# sentra/
sentra_paths = [
    path("", sentra.index, name="list"),
    path("baru/", sentra.create, name="create"),
    path("mirip/", likely.index, {"model": Sentra}, name="likely"),
    path("<uuid:pk>/", sentra.detail, name="detail"),
    path("<uuid:pk>/ubah/", sentra.edit, name="edit"),
    path("<uuid:pk>/diperiksa/", sentra.seen, name="seen"),
    path("<uuid:pk>/angka/", figures.edit, {"model": Sentra}, name="figures"),
    path("<uuid:pk>/angka/periksa/", figures.check, {"model": Sentra}, name="check_hints"),
    path("<uuid:pk>/angka/riwayat/<int:version>/", history.figures_version, {"model": Sentra}, name="figures_version"),
    path("<uuid:pk>/sertifikat/baru/", papers.create, {"model": Sentra}, name="certificate_create"),
    path("<uuid:pk>/foto/baru/", photos.create, {"model": Sentra}, name="photo_create"),
    path("<uuid:pk>/bandingkan/", twins.compare, {"model": Sentra}, name="compare"),
    path("<uuid:pk>/nonaktifkan/", deactivation.deactivate, {"model": Sentra}, name="deactivate"),
    path("<uuid:pk>/aktifkan/", deactivation.bring_back, {"model": Sentra}, name="bring_back"),
    path("<uuid:pk>/catatan/", notes.index, {"model": Sentra}, name="notes"),
    path("<uuid:pk>/catatan/baru/", notes.create, {"model": Sentra}, name="note_create"),
    *history_paths(Sentra),
]

# ikm/
ikm_paths = [
    path("", ikm.index, name="list"),
    path("baru/", ikm.create, name="create"),
    path("mirip/", likely.index, {"model": IKM}, name="likely"),
    path("<uuid:pk>/", ikm.detail, name="detail"),
    path("<uuid:pk>/ubah/", ikm.edit, name="edit"),
    path("<uuid:pk>/angka/", figures.edit, {"model": IKM}, name="figures"),
    path("<uuid:pk>/angka/periksa/", figures.check, {"model": IKM}, name="check_hints"),
    path("<uuid:pk>/angka/riwayat/<int:version>/", history.figures_version, {"model": IKM}, name="figures_version"),
    path("<uuid:pk>/sertifikat/baru/", papers.create, {"model": IKM}, name="certificate_create"),
    path("<uuid:pk>/foto/baru/", photos.create, {"model": IKM}, name="photo_create"),
    path("<uuid:pk>/bandingkan/", twins.compare, {"model": IKM}, name="compare"),
    path("<uuid:pk>/nonaktifkan/", deactivation.deactivate, {"model": IKM}, name="deactivate"),
    path("<uuid:pk>/aktifkan/", deactivation.bring_back, {"model": IKM}, name="bring_back"),
    path("<uuid:pk>/catatan/", notes.index, {"model": IKM}, name="notes"),
    path("<uuid:pk>/catatan/baru/", notes.create, {"model": IKM}, name="note_create"),
    *history_paths(IKM),
]

# produk/
product_paths = [
    path("", product.index, name="list"),
    path("baru/", product.create, name="create"),
    path("mirip/", likely.index, {"model": Product}, name="likely"),
    path("<uuid:pk>/", product.detail, name="detail"),
    path("<uuid:pk>/ubah/", product.edit, name="edit"),
    path("<uuid:pk>/sertifikat/baru/", papers.create, {"model": Product}, name="certificate_create"),
    path("<uuid:pk>/foto/baru/", photos.create, {"model": Product}, name="photo_create"),
    path("<uuid:pk>/bandingkan/", twins.compare, {"model": Product}, name="compare"),
    path("<uuid:pk>/nonaktifkan/", deactivation.deactivate, {"model": Product}, name="deactivate"),
    path("<uuid:pk>/aktifkan/", deactivation.bring_back, {"model": Product}, name="bring_back"),
    path("<uuid:pk>/catatan/", notes.index, {"model": Product}, name="notes"),
    path("<uuid:pk>/catatan/baru/", notes.create, {"model": Product}, name="note_create"),
    *history_paths(Product),
]

# foto/
photo_paths = [
    path("<uuid:pk>/", photos.detail, name="detail"),
    path("<uuid:pk>/ubah/", photos.edit, name="edit"),
    path("<uuid:pk>/hapus/", photos.delete, name="delete"),
    *history_paths(Photo),
]

# sertifikat/
certificate_paths = [
    path("", papers.index, name="list"),
    path("<uuid:pk>/", papers.detail, name="detail"),
    path("<uuid:pk>/ubah/", papers.edit, name="edit"),
    path("<uuid:pk>/diperiksa/", papers.check, name="check"),
    path("<uuid:pk>/nonaktifkan/", deactivation.deactivate, {"model": Certificate}, name="deactivate"),
    path("<uuid:pk>/aktifkan/", deactivation.bring_back, {"model": Certificate}, name="bring_back"),
    *history_paths(Certificate),
]

# daftar/ and saringan/
listing_paths = [
    path("daftar/<slug:key>/tampilan/", saved.layout, name="layout"),
    path("daftar/<slug:key>/saringan/", saved.index, name="saved_list"),
    path("daftar/<slug:key>/saringan/baru/", saved.create, name="save"),
    path("saringan/<uuid:pk>/", saved.follow, name="saved"),
    path("saringan/<uuid:pk>/ubah/", saved.edit, name="edit"),
    path("saringan/<uuid:pk>/hapus/", saved.delete, name="delete"),
]

# kembar/
twin_paths = [path("", twins.index, name="list")]

# catatan/
note_paths = [
    path("<uuid:pk>/ubah/", notes.edit, name="edit"),
    path("<uuid:pk>/tarik/", notes.withdraw, name="withdraw"),
    path("<uuid:pk>/tampilkan/", notes.bring_back, name="bring_back"),
    *history_paths(Note),
]

urlpatterns = [
    path("sentra/", include((sentra_paths, "sentra"))),
    path("ikm/", include((ikm_paths, "ikm"))),
    path("produk/", include((product_paths, "product"))),
    path("foto/", include((photo_paths, "photo"))),
    path("sertifikat/", include((certificate_paths, "certificate"))),
    path("kembar/", include((twin_paths, "twins"))),
    path("catatan/", include((note_paths, "note"))),
    path("", include((listing_paths, "listing"))),
]

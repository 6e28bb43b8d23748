"""Which part of which guide explains a page, by the name of its address."""

from django.http import HttpRequest
from django.urls import reverse

KINDS = ("sentra", "ikm", "product")

PARTS = {
    ("petugas", "beranda"): ["home"],
    ("petugas", "masuk"): ["account_overview", "usersessions_list"],
    ("petugas", "mendaftarkan-sentra"): ["sentra:create", "sentra:edit"],
    ("petugas", "halaman-sentra-dan-keadaannya"): ["sentra:detail"],
    ("petugas", "mendaftarkan-ikm-dan-produk"): [
        f"{kind}:{page}" for kind in ("ikm", "product") for page in ("create", "edit", "detail")
    ],
    ("petugas", "angka-tahunan"): ["sentra:figures", "ikm:figures"],
    ("petugas", "surat-dan-foto"): [
        *(f"{kind}:{page}" for kind in KINDS for page in ("certificate_create", "photo_create")),
        *("certificate:edit", "photo:detail", "photo:edit"),
    ],
    ("petugas", "mencari"): [
        *("search", "assessment:list", *(f"{kind}:list" for kind in KINDS)),
        *("listing:layout", "listing:saved_list", "listing:save", "listing:edit"),
    ],
    ("petugas", "menilai-produk"): ["assessment:create", "assessment:sheet"],
    ("verifikator", "masuk-dua-langkah"): ["mfa_index", "mfa_activate_totp"],
    ("verifikator", "meninjau-penilaian"): ["assessment:detail", "assessment:send_back"],
    ("verifikator", "memeriksa-surat"): ["certificate:list", "certificate:detail"],
    ("verifikator", "data-kembar"): ["twins:list", *(f"{kind}:compare" for kind in KINDS)],
    ("verifikator", "menonaktifkan-dan-mengaktifkan-lagi"): [
        f"{kind}:{page}" for kind in (*KINDS, "certificate") for page in ("deactivate", "bring_back")
    ],
    ("verifikator", "petugas-tugas-dan-kode-masuk"): [
        *("people:list", "people:create", "people:take_on", "people:detail", "people:edit"),
        *("people:duty_create", "people:duty_end", "people:end_all", "people:code"),
    ],
    ("verifikator", "wilayah-yang-berubah"): ["area_changes:list", "area_changes:area", "area_changes:rows"],
}
EXPLAINED = {page: part for part, pages in PARTS.items() for page in pages}


def guide_of(request: HttpRequest) -> str:
    """The address of the part that explains the page of `request`; empty where none does."""
    match = getattr(request, "resolver_match", None)
    if match is None or match.view_name not in EXPLAINED:
        return ""
    name, anchor = EXPLAINED[match.view_name]
    return f"{reverse('guide', args=[name])}#{anchor}"

import pytest
from django.core.management import call_command

from sentra.models import Branch, ProductScope, SizeRule
from sentra.reference import load_reference

pytestmark = pytest.mark.django_db


def test_load_reference_enters_five_branches_and_the_six_scopes_in_order():
    counts = load_reference()

    assert counts == {"created": 15}
    assert list(Branch.objects.values_list("code", flat=True)) == [
        "pangan",
        "sandang_kulit",
        "kimia_bahan_bangunan",
        "logam_elektronika",
        "kerajinan",
    ]
    assert list(ProductScope.objects.values_list("code", "name")) == [
        ("makanan", "Makanan olahan berbasis hasil pertanian dan perkebunan"),
        ("minuman", "Aneka minuman dari hasil pengolahan hasil pertanian dan perkebunan"),
        ("tenun", "Hasil tenun atau konveksi khas budaya masyarakat lokal"),
        ("rumah_tangga", "Kebutuhan rumah tangga termasuk produk dekoratif atau interior khas seni dan budaya lokal"),
        ("kerajinan", "Barang seni dan kerajinan termasuk cinderamata khas budaya lokal"),
        ("herbal", "Herbal dan minyak atsiri khas budaya masyarakat lokal"),
    ]


def test_load_reference_again_changes_nothing():
    load_reference()

    assert load_reference() == {"same": 15}


def test_load_reference_leaves_what_an_admin_changed():
    load_reference()
    Branch.objects.filter(pk="pangan").update(name="Pangan olahan", is_active=False)

    assert load_reference() == {"same": 14, "kept": 1}
    assert Branch.objects.get(pk="pangan").name == "Pangan olahan"


def test_load_reference_restores_on_request_but_not_whether_a_row_is_in_use():
    load_reference()
    Branch.objects.filter(pk="pangan").update(name="Pangan olahan", is_active=False)

    assert load_reference(overwrite=True) == {"same": 14, "restored": 1}
    assert Branch.objects.values_list("name", "is_active").get(pk="pangan") == ("Pangan", False)


def test_load_reference_leaves_what_an_admin_added():
    Branch.objects.create(code="lain", name="Lainnya")

    load_reference(overwrite=True)

    assert Branch.objects.filter(pk="lain").exists()


def test_thresholds_of_the_size_classes_are_kept_or_restored_together():
    load_reference()
    SizeRule.objects.filter(size_class="kecil").update(workers_to=9)

    assert load_reference() == {"same": 11, "kept": 4}
    assert load_reference(overwrite=True) == {"same": 11, "restored": 4}
    assert SizeRule.objects.get(size_class="kecil").workers_to == 19


def test_command_reports_counts(capsys):
    call_command("load_reference")

    assert capsys.readouterr().out.startswith("Data acuan: 15 dibuat, 0 dikembalikan")


def test_choosable_rows_are_the_active_ones_and_the_one_kept():
    load_reference()
    Branch.objects.exclude(pk="pangan").update(is_active=False)

    assert [row.pk for row in Branch.objects.choosable()] == ["pangan"]
    assert [row.pk for row in Branch.objects.choosable("kerajinan")] == ["pangan", "kerajinan"]

"""The command on the full list: seconds to load, nothing to do the second time, and every index in use."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from wilayah.models import Wilayah
from wilayah.search import matching, search

pytestmark = pytest.mark.django_db


def run(*args: str) -> str:
    out = StringIO()
    call_command("load_wilayah", *args, stdout=out)
    return out.getvalue()


def test_the_full_list_is_loaded_and_found():
    said = run()

    assert re.fullmatch(
        r"Wilayah: 9\d\.\d{3} \(9\d{4} baru, 0 berubah, 0 ditutup\)\. Sumber: Kementerian Dalam Negeri melalui"
        r" idn-area-data, lisensi ODbL 1\.0 \(idn-area-data \d+\.\d+\.\d+\)\.\n",
        said,
    )
    assert re.fullmatch(r"Wilayah: 9\d\.\d{3}, idn-area-data \S+ sudah dimuat\.\n", run())
    assert Wilayah.objects.of_levels(1).count() == 38
    assert_real_areas_are_found()
    assert_plans_use_the_indexes()


def assert_real_areas_are_found() -> None:
    firsts = {
        "Salem, Brebes": "Kec. Salem, Kab. Brebes, Jawa Tengah",
        "bentarsari salem": "Desa Bentarsari, Kec. Salem, Kab. Brebes, Jawa Tengah",
        "kab brebes": "Kab. Brebes, Jawa Tengah",
        "Kota Tegal": "Kota Tegal, Jawa Tengah",
        "jawa tengah": "Jawa Tengah",
        "jakarta pusat": "Kota Adm. Jakarta Pusat, DKI Jakarta",
        "bentarsri": "Desa Bentarsari, Kec. Salem, Kab. Brebes, Jawa Tengah",
        "pekalngan": "Kab. Pekalongan, Jawa Tengah",
        "banyu wangi": "Kab. Banyuwangi, Jawa Timur",
    }
    assert {text: search(text).areas[0].full_name for text in firsts} == firsts


def assert_plans_use_the_indexes() -> None:
    """A prefix of a code is an index condition, and so is a word of a name; neither reads the whole table."""
    inside = Wilayah.objects.inside("33.29").explain()
    found = matching(Wilayah.objects.all(), "salem brebes").explain()

    assert re.search(r"Index Cond: .*33\.29", inside), inside
    assert re.search(r"Bitmap Index Scan on wilayah_search_text.*\n *Index Cond: .*% salem%", found), found
    assert "Seq Scan" not in inside + found


def test_a_missing_package_is_a_sentence(tmp_path):
    with pytest.raises(CommandError, match="Jalankan `npm ci` dulu"):
        run(str(tmp_path))

"""Reading the list of areas: what is broken is refused as a whole, with a sentence."""

import json

import pytest

from wilayah import source

GOOD = {
    "provinces.csv": "code,name\n33,JAWA TENGAH\n",
    "regencies.csv": "code,province_code,name\n33.29,33,KABUPATEN BREBES\n",
    "districts.csv": "code,regency_code,name\n33.29.01,33.29,Salem\n",
    "villages.csv": 'code,district_code,name\n33.29.01.2003,33.29.01,Bentarsari\n33.29.01.2004,33.29.01,Ja"an\n',
}


def write(folder, **changed):
    """A list in `folder`, as the npm package has it; `villages="…"` replaces a file, None leaves it out."""
    (folder / "data").mkdir(exist_ok=True)
    for file, text in (GOOD | {f"{name}.csv": text for name, text in changed.items()}).items():
        if text is not None:
            (folder / "data" / file).write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def test_find_takes_the_package_or_its_folder(tmp_path):
    package = write(tmp_path)
    (package / "package.json").write_text(json.dumps({"name": "idn-area-data", "version": "9.9.9"}))

    assert source.find(package) == source.find(package / "data")
    assert source.find(package).name == "idn-area-data 9.9.9"


@pytest.mark.parametrize("described", [None, "", "[]", "{}", "{"])
def test_a_folder_without_a_good_package_json_is_a_list_of_ones_own(tmp_path, described):
    if described is not None:
        (tmp_path / "package.json").write_text(described)

    assert source.find(write(tmp_path)).name == "daftar sendiri"


def test_areas_are_whole_rows(tmp_path):
    rows = list(source.find(write(tmp_path)).areas())

    assert [(row.code, row.name, row.parent_id) for row in rows] == [
        ("33", "Jawa Tengah", None),
        ("33.29", "Kabupaten Brebes", "33"),
        ("33.29.01", "Salem", "33.29"),
        ("33.29.01.2003", "Bentarsari", "33.29.01"),
        ("33.29.01.2004", "Ja'an", "33.29.01"),
    ]


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path):
    changed = b"\xef\xbb\xbf" + GOOD["provinces.csv"].replace("\n", "\r\n").encode()

    assert [row.name for row in source.find(write(tmp_path, provinces=changed)).areas()][0] == "Jawa Tengah"


def test_the_digest_follows_the_files(tmp_path):
    before = source.find(write(tmp_path)).digest
    after = source.find(write(tmp_path, provinces="code,name\n33,JAWA  TENGAH\n")).digest

    assert before != after


@pytest.mark.parametrize("folder", ["", "data"])
def test_a_missing_package_says_what_to_run(tmp_path, folder):
    with pytest.raises(source.SourceError, match=r"provinces\.csv, .* tidak ditemukan\. Jalankan `npm ci` dulu"):
        source.find(tmp_path / folder)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(source.SourceError, match=r": villages\.csv tidak ditemukan"):
        source.find(write(tmp_path, villages=None))


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"districts": "code,regency_code,name\n"}, r"Wilayah 33\.29\.01\.2003 tercantum tanpa wilayah induknya"),
        ({"provinces": "code,name\n33,JAWA TENGAH\n33,JAWA\n"}, "kode 33 tercantum dua kali"),
        ({"provinces": "code,name\n33.29,BREBES\n"}, "'33.29' bukan kode wilayah tingkat 1"),
        ({"regencies": "code,name\n33.2,BREBES\n"}, "'33.2' bukan kode wilayah tingkat 2"),
        ({"provinces": "kode,nama\n33,JAWA TENGAH\n"}, r"provinces\.csv: kolom code dan name"),
        ({"provinces": "code,name\n33\n"}, r"provinces\.csv: kolom code dan name"),
        ({"provinces": b"code,name\n33,JAW\xff\n"}, r"provinces\.csv tidak terbaca"),
        ({"provinces": "<!doctype html>\n<p>404\n"}, r"provinces\.csv: kolom code dan name"),
    ],
)
def test_a_broken_list_is_refused_with_its_place(tmp_path, changed, sentence):
    with pytest.raises(source.SourceError, match=sentence):
        list(source.find(write(tmp_path, **changed)).areas())

"""Words out of which the names of the bench are made: what small firms in Indonesia make, and how they are called.

Some words stand in a great many names ("jaya", "usaha", "bu"), as in real lists, so that a search for them is as hard
as it will be.
"""

import random
from typing import NamedTuple


class Commodity(NamedTuple):
    """What a firm makes: words for its name, and the codes of branch, KBLI and product scope that go with it."""

    words: str
    branch: str
    kbli: str
    scope: str


COMMODITIES = tuple(
    Commodity(*line)
    for line in (
        ("Keripik pisang", "pangan", "10392", "makanan"),
        ("Keripik singkong", "pangan", "10392", "makanan"),
        ("Sale pisang", "pangan", "10392", "makanan"),
        ("Kerupuk ikan", "pangan", "10794", "makanan"),
        ("Kerupuk udang", "pangan", "10794", "makanan"),
        ("Abon sapi", "pangan", "10130", "makanan"),
        ("Telur asin", "pangan", "10799", "makanan"),
        ("Tahu", "pangan", "10392", "makanan"),
        ("Tempe", "pangan", "10391", "makanan"),
        ("Gula aren", "pangan", "10722", "makanan"),
        ("Gula semut", "pangan", "10722", "makanan"),
        ("Dodol", "pangan", "10734", "makanan"),
        ("Rengginang", "pangan", "10794", "makanan"),
        ("Roti dan kue", "pangan", "10710", "makanan"),
        ("Kopi bubuk", "pangan", "10761", "minuman"),
        ("Teh rosela", "pangan", "10763", "minuman"),
        ("Sirup markisa", "pangan", "11040", "minuman"),
        ("Bandrek", "pangan", "11090", "minuman"),
        ("Jamu", "kimia_bahan_bangunan", "21022", "herbal"),
        ("Minyak kayu putih", "kimia_bahan_bangunan", "20294", "herbal"),
        ("Minyak sereh", "kimia_bahan_bangunan", "20294", "herbal"),
        ("Batik tulis", "sandang_kulit", "13134", "tenun"),
        ("Batik cap", "sandang_kulit", "13134", "tenun"),
        ("Tenun ikat", "sandang_kulit", "13122", "tenun"),
        ("Songket", "sandang_kulit", "13122", "tenun"),
        ("Konveksi", "sandang_kulit", "14111", "tenun"),
        ("Bordir", "sandang_kulit", "13912", "tenun"),
        ("Tas kulit", "sandang_kulit", "15121", "kerajinan"),
        ("Anyaman bambu", "kerajinan", "16292", "kerajinan"),
        ("Anyaman pandan", "kerajinan", "16291", "kerajinan"),
        ("Ukiran kayu", "kerajinan", "16293", "kerajinan"),
        ("Mebel rotan", "kerajinan", "31002", "rumah_tangga"),
        ("Mebel kayu", "kerajinan", "31001", "rumah_tangga"),
        ("Gerabah", "kimia_bahan_bangunan", "23932", "rumah_tangga"),
        ("Genteng", "kimia_bahan_bangunan", "23922", "rumah_tangga"),
        ("Batu bata", "kimia_bahan_bangunan", "23921", "rumah_tangga"),
        ("Sapu ijuk", "kerajinan", "32909", "rumah_tangga"),
        ("Pandai besi", "logam_elektronika", "25931", "rumah_tangga"),
        ("Cor logam", "logam_elektronika", "24310", "rumah_tangga"),
        ("Perhiasan perak", "logam_elektronika", "32111", "kerajinan"),
    )
)
# The first ones are made in many more places than the last.
POPULARITY = tuple(1 / (rank + 3) for rank in range(len(COMMODITIES)))

ADDRESSES = ("Bu", "Pak", "Mbok", "Mas", "Bunda", "Mama", "Haji", "Ibu")
GIVEN = (
    "Sri", "Siti", "Nur", "Dewi", "Endang", "Tri", "Yuli", "Rina", "Wati", "Ningsih", "Kartini", "Sumarni", "Suparmi",
    "Aminah", "Fatimah", "Khadijah", "Maria", "Yohana", "Made", "Ketut", "Wayan", "Nyoman", "Komang", "Asep", "Ujang",
    "Dedi", "Agus", "Budi", "Slamet", "Joko", "Suparno", "Darsono", "Karto", "Paimin", "Tukiman", "Sugeng", "Bambang",
    "Hasan", "Husein", "Ahmad", "Muhammad", "Abdul", "Yusuf", "Ismail", "Ibrahim", "Daeng", "Andi", "Tenri", "Rahma",
    "Butet", "Ucok", "Togar", "Lusia", "Yosef", "Frans", "Melki", "Yuliana", "Martha", "Hendra", "Rudi", "Eko", "Dwi",
)  # fmt: skip
FAMILY = (
    "Wahyuni", "Lestari", "Rahayu", "Handayani", "Susanti", "Purwanti", "Hidayat", "Setiawan", "Santoso", "Wibowo",
    "Kurniawan", "Saputra", "Nugroho", "Prasetyo", "Suryani", "Marlina", "Astuti", "Kusuma", "Permana", "Gunawan",
    "Siregar", "Nasution", "Simanjuntak", "Sinaga", "Lubis", "Tanjung", "Chaniago", "Rumengan", "Tumbelaka", "Palar",
    "Wenda", "Kogoya", "Rumbiak", "Karubaba", "Tuasikal", "Latuconsina", "Bahri", "Syahrul", "Maulana", "Firdaus",
)  # fmt: skip
FORTUNES = (
    "Jaya", "Makmur", "Usaha", "Maju", "Berkah", "Sumber", "Sejahtera", "Mandiri", "Abadi", "Bersama", "Karya", "Mulya",
    "Rejeki", "Barokah", "Sari", "Indah", "Tani", "Mekar", "Harapan", "Bangkit", "Sentosa", "Utama", "Lestari",
    "Cahaya", "Bintang", "Surya", "Melati", "Anugerah", "Putra", "Rasa", "Nusantara", "Tunas", "Mitra", "Bina",
)  # fmt: skip
# The Zipf-like share of each of them: "Jaya" is in a sixth of all names with two such words.
FORTUNE_WEIGHTS = tuple(1 / (rank + 2) for rank in range(len(FORTUNES)))
VARIANTS = ("original", "pedas", "manis", "balado", "keju", "premium", "super", "halus", "asli", "jumbo", "curah")
ROADS = ("Raya", "Pasar", "Merdeka", "Diponegoro", "Sudirman", "Kartini", "Masjid", "Pemuda", "Melati", "Pahlawan")

LEGAL_FORMS = ("perorangan", "kelompok", "ud", "cv", "pt", "pt_perorangan", "koperasi", "lain")
LEGAL_WEIGHTS = (72, 6, 10, 5, 1, 2, 3, 1)
PREFIXES = {"ud": "UD", "cv": "CV", "pt": "PT", "pt_perorangan": "PT", "kelompok": "KUB", "koperasi": "Koperasi"}


def person(rng: random.Random) -> str:
    return f"{rng.choice(GIVEN)} {rng.choice(FAMILY)}"


def fortune(rng: random.Random) -> str:
    """Two words of good fortune, as firms carry them: "Sumber Jaya"."""
    first, second = rng.choices(FORTUNES, FORTUNE_WEIGHTS, k=2)
    return f"{first} {second}" if first != second else f"{first} {rng.choice(FAMILY)}"


def firm(rng: random.Random, commodity: Commodity, legal_form: str) -> str:
    """The name of an IKM: "Keripik Pisang Bu Sri Wahyuni", "UD Sumber Jaya"."""
    if prefix := PREFIXES.get(legal_form):
        return f"{prefix} {fortune(rng)}"
    if rng.random() < 0.15:
        return f"{commodity.words.title()} {fortune(rng)}"
    return f"{commodity.words.title()} {rng.choice(ADDRESSES)} {person(rng)}"


def product(rng: random.Random, commodity: Commodity, maker: str) -> str:
    return f"{commodity.words} {rng.choice(VARIANTS)} {maker.rsplit(' ', 2)[-1]}"


def address(rng: random.Random) -> str:
    return f"Jl. {rng.choice(ROADS)} {rng.randint(1, 200)}, RT {rng.randint(1, 12):02d} RW {rng.randint(1, 9):02d}"

import pytest

from accounts.models import User
from assessment.models import Assessment
from assessment.presentation.situation import officer_advice, orphan_advice, verifier_advice
from assessment.readiness import Readiness

State = Assessment.State


def readiness(*missing):
    return Readiness(missing, (), (), (), (), (), (), ())


@pytest.mark.parametrize(
    ("state", "missing", "open_remarks", "said"),
    [
        (State.DRAFT, ("1.1", "1.2"), 0, "Belum bisa dikirim: 2 indikator belum dinilai."),
        (State.DRAFT, (), 0, "Semua indikator sudah dinilai. Periksa dahulu di bawah ini, lalu kirim ke dinas."),
        (State.RETURNED, (), 2, "2 catatan verifikator belum ditindaklanjuti. Perbaiki, lalu kirim lagi."),
        (State.RETURNED, ("1.1",), 2, "Belum bisa dikirim: 1 indikator belum dinilai."),
        (State.RETURNED, (), 0, "Semua catatan verifikator sudah ditindaklanjuti. Periksa dahulu, lalu kirim lagi."),
        (State.IN_REVIEW, (), 0, "Tidak ada yang perlu Anda lakukan sampai dinas menjawab."),
        (State.WITHDRAWN, (), 0, "Penilaian ini berakhir tanpa hasil. Produknya dapat dinilai lagi kapan saja."),
    ],
)
def test_officer_is_told_what_to_do_next(state, missing, open_remarks, said):
    assert officer_advice(Assessment(state=state), readiness(*missing), open_remarks) == said


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (State.SUBMITTED, "Mulai meninjau, supaya verifikator lain tahu Anda yang mengerjakannya."),
        (State.IN_REVIEW, "Dimulai oleh Bu Rini; setiap verifikator wilayah ini boleh melanjutkan."),
        (State.RETURNED, "Tidak ada yang perlu Anda lakukan sampai petugas mengirim lagi."),
        (State.WITHDRAWN, "Penilaian ini berakhir tanpa hasil."),
    ],
)
def test_verifier_is_told_what_to_do_next(state, said):
    assert verifier_advice(Assessment(state=state), keeper="Bu Rini") == said


@pytest.mark.parametrize(
    ("is_own", "said"),
    [
        (
            True,
            "Tugas Anda di wilayah ini sudah berakhir, jadi penilaian ini hanya dapat dibaca. Petugas atau verifikator"
            " wilayah ini dapat menariknya, supaya produknya dapat dinilai lagi.",
        ),
        (
            False,
            "Bu Siti tidak lagi bertugas di wilayah ini, jadi penilaian ini tidak dapat dilanjutkan. Selama masih"
            " terbuka, produknya tidak dapat dinilai lagi. Tarik dengan alasannya, lalu mulai penilaian yang baru.",
        ),
    ],
)
def test_what_is_orphaned_says_why_it_is_blocked_and_what_to_do(is_own, said):
    assert orphan_advice(Assessment(state=State.DRAFT, officer=User(name="Bu Siti")), is_own=is_own) == said

"""What the reader of an open assessment should do, or need not do, in a sentence."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessment.models import Assessment
from assessment.readiness import Readiness

State = Assessment.State


def officer_advice(assessment: Assessment, readiness: Readiness, open_remarks: int) -> str:
    """For the officer who began it; `open_remarks` are those whose indicator did not change since."""
    if assessment.is_editable and not readiness.may_be_sent:
        return _("Belum bisa dikirim: %(what)s.") % {"what": readiness.sentence}
    if open_remarks:
        return ngettext(
            "%d catatan verifikator belum ditindaklanjuti. Perbaiki, lalu kirim lagi.",
            "%d catatan verifikator belum ditindaklanjuti. Perbaiki, lalu kirim lagi.",
            open_remarks,
        ) % (open_remarks,)
    return {
        State.DRAFT: _("Semua indikator sudah dinilai. Periksa dahulu di bawah ini, lalu kirim ke dinas."),
        State.RETURNED: _("Semua catatan verifikator sudah ditindaklanjuti. Periksa dahulu, lalu kirim lagi."),
        State.SUBMITTED: _("Tidak ada yang perlu Anda lakukan sampai dinas menjawab."),
        State.IN_REVIEW: _("Tidak ada yang perlu Anda lakukan sampai dinas menjawab."),
        State.WITHDRAWN: _("Penilaian ini berakhir tanpa hasil. Produknya dapat dinilai lagi kapan saja."),
    }[State(assessment.state)]


def orphan_advice(assessment: Assessment, *, is_own: bool) -> str:
    """Where only the officer could go on, who no longer can: for that officer, and for who may withdraw it instead."""
    if is_own:
        return _(
            "Tugas Anda di wilayah ini sudah berakhir, jadi penilaian ini hanya dapat dibaca. Petugas atau verifikator"
            " wilayah ini dapat menariknya, supaya produknya dapat dinilai lagi."
        )
    return _(
        "%(officer)s tidak lagi bertugas di wilayah ini, jadi penilaian ini tidak dapat dilanjutkan. Selama masih"
        " terbuka, produknya tidak dapat dinilai lagi. Tarik dengan alasannya, lalu mulai penilaian yang baru."
    ) % {"officer": assessment.officer}


def verifier_advice(assessment: Assessment, *, keeper: str = "") -> str:
    """For a verifier of the area, not its officer; `keeper` is who began the review, by name."""
    return {
        State.SUBMITTED: _("Mulai meninjau, supaya verifikator lain tahu Anda yang mengerjakannya."),
        State.IN_REVIEW: _("Dimulai oleh %(keeper)s; setiap verifikator wilayah ini boleh melanjutkan.")
        % {"keeper": keeper},
        State.RETURNED: _("Tidak ada yang perlu Anda lakukan sampai petugas mengirim lagi."),
        State.WITHDRAWN: _("Penilaian ini berakhir tanpa hasil."),
    }[State(assessment.state)]

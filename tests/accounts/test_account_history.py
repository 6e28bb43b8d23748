import pghistory
import pytest

from accounts import account_history, codes, people
from tests.factories import make_user

BREBES, SALEM, TEGAL = "33.29", "33.29.01", "33.28"


def lines(user, areas=(BREBES,)) -> list[tuple[str, str]]:
    sign_in_codes = user.sign_in_code_set.select_related("issued_by")
    changes = account_history.changes_of(user, areas=areas, sign_in_codes=sign_in_codes)
    return [(change.sentence, change.by) for change in changes]


@pytest.fixture
def by_verifier(verifier):
    """What happens inside is done by the verifikator, as on a page."""
    with pghistory.context(user=verifier.pk):
        yield verifier


def test_the_history_tells_who_did_what(by_verifier, areas):
    user = people.create_officer(
        name="Siti", username="siti", email="", wilayah=areas[SALEM], valid_from="2026-01-02", valid_until=None,
        by=by_verifier,
    )  # fmt: skip
    codes.issue(user=user, by=by_verifier)
    duty = user.duty_set.get()
    duty.valid_until = "2026-12-31"
    duty.save()
    user.name, user.email = "Siti Aminah", "siti@dinas.example"
    user.save()
    name = str(by_verifier)

    assert sorted(lines(user)) == sorted([
        ("Akun dibuat.", name),
        ("Tugas diberikan: Petugas lapangan, Kec. Salem, Kab. Brebes, sejak 2 Jan 2026.", name),
        ("Kode masuk dibuat.", name),
        ("Tugas diakhiri: Petugas lapangan, Kec. Salem, Kab. Brebes, hari terakhir 31 Des 2026.", name),
        ("Nama diubah menjadi Siti Aminah.", name),
        ("Alamat surel diubah.", name),
    ])  # fmt: skip


def test_what_no_page_did_says_where_it_came_from(areas):
    user = make_user("siti", ("officer", SALEM))

    assert {by for _sentence, by in lines(user)} == {"langsung di basis data"}


def test_the_latest_comes_first(transactional_db):
    user = make_user("siti")
    user.is_active = False
    user.save()
    user.is_active, user.username, user.is_staff = True, "siti2", True
    user.save()

    assert [sentence for sentence, _by in lines(user)] == [
        "Nama pengguna diubah menjadi siti2.",
        "Akun diaktifkan lagi.",
        "Hak admin diubah.",
        "Akun dinonaktifkan.",
        "Akun dibuat.",
    ]


def test_duties_of_elsewhere_are_left_out(areas):
    user = make_user("siti", ("officer", SALEM), ("officer", TEGAL))

    assert not [sentence for sentence, _by in lines(user) if "Tegal" in sentence]
    assert [sentence for sentence, _by in lines(user, [TEGAL]) if "Tegal" in sentence]


def test_every_change_of_a_duty_has_its_sentence(areas):
    user = make_user("siti", ("officer", SALEM))
    duty = user.duty_set.get()
    for changes in (
        {"valid_until": "2026-12-31"},
        {"valid_until": None},
        {"valid_from": "2026-02-01"},
        {"role": "leader"},
    ):
        type(duty).objects.filter(pk=duty.pk).update(**changes)
    duty.delete()

    assert {sentence for sentence, _by in lines(user)} == {
        "Akun dibuat.",
        "Tugas diberikan: Petugas lapangan, Kec. Salem, Kab. Brebes, sejak 1 Jan 2020.",
        "Tugas diakhiri: Petugas lapangan, Kec. Salem, Kab. Brebes, hari terakhir 31 Des 2026.",
        "Tugas tidak lagi dibatasi: Petugas lapangan, Kec. Salem, Kab. Brebes.",
        "Tanggal mulai tugas diubah: Petugas lapangan, Kec. Salem, Kab. Brebes, sejak 1 Feb 2026.",
        "Tugas diubah: Petugas lapangan, Kec. Salem, Kab. Brebes menjadi Pimpinan, Kec. Salem, Kab. Brebes.",
        "Tugas dibatalkan sebelum dimulai: Pimpinan, Kec. Salem, Kab. Brebes.",
    }


def test_the_history_takes_four_queries_for_many_lines(by_verifier, areas, django_assert_num_queries):
    """Account, duties, names, and the codes handed in."""
    user = make_user("siti", *[("officer", area) for area in (SALEM, "33.29.03", "33.29.09")])

    with django_assert_num_queries(4):
        assert len(lines(user)) == 4

import pytest
from django.db import connection

from files.access import visible_files
from tests.factories import make_certificate, make_file, make_ikm, make_photo, make_product, make_sentra, make_user

VILLAGE, KECAMATAN, KABUPATEN = "33.29.01.2003", "33.29.01", "33.29"


@pytest.fixture
def uploader(areas):
    return make_user("pengunggah")


def sees_file(user, file):
    return visible_files(user).filter(pk=file.pk).exists()


def photo_of(subject, by):
    file = make_file(by=by)
    make_photo(file=file, **{subject._meta.model_name: subject})
    return file


def paper_of(subject, by):
    file = make_file(by=by)
    make_certificate(file=file, **{subject._meta.model_name: subject})
    return file


@pytest.mark.parametrize("make_subject", [make_sentra, make_ikm, make_product])
@pytest.mark.parametrize(
    ("role", "area", "photo", "paper"),
    [
        ("officer", VILLAGE, True, True),
        ("officer", KABUPATEN, True, True),
        ("officer", None, True, True),
        ("verifier", KABUPATEN, True, True),
        ("leader", KABUPATEN, True, False),
        ("leader", None, True, False),
        ("assessor", KABUPATEN, False, False),
        ("officer", "32.08", False, False),
        ("verifier", "33.29.09", False, False),
    ],
)
def test_photos_are_seen_like_their_record_and_papers_only_inside_a_duty(
    uploader, make_subject, role, area, photo, paper
):
    subject = make_subject()
    user = make_user("", (role, area))

    assert sees_file(user, photo_of(subject, uploader)) is photo
    assert sees_file(user, paper_of(subject, uploader)) is paper


def test_record_of_a_wider_area_shows_its_photos_and_keeps_its_papers(uploader):
    sentra = make_sentra(wilayah=KABUPATEN)
    user = make_user("", ("officer", KECAMATAN))

    assert sees_file(user, photo_of(sentra, uploader))
    assert not sees_file(user, paper_of(sentra, uploader))


@pytest.mark.parametrize(("role", "visible"), [("officer", True), ("verifier", True), ("leader", False)])
def test_file_of_the_nib_is_a_paper(uploader, role, visible):
    file = make_file(by=uploader)
    make_ikm(nib="1234567890123", nib_file=file)

    assert sees_file(make_user("", (role, KABUPATEN)), file) is visible


def test_uploader_sees_a_file_until_a_record_uses_it(uploader):
    file = make_file(by=uploader)
    assert sees_file(uploader, file)

    make_photo(file=file, sentra=make_sentra())

    assert not sees_file(uploader, file)


def test_records_without_a_file_hide_nothing(uploader):
    """`NOT IN` over a column with an empty value would match no row at all."""
    make_certificate(ikm=make_ikm(nib_file=None), file=None)

    assert sees_file(uploader, make_file(by=uploader))


def test_stranger_sees_no_free_file(uploader, stranger):
    assert not sees_file(stranger, make_file(by=uploader))


@pytest.mark.parametrize("state", ["expected", "rejected"])
def test_file_that_was_not_received_is_seen_by_nobody(uploader, state):
    file = make_file(by=uploader)
    type(file).objects.filter(pk=file.pk).update(state=state)

    assert not sees_file(uploader, file)


def test_file_of_two_records_is_seen_through_either(uploader):
    file = photo_of(make_sentra(wilayah="32.08.01.2001"), uploader)
    make_photo(file=file, sentra=make_sentra())

    assert sees_file(make_user("", ("officer", KABUPATEN)), file)
    assert sees_file(make_user("", ("officer", "32.08")), file)


def test_person_without_an_end_of_duty_in_force_sees_nothing(uploader):
    file = photo_of(make_sentra(), uploader)

    assert not sees_file(make_user(), file)
    assert not sees_file(make_user("", ("officer", KABUPATEN), is_active=False), file)


def test_question_costs_one_query_besides_the_duties(uploader, officer, django_assert_num_queries):
    file = paper_of(make_product(), uploader)

    with django_assert_num_queries(2):
        assert sees_file(officer, file)


def test_question_about_one_file_can_be_answered_by_key(uploader, officer):
    """However many photos there are, each room can be asked about this one file instead of for all it shows."""
    file = photo_of(make_sentra(), uploader)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # in a table of one row nobody needs an index

    plan = visible_files(officer).filter(pk=file.pk).explain()

    assert "Index Cond: (file_id = files_storedfile.id)" in plan

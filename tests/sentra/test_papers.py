from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from files.intake import check, store
from files.models import StoredFile
from sentra import catalogue, papers
from sentra.models import Certificate, Photo, Sentra
from tests.factories import make_certificate, make_file, make_ikm, make_photo, make_product, make_sentra, make_user
from tests.files import samples


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def checked(content=None):
    return check(samples.upload(content or samples.jpeg()))


@pytest.mark.parametrize("make_subject", [make_sentra, make_ikm, make_product])
def test_kinds_for_are_kinds_the_database_takes(areas, make_subject):
    subject = make_subject()

    for kind in papers.kinds_for(subject):
        make_certificate(kind=kind, **{subject._meta.model_name: subject})

    assert Certificate.objects.about(subject).count() == len(papers.kinds_for(subject))


def test_kinds_for_offers_the_decree_to_a_sentra_alone(areas):
    offering = [
        subject for subject in (make_sentra(), make_ikm(), make_product()) if "sk_sentra" in papers.kinds_for(subject)
    ]

    assert [type(subject) for subject in offering] == [Sentra]


def test_every_kind_is_offered_somewhere():
    assert {kind for kinds in papers.KINDS.values() for kind in kinds} == set(Certificate.Kind)


def test_add_photo_stores_file_and_row(officer):
    photo = papers.add_photo(photo=Photo(sentra=make_sentra(), caption="Jemur"), upload=checked(), by=officer)

    photo.refresh_from_db()
    assert (photo.created_by, photo.file.uploaded_by, photo.file.is_received) == (officer, officer, True)


def test_add_photo_to_a_record_that_moved_away_is_refused(officer):
    sentra = make_sentra()
    photo = Photo(sentra=Sentra.objects.get(pk=sentra.pk), caption="Jemur")
    Sentra.objects.filter(pk=sentra.pk).update(wilayah="32.08.01.2001")

    with pytest.raises(PermissionDenied):
        papers.add_photo(photo=photo, upload=checked(), by=officer)

    assert (Photo.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_remove_photo_takes_the_file_along(officer):
    photo = make_photo(sentra=make_sentra(), file=store(checked(), by=officer))

    papers.remove_photo(photo)

    assert (Photo.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_remove_photo_that_is_evidence_is_refused(officer):
    """Whatever stands on the file does so with PROTECT; here a certificate does as evidence would."""
    file = make_file(by=officer)
    photo = make_photo(sentra=make_sentra(), file=file)
    make_certificate(ikm=make_ikm(), file=file)

    with pytest.raises(papers.PhotoNeeded) as caught:
        papers.remove_photo(photo)

    assert str(caught.value) == "Foto ini menjadi bukti sebuah penilaian, jadi tidak dapat dihapus."
    assert (Photo.objects.count(), StoredFile.objects.count()) == (1, 1)


def test_removed_photo_stays_in_the_history(officer):
    photo = make_photo(sentra=make_sentra(), file=make_file(by=officer), caption="Jemur")

    papers.remove_photo(photo)

    history = apps.get_model("sentra", "PhotoEvent").objects
    assert history.filter(pgh_label="delete").values_list("caption", "file_id").get() == ("Jemur", photo.file_id)


@pytest.fixture
def certificate(officer, verifier):
    """A certificate with a file, checked by a verifier."""
    return make_certificate(
        ikm=make_ikm(), file=store(checked(), by=officer), checked_by=verifier, checked_at=timezone.now()
    )


def change(certificate, by, *, upload=None, is_changed=False):
    papers.change_certificate(certificate=certificate, upload=upload, is_changed=is_changed, by=by)
    certificate.refresh_from_db()


def test_change_certificate_takes_the_check_back(certificate, officer):
    certificate.number = "LAIN-1"

    change(certificate, officer, is_changed=True)

    assert (certificate.number, certificate.checked_by, certificate.checked_at) == ("LAIN-1", None, None)


def test_certificate_saved_without_a_change_keeps_its_check(certificate, officer, verifier):
    revision = certificate.revision

    change(certificate, officer)

    assert (certificate.checked_by, certificate.revision) == (verifier, revision)


def test_new_file_takes_the_place_of_the_old_one_and_the_check_back(certificate, officer):
    old = certificate.file

    change(certificate, officer, upload=checked(samples.pdf()))

    assert (certificate.file.content_type, certificate.checked_by) == ("application/pdf", None)
    assert not StoredFile.objects.filter(pk=old.pk).exists()


def test_old_file_that_is_needed_elsewhere_stays(certificate, officer):
    old = certificate.file
    make_certificate(ikm=certificate.ikm, file=old)

    change(certificate, officer, upload=checked(samples.pdf()))

    assert certificate.file != old
    assert StoredFile.objects.filter(pk=old.pk).exists()


def test_new_paper_of_the_nib_takes_the_place_of_the_old_one(officer):
    ikm = catalogue.save_ikm(ikm=make_ikm(), nib_paper=checked(), by=officer)
    old = ikm.nib_file_id

    catalogue.save_ikm(ikm=ikm, nib_paper=checked(samples.pdf()), by=officer)

    assert (StoredFile.objects.get(), ikm.nib_file.content_type) == (ikm.nib_file, "application/pdf")
    assert old != ikm.nib_file_id


def test_mark_checked_says_who_and_when(officer, verifier):
    certificate = make_certificate(ikm=make_ikm())
    before = timezone.now()

    papers.mark_checked(certificate=certificate, by=verifier)

    certificate.refresh_from_db()
    assert certificate.checked_by == verifier
    assert before <= certificate.checked_at <= timezone.now()


def test_certificate_of_a_sentra_moved_away_cannot_be_changed(certificate, stranger):
    with pytest.raises(PermissionDenied):
        change(certificate, stranger, is_changed=True)


def test_same_paper_is_recorded_once_per_subject(areas):
    ikm = make_ikm()
    make_certificate(ikm=ikm, kind="halal", number="ID-1")

    make_certificate(ikm=make_ikm(), kind="halal", number="ID-1")
    make_certificate(ikm=ikm, kind="merek", number="ID-1")

    for number in ("ID-1", "id-1", " ID -1"):
        with pytest.raises(IntegrityError, match="certificate_once_per_subject"), transaction.atomic():
            make_certificate(ikm=ikm, kind="halal", number=number)


def test_twins_of_before_are_numbered_and_none_is_taken_out_of_use(areas):
    ikm = make_ikm()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("DROP INDEX certificate_once_per_subject")
    for number in ("H-1", "h-1", "H - 1", "H-2"):
        make_certificate(ikm=ikm, kind="halal", number=number)
    numbering = import_module("sentra.migrations.0026_twin_certificates_are_numbered")

    with connection.cursor() as cursor:
        cursor.execute(numbering.NUMBER_TWINS)

    papers = Certificate.objects.in_use().order_by("created_at")
    assert [paper.number for paper in papers] == ["H-1", "h-1 (ganda 2)", "H - 1 (ganda 3)", "H-2"]


def test_parts_are_seen_and_opened_like_their_subject(areas, django_assert_num_queries):
    user = make_user("", ("officer", "33.29.01"))
    for wilayah in ("33.29.01.2003", "33.29", "33.29.09.1002", "32.08"):
        make_certificate(ikm=make_ikm(wilayah=wilayah), number=wilayah)
        make_photo(sentra=make_sentra(wilayah=wilayah), caption=wilayah, file=make_file(by=user))

    with django_assert_num_queries(5):
        seen = set(Certificate.objects.visible_to(user).values_list("number", flat=True))
        opened = set(Certificate.objects.papers_open_to(user).values_list("number", flat=True))
        seen_photos = set(Photo.objects.visible_to(user).values_list("caption", flat=True))
        opened_photos = set(Photo.objects.papers_open_to(user).values_list("caption", flat=True))

    assert seen == seen_photos == {"33.29.01.2003", "33.29"}
    assert opened == opened_photos == {"33.29.01.2003"}

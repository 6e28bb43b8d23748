"""Every page obeys the enforced content policy; `conftest._page` fails a test where Chromium had to stop anything."""

import pytest

from assessment.models import Indicator
from tests.assessment.factories import make_instrument
from tests.browser.test_sign_in import sign_in
from tests.factories import make_ikm, make_product, make_sentra, make_user
from tests.wilayah_factory import make_wilayah_tree

OURS = ("/", "/sentra/", "/sentra/baru/", "/ikm/baru/", "/produk/baru/", "/penilaian/", "/akun/", "/akun/perangkat/")
ADMIN = (
    "",
    "accounts/user/",
    "accounts/user/add/",
    "accounts/duty/add/",
    "assessment/instrument/",
    "assessment/round/add/",
    "sentra/branch/",
    "wilayah/wilayah/",
)


@pytest.fixture
def records(transactional_db):
    make_wilayah_tree()
    make_user("kepala", ("verifier", "33.29"), ("officer", "33.29"), is_staff=True, is_superuser=True)
    ikm = make_ikm(sentra=make_sentra())
    return [f"/sentra/{ikm.sentra_id}/", f"/ikm/{ikm.pk}/", f"/produk/{make_product(ikm=ikm).pk}/"]


def test_no_page_of_ours_needs_more_than_the_policy_allows(desk, records):
    sign_in(desk, "kepala")
    for address in (*OURS, *records, "/akun/dua-langkah/nyalakan/", "/tidak-ada/"):
        desk.goto(address, wait_until="load")
    assert desk.url.endswith("/tidak-ada/")


def test_no_page_of_the_admin_does(desk, records):
    sign_in(desk, "kepala")
    draft = make_instrument(published=False)
    parts = [draft.criterion_set.first(), draft.gate_set.first(), Indicator.objects.first()]
    editor = [f"assessment/{part._meta.model_name}/{part.pk}/change/" for part in [draft, *parts]]
    pages = [f"assessment/instrument/{draft.pk}/{word}/" for word in ("salin", "terbitkan", "delete")]
    for address in (*ADMIN, *editor, *pages):
        assert desk.goto(f"/admin/{address}", wait_until="load").status == 200
    # The frames and pop-ups of the admin, its calendar and its search.
    desk.goto("/admin/accounts/duty/add/")
    desk.get_by_role("link", name="Hari ini").first.click()

import pytest

from accounts.models import User
from tests.factories import make_user
from tests.ovop_site.people.pages import SALEM


@pytest.fixture
def siti(areas) -> User:
    user = make_user("siti", ("officer", SALEM), name="Siti")
    user.set_unusable_password()
    user.save()
    return user


@pytest.fixture
def keeper(signed_in, verifier):
    """The client of a verifikator."""
    return signed_in(verifier)

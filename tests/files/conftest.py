import pytest


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path):
    """Every test begins with an empty storage."""
    settings.MEDIA_ROOT = tmp_path

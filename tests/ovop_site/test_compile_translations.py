import os
from gettext import GNUTranslations

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.fixture
def source(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    path = tmp_path / "locale" / "id" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(HEADER + 'msgid "Save"\nmsgstr "Simpan"\n')
    return path


def test_translations_are_compiled_and_kept_until_they_change(source):
    target = source.with_suffix(".mo")

    call_command("compile_translations")
    with target.open("rb") as compiled:
        assert GNUTranslations(compiled).gettext("Save") == "Simpan"

    os.utime(target, (1, 1))
    call_command("compile_translations")
    assert target.stat().st_mtime > 1


def test_check_passes_where_all_is_translated(source):
    call_command("compile_translations", check=True)

    assert not source.with_suffix(".mo").exists()


def test_check_names_each_entry_that_is_empty_or_fuzzy(source):
    source.write_text(source.read_text() + '\nmsgid "Delete"\nmsgstr ""\n\n#, fuzzy\nmsgid "Add"\nmsgstr "Tambah?"\n')

    with pytest.raises(CommandError) as raised:
        call_command("compile_translations", check=True)

    assert str(raised.value) == (
        "Terjemahan belum lengkap:\n"
        "locale/id/LC_MESSAGES/django.po:7: 'Delete'\n"
        "locale/id/LC_MESSAGES/django.po:10: 'Add'"
    )

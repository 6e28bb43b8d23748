"""What happened to an account and its duties, in sentences: who, when. Read from the tables of the triggers."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Model
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Duty, SignInCode, User
from accounts.versions import context_of, names_of, origin_of, versions_of
from wilayah import codes

SHOWN = 50


@dataclass(frozen=True)
class Change:
    """One line of the history. `by` is the name of who did it, or where it came from, such as a command."""

    at: datetime
    sentence: str
    by: str


def changes_of(user: User, *, areas: Iterable[str], sign_in_codes: Iterable[SignInCode]) -> list[Change]:
    """The history of the account of `user`, of its duties inside `areas` and of its codes, the latest first.

    `sign_in_codes` are those of `user`, with who issued them selected along. At most `SHOWN` lines. Three queries.
    """
    account = list(versions_of(user).reverse())
    given = Duty.pgh_event_model.objects.filter(user=user.pk).filter(codes.inside("wilayah__code", areas))
    duties = list(given.select_related("pgh_context", "wilayah").order_by("pgh_obj_id", "pgh_id"))
    names = names_of(account + duties)
    changes = [
        *(_change(event, sentence, names) for event, sentence in _account_sentences(account)),
        *(_change(event, sentence, names) for event, sentence in _duty_sentences(duties)),
        *_code_changes(user, sign_in_codes),
    ]
    return sorted(changes, key=lambda change: change.at, reverse=True)[:SHOWN]


def _change(event: Model, sentence: str, names: dict[int, str]) -> Change:
    by = names.get(context_of(event).get("user")) or origin_of(event).words
    return Change(at=event.pgh_created_at, sentence=sentence, by=by)


def _account_sentences(events: list[Model]) -> Iterator[tuple[Model, str]]:
    before = None
    for event in events:
        yield from ((event, sentence) for sentence in _account_steps(before, event))
        before = event


def _account_steps(before: Model | None, now: Model) -> Iterator[str]:
    """What changed between two versions of an account. The e-mail address itself is not repeated: it is personal."""
    if before is None:
        yield _("Akun dibuat.")
        return
    if before.username != now.username:
        yield _("Nama pengguna diubah menjadi %(name)s.") % {"name": now.username}
    if before.name != now.name:
        yield _("Nama diubah menjadi %(name)s.") % {"name": now.name or _("kosong")}
    if before.email != now.email:
        yield _("Alamat surel diubah.") if now.email else _("Alamat surel dihapus.")
    if before.is_active != now.is_active:
        yield _("Akun diaktifkan lagi.") if now.is_active else _("Akun dinonaktifkan.")
    if (before.is_staff, before.is_superuser) != (now.is_staff, now.is_superuser):
        yield _("Hak admin diubah.")


def _duty_sentences(events: list[Model]) -> Iterator[tuple[Model, str]]:
    before = None
    for event in events:
        yield event, _duty_step(before if before and before.pgh_obj_id == event.pgh_obj_id else None, event)
        before = event


def _duty_step(before: Model | None, now: Model) -> str:
    words = {"duty": _duty_words(now), "from": _day(now.valid_from), "until": _day(now.valid_until)}
    if now.pgh_label == "delete":
        return _("Tugas dibatalkan sebelum dimulai: %(duty)s.") % words
    if before is None:
        if now.valid_until:
            return _("Tugas diberikan: %(duty)s, %(from)s sampai %(until)s.") % words
        return _("Tugas diberikan: %(duty)s, sejak %(from)s.") % words
    if _duty_words(before) != words["duty"]:
        return _("Tugas diubah: %(before)s menjadi %(duty)s.") % (words | {"before": _duty_words(before)})
    if now.valid_from != before.valid_from:
        return _("Tanggal mulai tugas diubah: %(duty)s, sejak %(from)s.") % words
    if now.valid_until is None:
        return _("Tugas tidak lagi dibatasi: %(duty)s.") % words
    return _("Tugas diakhiri: %(duty)s, hari terakhir %(until)s.") % words


def _duty_words(event: Model) -> str:
    area = event.wilayah.place_name if event.wilayah else _("nasional")
    return f"{Duty.Role(event.role).label}, {area}"


def _day(value: date | None) -> str:
    return date_format(value, "j M Y") if value else ""


def _code_changes(user: User, sign_in_codes: Iterable[SignInCode]) -> Iterator[Change]:
    for code in sign_in_codes:
        yield Change(at=code.issued_at, sentence=_("Kode masuk dibuat."), by=str(code.issued_by))
        if code.used_at:
            yield Change(at=code.used_at, sentence=_("Kode masuk dipakai."), by=str(user))

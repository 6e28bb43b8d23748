"""One-time sign-in codes: how a petugas without e-mail comes in, first or again.

A verifikator of the area reads the code out, on the telephone or face to face. It opens the account once, within a
day; the account has no password from then on, so the next page asks for a new one (`accounts.obligations`).
"""

import secrets
from datetime import timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import permissions
from accounts.models import SignInCode, User

VALID_FOR = timedelta(hours=24)
# Without what looks alike on paper or a small screen: 0 O, 1 I L, 2 Z, 5 S, 8 B, U V. Some 36 bits in eight.
ALPHABET = "34679ACDEFGHJKMNPQRTWXY"
GROUPS, GROUP_LENGTH = 2, 4


@transaction.atomic
def issue(*, user: User, by: User) -> str:
    """A new code for `user`, "K7QM-3XRA", to be shown to `by` once: only its hash is stored.

    Voids an earlier one that was not used. Raises PermissionDenied where `permissions.may_issue_code` says no. The view
    that calls it asks for a fresh sign-in before (`accounts.fresh`).
    """
    if not permissions.may_issue_code(by, user):
        raise PermissionDenied(
            _("Kode masuk hanya dibuat untuk petugas yang seluruh tugasnya ada di wilayah Anda sebagai verifikator.")
        )
    now = timezone.now()
    # Two verifikator at once: the second waits, then voids the code of the first.
    User.objects.select_for_update().get(pk=user.pk)
    user.sign_in_code_set.unused().update(voided_at=now)
    code = _new_code()
    SignInCode.objects.create(
        user=user,
        code_hash=make_password(normalized(code)),
        issued_by=by,
        issued_at=now,
        expires_at=now + VALID_FOR,
    )
    return code


@transaction.atomic
def redeem(*, username: str, code: str) -> User | None:
    """The account that `code` opens, without a password from now on; None where it opens none.

    The old password and all other sessions end with it. Takes as long for an unknown name as for a wrong code.
    """
    usable = SignInCode.objects.usable().select_related("user").select_for_update(of=("self",))
    found = usable.filter(user__username__iexact=username.strip()).first()
    if found is None:
        make_password(normalized(code))
        return None
    if not check_password(normalized(code), found.code_hash) or not permissions.takes_code(found.user):
        return None
    found.used_at = timezone.now()
    found.save(update_fields=["used_at"])
    found.user.set_unusable_password()
    found.user.save(update_fields=["password"])
    return found.user


def normalized(code: str) -> str:
    """`code` as it is hashed: however it was typed, with or without dash and blanks, in small or capital letters."""
    return "".join(letter for letter in code.upper() if letter.isalnum())


def _new_code() -> str:
    groups = ("".join(secrets.choice(ALPHABET) for _letter in range(GROUP_LENGTH)) for _group in range(GROUPS))
    return "-".join(groups)

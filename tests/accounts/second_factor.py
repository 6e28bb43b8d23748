"""Two-step sign-in without a telephone."""

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth

from accounts.models import User


def give_totp(user: User) -> str:
    """Turn two-step sign-in on for `user`; the secret of the application."""
    secret = auth.generate_totp_secret()
    auth.TOTP.activate(user, secret)
    return secret


def give_recovery_codes(user: User) -> list[str]:
    return RecoveryCodes.activate(user).generate_codes()


def code_of(secret: str) -> str:
    """What the application shows now."""
    counter = next(auth.yield_hotp_counters_from_time())
    return auth.format_hotp_value(auth.hotp_value(secret, counter))

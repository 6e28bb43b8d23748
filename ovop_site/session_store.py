"""Sessions in the database, as Django keeps them; a database that is away is said to be away."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError

from ovop_site.database_down import is_database_away


class SessionStore(db.SessionStore):
    """Django takes every failed save for a session that somebody else has ended, and answers 400.

    Where the database has gone, that is the reason, and the answer 503: what was sent may be sent again.
    """

    def save(self, must_create: bool = False) -> None:
        try:
            super().save(must_create)
        except UpdateError as error:
            if is_database_away(error.__context__):
                raise error.__context__ from error.__context__.__cause__
            raise

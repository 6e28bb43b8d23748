"""The one exception of this package."""


class EmbeddedPostgresError(Exception):
    """The embedded server cannot be used; the message is a sentence for the person who started it."""

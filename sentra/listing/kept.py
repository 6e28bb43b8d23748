"""HTML that was drawn once per process and is kept by all that it shows, so that it is the same for everybody."""

from collections.abc import Callable, Hashable

from django.utils.safestring import SafeString


class Kept:
    """Pieces of a page, `most` of them; when there are more, all are forgotten and drawn anew as they come.

    The key of a piece holds everything the piece shows: nothing has to be forgotten because something changed, and
    nobody gets what belongs to somebody else.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._pieces: dict[Hashable, SafeString] = {}

    def __len__(self) -> int:
        return len(self._pieces)

    def get(self, shown: Hashable, draw: Callable[[], SafeString]) -> SafeString:
        """The piece that shows `shown`; drawn where it is not kept."""
        html = self._pieces.get(shown)
        if html is None:
            html = draw()
            if len(self._pieces) >= self.most:
                self._pieces.clear()
            self._pieces[shown] = html
        return html

    def forget(self) -> None:
        self._pieces.clear()

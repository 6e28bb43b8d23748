"""Text as people type and paste it, without what nobody sees. Pure."""

import unicodedata

# Control and formatting characters (Unicode, general categories).
HIDDEN = ("Cc", "Cf")
# They join letters and the parts of an emoji, and show nothing by themselves.
JOINERS = "\u200c\u200d"
LINE_ENDS = "\n\t"


def visible(text: str) -> str:
    """`text` without control characters, marks that turn the direction around, and other invisible ones.

    Chats and web pages hand such marks over with what is copied from them; a name of nothing else could be neither
    seen nor chosen. Letters are composed (NFC), so that what looks the same is found as the same; line ends are "\\n".
    """
    composed = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(mark for mark in composed if mark in LINE_ENDS + JOINERS or unicodedata.category(mark) not in HIDDEN)
    return kept.strip() if kept.strip(JOINERS + " \n\t") else ""


def one_line(text: str) -> str:
    """`visible(text)` with single blanks between its words."""
    return " ".join(visible(text).split())

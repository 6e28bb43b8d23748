"""Text as people type and paste it, without what nobody sees. Pure."""

import unicodedata

# Control and formatting characters (Unicode, general categories).
HIDDEN = ("Cc", "Cf")
# Letters and signs by their category, blanks by their looks: fillers of Hangul and Braille, and the like.
FILLERS = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
# They join letters and the parts of an emoji or choose its shape, and show nothing by themselves.
JOINERS = "\u200c\u200d" + "".join(map(chr, range(0xFE00, 0xFE10)))
LINE_ENDS = "\n\t"


def visible(text: str) -> str:
    """`text` without control characters, marks that turn the direction around, and other invisible ones.

    Chats and web pages hand such marks over with what is copied from them; a name of nothing else could be neither
    seen nor chosen. Letters are composed (NFC), so that what looks the same is found as the same; line ends are "\\n".
    """
    composed = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(mark for mark in composed if _is_kept(mark))
    return kept.strip() if kept.strip(JOINERS + " \n\t") else ""


def _is_kept(mark: str) -> bool:
    if mark in LINE_ENDS + JOINERS:
        return True
    return mark not in FILLERS and unicodedata.category(mark) not in HIDDEN


def one_line(text: str) -> str:
    """`visible(text)` with single blanks between its words."""
    return " ".join(visible(text).split())

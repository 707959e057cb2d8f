"""What of a text an Office file can hold: all of them are XML, which has no word for some characters."""

from __future__ import annotations

import re

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def writable(words: str) -> str:
    """Without control characters, halves of characters and what is none: one of them, and no program opens the file.

    openpyxl itself refuses the first of these alone.
    """
    return _NOT_XML.sub("", words)

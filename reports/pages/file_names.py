"""What files are called: in Chinese, with nothing in it that would be a folder, or that Windows takes for no name."""

from __future__ import annotations

_FULL_WIDTH = str.maketrans('/\\:*?"<>|', "／＼：＊？＂＜＞｜")


def file_name(words: str, extension: str) -> str:
    """Names of towns and indicators and 文号 are typed by people, and unpacked by many programs."""
    said = "".join(character for character in words if character.isprintable())
    return f"{said.translate(_FULL_WIDTH)}.{extension}"

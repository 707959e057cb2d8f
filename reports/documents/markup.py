"""Elements of a Word file as text, for what is written faster, or only, that way."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from lxml.etree import _Element


def tag(name: str, inside: str = "", /, **attributes: object) -> str:
    """An element of the words' namespace: tag("jc", val="center") → <w:jc w:val="center"></w:jc>."""
    written = "".join(f" w:{key}={quoteattr(str(value))}" for key, value in attributes.items())
    return f"<w:{name}{written}>{inside}</w:{name}>"


def words_of(said: str) -> str:
    """Text of a run, with its spaces kept."""
    return f'<w:t xml:space="preserve">{escape(said)}</w:t>'


def parsed(element: str) -> _Element:
    return parse_xml(element.replace(">", f" {nsdecls('w')}>", 1))

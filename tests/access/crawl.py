"""Follows every link that a reader is shown, as a curious one would."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from html import unescape
from io import BytesIO
from urllib.parse import urldefrag, urljoin, urlsplit

from django.http import HttpResponse
from django.test import Client

from tests.answers import content_of

LINK = re.compile(r'<a [^>]*?href="([^"]*)"')
# Pages of which there is one for every pair.
PAIRED = (
    re.compile(r"/cells/(?P<town>[^/]+)/(?P<indicator>[^/]+)/"),
    re.compile(r"/returns/(?P<filed>[0-9]{4}Q[1-4])/(?P<template>[^/]+)/template.xlsx"),
)
OF_THE_MOMENT = re.compile(r'nonce="[^"]*"|data-revision="[0-9]*"|name="csrfmiddlewaretoken" value="[^"]*"')
MADE_AT = "docProps/core.xml"


def crawl(client: Client, seeds: Iterable[str], follows: Callable[[str], bool]) -> dict[str, HttpResponse]:
    """All of what is to be followed that can be reached by links from these addresses, {address: answer}."""
    waiting, seen = list(dict.fromkeys(seeds)), dict[str, HttpResponse]()
    while waiting:
        address = waiting.pop(0)
        if address not in seen and follows(address):
            seen[address] = client.get(address)
            waiting += links(address, seen[address])
    return seen


def crawl_pages(client: Client, start: str) -> dict[str, HttpResponse]:
    """The same, but of the addresses that differ in their query alone only the first.

    And as many cells and templates as show each town and indicator, each quarter and unit, not every pair.
    """
    waiting, seen, shown = [start], dict[str, HttpResponse](), set[tuple[str, str]]()
    while waiting:
        address = waiting.pop(0)
        page = address.partition("?")[0]
        if page in seen:
            continue
        pair = {
            part for kind in PAIRED if (found := kind.fullmatch(page)) for part in found.groupdict().items()
        }
        if pair and shown >= pair:
            continue
        shown |= pair
        seen[page] = client.get(address)
        waiting += links(address, seen[page])
    return seen


def links(address: str, response: HttpResponse) -> Iterator[str]:
    if response.headers["Content-Type"].startswith("text/html"):
        for href in LINK.findall(response.content.decode()):
            target = urldefrag(urljoin(address, unescape(href))).url
            if not urlsplit(target).scheme:
                yield target


def text_of(response: HttpResponse) -> str:
    """All that an answer tells: a page with its charts' data, or every file inside a workbook."""
    content = content_of(response)
    if not content.startswith(b"PK"):
        return OF_THE_MOMENT.sub("", content.decode())
    with zipfile.ZipFile(BytesIO(content)) as archive:
        files = {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}
    return "\n".join(f"{name}\n{text}" for name, text in sorted(files.items()) if name != MADE_AT)

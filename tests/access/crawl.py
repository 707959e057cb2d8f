"""Follows every link that a reader is shown, as a curious one would."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from html import unescape
from io import BytesIO
from urllib.parse import urldefrag, urljoin, urlsplit

from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve

from tests.answers import content_of

LINK = re.compile(r'<a [^>]*?href="([^"]*)"')
OF_A_KIND = 8
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
    """The same, but of the addresses that differ in their query alone only the first, and a handful of each kind.

    What differs by its code alone is made by one piece of program: a town's page, a return, a workbook.
    """
    waiting, seen, alike = [start], dict[str, HttpResponse](), Counter[str]()
    while waiting:
        address = waiting.pop(0)
        page = address.partition("?")[0]
        route = route_of(page)
        if page in seen or alike[route] == OF_A_KIND:
            continue
        alike[route] += 1
        seen[page] = client.get(address)
        waiting += links(address, seen[page])
    return seen


def route_of(page: str) -> str:
    """The address's pattern; of one that leads nowhere the address itself, so that it is asked for."""
    try:
        return resolve(page).route
    except Resolver404:
        return page


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

"""What an answer holds, streamed or not."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase


def content_of(response: HttpResponseBase) -> bytes:
    """The whole content; of a streamed answer too, which can be read once alone and is kept on it therefore."""
    if isinstance(response, HttpResponse):
        return response.content
    if not hasattr(response, "content_read"):
        response.content_read = b"".join(response)
    return response.content_read

"""A clerk's browser, as far as filing needs one: a connection that is kept, cookies, forms that are sent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

TIMEOUT = 60
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    text: str


class Browser:
    """Speaks to the server on this machine's `port`. A request cut off is sent again, once, as a browser would."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.connection = HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)
        self.cookies: dict[str, str] = {}

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, "")

    def post(self, path: str, fields: Mapping[str, str]) -> Answer:
        return self._ask("POST", path, urlencode(fields))

    def sign_in(self, username: str, password: str) -> None:
        """Through the page. Raises RuntimeError when it does not let this account in."""
        found = TOKEN.search(self.get("/accounts/login/").text)
        token = found.group(1) if found else ""
        fields = {"username": username, "password": password, "csrfmiddlewaretoken": token}
        if self.post("/accounts/login/", fields).status != 302:
            raise RuntimeError(f"{username} could not sign in")

    def close(self) -> None:
        self.connection.close()

    def _ask(self, method: str, path: str, body: str) -> Answer:
        try:
            return self._ask_once(method, path, body)
        except (HTTPException, ConnectionError):
            self.connection.close()
            return self._ask_once(method, path, body)

    def _ask_once(self, method: str, path: str, body: str) -> Answer:
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "X-CSRFToken": self.cookies.get("csrftoken", ""),
        }
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        text = response.read().decode()
        for header, value in response.getheaders():
            if header.lower() == "set-cookie":
                name, _, rest = value.partition("=")
                self.cookies[name] = rest.partition(";")[0]
        return Answer(response.status, text)

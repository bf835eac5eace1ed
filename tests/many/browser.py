"""Browsers as small as can be, that speak https, keep cookies, and fill in the forms they see."""

import re
import ssl
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPConnection, HTTPException, HTTPMessage, HTTPSConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode


@dataclass(frozen=True)
class Door:
    """Where a site is asked, and by what name. Without TLS it is asked as by a proxy with it."""

    port: int
    name: str
    tls: ssl.SSLContext | None = None

    @property
    def origin(self) -> str:
        """The site's own address."""
        return f"https://{self.name}"


@dataclass(frozen=True)
class Answer:
    """What came back. The status is 0 where nothing did."""

    status: int
    text: str = ""
    headers: HTTPMessage = field(default_factory=HTTPMessage)

    @property
    def leads_to(self) -> str:
        """Where it sends the browser."""
        return str(self.headers.get("Location", ""))

    @property
    def machine(self) -> str:
        """Which machine answered, as the proxy tells it."""
        return str(self.headers.get("X-Machine", ""))


class Form(HTMLParser):
    """The form of a page that has a field of this name, with what it carries itself."""

    def __init__(self, page: str, name: str) -> None:
        super().__init__()
        self.carries: dict[str, str] = {}
        self._forms: list[dict[str, str]] = []
        self._names: list[set[str]] = []
        self.feed(page)
        for carries, names in zip(self._forms, self._names, strict=True):
            if name in names:
                self.carries = carries
        assert self.carries, f"No form here asks for {name}: {heading_of(page)}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "form":
            self._forms.append({})
            self._names.append(set())
        elif self._forms and (name := said.get("name")):
            self._names[-1].add(name)
            if said.get("type") == "hidden" or "checked" in said:
                self._forms[-1][name] = said.get("value") or ""


@dataclass
class Browser:
    """One person's, at one address of this machine."""

    door: Door
    at: str = "127.0.0.1"
    cookies: dict[str, str] = field(default_factory=dict)
    says: dict[str, str] = field(default_factory=dict)  # headers of its own

    def get(self, path: str) -> Answer:
        """Ask for a page."""
        return self._send("GET", path, None)

    def post(self, path: str, said: dict[str, str]) -> Answer:
        """Send a form."""
        return self._send("POST", path, urlencode(said))

    def fill(self, path: str, by: str = "", **said: str) -> Answer:
        """Open a page, fill in the form that asks for this, and send it."""
        return self.post(path, self.form(path, by or next(iter(said))) | said)

    def form(self, path: str, by: str) -> dict[str, str]:
        """What the form there carries, that asks for this."""
        shown = self.get(path)
        assert shown.status == 200, (path, shown.status, shown.text[:500])
        return Form(shown.text, by).carries

    def _send(self, method: str, path: str, body: str | None) -> Answer:
        headers = {"Host": self.door.name, "Origin": self.door.origin, **self.says}
        if not self.door.tls:  # as a proxy would
            headers |= {"X-Forwarded-Proto": "https", "X-Forwarded-For": self.at}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{n}={v}" for n, v in self.cookies.items())
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        line = self._line()
        try:
            line.request(method, path, body, headers)
            heard = line.getresponse()
            text = heard.read().decode("utf-8", "replace")
        except (OSError, HTTPException) as fault:
            return Answer(0, f"{type(fault).__name__}: {fault}")
        finally:
            line.close()
        self._keep(heard.headers)
        return Answer(heard.status, text, heard.headers)

    def _line(self) -> HTTPConnection:
        source = (self.at, 0)
        if self.door.tls:
            return HTTPSConnection(
                "127.0.0.1", self.door.port, timeout=60, source_address=source,
                context=self.door.tls,
            )  # fmt: skip
        return HTTPConnection("127.0.0.1", self.door.port, timeout=60, source_address=source)

    def _keep(self, headers: HTTPMessage) -> None:
        for line in headers.get_all("Set-Cookie", []):
            for name, said in SimpleCookie(line).items():
                if said["max-age"] == "0" or not said.value:
                    self.cookies.pop(name, None)
                else:
                    assert said["secure"], f"The cookie {name} would go over plain http."
                    self.cookies[name] = said.value


def heading_of(page: str) -> str:
    """The title of a page."""
    found = re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", "", found[1]).split()) if found else page[:300]

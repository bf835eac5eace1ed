"""A page can use what is handed over with it, and reach nothing else."""

import logging
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from profiles.pdf.fetcher import AssetFetcher
from profiles.pdf.heard import RendererFault, listening
from profiles.pdf.printing import assets, render_job_for, renderer_here
from profiles.pdf.render_job import CardJob, LeafletJob, RenderJob
from profiles.pdf.renderer import Renderer
from profiles.pdf.shortcuts import shortcuts
from tests.sheet.factories import FEW, make_sheet


class Canary(HTTPServer):
    """A server that sings when anybody comes near it."""

    hits = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Sings(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        assert isinstance(self.server, Canary)
        self.server.hits += 1
        self.send_response(302 if "redirect" in self.path else 200)
        self.send_header("Location", "/landed")
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Quietly."""


@pytest.fixture(scope="module")
def canary() -> Iterator[Canary]:
    server = Canary(("127.0.0.1", 0), Sings)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("planted") / "secret.txt"
    file.write_text("CNRY-planted")
    return file


VECTORS = {
    "img": '<img src="{}" alt="x"/>',
    "img srcset": '<img srcset="{} 2x" src="{}" alt="x"/>',
    "picture": '<picture><source srcset="{}"/><img src="{}" alt="x"/></picture>',
    "link stylesheet": '<link rel="stylesheet" href="{}"/>',
    "link attachment": '<link rel="attachment" href="{}"/>',
    "a attachment": '<a rel="attachment" href="{}">x</a>',
    "style import": '<style>@import "{}";</style>',
    "style import url": "<style>@import url({});</style>",
    "style background": "<style>body {{ background: url({}) }}</style>",
    "style font": "<style>@font-face {{ font-family: x; src: url({}) }}</style>",
    "style list": "<style>li {{ display: list-item; list-style-image: url({}) }}</style>",
    "style content": "<style>p::before {{ content: url({}) }}</style>",
    "style border image": "<style>p {{ border: 1px solid; border-image: url({}) 1 }}</style>",
    "inline background": '<p style="background: url({})">x</p>',
    "object": '<object data="{}">x</object>',
    "embed": '<embed src="{}"/>',
    "svg image": '<svg width="9" height="9"><title>x</title><image href="{}"/></svg>',
    "svg use": '<svg width="9" height="9"><title>x</title><use href="{}#a"/></svg>',
    "svg css": '<svg width="9" height="9"><title>x</title><style>@import "{}";</style></svg>',
    "base": '<base href="{}"/><img src="x.png" alt="x"/>',
}
ADDRESSES = ["http", "redirect", "ftp", "file", "HTTP", "relative"]


@pytest.fixture
def address(request: pytest.FixtureRequest, canary: Canary, planted: Path) -> str:
    return {
        "http": f"{canary.address}/x.png",
        "redirect": f"{canary.address}/redirect",
        "ftp": f"ftp://127.0.0.1:{canary.server_port}/x.png",
        "file": planted.as_uri(),
        "HTTP": f"HTTP://127.0.0.1:{canary.server_port}/x.png",
        "relative": "../../../../etc/hostname",
    }[request.param]


@pytest.fixture(params=["shortcuts", "as WeasyPrint does"], autouse=True)
def way(request: pytest.FixtureRequest) -> Iterator[None]:
    """Each is tried the short way and the long way."""
    assert renderer_here().is_quick
    with ExitStack() as stack:
        if request.param != "shortcuts":
            stack.enter_context(shortcuts.left())
        yield


def print_with(markup: str) -> bytes:
    """Print a page with this in its body, as if our escaping had failed."""
    job = render_job_for(make_sheet(FEW))
    return (
        renderer_here()
        .print(RenderJob(html=job.html.replace("<body>", f"<body>{markup}"), sheet=job.sheet))
        .pdf
    )


@pytest.mark.parametrize("address", ADDRESSES, indirect=True)
@pytest.mark.parametrize("vector", VECTORS)
def test_nothing_outside_is_reached(vector: str, address: str, canary: Canary) -> None:
    try:
        pdf = print_with(VECTORS[vector].format(address, address))
    except Exception:  # noqa: BLE001  # any fault means that there is no page
        pdf = b""
    assert canary.hits == 0
    assert b"CNRY-planted" not in pdf
    assert b"EmbeddedFile" not in pdf


@pytest.mark.parametrize("address", ["http", "file"], indirect=True)
@pytest.mark.parametrize(
    "vector",
    ["img", "link stylesheet", "link attachment", "style import", "style background", "style font"],
)
def test_reaching_out_fails_the_page(vector: str, address: str) -> None:
    with pytest.raises(RendererFault):
        print_with(VECTORS[vector].format(address, address))


@pytest.mark.parametrize("vector", ["img", "style font"])
def test_so_it_does_a_card_and_a_leaflet(vector: str) -> None:
    reaches = VECTORS[vector].format("file:///etc/hostname", "file:///etc/hostname")
    html = f"<html lang='en'><title>A</title><body><p>Tea.</p>{reaches}</body></html>"
    with pytest.raises(RendererFault):
        renderer_here().print_card(CardJob(html=html, lines=("Tea.",)))
    with pytest.raises(RendererFault):
        renderer_here().print_leaflet(LeafletJob(html=html))


def test_no_renderer_starts_whose_stylesheet_reaches_out() -> None:
    font = "@font-face { font-family: x; src: url(file:///etc/hostname) }"
    with pytest.raises(RendererFault, match="not ours"):
        Renderer(replace(assets(), card=f"{assets().card}\n{font}"))


def test_an_asset_that_was_handed_over_is_served() -> None:
    fetcher = AssetFetcher({"asset:photo": (b"bytes", "image/jpeg")})
    response = fetcher.fetch("asset:photo")
    assert (response.read(), response.content_type) == (b"bytes", "image/jpeg")
    assert not fetcher.has_refused


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1/", "https://127.0.0.1/", "ftp://127.0.0.1/", "file:///etc/hostname",
     "data:text/plain,x", "asset:other", "/etc/hostname", ""],
)  # fmt: skip
def test_any_other_address_is_refused_without_saying_it(address: str) -> None:
    fetcher = AssetFetcher({"asset:photo": (b"bytes", "image/jpeg")})
    with pytest.raises(ValueError, match="^blocked$"):
        fetcher.fetch(address)
    assert fetcher.has_refused


def test_words_are_never_markup() -> None:
    words = (
        '<img src="http://127.0.0.1/x.png"> <script>alert(1)</script> {{ secret }} {% now "Y" %}'
    )
    job = render_job_for(make_sheet({"important": words}))
    assert "<script>" not in job.html
    assert "<img" not in job.html
    assert "{{ secret }} {% now &quot;Y&quot; %}" in job.html


def test_what_the_engine_logs_is_heard_by_us_alone_and_without_words(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with listening() as heard:
        logging.getLogger("weasyprint").error("We cannot load %r", "CNRY")
    assert heard.faults == ["We cannot load %r"]
    assert caplog.text == ""

"""What a layout may use: the fonts and pictures handed over with it, and nothing else."""

from collections.abc import Mapping
from typing import Any
from urllib.request import OpenerDirector

from weasyprint.urls import URLFetcher, URLFetcherResponse

ServedAssets = Mapping[str, tuple[bytes, str]]


class AssetFetcher(URLFetcher):
    """Serves assets by name. It opens no file and no address, and notes that it was asked."""

    def __init__(self, assets: ServedAssets) -> None:
        # Not as URLFetcher begins, who gets what opens files and addresses: this one has nothing.
        OpenerDirector.__init__(self)
        self._fail_on_errors = False
        self.assets = assets
        self.has_refused = False

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """One of our own assets, or a refusal that fails the page."""
        try:
            body, media_type = self.assets[url]
        except KeyError:
            self.has_refused = True
            raise ValueError("blocked") from None  # not the address: it may hold words
        return URLFetcherResponse(url, body, {"Content-Type": media_type})

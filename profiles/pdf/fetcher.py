"""What a layout may use: the fonts and pictures handed over with it, and nothing else."""

from collections.abc import Mapping
from typing import Any

from weasyprint.urls import URLFetcher, URLFetcherResponse

ServedAssets = Mapping[str, tuple[bytes, str]]


class AssetFetcher(URLFetcher):
    """Serves assets by name. It opens no file and no address, and notes that it was asked."""

    def __init__(self, assets: ServedAssets) -> None:
        # An empty set allows no protocol at all; None would allow every one.
        super().__init__(timeout=1, allowed_protocols=frozenset(), allow_redirects=False)
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

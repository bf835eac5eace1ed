"""Watches a browser for what nobody sees: requests to others, errors, and broken policies."""

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, WebError

# Chromium also says on its console that an answer was a 404, 409 or 422: those are ours, and meant.
STATUS = "Failed to load resource: the server responded with a status of 4"
ON_VIOLATION = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`The security policy stopped ${event.effectiveDirective} ${event.blockedURI}`));
"""


class Watch:
    """What went wrong in one browser, in sentences."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.address = address
        self.problems: list[str] = []
        context.add_init_script(ON_VIOLATION)
        context.on("request", self._asked)
        context.on("console", self._said)
        context.on("weberror", self._broke)

    def _asked(self, request: Request) -> None:
        ours = request.url.startswith(f"{self.address}/")
        if not ours and not request.url.startswith(("data:", "blob:")):
            self.problems.append(f"A page asked for {request.url}")

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith(STATUS):
            self.problems.append(f"The console says: {message.text}")

    def _broke(self, error: WebError) -> None:
        self.problems.append(f"A script broke: {error.error}")

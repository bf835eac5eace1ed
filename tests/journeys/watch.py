"""Watches a browser for what nobody sees: requests to others, errors, and broken policies."""

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response, WebError

# Said of our own 404, 409 and 422 pages, which are meant. Of a lost file, `_answered` says it.
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
        context.on("response", self._answered)
        context.on("console", self._said)
        context.on("weberror", self._broke)

    def _asked(self, request: Request) -> None:
        ours = request.url.startswith(f"{self.address}/")
        if not ours and not request.url.startswith(("data:", "blob:")):
            self.problems.append(f"A page asked for {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.request.resource_type not in {"document", "xhr"}:
            self.problems.append(f"A page asked for what is not there: {response.url}")

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith(STATUS):
            self.problems.append(f"The console says: {message.text}")

    def _broke(self, error: WebError) -> None:
        self.problems.append(f"A script broke: {error.error}")

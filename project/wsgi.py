"""What a web server such as gunicorn runs."""

import os
import threading
from collections.abc import Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

from profiles.core.entrance import type_to_read

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")
django = get_wsgi_application()

from profiles.pdf import printing  # noqa: E402  # it needs the settings that are read above


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Django, which is handed no type of content that it would break on."""
    environ["CONTENT_TYPE"] = type_to_read(environ.get("CONTENT_TYPE", ""))
    return django(environ, start_response)


threading.Thread(target=printing.warm, name="warm the renderer", daemon=True).start()

"""What a web server such as gunicorn runs."""

import os
import threading

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")
application = get_wsgi_application()

from profiles.pdf import printing  # noqa: E402  # it needs the settings that are read above

threading.Thread(target=printing.warm, name="warm the renderer", daemon=True).start()

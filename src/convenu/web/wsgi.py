"""What gunicorn serves. It is loaded once, before the processes that serve are made from it: they share it, and no first page waits."""

from __future__ import annotations

import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from convenu.library import loader

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "convenu.web.settings")
application = get_wsgi_application()
import_module(settings.ROOT_URLCONF)
loader.read_whole()

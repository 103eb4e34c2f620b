"""What a web server loads. Production settings unless the environment names others; unsafe ones stop the start."""

import os

from django.core.wsgi import get_wsgi_application
from toolkit.settings_checks import refuse_unsafe_start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")

application = get_wsgi_application()
refuse_unsafe_start()

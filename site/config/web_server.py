"""Gunicorn's settings in production: `gunicorn --config site/config/web_server.py config.wsgi` (docs/running.md).

Read before Django is there, so it uses nothing of ours but the shape of a log line.
"""

import os
import sys
from pathlib import Path

SITE = Path(__file__).resolve().parents[1]
sys.path[:0] = [path for path in (str(SITE.parent), str(SITE)) if path not in sys.path]

pythonpath = str(SITE)
chdir = str(SITE.parent)
bind = os.environ.get("BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
worker_class = "gthread"
preload_app = True  # a setting that is refused stops the start instead of every worker in turn
timeout = 60
graceful_timeout = 25
keepalive = 5
# Long enough for our longest address, and no more: RFC 9110 asks for 8,000.
limit_request_line = 8190
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "config.logs.JsonLines"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "json"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "gunicorn.error": {"handlers": ["console"], "level": "INFO", "propagate": False},
        # Its access log would show addresses with their secrets; the site writes its own (config/requests.py).
        "gunicorn.access": {"handlers": ["nowhere"], "propagate": False},
    },
}

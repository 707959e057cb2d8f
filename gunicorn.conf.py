"""The server's settings; gunicorn reads this file from the folder it is started in."""

import gc
import os

wsgi_app = "zhongshan_targets.wsgi:application"
bind = os.environ.get("BIND", "127.0.0.1:8000")
# Two processes use both of a small machine's cores; threads let one wait for the database meanwhile.
workers = int(os.environ.get("WORKERS", "2"))
worker_class = "gthread"
threads = 4
timeout = 60
# A refusal to start ends the server with its one line, instead of a worker that dies again and again.
preload_app = True
# Nobody steers it through a socket in a home folder.
control_socket_disable = True
# The application logs each request itself, with its id.
accesslog = None
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "zhongshan_targets.logs.LineFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "gunicorn.error": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "gunicorn.access": {"handlers": [], "level": "INFO", "propagate": False},
    },
}


def when_ready(_server: object) -> None:
    """What is loaded by now stays for good: each large page would have the collector walk through all of it."""
    gc.freeze()

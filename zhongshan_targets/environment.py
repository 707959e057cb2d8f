"""What the environment must say before the application starts, and what production refuses."""

import os
from collections.abc import Sequence
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

ENVIRONMENTS = ("local", "production", "test")
SHORTEST_KEY = 50
PLACEHOLDERS = ("django-insecure-", "change-me", "changeme")
DATABASE_SCHEMES = ("postgresql://", "postgres://", "sqlite://")


class RefusedToStart(ImproperlyConfigured):
    """The environment is not one the application may run in; its message says what to set."""


def chosen_environment(name: str) -> str:
    """Return the environment's name, if it is one of the three."""
    if name not in ENVIRONMENTS:
        raise RefusedToStart(f"ENVIRONMENT is {name!r}; it must be one of {', '.join(ENVIRONMENTS)}.")
    return name


def production_secret_key(given: str) -> str:
    """Return the key set by the operator; a missing, short or placeholder key is refused."""
    too_weak = len(given) < SHORTEST_KEY or len(set(given)) < 5
    if too_weak or given.lower().startswith(PLACEHOLDERS):
        raise RefusedToStart(
            f"in production SECRET_KEY must be set to a random value of at least {SHORTEST_KEY} characters."
        )
    return given


def production_hosts(given: Sequence[str]) -> list[str]:
    """Return the host names set by the operator; none, or any host at all, is refused."""
    hosts = [host for host in given if host]
    if not hosts or "*" in hosts:
        raise RefusedToStart("in production ALLOWED_HOSTS must list the host names that the site has.")
    return hosts


def check_database_url(url: str) -> None:
    """Refuse an engine that the tests do not run on; the address, which may hold a password, is not shown."""
    if not url.startswith(DATABASE_SCHEMES):
        raise RefusedToStart(f"DATABASE_URL must begin with one of {', '.join(DATABASE_SCHEMES)}.")


def local_secret_key(path: Path) -> str:
    """Return the key of this working copy, made on the first start and readable by its owner alone."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii")
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        key = get_random_secret_key()
        file.write(key)
    return key

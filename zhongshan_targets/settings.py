"""Settings, all from environment variables; without any it runs for one person on this machine."""

import os
from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF, UNSAFE_INLINE

from zhongshan_targets import environment as startup

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
VAR_DIR.mkdir(exist_ok=True)

# python-docx brings lxml along, which openpyxl would read uploads with: they are to be read with defusedxml.
os.environ.update(OPENPYXL_LXML="False")

env = environ.Env()
ENVIRONMENT = startup.chosen_environment(env.str("ENVIRONMENT", default="local"))
IN_PRODUCTION = ENVIRONMENT == "production"

# Off even on a developer's machine, so that the Chinese error pages are what everybody sees.
DEBUG = ENVIRONMENT == "local" and env.bool("DEBUG", default=False)

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# How many reverse proxies stand before the application: tells which X-Forwarded-For address to believe.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)

if IN_PRODUCTION:
    SECRET_KEY = startup.production_secret_key(env.str("SECRET_KEY", default=""))
    ALLOWED_HOSTS = startup.production_hosts(ALLOWED_HOSTS)
elif ENVIRONMENT == "test":
    SECRET_KEY = "known to everybody, since it guards only the tests' own data"  # noqa: S105
else:
    SECRET_KEY = env.str("SECRET_KEY", default="") or startup.local_secret_key(VAR_DIR / "secret_key")
    ALLOWED_HOSTS += ["127.0.0.1", "localhost", "[::1]"]

# --- Parts

INSTALLED_APPS = [
    "zhongshan_targets.apps.AccountsAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "axes",
    "csp",
    "towns",
    "indicators",
    "reports",
]

MIDDLEWARE = [
    "zhongshan_targets.middleware.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # From here on only pages made for one reader.
    "zhongshan_targets.middleware.ResponseHeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "zhongshan_targets.middleware.RequestSizeMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "zhongshan_targets.urls"
WSGI_APPLICATION = "zhongshan_targets.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "reports.context.shell",
            ],
        },
    },
]

# Ten files of 10 MB with one return, and the form around them.
MAX_REQUEST_BYTES = 101 * 1024 * 1024

# --- Mail: reminders, and nothing else

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update({name: value for name, value in EMAIL_CONFIG.items() if name.startswith("EMAIL_")})
# A mail server that does not answer must not hold the timer's run for ever.
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="webmaster@localhost")
# Where readers find the site: mails are written where no request tells.
SITE_URL = env.str("SITE_URL", default="").rstrip("/")

# --- Data

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

if database_url := os.environ.get("DATABASE_URL"):
    startup.check_database_url(database_url)
    DATABASES = {"default": env.db_url("DATABASE_URL")}
else:
    DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": VAR_DIR / "db.sqlite3"}}

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # With Django's defaults most concurrent writes end in "database is locked"; with these none did.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
    # A file, since the browser tests' server writes from its own threads; one a run, since runs may overlap.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / f"test-{os.getpid()}.sqlite3")}
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # A host that does not answer must not hold a reader, or /healthz, for minutes.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)

# Kept from request to request: opening one costs SQLite 3 ms, and the last to close writes the whole log back.
# The browser tests' server answers in threads that end without closing what they would keep.
DATABASES["default"]["CONN_MAX_AGE"] = 0 if ENVIRONMENT == "test" else 60

HAS_SHARED_CACHE = bool(os.environ.get("CACHE_URL"))
if HAS_SHARED_CACHE:
    CACHES = {"default": env.cache_url("CACHE_URL")}
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# --- People

LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = LOGIN_URL

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "towns.backends.MembershipBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "zhongshan_targets.passwords.LengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
if ENVIRONMENT == "test":
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Five failures lock one account for one address: a stranger elsewhere cannot lock the owner out.
AXES_FAILURE_LIMIT = 5
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "registration/locked.html"
AXES_CLIENT_IP_CALLABLE = "zhongshan_targets.middleware.client_address"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# Only a cache that all server processes share may hold sessions: signing out must hold in each of them.
SESSION_ENGINE = f"django.contrib.sessions.backends.{'cached_db' if HAS_SHARED_CACHE else 'db'}"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SECURE = IN_PRODUCTION
CSRF_COOKIE_SECURE = IN_PRODUCTION
CSRF_FAILURE_VIEW = "zhongshan_targets.views.csrf_failure"

# --- Words and time

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# --- Static files: hashed, compressed, served by the application itself

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "zhongshan_targets.staticfiles.PlotlyFinder",
    "zhongshan_targets.staticfiles.BundleFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "zhongshan_targets.staticfiles.HashedStorage"},
}
MEDIA_ROOT = VAR_DIR / "media"

# --- What a browser may do

SECURE_SSL_REDIRECT = IN_PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if IN_PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IN_PRODUCTION
SECURE_HSTS_PRELOAD = IN_PRODUCTION
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        # Plotly writes style attributes; it puts its rules into a <style> of the page that carries the nonce.
        "style-src-attr": [UNSAFE_INLINE],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

# --- Logs: one JSON object a line, on standard error

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "zhongshan_targets.logs.RequestIdFilter"}},
    "formatters": {"json": {"()": "zhongshan_targets.logs.LineFormatter"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["request_id"]},
    },
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {"django": {"handlers": [], "level": "INFO", "propagate": True}},
}
LOGGING_CONFIG = "logging.config.dictConfig"

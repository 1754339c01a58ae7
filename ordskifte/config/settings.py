"""Django's settings, read from the home and the environment. No secret has a default."""

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from ordskifte.base.home import chosen_home
from ordskifte.base.hosts import inside_hosts
from ordskifte.config.database import database, database_address
from ordskifte.people.provider import oidc_from


def allowed_hosts(named: str, origin: str) -> list[str]:
    """The names pages are asked for by: ORDSKIFTE_HOSTS (comma between), the origin's, always this machine's own."""
    names = [host.strip() for host in named.split(",")] + [urlsplit(origin).hostname or ""]
    return [*filter(None, names), "localhost", "127.0.0.1", "[::1]", "testserver"]


HOME = chosen_home()
PACKAGE = Path(__file__).resolve().parent.parent

_secret = HOME.keys / "django.secret"
SECRET_KEY = _secret.read_text().strip() if _secret.is_file() else secrets.token_urlsafe(50)
DEBUG = False

ORIGIN = os.environ.get("ORDSKIFTE_ORIGIN", "").rstrip("/")  # https://ordskifte.example.no, as people write it
HTTPS = ORIGIN.startswith("https://")
ALLOWED_HOSTS = allowed_hosts(os.environ.get("ORDSKIFTE_HOSTS", ""), ORIGIN)
INSIDE_HOSTS = inside_hosts(os.environ.get("ORDSKIFTE_INSIDE_HOSTS", ""))  # may be asked though on a private network
CSRF_TRUSTED_ORIGINS = [ORIGIN] if ORIGIN else []
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None  # only behind a proxy that sets it
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS

INSTALLED_APPS = [
    "ordskifte.ui",
    "ordskifte.people",
    "ordskifte.plan",
    "ordskifte.records",
    "ordskifte.threads",
    "ordskifte.listen",
    "ordskifte.publish",
    "ordskifte.converse",
    "ordskifte.arena",
    "ordskifte.archive",
    "ordskifte.measure",
    "ordskifte.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "ordskifte.ui.security.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "ordskifte.people.language.LanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "ordskifte.config.urls"
ASGI_APPLICATION = "ordskifte.config.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ordskifte.people.context.person",
                "ordskifte.web.context.frame",
            ],
        },
    }
]

DATABASES = {"default": database(HOME)}
OWNER_DATABASE = database_address(HOME, owner=True)  # who may change tables; used while a home is made or upgraded
PROCRASTINATE_IMPORT_PATHS = ["ordskifte.worker.jobs"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]

LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Oslo"

STATIC_URL = "/static/"
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "/desk/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
OIDC = oidc_from(os.environ)

SESSION_ENGINE = "ordskifte.people.sessions"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "ordskifte.web.errors.csrf_failed"
DATA_UPLOAD_MAX_NUMBER_FILES = 1000
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}

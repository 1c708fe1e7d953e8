"""Django's settings. What an installation may change comes from the environment, in variables named `CONVENU_…`."""

from __future__ import annotations

import os
from pathlib import Path

from convenu.library.data_folder import data_folder
from convenu.web.database import database
from convenu.web.kept_keys import kept_key

DATA_FOLDER = data_folder()
HERE = Path(__file__).parent

# Without a public name Convenu answers on the loopback interface only, over plain HTTP; with one, everything is HTTPS.
PUBLIC_HOSTS = [host.strip() for host in os.environ.get("CONVENU_HOSTS", "").split(",") if host.strip()]
ON_LOOPBACK = not PUBLIC_HOSTS
ALLOWED_HOSTS = PUBLIC_HOSTS or ["localhost", "127.0.0.1", "[::1]"]
BEHIND_PROXY = os.environ.get("CONVENU_BEHIND_PROXY") == "1"

DEBUG = False
SECRET_KEY = kept_key(DATA_FOLDER / "session.key").decode()
CONVENU_TOTP_KEY = kept_key(DATA_FOLDER / "totp.key")
CONVENU_DEMO = os.environ.get("CONVENU_DEMO") == "1" and ON_LOOPBACK
# Whoever reaches an empty installation from another machine must know this word, which `convenu serve` prints.
CONVENU_SETUP_CODE = os.environ.get("CONVENU_SETUP_CODE", "")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "heroicons",
    "convenu.store.apps.StoreConfig",
    "convenu.web.apps.WebConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "convenu.web.middleware.content_security_policy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "convenu.web.middleware.demo_signs_in_by_itself",
    "convenu.web.middleware.language_of_the_person",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "convenu.web.middleware.organisation_in_scope",
    "convenu.web.middleware.ReleasesAtHand",
]

ROOT_URLCONF = "convenu.web.urls"
WSGI_APPLICATION = "convenu.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "convenu.web.context.page",
            ],
            "libraries": {"heroicons": "heroicons.templatetags.heroicons", "django_htmx": "django_htmx.templatetags.django_htmx"},
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "convenu.web.templatetags.convenu"],
        },
    }
]

DATABASES = {"default": database(os.environ.get("CONVENU_DATABASE_URL", ""), DATA_FOLDER)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "store.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "display_name"]},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 3600
LOGIN_URL = "sign_in"

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
LOCALE_PATHS = [HERE / "locale"]
LANGUAGE_COOKIE_NAME = "convenu_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = not ON_LOOPBACK
TIME_ZONE = "Europe/Paris"
USE_TZ = True
USE_I18N = True
APPEND_SLASH = False

STATIC_URL = "static/"
STATIC_ROOT = DATA_FOLDER / "static"
STATICFILES_DIRS = [HERE / "static"]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder", "django.contrib.staticfiles.finders.AppDirectoriesFinder"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not ON_LOOPBACK
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "convenu_session"
SESSION_COOKIE_AGE = 7 * 24 * 3600
CSRF_FAILURE_VIEW = "convenu.web.views.faults.csrf_refused"
SECURE_SSL_REDIRECT = not ON_LOOPBACK
SECURE_HSTS_SECONDS = 0 if ON_LOOPBACK else 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not ON_LOOPBACK
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
X_FRAME_OPTIONS = "DENY"
# On the loopback interface there is no HTTPS to ask for: these four warnings are about it.
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008", "security.W012", "security.W016"] if ON_LOOPBACK else []
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

# Without a mail server each message is a file in the data folder, and the pages show the link themselves.
EMAIL_HOST = os.environ.get("CONVENU_MAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("CONVENU_MAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("CONVENU_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("CONVENU_MAIL_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("CONVENU_MAIL_TLS", "1") == "1"
EMAIL_TIMEOUT = 10
EMAIL_FILE_PATH = DATA_FOLDER / "outbox"
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
DEFAULT_FROM_EMAIL = os.environ.get("CONVENU_MAIL_FROM", "convenu@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"convenu": {"level": "INFO"}, "django.request": {"level": "ERROR"}},
}

"""The settings of a server in production, on a database that is the bench's own."""

import os
from secrets import token_hex

# Set before the project's settings are read; no shell's own settings reach the bench.
os.environ.update(DEBUG="0", SECRET_KEY=token_hex(32), ALLOWED_HOSTS="testserver", SSL_REDIRECT="0")

from config.settings import *  # noqa: F403 - all of them, but for what follows
from config.settings import BASE_DIR, DATABASES, TEMPLATES, VAR_DIR

BENCH = os.environ.get("BENCH_DATABASE", "clubs_bench")
if "sqlite" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["NAME"] = VAR_DIR / f"{BENCH}.sqlite3"
else:
    DATABASES["server"] = {**DATABASES["default"]}  # as DATABASE_URL says: only to create and drop the other one
    DATABASES["default"]["NAME"] = BENCH
ROOT_URLCONF = "tests.bench.urls"
TEMPLATES.append(
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "NAME": "bare",
        "DIRS": [BASE_DIR / "tests" / "bench" / "templates"],
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
)
# Addresses of static files as in a trial: nothing has to be collected first.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT = BASE_DIR / "static"

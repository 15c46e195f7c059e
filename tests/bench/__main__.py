"""`make bench`; see docs/performance.md."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"

import django

django.setup()

from tests.bench.run import main  # noqa: E402 - models need the settings

main()

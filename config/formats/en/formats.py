"""English for officers in Viet Nam: dates as they write them (domain 7), numbers as in English."""

from config.formats.vi.formats import *  # noqa: F403

DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","

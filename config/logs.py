"""What goes into the log: nothing by which somebody who reads it could read a calendar."""

import logging
import re

FEED = re.compile(r"(/lich/)[\w-]+(\.ics)")


class WithoutKeys(logging.Filter):
    """Blanks the key in the address of a calendar feed, wherever in a line it stands."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = FEED.sub(r"\1…\2", record.getMessage()), ()
        return True

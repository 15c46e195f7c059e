"""`monthly_report --all-units` in a process of its own: the most memory that it took, and how fast it went.

Run as a module with a folder, it is that process.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from subprocess import Popen
from tempfile import TemporaryDirectory
from time import perf_counter, sleep

from tests.bench.compare import Line

GOAL = 300  # MB
LONGEST = 300  # seconds; what has not been written by then is left out of the rate
STEP = 0.1  # seconds between two looks


def measure() -> list[Line]:
    from reports.management.commands.monthly_report import reporting_units
    from steering.calendar import reporting_calendar
    from tests.bench.figures import MONTH

    every = reporting_units(reporting_calendar().parse(MONTH)).count()
    with TemporaryDirectory() as folder:
        begun = perf_counter()
        peak = watch([sys.executable, "-m", "tests.bench.memory", folder, MONTH])
        taken, written = perf_counter() - begun, len(list(Path(folder).glob("*.json")))
    detail = f"{written:,} of {every:,} reports in {taken:.0f} s"
    return [
        Line("memory of monthly_report --all-units", peak, GOAL, "MB", detail),
        Line("reports of monthly_report --all-units", written / taken, None, "a second"),
    ]


def watch(command: list[str]) -> float:
    """Run `command` to its end or for the longest time it has; the most memory it had at once, in MB."""
    process, peak, end = Popen(command), 0.0, perf_counter() + LONGEST  # noqa: S603 - a command of our own
    while process.poll() is None and perf_counter() < end:
        peak = max(peak, resident(process.pid))
        sleep(STEP)
    if process.poll() is None:
        process.terminate()
        process.wait()
    elif process.returncode:
        raise SystemExit(f"monthly_report ended with {process.returncode}")
    return peak


def resident(pid: int) -> float:
    """The most memory a process had so far, by the kernel's own mark; 0 once it has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) * 1024 / 1e6 for line in lines if line.startswith("VmHWM")), 0.0)


def write_all(folder: str, month: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"
    import django
    import time_machine

    django.setup()
    from django.core.management import call_command

    from tests.bench.dataset import TODAY

    with time_machine.travel(TODAY, tick=True):
        call_command("monthly_report", month, all_units=folder)


if __name__ == "__main__":
    write_all(*sys.argv[1:])

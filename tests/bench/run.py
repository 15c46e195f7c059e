"""Builds the data set or takes the one that is there, then measures the site on it."""

from __future__ import annotations

import argparse
import sys
from io import StringIO
from time import perf_counter
from typing import Any

import time_machine
from django.core.management import call_command
from django.db import connection

from steering.models import User
from tests.bench import attendance, database, figures, memory, pages
from tests.bench.compare import print_table
from tests.bench.dataset import OFFICER, TODAY, build

LEAST_ROUNDS = 5
TABLES = "clubs_club clubs_membership meetings_meeting meetings_attendance meetings_agendaitem meetings_opinion".split()


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def arguments() -> Any:
    default = 0.1 if connection.vendor == "sqlite" else 1.0
    parser = argparse.ArgumentParser(
        prog="tests.bench", description="Build a country of clubs and measure the site on it."
    )
    parser.add_argument("--scale", type=float, default=default, help=f"1 is a country (default here {default:g})")
    parser.add_argument("--rounds", type=int, default=LEAST_ROUNDS, help="at least, and by default, 5")
    parser.add_argument("--keep", action="store_true", help="use the data set that is there, and leave it there")
    found = parser.parse_args()
    if found.rounds < LEAST_ROUNDS or not 0 < found.scale <= 1:
        parser.error(f"at least {LEAST_ROUNDS} rounds, and a scale above 0 and not above 1")
    return found


def main() -> None:
    options = arguments()
    with time_machine.travel(TODAY, tick=True):
        prepare(options.scale, options.keep)
        officer = User.objects.get(username=OFFICER)
        print(f"{connection.vendor}, scale {options.scale:g}, {database.size() / 1e9:.1f} GB, {options.rounds} rounds")
        print(", ".join(f"{count(table):,} {table.split('_')[1]}" for table in TABLES))
        recount()
        lines = figures.compare(officer, options.rounds)
        lines += pages.compare(officer, options.rounds)
        lines += attendance.compare(officer, options.rounds)
        lines += memory.measure()
    print_table(lines)
    if not options.keep:
        database.drop()


def prepare(scale: float, keep: bool) -> None:
    """The data set in its database, built unless one of this scale is there and may be kept."""
    if database.built_scale() == scale and keep:
        database.migrate()
        return
    if database.is_there():
        database.drop()
    database.create(scale)
    begun = perf_counter()
    database.hurry()
    build(scale, say)
    database.mark_built()
    connection.close()  # and the room that was for filling
    say(f"Built in {perf_counter() - begun:.0f} s")


def recount() -> None:
    """Fill the tables that the figures are read from; hold them against the rows where they are full."""
    begun = perf_counter()
    call_command("recount_figures", stdout=StringIO())
    taken, clubs = perf_counter() - begun, count("clubs_club")
    print(f"recount_figures: {taken:.1f} s, {clubs / taken:,.0f} clubs a second")
    database.settle()


def count(table: str) -> int:
    return int(database.rows(f"SELECT count(*) FROM {table}")[0][0])  # noqa: S608 - names of our own

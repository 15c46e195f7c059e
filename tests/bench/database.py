"""The bench's own database: created, marked as such, freed of indexes while it is filled, dropped."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.db.models import Model

CREATE_MARK = "CREATE TABLE bench_mark (scale double precision NOT NULL, is_built integer NOT NULL)"


def is_there() -> bool:
    if connection.vendor == "sqlite":
        return Path(settings.DATABASES["default"]["NAME"]).exists()
    with connections["server"].cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [settings.BENCH])
        return cursor.fetchone() is not None


def built_scale() -> float | None:
    """The scale of the data set that is there, None where there is none or an unfinished one.

    Raises SystemExit: a database of that name which the bench has not created.
    """
    if not is_there():
        return None
    if "bench_mark" not in connection.introspection.table_names():
        raise SystemExit(f"{connection.settings_dict['NAME']} is not the bench's: it has no table bench_mark.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT scale FROM bench_mark WHERE is_built = 1")
        row = cursor.fetchone()
    return row[0] if row else None


def create(scale: float) -> None:
    """An empty database with the project's tables."""
    if connection.vendor == "postgresql":
        with connections["server"].cursor() as cursor:
            cursor.execute(f"CREATE DATABASE \"{settings.BENCH}\" ENCODING 'UTF8' TEMPLATE template0")
            cursor.execute(f'ALTER DATABASE "{settings.BENCH}" SET jit = off')  # as docs/operate.md says
    with connection.cursor() as cursor:
        cursor.execute(CREATE_MARK)
        cursor.execute("INSERT INTO bench_mark VALUES (%s, 0)", [scale])
    migrate()


def migrate() -> None:
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)


def mark_built() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE bench_mark SET is_built = 1")


def drop() -> None:
    """Only after `built_scale` has found that it is the bench's own."""
    connection.close()
    if connection.vendor == "sqlite":
        for end in ("", "-wal", "-shm"):
            Path(f"{settings.DATABASES['default']['NAME']}{end}").unlink(missing_ok=True)
        return
    with connections["server"].cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{settings.BENCH}"')


def size() -> int:
    """Bytes on the disk."""
    if connection.vendor == "sqlite":
        return Path(settings.DATABASES["default"]["NAME"]).stat().st_size
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def hurry() -> None:
    """Room and speed for filling, until the connection is closed."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA cache_size = -500000")
        else:
            for name, value in (("work_mem", "512MB"), ("maintenance_work_mem", "1GB"), ("synchronous_commit", "off")):
                cursor.execute(f"SET {name} = '{value}'")


def settle() -> None:
    """What a database does by itself when it is left alone: statistics, and on PostgreSQL which pages all may see."""
    alone = connection.vendor == "postgresql" and not connection.in_atomic_block
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)" if alone else "ANALYZE")


@contextmanager
def without_indexes(models: list[type[Model]]) -> Iterator[None]:
    """Drop foreign keys, unique constraints and indexes of the models, and make them again: checked in one go."""
    tables = [model._meta.db_table for model in models]
    connection.check_constraints()  # nothing of what is in there may still wait for its check
    drops, makes = parts_of_sqlite(tables) if connection.vendor == "sqlite" else parts_of_postgres(tables)
    with connection.cursor() as cursor:
        for statement in drops:
            cursor.execute(statement)
        yield
        for statement in makes:
            cursor.execute(statement)
    connection.check_constraints()


def parts_of_sqlite(tables: list[str]) -> tuple[list[str], list[str]]:
    found = [row for row in rows("SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'index'") if row[2]]
    found = [row for row in found if row[0] in tables]
    return [f'DROP INDEX "{name}"' for _table, name, _sql in found], [sql for _table, _name, sql in found]


CONSTRAINTS = """
SELECT conrelid::regclass, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint
WHERE conrelid = ANY (%s::regclass[]) AND contype IN ('f', 'u') ORDER BY contype, conname
"""  # foreign keys before what they may rest on
INDEXES = """
SELECT indexrelid::regclass, pg_get_indexdef(indexrelid) FROM pg_index
WHERE indrelid = ANY (%s::regclass[]) AND NOT indisprimary
AND indexrelid NOT IN (SELECT conindid FROM pg_constraint WHERE conindid <> 0 AND contype IN ('p', 'u'))
"""


def parts_of_postgres(tables: list[str]) -> tuple[list[str], list[str]]:
    constraints, indexes = rows(CONSTRAINTS, [tables]), rows(INDEXES, [tables])
    drops = [f"ALTER TABLE {table} DROP CONSTRAINT {name}" for table, name, _sql in constraints]
    drops += [f"DROP INDEX {name}" for name, _sql in indexes]
    makes = [sql for _name, sql in indexes]
    makes += [f"ALTER TABLE {table} ADD CONSTRAINT {name} {sql}" for table, name, sql in reversed(constraints)]
    return drops, makes


def rows(sql: str, params: Any = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())

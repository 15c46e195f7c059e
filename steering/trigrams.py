"""Indexes that find a part of a word fast: PostgreSQL has them, SQLite does without."""

from typing import Any

from django.db import migrations


def trigram_index(model: str) -> migrations.RunPython:
    """The operation that indexes the folded `search` column of "app.Model"; it needs the extension pg_trgm."""

    def names(apps: Any) -> tuple[str, str]:
        table = apps.get_model(model)._meta.db_table
        return f"{table}_search_trigrams", table

    def create(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            index, table = names(apps)
            schema_editor.execute(f"CREATE INDEX {index} ON {table} USING gin (search gin_trgm_ops)")

    def drop(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP INDEX {names(apps)[0]}")

    return migrations.RunPython(create, drop)

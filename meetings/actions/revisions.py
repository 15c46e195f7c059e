"""How a list that hangs on a meeting is changed by several people, and nobody's rows are lost."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from steering.text import clean

Values = tuple[Any, ...]


@dataclass(frozen=True)
class Revision:
    """What somebody did to a list: rows changed (id → values), removed (ids) and added. Rows not named stay."""

    changed: Mapping[int, Values] = field(default_factory=dict)
    removed: Collection[int] = ()
    added: Sequence[Values] = ()


def revise(rows: Any, revision: Revision, columns: Sequence[str], same: Sequence[str]) -> list[Any] | None:
    """Carry `revision` out on the related manager `rows`; the new rows, or None when nothing became different.

    Values stand in the order of `columns`. A row that is in the list already, the columns `same` alike, is not added
    again; one that somebody else removed meanwhile stays removed.
    """
    present = {row.pk: row for row in rows.all()}
    removed = present.keys() & set(revision.removed)
    rows.filter(pk__in=removed).delete()
    kept = {pk: row for pk, row in present.items() if pk not in removed}
    changed = [pk for pk, given in revision.changed.items() if pk in kept and change(kept[pk], columns, given)]
    for pk in changed:
        kept[pk].clean_fields(exclude=["meeting"])
        kept[pk].save()
    taken = {values(row, same) for row in present.values() if row.pk in kept}
    new = []
    for given in revision.added:
        row = rows.model(meeting=rows.instance)
        change(row, columns, given)
        if values(row, same) not in taken:
            taken.add(values(row, same))
            row.clean_fields(exclude=["meeting"])
            new.append(row)
    rows.bulk_create(new)
    return new if new or removed or changed else None


def change(row: Any, columns: Sequence[str], given: Values) -> bool:
    """Put the values into the row; whether that made it different."""
    before = values(row, columns)
    for column, value in zip(columns, given, strict=True):
        setattr(row, column, clean(value) if isinstance(value, str) else value)
    return values(row, columns) != before


def values(row: Any, columns: Sequence[str]) -> Values:
    return tuple(getattr(row, column) for column in columns)

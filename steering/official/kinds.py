"""Kinds of documents. An app names its own in `documents.py`; the province may put a template of its own in their place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class DocumentKind:
    """`build` makes the template that comes with the project; `sample` has every name a template may use."""

    key: str
    label: Any
    build: Callable[[], bytes]
    sample: Mapping[str, Any]

"""Careful access to JSON that may hold anything: what is not of the kind that is wanted is as if it were not there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from jtbd_nlp.read.pieces import Piece


@dataclass(frozen=True, slots=True)
class Found:
    """The talk that a JSON of a known shape holds."""

    pieces: tuple[Piece, ...]
    format: str
    language: str | None = None


def items(value: Any, *keys: str) -> list[dict[str, Any]]:
    """The objects of the list at a path of keys; empty where there is no list."""
    found = at(value, *keys)
    return [x for x in found if isinstance(x, dict)] if isinstance(found, list) else []


def at(value: Any, *keys: str) -> Any:
    """What is at a path of keys, or None."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def text(value: Any, *keys: str) -> str:
    """The string at a path of keys; empty where there is none."""
    found = at(value, *keys)
    return found if isinstance(found, str) else ""


def name(value: Any, prefix: str = "") -> str | None:
    """A speaker's label: a string, or a number behind a prefix; None for anything else."""
    if isinstance(value, str) and value.strip():
        return prefix + value.strip() if prefix and (value.strip().isdigit() or len(value.strip()) == 1) else value.strip()
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{prefix or 'Speaker '}{value}"
    return None

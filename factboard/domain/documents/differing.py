"""What is otherwise between two versions of a document, field by field; and what of two people's work goes together.

Rows are the same row where their ids are the same, wherever they stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from factboard.domain.documents.shape import Asked, asked

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Difference:
    """One field: `path` names it ("note", or "goals" and the row's id, and the field in it).

    A row that came or went whole has no field: `before` or `after` is None then.
    """

    path: tuple[str, ...]
    before: Any
    after: Any


def differences(before: T | None, after: T | None) -> list[Difference]:
    """In the order in which the document is read."""
    known = after if after is not None else before
    return list(_differing(before, after, type(known), ())) if known is not None else []


def _differing(before: Any, after: Any, shape: type[Any], at: tuple[str, ...]) -> Iterator[Difference]:
    for one in asked(shape):
        mine, theirs = _value(before, one), _value(after, one)
        if one.row is None:
            if mine != theirs and (mine or theirs) and one.asks != "id":
                yield Difference((*at, one.name), mine, theirs)
            continue
        old, new = _by_id(mine), _by_id(theirs)
        for id in dict.fromkeys([*new, *old]):
            if id in old and id in new:
                yield from _differing(old[id], new[id], one.row, (*at, one.name, id))
            else:
                yield Difference((*at, one.name, id), old.get(id), new.get(id))


def _value(thing: Any, one: Asked) -> Any:
    return getattr(thing, one.name) if thing is not None else () if one.asks in ("rows", "lines", "choices") else None


def _by_id(rows: Any) -> dict[str, Any]:
    return {row.id: row for row in rows or ()}


def merged(base: T | None, mine: T, theirs: T) -> tuple[T, list[Difference]]:
    """Two people's changes of the same version in one, and the fields in which both wrote: there mine stands, and what
    they wrote is in the `Difference` as `before`.

    A row that one of them took away and the other changed stays.
    """
    collisions: list[Difference] = []
    return _merged(base, mine, theirs, (), collisions), collisions


def _merged(base: Any, mine: Any, theirs: Any, at: tuple[str, ...], collisions: list[Difference]) -> Any:
    kept: dict[str, Any] = {}
    for one in asked(type(mine)):
        was, my, their = (_value(thing, one) for thing in (base, mine, theirs))
        if one.row is not None:
            kept[one.name] = _rows(was, my, their, (*at, one.name), collisions)
        elif my in (was, their) or not (was or my):
            kept[one.name] = their
        else:
            kept[one.name] = my
            if their != was:
                collisions.append(Difference((*at, one.name), their, my))
    return replace(mine, **kept)


def _rows(was: Any, my: Any, their: Any, at: tuple[str, ...], collisions: list[Difference]) -> tuple[Any, ...]:
    base, mine, theirs = _by_id(was), _by_id([row for row in my if row.id]), _by_id(their)
    kept = []
    for id in dict.fromkeys([*theirs, *mine]):
        if id in mine and id in theirs:
            kept.append(_merged(base.get(id), mine[id], theirs[id], (*at, id), collisions))
        else:
            only = mine.get(id) or theirs[id]
            if id not in base or only != base[id]:  # new, or changed by the one and taken away by the other
                kept.append(only)
    return (*kept, *(row for row in my if not row.id))

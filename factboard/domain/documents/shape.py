"""How a document is built, read from its dataclass: what each field asks for, and what may stand in it."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints


@dataclass(frozen=True, slots=True)
class Asked:
    """A field: `asks` is one of the words of `events.contents.fields`; `row` the dataclass of its rows, `of` its
    choices; `begun`, one that a new form begins with.
    """

    name: str
    asks: str
    limit: int = 0
    low: int = 0
    high: int = 0
    personal: bool = False
    begun: bool = False
    row: type[Any] | None = None
    of: type[StrEnum] | None = None


def asked(shape: Any) -> tuple[Asked, ...]:
    """The fields of a document or of one of its rows (a dataclass), in the order in which they are asked for."""
    return _asked_of(shape)


@cache
def _asked_of(shape: Any) -> tuple[Asked, ...]:
    hints = get_type_hints(shape)
    return tuple(_asked(known.name, known.metadata, hints[known.name]) for known in fields(shape) if known.metadata)


def _asked(name: str, said: Any, hint: Any) -> Asked:
    inner = _inner(hint)
    row: type[Any] | None = inner if isinstance(inner, type) and is_dataclass(inner) else None
    of = inner if isinstance(inner, type) and issubclass(inner, StrEnum) else None
    numbers = {key: said[key] for key in ("limit", "low", "high", "personal", "begun") if key in said}
    return Asked(name, said["asks"], row=row, of=of, **numbers)


def _inner(hint: Any) -> Any:
    """`date` of `date | None`, `Goal` of `tuple[Goal, ...]`."""
    if get_origin(hint) is tuple:
        return get_args(hint)[0]
    if get_origin(hint) is UnionType or isinstance(hint, UnionType):
        return next(one for one in get_args(hint) if one is not NoneType)
    return hint


def says_nothing(thing: Any) -> bool:
    """Is nothing written in it? An id, and a choice that a form makes by itself, are nothing by themselves."""
    return not any(getattr(thing, one.name) for one in asked(type(thing)) if not is_mute(one))


def is_mute(one: Asked) -> bool:
    """Does the field say nothing by itself?"""
    return one.asks == "id" or one.begun

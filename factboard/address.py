"""What an address is: the right it needs, and what answers it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.convertors import IntegerConvertor, register_url_convertor
from starlette.requests import Request
from starlette.types import ASGIApp

from factboard.domain.people import Right


class FactNumber(IntegerConvertor):
    """The number of a fact in an address; longer ones no history reaches, and Python refuses to read the longest."""

    regex = "[0-9]{1,10}"


register_url_convertor("seq", FactNumber())

Handler = Callable[[Request], Awaitable[ASGIApp]]  # a Response is one; so is a stream


@dataclass(frozen=True, slots=True)
class Address:
    """One row of the table. `passive` addresses are asked by open pages, and keep nobody signed in.

    `past` is the right that the same page needs as it was once (`?at=`); None: it has no past.
    """

    path: str
    method: str
    handler: Handler
    right: Right
    passive: bool = False
    past: Right | None = None


def at(
    path: str, method: str, handler: Handler, right: Right, *, passive: bool = False, past: Right | None = None
) -> Address:
    return Address(path, method, handler, right, passive, past)

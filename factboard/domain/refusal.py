"""How a rule says no: a key and its parameters, never a sentence; words are made where they are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from factboard.domain.events import Recorded


class Refused(Exception):
    """A rule said no; nothing was changed. `field` names the form field to mend, if there is one."""

    def __init__(self, key: str, field: str | None = None, **params: object) -> None:
        super().__init__(key)
        self.key, self.field, self.params = key, field, params


class Invalid(Refused):
    """What was given cannot be right: told beside the field, what was typed is kept (422)."""

    field: str

    def __init__(self, key: str, field: str, **params: object) -> None:
        super().__init__(key, field, **params)


class Conflict(Refused):
    """It fitted the board that the person saw, and no longer fits the board that is (409).

    `meanwhile` holds what happened to the client since the person looked: what the first one did.
    """

    meanwhile: tuple[Recorded, ...] = ()


class Overtaken(Conflict):
    """Written before what others have done since, and here only now: whoever wrote it looks, and may want it
    written all the same.
    """


class Unknown(Refused):
    """No such thing in this team: the same answer whether it belongs to another team or to nobody (404)."""


class Forbidden(Refused):
    """This person may not do this (403)."""

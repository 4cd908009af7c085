"""Reading a form: what was typed is kept, each mistake stands beside its field.

Types are checked here by pydantic; what a value may be is for the rules, whose `Invalid` joins the same errors.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from typing import Annotated, Any, Generic, TypeVar, get_origin

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, ValidationError
from pydantic import Field as Limited
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails, PydanticCustomError
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

from factboard.domain.refusal import Invalid

F = TypeVar("F", bound="Form")

LAST_SEQ = 2**31 - 1  # what an integer column holds on every engine
IS_REQUEST_ID = re.compile(r"[\w.:-]{1,100}")
MANDATE = "mandate"  # a box in every form about a client whose model asks for it
MOST_FIELDS = 400  # the members and categories of a team in one form
MOST_BYTES = 256 * 1024  # one field; a reason has 500 characters


class Form(BaseModel):
    """A form's fields and their types. An empty field is a missing one."""

    model_config = ConfigDict(extra="ignore", str_strip_whitespace=False)


@dataclass(slots=True)
class Typed(Generic[F]):
    """A form as it came: `values` is what was typed, `form` what it means, `errors` {field: (key, params)}."""

    values: dict[str, Any]
    form: F | None = None
    errors: dict[str, tuple[str, dict[str, Any]]] = field(default_factory=dict)

    def refuse(self, refusal: Invalid) -> None:
        """Put a rule's refusal beside its field."""
        self.errors[refusal.field] = (refusal.key, refusal.params)


@dataclass(frozen=True, slots=True)
class Missing:
    """What is said when a field was left empty, where that is not "fill this in"."""

    key: str


def seq_in_text(text: str | None) -> int | None:
    """The number of a fact as an address's query carries it; None for what no history reaches."""
    if not (text and text.isascii() and text.isdigit()):
        return None
    digits = text.lstrip("0") or "0"  # measured before it is read: Python refuses to read thousands of them
    return int(digits) if len(digits) <= len(str(LAST_SEQ)) and int(digits) <= LAST_SEQ else None


async def read(request: Request, shape: type[F]) -> Typed[F]:
    """Read the request's form as `shape`."""
    request.state.request_id = None
    async with request.form(max_files=1, max_fields=MOST_FIELDS, max_part_size=MOST_BYTES) as data:
        sent = data.get("request_id")
        said = data.getlist(MANDATE)  # an empty one first: what an unticked box leaves
        request.state.mandate = "yes" in said if said else None
        request.state.request_id = sent if isinstance(sent, str) and IS_REQUEST_ID.fullmatch(sent) else None
        typed = parse(data, shape)
        if said:
            typed.values[MANDATE] = "yes" if request.state.mandate else ""
        return typed


async def sent_id(request: Request) -> str | None:
    """The id that the form came with, so that an answer says to what it is one; None where there is none to be read."""
    if not hasattr(request.state, "request_id"):
        with suppress(HTTPException, ClientDisconnect):
            await read(request, Form)
    found: str | None = request.state.request_id
    return found


def parse(data: FormData, shape: type[F]) -> Typed[F]:
    values: dict[str, Any] = {}
    for name, known in shape.model_fields.items():
        if get_origin(known.annotation) in (list, tuple):
            values[name] = [one for one in data.getlist(name) if isinstance(one, str) and one.strip()]
        elif (one := data.get(name)) is not None and not isinstance(one, UploadFile):
            values[name] = one
    present = {name: value for name, value in values.items() if value not in ("", [])}
    try:
        return Typed(values, shape.model_validate(present))
    except ValidationError as wrong:
        errors: dict[str, tuple[str, dict[str, Any]]] = {}
        for error in wrong.errors(include_url=False):
            name = str(error["loc"][0])
            errors.setdefault(name, (_key(error, shape.model_fields[name]), {}))
        return Typed(values, None, errors)


_KEYS = {
    "enum": "unknown_choice",
    "literal_error": "unknown_choice",
    "int_parsing": "not_a_number",
    "bool_parsing": "unknown_choice",
    "bool_type": "unknown_choice",
    "not_a_date": "not_a_date",
    "not_a_time": "not_a_time",
}


def _key(error: ErrorDetails, known: FieldInfo) -> str:
    if error["type"] != "missing":
        return _KEYS.get(error["type"], "not_understood")
    if said := next((one.key for one in known.metadata if isinstance(one, Missing)), None):
        return said
    listed = isinstance(known.annotation, type) and issubclass(known.annotation, bool | StrEnum)
    return "choose_one" if listed else "required"


def _written_as(read_text: Callable[[str], Any], key: str) -> BeforeValidator:
    def check(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        try:
            return read_text(value.strip())
        except ValueError:
            raise PydanticCustomError(key, "not written as it should be") from None

    return BeforeValidator(check)


def _local_time(text: str) -> time:
    if (known := time.fromisoformat(text)).tzinfo:
        raise ValueError
    return known


Choice = Annotated[str, Missing("choose_one")]
"""One of what is offered, by its code: the rule knows which there are."""

Day = Annotated[date, _written_as(date.fromisoformat, "not_a_date")]
"""A day as browsers send it, 2026-11-23. Nothing else is guessed at: "20" is no day of 1970."""

TimeOfDay = Annotated[time, _written_as(_local_time, "not_a_time")]
"""A time of day in the team's zone, 13:30."""

Ticked = Annotated[bool, BeforeValidator(lambda value: value not in ("", "0", "false", "no", None))]
"""A checkbox: there when ticked."""

YesOrNo = Annotated[bool, BeforeValidator({"yes": True, "no": False}.get)]
"""A choice of two that has to be made."""

Seq = Annotated[int, Limited(ge=0, le=LAST_SEQ)]
"""The number of a fact, within what every database can hold."""

RequestId = Annotated[str, StringConstraints(pattern=f"^{IS_REQUEST_ID.pattern}$")]
"""One id for all tries to send the same form."""

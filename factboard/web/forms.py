"""Reading a form: what was typed is kept, each mistake stands beside its field.

Types are checked here by pydantic; what a value may be is for the rules, whose `Invalid` joins the same errors.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any, Generic, TypeVar, get_origin

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError
from pydantic_core import ErrorDetails
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

from factboard.domain.refusal import Invalid

F = TypeVar("F", bound="Form")

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


async def read(request: Request, shape: type[F]) -> Typed[F]:
    """Read the request's form as `shape`."""
    async with request.form(max_files=1, max_fields=MOST_FIELDS, max_part_size=MOST_BYTES) as data:
        return parse(data, shape)


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
        errors = {str(error["loc"][0]): _refusal(error) for error in reversed(wrong.errors(include_url=False))}
        return Typed(values, None, errors)


_KEYS = {
    "missing": "required",
    "enum": "unknown_choice",
    "literal_error": "unknown_choice",
    "date_from_datetime_parsing": "not_a_date",
    "date_parsing": "not_a_date",
    "date_from_datetime_inexact": "not_a_date",
    "time_parsing": "not_a_time",
    "datetime_parsing": "not_a_time",
    "datetime_from_date_parsing": "not_a_time",
    "int_parsing": "not_a_number",
    "bool_parsing": "unknown_choice",
}


def _refusal(error: ErrorDetails) -> tuple[str, dict[str, Any]]:
    return _KEYS.get(error["type"], "not_understood"), {}


Ticked = Annotated[bool, BeforeValidator(lambda value: value not in ("", "0", "false", "no", None))]
"""A checkbox: there when ticked."""

"""What the form that closes a meeting says of each client on the way back: kept on, announced, told.

Its fields carry the client's id: `keep-<id>`, `reason-<id>`, `until-<id>`, `announce-<id>`, `told-<id>`, `view-<id>`,
`objects-<id>`; `asks-<id>` says that without its tick nobody is announced.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from starlette.datastructures import FormData
from starlette.requests import Request

from factboard.domain.events import Informed
from factboard.domain.refusal import Invalid
from factboard.domain.stepdown import Keeping, Told, Wishes
from factboard.domain.text import NOTE, REASON, clean
from factboard.web.forms import MOST_BYTES, Typed, parse
from factboard.web.meeting.lead import MeetingForm

FIELDS = ("keep", "reason", "until", "asks", "announce", "told", "view", "objects")
MOST_FIELDS = 2_000  # some for each client of a large board
TOLD = {one.value: one for one in (Informed.YES, Informed.NO, Informed.NOT_POSSIBLE)}


class Closing(MeetingForm):
    """`seen` are those whom the chair saw announced or returning; its first is empty, so that it tells "nobody" from a
    program that has shown nobody anything. `again`: nothing is closed yet, the page is asked for anew.
    """

    reason: str = ""
    again: str = ""


async def read_closing(request: Request) -> Typed[Closing]:
    """The form as it came; `values` has every client's fields by their names, and `seen`, None where it is not sent."""
    async with request.form(max_files=1, max_fields=MOST_FIELDS, max_part_size=MOST_BYTES) as data:
        typed = parse(data, Closing)
        typed.values |= {name: text for name, text in _texts(data).items() if _whose(name)}
        seen = [one for one in data.getlist("seen") if isinstance(one, str)]
        typed.values["seen"] = seen if "seen" in data else None
        typed.values["from_closing"] = data.get("from") == "closing"
    return typed


def wishes(typed: Typed[Closing]) -> Wishes | None:
    """What was typed, as the rule takes it; None where something is wrong, which then stands beside its field."""
    values: dict[str, dict[str, str]] = {field: {} for field in FIELDS}
    for name, text in typed.values.items():
        if found := _whose(name):
            values[found[0]][found[1]] = text
    keep = {id: _kept(typed, id, values) for id in dict.fromkeys([*values["keep"], *_said(values["reason"])])}
    spoken = [*values["told"], *_said(values["view"]), *values["objects"]]
    told = {id: _told(typed, id, values) for id in dict.fromkeys(spoken)}
    for id in values["asks"]:
        _asked_for(typed, id, values)
    if typed.errors:
        return None
    return Wishes(
        keep={id: one for id, one in keep.items() if one},
        announce=tuple(values["announce"]),
        told={id: one for id, one in told.items() if one},
    )


def beside(refusal: Invalid) -> Invalid:
    """The rule's refusal, beside this form's own field."""
    for field, shown in (("keep_", "reason-"), ("until_", "until-"), ("told_", "told-"), ("view_", "view-")):
        if refusal.field.startswith(field):
            refusal.field = shown + refusal.field.removeprefix(field)
    return refusal


def _kept(typed: Typed[Closing], id: str, values: Mapping[str, Mapping[str, str]]) -> Keeping | None:
    """A reason without its tick is not passed over in silence: the client would return."""
    if id not in values["keep"]:
        typed.errors[f"keep-{id}"] = ("tick_to_keep", {})
        return None
    day = _asked(typed, f"until-{id}", lambda: _day(values["until"].get(id, "")))
    why = f"reason-{id}"
    reason = _asked(typed, why, lambda: clean(values["reason"].get(id, ""), why, limit=REASON, required=True))
    return Keeping(reason or "", day)


def _asked_for(typed: Typed[Closing], id: str, values: Mapping[str, Mapping[str, str]]) -> None:
    """What was said of a return that a person has to announce is not dropped for want of the tick."""
    told, thinks = values["told"].get(id, ""), values["view"].get(id, "").strip() or id in values["objects"]
    said = told not in ("", Informed.NO) or thinks
    if said and id not in values["announce"] and id not in values["keep"]:
        typed.errors[f"announce-{id}"] = ("tick_to_announce", {})


def _told(typed: Typed[Closing], id: str, values: Mapping[str, Mapping[str, str]]) -> Told | None:
    informed = TOLD.get(values["told"].get(id, ""))
    if informed is None:
        typed.errors[f"told-{id}"] = ("choose_one", {})
        return None
    view = _asked(typed, f"view-{id}", lambda: clean(values["view"].get(id, ""), f"view-{id}", limit=NOTE))
    told = Told(informed, view or "", id in values["objects"])
    if told.contradicts_itself:
        typed.errors[f"told-{id}"] = ("view_without_telling", {})
    return told


def _asked(typed: Typed[Closing], field: str, read: Callable[[], Any]) -> Any:
    try:
        return read()
    except Invalid as wrong:
        typed.refuse(wrong)
    except ValueError:
        typed.errors[field] = ("not_a_date", {})
    return None


def _day(text: str) -> date | None:
    return date.fromisoformat(text.strip()) if text.strip() else None


def _said(texts: Mapping[str, str]) -> list[str]:
    return [id for id, text in texts.items() if text.strip()]


def _whose(name: str) -> tuple[str, str] | None:
    """(field, client's id) of a field that is about one client."""
    field, dash, id = name.partition("-")
    return (field, id) if dash and id and field in FIELDS else None


def _texts(data: FormData) -> dict[str, str]:
    return {name: text for name, text in data.multi_items() if isinstance(text, str)}

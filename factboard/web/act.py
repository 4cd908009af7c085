"""What the team does on a card: each one touch or one short form, each a fact, each live for all others.

The same address is a page without script and a form in the dialog with it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from factboard.domain import calendar, placement, undo
from factboard.domain.events import Basis, ContactKind, Entry, Rating
from factboard.domain.refusal import Refused, Unknown
from factboard.domain.state import Client
from factboard.recorder import new_id
from factboard.storage import projections
from factboard.web.answers import not_saved, saved
from factboard.web.forms import Form, Ticked, Typed, read
from factboard.web.labels import label_of
from factboard.web.pages import page


class ActForm(Form):
    """What every form on a card carries: what its reader had seen, and one id for all its tries."""

    seen: int | None = None
    request_id: str | None = None

    def what(self, team_day: Callable[[datetime], datetime]) -> dict[str, Any]:
        """The rule's arguments; local times become instants by `team_day`."""
        return self.model_dump(exclude={"seen", "request_id"}, exclude_unset=True)


class Nothing(ActForm):
    pass


class ToCategory(ActForm):
    category: str
    reason: str = ""
    review_by: date | None = None


class HowTheyAre(ActForm):
    rating: Rating
    basis: Basis
    by: str | None = None


class Met(ActForm):
    contact: ContactKind
    by: str | None = None
    others: list[str] = []
    day: date | None = None
    at: time | None = None
    note: str = ""
    rating: Rating | None = None

    def what(self, team_day: Callable[[datetime], datetime]) -> dict[str, Any]:
        given = super(Met, self).what(team_day)
        day, at = given.pop("day", None), given.pop("at", None)
        if day:
            given["happened_at"] = team_day(datetime.combine(day, at or time(12)))
        return given


class NextVisit(ActForm):
    who: str
    day: date
    at: time | None = None
    note: str = ""


class NewAction(ActForm):
    text: str
    owner: str | None = None
    due: date | None = None
    urgent: Ticked = False


class CrisisPlan(ActForm):
    with_client: Ticked = False
    on: date | None = None
    note: str = ""


class ReviewBy(ActForm):
    review_by: date
    reason: str = ""


class Why(ActForm):
    reason: str


@dataclass(frozen=True, slots=True)
class Act:
    """A thing to do on a card: its form and its rule. `anywhere`: for clients off the board too."""

    form: type[ActForm]
    rule: Callable[..., list[Entry]]
    anywhere: bool = False


ACTS = {
    "take": Act(Nothing, placement.take),
    "category": Act(ToCategory, placement.recategorise),
    "rate": Act(HowTheyAre, placement.rate),
    "contact": Act(Met, placement.log_contact, anywhere=True),
    "visit": Act(NextVisit, placement.plan_visit),
    "action": Act(NewAction, placement.add_action),
    "crisis-plan": Act(CrisisPlan, placement.review_crisis_plan, anywhere=True),
    "review": Act(ReviewBy, placement.set_review),
    "return": Act(Why, placement.return_to_planned_care),
    "entered-in-error": Act(Why, placement.enter_in_error),
}


async def form(request: Request) -> Response:
    """The short form of one act about one client."""
    name, _ = _act(request)
    client = await _client(request)
    request.app.state.access.saw(request.state.who, "card", [client.id])
    values = {"seen": client.seq, "request_id": new_id(), "client": client.id}
    return page(request, f"act/{name}.html", typed=Typed[ActForm](values), **await _context(request, client, name))


async def submit(request: Request) -> Response:
    name, act = _act(request)
    typed, who = await read(request, act.form), request.state.who
    client = await _client(request)
    if typed.form is None:
        return not_saved(request, f"act/{name}.html", typed, **await _context(request, client, name))

    def instant(local: datetime) -> datetime:
        return calendar.instant(local.date(), local.time(), who.here.settings)

    try:
        receipt = await request.app.state.recorder.change(
            who.team,
            who.user,
            act.rule,
            client=client.id,
            request_id=typed.form.request_id,
            seen=typed.form.seen,
            **typed.form.what(instant),
        )
    except Refused as refusal:
        client = await _client(request)
        typed.values["seen"] = client.seq  # the second try is made on what the answer shows
        typed.values["request_id"] = new_id()
        return not_saved(request, f"act/{name}.html", typed, refusal=refusal, **await _context(request, client, name))
    return saved(request, receipt, f"/clients/{client.id}" if act.anywhere and not client.stay else "/board")


async def tick(request: Request) -> Response:
    """One touch: an action is done."""
    who, client = request.state.who, await _client(request)
    try:
        receipt = await request.app.state.recorder.change(
            who.team, who.user, placement.tick_action, client=client.id, action=request.path_params["action"]
        )
    except Refused as refusal:
        return not_saved(
            request,
            "act/refused.html",
            Typed[ActForm]({}),
            refusal=refusal,
            **await _context(request, client, "action"),
        )
    return saved(request, receipt, "/board")


async def take_back(request: Request) -> Response:
    """Undo: within a minute, one's own, and only while nothing rests on it."""
    who, client, seq = request.state.who, await _client(request, ended=True), request.path_params["seq"]
    try:
        receipt = await request.app.state.recorder.change(
            who.team, who.user, undo.undo, client=client.id, seen=seq - 1, seq=seq
        )
    except Refused as refusal:
        return not_saved(
            request, "act/refused.html", Typed[ActForm]({}), refusal=refusal, **await _context(request, client, "undo")
        )
    return saved(request, receipt, "/board")


def _act(request: Request) -> tuple[str, Act]:
    name = request.path_params["act"]
    if name not in ACTS:
        raise Unknown("unknown_page")
    return name, ACTS[name]


async def _client(request: Request, *, ended: bool = False) -> Client:
    async with request.app.state.store.reading() as connection:
        known = await projections.client(connection, request.state.who.team, request.path_params["client"])
    if known is None or not (known.enrolled or ended):
        raise Unknown("unknown_client")
    return known


async def _context(request: Request, client: Client, name: str) -> dict[str, object]:
    return {"client": client, "label": await label_of(request, client), "act": name}

"""Whether anybody returns by itself now, who is announced and when, who is ready, and who has returned of late."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from factboard.domain import signs
from factboard.domain.board import Card, board
from factboard.domain.calendar import LAST
from factboard.domain.events import Part
from factboard.domain.stepdown import State
from factboard.storage import projections
from factboard.web.labels import labels_of
from factboard.web.pages import page
from factboard.web.sight import eyes


async def page_of_returns(request: Request) -> Response:
    """The page behind the board's counts."""
    who, now = request.state.who, request.app.state.clock()
    async with request.app.state.store.reading() as connection:
        present = await projections.on_board_page(connection, who.team, now - signs.RECENT)
        clients = eyes(request).only(present, Part.BOARD)
        named = await labels_of(connection, who.team, clients)
    shown = board(who.here, clients, now, named)
    cards = [card for group in shown.groups for card in group.cards]
    announced = sorted((one for one in cards if one.standing.state in (State.ANNOUNCED, State.RETURNING)), key=_soonest)
    ready = [one for one in cards if one.standing.state is State.READY]
    seen = [*(one.client.id for one in (*announced, *ready)), *(one.client.id for one in shown.returned)]
    request.app.state.access.saw(who, "returns", seen)
    return page(request, "returns/page.html", announced=announced, ready=ready, returned=shown.returned)


def _soonest(card: Card) -> tuple[object, ...]:
    return card.standing.returns or LAST, card.client.id

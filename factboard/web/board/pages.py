"""`/board`, now and with `?at=` as it was."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from factboard.domain import signs
from factboard.domain.board import board
from factboard.domain.consent import with_lens
from factboard.web.board.view import BoardView, html_of_board, html_of_card
from factboard.web.pages import page
from factboard.web.past import Then, of_the_past


async def page_of_board(request: Request) -> Response:
    """The board as it is now; the stream keeps it so."""
    if "at" in request.query_params:
        return await of_the_past(request, "board", _as_it_was)
    who = request.state.who
    view: BoardView = request.app.state.board
    frame = await view.frame(who.team, request.state.language, with_lens("", who.lens))
    request.app.state.access.saw(who, "board", frame.clients)
    return page(request, "board/page.html", view=Markup(frame.marked))


def _as_it_was(then: Then, language: str) -> tuple[str, frozenset[str], dict[str, Any]]:
    clients = [one for one in then.clients if one.stay or signs.in_sight_after_return(one, then.at)]
    shown = board(then.team, clients, then.at, then.labels(clients))
    cards = {card.client.id: html_of_card(then.team, card, language, then.at, past=True) for card in shown.cards}
    return html_of_board(then.team, shown, cards, language, then.at, past=True), frozenset(shown.clients), {}

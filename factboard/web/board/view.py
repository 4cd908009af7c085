"""The frame that every screen of an audience shares: the team's own, and each lens of somebody who sees otherwise.

A card is made once for each (client as of seq, time until it changes by itself), rendered once for each language, and
the board joins the cards that it has; one change costs one card. Nothing in a frame belongs to one reader.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from markupsafe import Markup

from factboard.domain import board, calendar, signs
from factboard.domain.board import Board, Card
from factboard.domain.consent import Eyes, lens_of
from factboard.domain.events import Part
from factboard.domain.people import Label
from factboard.domain.state import Client, Team
from factboard.live.frame import Frame
from factboard.storage import history, projections
from factboard.storage.engine import Store
from factboard.web.labels import labels_of
from factboard.web.pages import render

KEPT_CARDS = 20_000


class Cards:
    """Cards that were made, each for as long as nothing happens and its time has not come; for each way to see them."""

    def __init__(self) -> None:
        self._made: OrderedDict[tuple[object, ...], tuple[object, datetime, Card]] = OrderedDict()

    def __call__(self, team: Team, client: Client, label: Label, now: datetime, seen: frozenset[str]) -> Card:
        place, of = (team.id, client.id, seen), (client.seq, team.seq, label)
        known = self._made.get(place)
        if known and known[0] == of and known[1] <= now < known[2].changes_at:
            return known[2]
        made = board.card(team, client, label, now)
        self._made[place] = of, now, made
        self._made.move_to_end(place)
        if len(self._made) > KEPT_CARDS:
            self._made.popitem(last=False)
        return made


class BoardView:
    """Renders a team's board for the hub, and for the page's first sight of it."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store, self._clock = store, clock
        self._made = Cards()
        self._cards: OrderedDict[tuple[object, ...], Markup] = OrderedDict()
        self._present: dict[str, dict[str, Client]] = {}  # of each team: whom the board showed at the last look

    async def frame(self, team: str, language: str, audience: str = "") -> Frame:
        """The whole board of a team as it is now, as this audience may see it."""
        since = self._clock() - signs.RECENT
        async with self._store.reading() as connection:
            seq = (await history.heads(connection, [team])).get(team, 0)
            state = await projections.team(connection, team)
            known = self._present.get(team, {})
            if state is None:
                raise LookupError(team)
            present = await projections.on_board_page(connection, team, since, known)
            self._present[team] = {client.id: client for client in present}
            now = self._clock()
            eyes = Eyes.of_the_lens(state, lens_of(audience)[1], calendar.local_day(now, state.settings))
            seen = {client.id: eyes.parts(client) for client in present}
            clients, hidden = eyes.only(present, Part.BOARD), eyes.hidden_on_board(present)
            named = await labels_of(connection, team, [*clients, *hidden])

        def make(team: Team, client: Client, label: Label, now: datetime) -> Card:
            return self._made(team, client, label, now, seen[client.id])

        shown = board.board(state, clients, now, named, make)
        return Frame(
            html=self._html(state, shown, language, now, seen, [named[client.id] for client in hidden]),
            seq=seq,
            valid_until=shown.valid_until,
            clients=frozenset((*shown.clients, *(client.id for client in hidden))),
        )

    def _html(
        self,
        team: Team,
        shown: Board,
        language: str,
        now: datetime,
        seen: Mapping[str, frozenset[str]],
        hidden: Sequence[Label],
    ) -> str:
        cards = {card.client.id: self._card(team, card, language, now, seen[card.client.id]) for card in shown.cards}
        return html_of_board(team, shown, cards, language, now, hidden=hidden)

    def _card(self, team: Team, card: Card, language: str, now: datetime, seen: frozenset[str]) -> Markup:
        key = (
            team.id,
            card.client.id,
            card.client.seq,
            seen,
            team.seq,
            language,
            card.label,
            card.changes_at,  # until then it is the same, today and yesterday too
        )
        found = self._cards.get(key)
        if found is None:
            found = self._cards[key] = html_of_card(team, card, language, now)
            if len(self._cards) > KEPT_CARDS:
                self._cards.popitem(last=False)
        else:
            self._cards.move_to_end(key)
        return found


def html_of_card(team: Team, card: Card, language: str, now: datetime, *, past: bool = False) -> Markup:
    """One card; of the past, there is nothing to press on it."""
    category = team.categories[card.stay.category]
    return Markup(render("board/card.html", language, card=card, team=team, category=category, now=now, past=past))


def html_of_board(
    team: Team,
    shown: Board,
    cards: Mapping[str, Markup],
    language: str,
    now: datetime,
    *,
    past: bool = False,
    hidden: Sequence[Label] = (),
) -> str:
    """The board around its cards, by client; `hidden` are on it too, and this reader may not see how."""
    return render("board/view.html", language, team=team, board=shown, cards=cards, now=now, past=past, hidden=hidden)

"""A team's clients as somebody may see them today: the one way from what was loaded to what is shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from factboard.domain.consent.parts import EVERYTHING
from factboard.domain.consent.readers import Reader, employers, reader_of
from factboard.domain.consent.seeing import sees
from factboard.domain.consent.thinning import thinned
from factboard.domain.events import Part, Role
from factboard.domain.state import Client, Team


@dataclass(frozen=True, slots=True)
class Eyes:
    """`readers` are all for whom one picture must do: it shows what every one of them may see. `today` is local."""

    team: Team
    readers: tuple[Reader, ...]
    today: date

    @classmethod
    def of_everybody(cls, team: Team, today: date) -> Eyes:
        """What hangs on a wall or lies on a table: what somebody of any employer in the team may see, named by no
        lock.
        """
        return cls(team, tuple(_anybody(employer) for employer in (team.employer, *employers(team))), today)

    @classmethod
    def of_the_lens(cls, team: Team, lens: str, today: date) -> Eyes:
        """One person's, or, without one, those of the team's own employer whom no lock names."""
        return cls(team, (reader_of(team, lens) if lens else _anybody(team.employer),), today)

    def parts(self, client: Client) -> frozenset[str]:
        return EVERYTHING.intersection(*(sees(reader, client, self.team, self.today) for reader in self.readers))

    def see(self, client: Client) -> Client:
        """The client with what is not theirs to see taken out; where that is all, a code stands for the name."""
        return thinned(client, self.parts(client)) if self.team.employer else client

    def of(self, clients: Iterable[Client]) -> list[Client]:
        return [self.see(client) for client in clients]

    def named(self, clients: Iterable[Client]) -> list[Client]:
        """Those of them whose names may be seen: whoever looks for a name finds nobody else by it."""
        return [self.see(client) for client in clients if Part.IDENTITY in self.parts(client)]

    def only(self, clients: Iterable[Client], *parts: str) -> list[Client]:
        """Those of whom all of these parts may be seen."""
        return [self.see(client) for client in clients if self.parts(client) >= {*parts}]

    def hidden_on_board(self, clients: Iterable[Client]) -> list[Client]:
        """Who is on the board though it may not be seen how: by name where that may be."""
        there = (client for client in clients if client.stay and client.enrolled)
        return [self.see(client) for client in there if Part.BOARD not in self.parts(client)]


def _anybody(employer: str) -> Reader:
    return Reader("", employer, Role.CLINICIAN)

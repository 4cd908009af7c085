"""Which states are kept as they were, so that the past is folded from the newest one before a moment, not from the
first fact.

A client's is kept where they come into the team's care or leave it: who was in it at a moment is read off without a
fold. It is kept where something was undone, and where two records of one person were merged: what has changed lies
before it, so that from a kept state a fold only ever goes forward, and through one record. And it is kept every so many
facts.
"""

from __future__ import annotations

from factboard.domain.events import Merged, Recorded, Undone
from factboard.domain.state import Client, Team

OF_A_CLIENT = 8  # facts from one kept state to the next: at most so many are folded for each client
OF_A_TEAM = 200  # its state is the largest, and there is but one to fold


def kept(
    row: Recorded, team: Team | None, team_after: Team | None, client: Client | None, client_after: Client | None
) -> Client | Team | None:
    """The state that the fact leaves, where it is one to keep. The others are as they were before it, and after."""
    if row.client is None:
        if team_after is None or team_after is team:
            return None
        return team_after if team is None or team_after.facts % OF_A_TEAM == 0 else None
    if client_after is None:
        return None
    turned = client_after.enrolled != (client is not None and client.enrolled)
    often = client_after.facts % OF_A_CLIENT == 0
    return client_after if turned or often or isinstance(row.fact, Undone | Merged) else None

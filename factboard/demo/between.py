"""What is between the demo's two teams this morning: the second asks the first to take over one of its clients."""

from __future__ import annotations

from factboard import moving
from factboard.demo.staff import TEAMS
from factboard.domain import events as e
from factboard.recorder import Recorder
from factboard.storage import projections

NOTE = e.HandoverNote(
    "Flyttar till Kusten den 1:a. Vill bli tilltalad med förnamn och träffas hellre ute på promenad än hemma. "
    "Tar emot besök av en person åt gången.",
    "Ny läkarkontakt behövs: receptet räcker månaden ut.\nBoendestödet är uppsagt och ska sökas på nytt.",
    "Promenad varje tisdag kl. 10, ring en timme före.",
    "Vill byta team i samband med flytten och samtycker till att ni läser det vi skrivit det senaste året.",
)


async def ask_to_take_over(recorder: Recorder) -> None:
    """The case manager of somebody who is not on the board asks, with a handover note."""
    asking, asked = TEAMS[1].id, TEAMS[0].id
    async with recorder.store.reading() as connection:
        caseload = sorted(await projections.caseload(connection, asking), key=lambda one: one.id)
    client = next(
        (one for one in caseload if one.details.case_manager and not (one.stay or one.details.protected)), None
    )
    if client and client.details.case_manager:
        await moving.ask(
            recorder, asking, client.details.case_manager, client.id, asked, note=NOTE, history=e.Given.YEAR
        )

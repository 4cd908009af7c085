"""What the statistics count, as the recorder and the rebuild write it: episodes and contacts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from sqlalchemy import delete, insert, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from factboard.domain.events import ContactLogged
from factboard.domain.statistics.course import name
from factboard.domain.statistics.episodes import Contact, Episode
from factboard.storage.codec import EPISODES, instant_to_text
from factboard.storage.tables import contact, episode, history

AT_ONCE = 200  # rows in one statement


def episode_columns(team: str, one: Episode) -> dict[str, object]:
    return {
        "team": team,
        "kind": one.kind.value,
        "id": one.id,
        "client": one.client,
        "began": instant_to_text(one.began),
        "ended": instant_to_text(one.ended) if one.ended else None,
        "state": EPISODES[one.kind].dump_json(one).decode(),
    }


def contact_columns(team: str, seq: int, one: Contact) -> dict[str, object]:
    return {
        "team": team,
        "seq": seq,
        "client": one.client,
        "happened": instant_to_text(one.happened),
        "kind": one.kind.value,
        "staff": json.dumps(one.staff),
    }


async def going_on(connection: AsyncConnection, team: str, client: str) -> list[Episode]:
    """What has not ended for this client; with an empty id, for the team itself."""
    c = episode.c
    query = select(c.kind, c.state).where(c.team == team, c.client == client, c.ended.is_(None)).order_by(c.kind, c.id)
    return [EPISODES[row.kind].validate_json(row.state) for row in await connection.execute(query)]


async def save(
    connection: AsyncConnection, team: str, episodes: Sequence[Episode], *, anew: Sequence[str] = ()
) -> None:
    """Replace these rows; all that there was of the clients in `anew`."""
    c = episode.c
    for start in range(0, len(anew), AT_ONCE):
        clients = anew[start : start + AT_ONCE]
        await connection.execute(delete(episode).where(c.team == team, c.client.in_(clients)))
    for start in range(0, len(episodes), AT_ONCE):
        some = episodes[start : start + AT_ONCE]
        names = [(kind.value, id) for kind, id in map(name, some)]
        await connection.execute(delete(episode).where(c.team == team, tuple_(c.kind, c.id).in_(names)))
        await connection.execute(insert(episode), [episode_columns(team, one) for one in some])


async def save_contacts(connection: AsyncConnection, team: str, contacts: Mapping[int, Contact | None]) -> None:
    """Write the new ones, by the number of their facts; those that are None were undone."""
    undone = [seq for seq, one in contacts.items() if one is None]
    for start in range(0, len(undone), AT_ONCE):
        some = undone[start : start + AT_ONCE]
        await connection.execute(delete(contact).where(contact.c.team == team, contact.c.seq.in_(some)))
    rows = [contact_columns(team, seq, one) for seq, one in contacts.items() if one]
    for start in range(0, len(rows), AT_ONCE):
        await connection.execute(insert(contact), rows[start : start + AT_ONCE])


async def give_contacts(connection: AsyncConnection, team: str, client: str, records: Sequence[str]) -> None:
    """The contacts whose facts stand in these records are this client's: they are one person."""
    h, c = history.c, contact.c
    of_theirs = select(h.seq).where(h.team == team, h.client.in_(records), h.kind == ContactLogged.kind)
    await connection.execute(update(contact).where(c.team == team, c.seq.in_(of_theirs)).values(client=client))

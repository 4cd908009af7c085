"""Everything that belongs to a case, read in one look at the database, so that its parts are of the same moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from factboard.domain import events as e
from factboard.domain.access import STREAMS
from factboard.domain.access import Row as Look
from factboard.domain.chain import Row
from factboard.domain.checkpoint import Checkpoint
from factboard.domain.investigation import MEETINGS, RULES, Decided, Wish, decided_by, in_force
from factboard.domain.people import Label
from factboard.domain.state import Client, Team
from factboard.domain.state.fold import fold_client
from factboard.signing import signed
from factboard.storage import access, accounts, checkpoints, history
from factboard.storage.codec import instant_to_text, readable
from factboard.storage.engine import Store
from factboard.storage.history import Filter
from factboard.storage.verifying import Verdict, verdict
from factboard.web.labels import as_one, labels_of
from factboard.web.sentences import Teller


@dataclass(frozen=True, slots=True)
class Case:
    """A client's period. `made` is now (UTC), `by` the name of who takes it out.

    `facts` are about the client and written in the period, `story` is all that was about them until its end. `rules`
    are the team's, in force at its beginning or written in it; `changed` are the numbers of the latter. `down` are the
    times without service (UTC). `before` and `after` are the client as the period began and ended; None: not yet in the
    team's care.
    """

    team: Team
    client: Client
    label: Label
    wish: Wish
    made: datetime
    by: str
    teller: Teller
    facts: list[Row]
    rules: list[Row]
    changed: frozenset[int]
    meetings: list[Row]
    looks: list[Look]
    down: list[tuple[datetime, datetime]]
    checkpoints: list[Checkpoint]
    found: Verdict
    decided: list[Decided]
    story: list[e.Recorded]
    before: Client | None
    after: Client | None


async def gather(store: Store, team: Team, client: Client, wish: Wish, made: datetime, by: str, language: str) -> Case:
    """Read the case. What it names is named in this language."""
    async with store.reading() as connection:
        rows = await history.about(connection, team.id, *client.records)
        whole = readable(rows)
        facts = await _all(connection, team.id, Filter(since=wish.since, until=wish.until, clients=client.records))
        rules = await _all(connection, team.id, Filter(until=wish.until, kinds=RULES))
        known = {row.seq for row in in_force(readable(rules), wish.since)}
        changed = {row.seq for row in rules if row.at >= instant_to_text(wish.since)}
        meetings = await _all(connection, team.id, Filter(since=wish.since, until=wish.until, kinds=MEETINGS))
        asked = access.Filter(wish.since, wish.until, clients=client.records, but=tuple(sorted(STREAMS)))
        looks = [look async for look in access.through(connection, team.id, asked)]
        down = await _down(connection, wish)
        signed_ones = [one for one in await checkpoints.all_of(connection, team.id) if _holds(one)]
        found = await verdict(connection, team.id, signed_ones)
        label = (await labels_of(connection, team.id, [client]))[client.id]
        strangers = {row.actor for row in (*facts, *rules, *meetings)} - team.members.keys()
        teller = Teller(language, team, as_one(client, label), await accounts.names(connection, strangers))
    return Case(
        team=team,
        client=client,
        label=label,
        wish=wish,
        made=made,
        by=by,
        teller=teller,
        facts=facts,
        rules=[row for row in rules if row.seq in known | changed],
        changed=frozenset(changed),
        meetings=meetings,
        looks=looks,
        down=down,
        checkpoints=_worth_having(signed_ones, facts),
        found=found,
        decided=decided_by(readable(facts)),
        story=[row for row in whole if row.at < wish.until],
        before=fold_client(client.id, (row for row in whole if row.at < wish.since)),
        after=fold_client(client.id, (row for row in whole if row.at < wish.until)),
    )


async def _all(connection: AsyncConnection, team: str, asked: Filter) -> list[Row]:
    return [row async for row in history.select(connection, team, asked)]


async def _down(connection: AsyncConnection, wish: Wish) -> list[tuple[datetime, datetime]]:
    """The times without service that reach into the period: each is written down after its end."""
    asked = Filter(since=wish.since, kinds=(e.ServiceWasDown.kind,))
    known = [row.fact for row in readable(await _all(connection, history.SYSTEM, asked))]
    times = [(one.since, one.until) for one in known if isinstance(one, e.ServiceWasDown)]
    return [(since, until) for since, until in times if since < wish.until and until > wish.since]


def _holds(one: Checkpoint) -> bool:
    return signed(one.key, one.text, one.signature)


def _worth_having(known: list[Checkpoint], facts: list[Row]) -> list[Checkpoint]:
    """From the last before the first fact to the first that covers the last one; and the newest of all."""
    if not facts:
        return known[-1:]
    before = [one.seq for one in known if one.seq < facts[0].seq]
    covering = [one.seq for one in known if one.seq >= facts[-1].seq]
    first, last = max(before, default=0), min(covering, default=float("inf"))
    return [one for one in known if first <= one.seq <= last or one is known[-1]]

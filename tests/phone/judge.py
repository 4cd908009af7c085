"""Was each thing kept once, by whom and where it was written, and never called saved before? Can nothing be read?"""

from __future__ import annotations

from datetime import timedelta

from factboard.domain import events
from tests.phone.storm import Kind
from tests.phone.traces import leaks, stored
from tests.phone.world import NAMES, World, Written
from tests.service import OTHER, OWN
from tests.web.reading import facts

KINDS = {Kind.FLAG: ("put_on_board", "flagged_again"), Kind.KEEP: ("return_held",), Kind.WORSE: ("rated",)}
CLOCKS = 0.01  # seconds by which the browser's clock and ours may differ


async def once(world: World) -> None:
    """Each exactly once, by whom and where it was written, as old as it is; what was thrown away, never."""
    history = [(where, fact) for where in (OWN, OTHER) for fact in await facts(world.service, team=where)]
    for one in world.written:
        found = [(where, fact) for where, fact in history if is_of(fact, one)]
        assert len(found) == (0 if one.gone else 1), (one, found)
        for where, fact in found:
            assert (where, fact.actor, fact.client) == (one.team, "anna", one.client), (one, fact)
            if made := getattr(fact.fact, "made", None):
                assert abs(made - one.made) < timedelta(minutes=1), (one, fact)


def is_of(fact: events.Recorded, one: Written) -> bool:
    if fact.fact.kind not in KINDS[one.act.kind]:
        return False
    if one.act.kind is Kind.WORSE:  # has no words of its own
        return fact.client == one.client and fact.at >= one.made
    return bool(getattr(fact.fact, "reason", "") == one.canary)


def nothing_false(world: World) -> None:
    """No page has said *saved* of what was not in the history by then."""
    kept = {one.id: (one, *world.committed[one.id]) for one in world.written if one.id in world.committed}
    spoken = 0
    for said in world.phone.said:
        if said.where == "sent":
            spoken -= said.seq
            assert sum(at <= said.at + CLOCKS for _, _, at in kept.values()) >= spoken, said
            continue
        its = [(one, at) for one, seq, at in kept.values() if seq == said.seq]
        told = [at for one, at in its if said.where != "flag" or one.canary == said.words]
        assert told, said
        assert min(told) <= said.at + CLOCKS, said


def secrets(world: World) -> list[str]:
    return [*(one.canary for one in world.written), *(name for names in NAMES.values() for name in names)]


async def nothing_readable(world: World) -> None:
    """Neither names, reasons nor the session's key in what pages store or in the addresses that were asked for."""
    if not world.phone.page.url.startswith(world.line.url):
        await world.open("/waiting")
    cookies = await world.phone.context.cookies()
    tokens = [str(one.get("value")) for one in cookies if one.get("name") == "factboard"]
    addresses = {"addresses": "\n".join(world.phone.addresses).encode()}
    assert leaks(await stored(world.phone.page) | addresses, [*secrets(world), *tokens]) == []

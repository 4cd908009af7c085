"""Into hospital and home again, and compulsory care: when it begins, goes on, ends."""

from __future__ import annotations

from datetime import date, timedelta

from factboard.demo.day import Day
from factboard.demo.phrases import pick
from factboard.domain import care
from factboard.domain.state import Legal

PROLONGED = (56, 91, 182)  # days


async def admit(day: Day, client: str, by: str, *, since: date | None = None) -> None:
    """In hospital; the ward often says when it expects them home."""
    known = await day.state(client)
    if known is None or known.admission:
        return
    await day.pause()
    await day.do(
        by,
        care.admit,
        client,
        ward=pick(day.chance, "hospital", "wards"),
        on=since or day.day,
        expected=day.day + timedelta(days=day.chance.randint(4, 30)) if day.share(0.7) else None,
        note=pick(day.chance, "hospital", "admitted"),
    )


async def stays_longer(day: Day, client: str) -> None:
    """The day on which they were expected home comes, and they are not."""
    known = await day.state(client)
    who = day.who(known, 0.7) if known else None
    if known is None or known.admission is None or who is None:
        return
    ahead = day.day + timedelta(days=day.chance.randint(3, 12))
    note = pick(day.chance, "hospital", "changed")
    await day.do(who, care.change_admission, client, ward=known.admission.ward, expected=ahead, note=note)


async def discharge(day: Day, client: str, by: str | None = None) -> None:
    known = await day.state(client)
    who = by or (day.who(known, 0.7) if known else None)
    if known and known.admission and who:
        await day.pause()
        await day.do(who, care.discharge, client, on=day.day, note=pick(day.chance, "hospital", "discharged"))


async def start_legal(day: Day, client: str, by: str, ends: date, *, since: date | None = None) -> None:
    """Compulsory care in the community begins, with an end that the law sets."""
    known = await day.state(client)
    if known is None or known.legal:
        return
    await day.pause()
    name, note = pick(day.chance, "legal", "names"), pick(day.chance, "legal", "started")
    await day.do(by, care.start_legal_measure, client, name=name, on=since or day.day, ends=ends, note=note)


async def decide_legal(day: Day, client: str, measure: Legal) -> None:
    """Its end is near: it is prolonged, or ends."""
    known = await day.state(client)
    who = day.who(known, 0.5) if known else None
    if known is None or measure not in known.legal or who is None:
        return
    if day.share(0.75):
        ends = day.day + timedelta(days=day.chance.choice(PROLONGED))
        note = pick(day.chance, "legal", "prolonged")
        await day.do(who, care.prolong_legal_measure, client, measure=measure.id, ends=ends, note=note)
    else:
        await end_legal(day, client, who)


async def lift_legal(day: Day, client: str) -> None:
    """Well again: the law is not needed any more."""
    known = await day.state(client)
    if who := day.who(known, 0.5) if known else None:
        await end_legal(day, client, who)


async def end_legal(day: Day, client: str, by: str) -> None:
    """All that is in force is lifted."""
    known = await day.state(client)
    for measure in known.legal if known else ():
        note = pick(day.chance, "legal", "ended")
        await day.do(by, care.end_legal_measure, client, measure=measure.id, on=day.day, note=note)
        await day.pause()

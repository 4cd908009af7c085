"""Which looks a routine check draws, and what the check may say of them.

Drawing takes no chance of its own: each look has its place in an order made from the check's seed and its own number,
so that anybody can draw the same looks again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from factboard.domain import events as e
from factboard.domain.access.checking import RULES, many
from factboard.domain.access.known import Known
from factboard.domain.access.looks import STREAMS, Look
from factboard.domain.case import Case
from factboard.domain.people import SYSTEM
from factboard.domain.refusal import Invalid
from factboard.domain.text import REASON, clean

EACH = 5  # drawn by each rule at most
BY_CHANCE = 10
LONGEST = timedelta(days=31)  # of days checked at once
SEED = 40  # signs of a seed


@dataclass(frozen=True, slots=True)
class Drawn:
    """A look that is to be judged, and each reason for which it was drawn."""

    look: Look
    because: tuple[e.Because, ...]


def by_people(look: Look) -> bool:
    """Did somebody look? Screens on the wall and what happens by itself are no one's looks."""
    return look.actor != SYSTEM and not look.actor.startswith("screen:") and look.action not in STREAMS


def draw(looks: Sequence[Look], known: Known, seed: str) -> list[Drawn]:
    """Some of what each rule finds, and some by chance; in order of time, as `looks` are."""
    theirs = [look for look in looks if by_people(look)]
    found = {because: [look.id for look in theirs if rule(look, known)] for because, rule in RULES.items()}
    found[e.Because.MANY] = sorted(many(theirs))
    reasons: dict[int, list[e.Because]] = {}
    for because in e.Because:
        some = BY_CHANCE if because is e.Because.CHANCE else EACH
        ids = [look.id for look in theirs if look.clients] if because is e.Because.CHANCE else found[because]
        for id in sorted(ids, key=lambda one: _place(seed, one))[:some]:
            reasons.setdefault(id, []).append(because)
    return [Drawn(look, tuple(reasons[look.id])) for look in theirs if look.id in reasons]


def _place(seed: str, id: int) -> bytes:
    return sha256(f"{seed} {id}".encode()).digest()


def days(first: date | None, last: date | None, seed: str, today: date) -> tuple[date, date, str]:
    """The days to check, both in it: the last seven without others, never one that is not over. Raises `Invalid`."""
    yesterday = today - timedelta(days=1)
    last = last or yesterday
    first = first or max(last, date.min + LONGEST) - timedelta(days=6)
    if last > yesterday:
        raise Invalid("day_is_not_over", "last")
    if last < first:
        raise Invalid("ends_before_it_begins", "last")
    if last - first >= LONGEST:
        raise Invalid("too_many_days", "first", days=LONGEST.days)
    return first, last, clean(seed, "seed", limit=SEED)


@dataclass(frozen=True, slots=True)
class Judged:
    """What was found about one drawn look."""

    outcome: e.Outcome
    note: str = ""


def judge(look: int, outcome: e.Outcome | None, note: str) -> Judged:
    """What was found; what is not in order says why. Raises `Invalid` beside `outcome-<look>` or `note-<look>`."""
    if outcome is None:
        raise Invalid("choose_one", f"outcome-{look}")
    why = clean(note, f"note-{look}", limit=REASON, required=outcome is not e.Outcome.IN_ORDER)
    return Judged(outcome, why)


def check_access(
    case: Case,
    *,
    first: date,
    last: date,
    seed: str,
    looks: int,
    drawn: Sequence[Drawn],
    judged: Mapping[int, Judged],
    note: str = "",
) -> list[e.Entry]:
    """The check is done, of so many looks: each that was drawn has been judged. Raises `Invalid`."""
    first, last, seed = days(first, last, seed, case.today)
    checked = []
    for look, because in ((one.look, one.because) for one in drawn):
        if look.id not in judged:
            raise Invalid("choose_one", f"outcome-{look.id}")
        found = judged[look.id]
        said = (look.id, look.at, look.actor, look.action, look.view, because, found.outcome, found.note)
        checked.append(e.Checked(*said))
    fact = e.AccessChecked(
        first,
        last,
        seed,
        looks,
        tuple(checked),
        in_order=_so_many(checked, e.Outcome.IN_ORDER),
        not_explained=_so_many(checked, e.Outcome.NOT_EXPLAINED),
        to_follow_up=_so_many(checked, e.Outcome.TO_FOLLOW_UP),
        note=clean(note, "note", limit=REASON),
    )
    return [e.Entry(fact)]


def _so_many(checked: Sequence[e.Checked], outcome: e.Outcome) -> int:
    return sum(one.outcome is outcome for one in checked)

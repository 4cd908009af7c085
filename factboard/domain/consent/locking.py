"""The inner lock (spärr): the client lets parts be locked; it is lifted; past it, in an emergency, with a reason.

Patientdatalagen (2008:355) ch. 4 s. 4 gives a patient the right to have information locked for other units of the same
care provider, and s. 5 says when a lock may be forced. Whom a lock is to keep out in a team is the care provider's to
say: factboard offers both kinds (docs/consent.md).
"""

from __future__ import annotations

from collections.abc import Sequence

from factboard.domain import events as e
from factboard.domain.case import Case
from factboard.domain.consent.parts import EVERYTHING, chosen
from factboard.domain.consent.readers import of_others, reader_of
from factboard.domain.consent.seeing import sees
from factboard.domain.refusal import Conflict, Forbidden, Invalid, Unknown
from factboard.domain.state import Client
from factboard.domain.text import REASON, clean

MINUTES = 30  # that an emergency opening lasts; whoever needs it longer says so again


def place(
    case: Case, *, parts: Sequence[str], locked_for: e.LockedFor, named: Sequence[str] = (), note: str = ""
) -> list[e.Entry]:
    """Lock these parts, as the client wants it: for staff of other employers, or for all but those named."""
    _client(case)
    if not case.team.employer:
        raise Conflict("no_employer")
    people: tuple[str, ...] = ()
    if locked_for is e.LockedFor.ALL_BUT:
        people = tuple(sorted(case.member(user, "named").user for user in {*named}))
        if not people:
            raise Invalid("choose_one", "named")
    lock = e.LockPlaced(case.new_id(), chosen(parts), locked_for, people, clean(note, "note", limit=REASON))
    return [e.Entry(lock, _client(case).id)]


def lift(case: Case, *, lock: str, reason: str) -> list[e.Entry]:
    """The client wants it lifted, or it is: what it kept is seen again."""
    if all(known.id != lock for known in _client(case).shared.locks):
        raise Conflict("not_locked")
    return [e.Entry(e.LockLifted(lock, clean(reason, "reason", limit=REASON, required=True)), _client(case).id)]


def open_in_emergency(case: Case, *, reason: str) -> list[e.Entry]:
    """See past lock, and past what was not agreed to where the team's setting lets that be, for `MINUTES`. The case
    manager and the lead are told. Nothing hidden is no fact.
    """
    client, reader = _client(case), reader_of(case.team, case.actor)
    said = clean(reason, "reason", limit=REASON, required=True)
    if sees(reader, client, case.team, case.today) >= EVERYTHING:
        return []
    if of_others(reader.employer, case.team) and case.team.sharing is not e.Sharing.EMERGENCY:
        raise Forbidden("not_in_an_emergency_either")
    return [e.Entry(e.OpenedInEmergency(said, MINUTES), client.id)]


def _client(case: Case) -> Client:
    if case.client is None:
        raise Unknown("unknown_client", "client")
    return case.client

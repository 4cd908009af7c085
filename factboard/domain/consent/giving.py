"""Consent: whose records the team's are, what a client agrees to show to whom, and that they take it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from factboard.domain import events as e
from factboard.domain.case import Case
from factboard.domain.consent.parts import chosen
from factboard.domain.consent.readers import employers
from factboard.domain.refusal import Conflict, Invalid
from factboard.domain.text import REASON, clean, folded

LONGEST = timedelta(days=366 * 2)  # ours: a consent that nobody goes through again for longer is nobody's any more
NAME = 60  # characters of an employer, as in `team.set_member`


def set_sharing(case: Case, *, employer: str, sharing: e.Sharing) -> list[e.Entry]:
    """Say whose records the team's are, and what staff of other employers see. Once said, it can be changed and not
    unsaid: what clients have agreed to or locked rests on it.

    Everybody in the team must have an employer first, so that nobody is taken for one of the house by a mistake; and
    whoever says it must not lose their own sight by it.
    """
    team, named = case.team, clean(employer, "employer", limit=NAME, required=True)
    present = [member for member in team.members.values() if not member.left]
    without = sorted(member.name for member in present if not member.employer)
    if without:
        raise Invalid("members_without_employer", "employer", names=", ".join(without))
    if not any(member.user == case.actor and folded(member.employer) == folded(named) for member in present):
        raise Invalid("not_own_employer", "employer")
    if (named, sharing) == (team.employer, team.sharing):
        return []
    return [e.Entry(e.SharingSet(named, sharing))]


def give(
    case: Case,
    *,
    employer: str,
    parts: Sequence[str],
    agreed: e.Agreed,
    until: date | None = None,
    note: str = "",
) -> list[e.Entry]:
    """The client agrees that staff of this employer see these parts. Whatever is seen is seen of a person by name:
    `Part.IDENTITY` is always one of them.
    """
    client = case.enrolled()
    _shared(case)
    named = _employer(case, employer)
    if until is not None and not case.today <= until <= case.today + LONGEST:
        raise Invalid("day_out_of_range", "until")
    shown = chosen([*parts, e.Part.IDENTITY] if parts else parts)
    given = e.ConsentGiven(named, shown, until, agreed, clean(note, "note", limit=REASON))
    known = client.shared.consents.get(folded(named))
    if known and (known.parts, known.until, known.agreed, known.note) == (shown, until, agreed, given.note):
        return []
    return [case.about(given)]


def revoke(case: Case, *, employer: str, note: str = "") -> list[e.Entry]:
    """The client takes it back: gone from every open screen."""
    if case.client is None or folded(employer) not in case.client.shared.consents:
        raise Conflict("no_consent")
    known = case.client.shared.consents[folded(employer)]
    return [e.Entry(e.ConsentRevoked(known.employer, clean(note, "note", limit=REASON)), case.client.id)]


def _shared(case: Case) -> None:
    if not case.team.employer:
        raise Conflict("no_employer")


def _employer(case: Case, employer: str) -> str:
    """One of the other employers in the team, as it is written there."""
    known = {folded(name): name for name in employers(case.team)}
    if folded(employer) not in known:
        raise Invalid("unknown_choice" if employer else "choose_one", "employer")
    return known[folded(employer)]

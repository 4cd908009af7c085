"""Two records of one person, read as one: what stands in either is in the state of the one that goes on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any, TypeVar

from factboard.domain.events import EndReason, Merged, MergedInto, Recorded
from factboard.domain.people import full_name
from factboard.domain.state.shapes import Client
from factboard.domain.state.sharing import Shared, both
from factboard.domain.state.visiting import KEPT, kept
from factboard.domain.state.written import Same

T = TypeVar("T", date, datetime)


def joined(state: Client, other: Client, fact: Merged, row: Recorded) -> dict[str, Any]:
    """What changes in `state`, as `other` turns out to be the same person. Details are the row's own: what was better
    in the other record was taken over by a correction. What is locked stays locked; what was agreed to show in the
    other record does not hold here: that is asked anew.
    """
    contacts = sorted((*state.contacts, *other.contacts), key=lambda one: (one.happened_at, one.seq))
    visits = tuple(sorted((*state.visits, *other.visits), key=lambda one: one.seq))
    plans = [plan for plan in (state.crisis_plan, other.crisis_plan) if plan]
    left = tuple(one for one in other.actions_left if one.done_by is None)
    stay = replace(state.stay, actions=(*state.stay.actions, *left)) if state.stay else None
    waits = state if state.follow_up or not other.follow_up or state.stay else other
    return {
        "merged": (*state.merged, *other.merged, Same(other.id, state.id, row.seq, row.at, row.actor, fact.reason)),
        "known_as": _names(state, other),
        "stay": stay,
        "actions_left": state.actions_left if stay else (*state.actions_left, *left),
        "past": tuple(sorted((*state.past, *other.past), key=lambda one: (one.ended, one.placement))),
        "contacts": tuple(contacts[-KEPT:]),
        "visits": kept(visits, row),
        "crisis_plan": max(plans, key=lambda plan: plan.on, default=None),
        "admission": state.admission or other.admission,
        "discharged": _newest(state.discharged, other.discharged),
        "legal": (*state.legal, *other.legal),
        "decided": _newest(state.decided, other.decided),
        "discussed": _newest(state.discussed, other.discussed),
        "passed_over": state.passed_over or (other.passed_over if stay else None),
        "moves": replace(state.moves, came=state.moves.came or other.moves.came),
        "planned": state.planned or other.planned,
        "tips": tuple(sorted((*state.tips, *other.tips), key=lambda one: one.seq)),
        "lines": state.lines or other.lines,
        "met_by": {who: _newest(state.met_by.get(who), other.met_by.get(who)) for who in state.met_by | other.met_by},
        "follow_up": waits.follow_up,
        "follow_up_told": waits.follow_up_told,
        "legal_hold": state.legal_hold or other.legal_hold,
        "shared": both(state.shared, other.shared),
        "anchorings": (*state.anchorings, *(one for one in other.anchorings if one.waits)),
    }


def left_for(state: Client, fact: MergedInto, row: Recorded) -> dict[str, Any]:
    """What changes in the record that is not gone on with. A legal hold has gone with the person."""
    return {
        "merged_into": fact.into,
        "enrolled": False,
        "enrolment_end": EndReason.DUPLICATE,
        "ended": row.at,
        "stay": None,
        "follow_up": None,
        "follow_up_told": {},
        "passed_over": None,
        "anchorings": (),
        "tips": (),
        "coming": (),
        "legal_hold": None,
        "shared": Shared(locks=state.shared.locks),  # what was agreed to goes on, or does not, with the person
    }


def _names(state: Client, other: Client) -> tuple[str, ...]:
    """By what other names people know them."""
    names = dict.fromkeys((*state.known_as, *other.known_as, full_name(other.details)))
    return tuple(name for name in names if name != full_name(state.details))


def _newest(one: T | None, other: T | None) -> T | None:
    return max(filter(None, (one, other)), default=None)

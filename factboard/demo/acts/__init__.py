"""What the demo's staff do, each act through the same rules as a person's click.

Every act looks at the client as they are when it comes, and does nothing where it no longer fits.
"""

from __future__ import annotations

from factboard.demo.acts.board import flag_again, give_back, in_error, put_on, recategorise, set_review, take
from factboard.demo.acts.care import end, read, review_crisis_plan
from factboard.demo.acts.hospital import admit, decide_legal, discharge, end_legal, start_legal, stays_longer
from factboard.demo.acts.visits import add_action, contact, cover, plan_visit, someone_goes, tick, visit

__all__ = [
    "add_action",
    "admit",
    "contact",
    "cover",
    "decide_legal",
    "discharge",
    "end",
    "end_legal",
    "flag_again",
    "give_back",
    "in_error",
    "plan_visit",
    "put_on",
    "read",
    "recategorise",
    "review_crisis_plan",
    "set_review",
    "someone_goes",
    "start_legal",
    "stays_longer",
    "take",
    "tick",
    "visit",
]

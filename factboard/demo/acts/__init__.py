"""What the demo's staff do, each act through the same rules as a person's click.

Every act looks at the client as they are when it comes, and does nothing where it no longer fits.
"""

from __future__ import annotations

from factboard.demo.acts.actions import add_action, tick
from factboard.demo.acts.anchoring import answer, ask
from factboard.demo.acts.around import hear, meet_group
from factboard.demo.acts.board import flag_again, in_error, put_on, recategorise, set_review, take
from factboard.demo.acts.care import end, name_substitute, plan_care, plan_reviewed, read, review_crisis_plan
from factboard.demo.acts.hospital import (
    admit,
    decide_legal,
    discharge,
    end_legal,
    lift_legal,
    start_legal,
    stays_longer,
)
from factboard.demo.acts.returning import give_back, keep_on, keeping, put_back, release, tell, told
from factboard.demo.acts.visits import NOON, contact, cover, decide, plan_visit, ring, someone_goes, visit

__all__ = [
    "NOON", "add_action", "admit", "answer", "ask", "contact", "cover", "decide", "decide_legal", "discharge", "end",
    "end_legal", "flag_again", "give_back", "hear", "in_error", "keep_on", "keeping", "lift_legal", "meet_group",
    "name_substitute", "plan_care", "plan_reviewed", "plan_visit", "put_back", "put_on", "read", "recategorise",
    "release", "review_crisis_plan", "ring", "set_review", "someone_goes", "start_legal", "stays_longer", "take",
    "tell", "tick", "told", "visit",
]  # fmt: skip

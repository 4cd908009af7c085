"""Step-down: by evidence, announced in a held meeting, stoppable by anyone, carried out by itself (design 5).

`needs` is what the policy asks, `standing` where a client stands and why, `announcing` and `telling` what people and
meetings do about it, `falling` what the scheduler writes down, `states` the table of states, `preview` what another
policy would do.
"""

from factboard.domain.stepdown.announcing import (
    NOTHING,
    AtClosing,
    Keeping,
    Wishes,
    agree_to_release,
    announce,
    at_closing,
    closes,
    discussed_while_ready,
    keep_on,
    pause,
    release,
    released_by,
)
from factboard.domain.stepdown.falling import Dues, all_of, dues, fall_due, follows, pause_for_clock
from factboard.domain.stepdown.needs import RULE, Finding
from factboard.domain.stepdown.preview import Effect, Preview, preview
from factboard.domain.stepdown.standing import Standing, State, is_ready, return_on, returns_at, standing, turns
from factboard.domain.stepdown.telling import Told, tell

__all__ = [
    "NOTHING", "RULE", "AtClosing", "Dues", "Effect", "Finding", "Keeping", "Preview", "Standing", "State", "Told",
    "Wishes", "agree_to_release", "all_of", "announce", "at_closing", "closes", "discussed_while_ready", "dues",
    "fall_due", "follows", "is_ready", "keep_on", "pause", "pause_for_clock", "preview", "release", "released_by",
    "return_on", "returns_at", "standing", "tell", "turns",
]  # fmt: skip

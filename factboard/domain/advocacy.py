"""Speaking for the client towards others is noted with towards whom, of what, and on whose word."""

from __future__ import annotations

from factboard.domain.case import Case
from factboard.domain.events.contents import Advocacy
from factboard.domain.refusal import Invalid


def check(case: Case, written: Advocacy) -> None:
    """Raises `Invalid` where that is not said: nobody speaks for a client without a mandate."""
    if written.on is None:
        raise Invalid("required", "on")
    if written.on > case.today:
        raise Invalid("in_the_future", "on")
    if not written.towards and written.actor is None:
        raise Invalid("required", "towards")
    if not written.about:
        raise Invalid("required", "about")
    if written.mandate_of is None:
        raise Invalid("choose_one", "mandate_of")

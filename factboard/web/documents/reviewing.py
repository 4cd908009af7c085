"""When a document is looked at again: as it stands, and with what its form begins."""

from __future__ import annotations

from datetime import date

from starlette.requests import Request

from factboard.domain import calendar, crisis_plan
from factboard.domain.documents import next_review
from factboard.domain.events.contents import Kind
from factboard.domain.versions import Version
from factboard.storage.drafts import Fields
from factboard.web.documents.base import This


def head_of(request: Request, this: This, version: Version | None) -> Fields:
    """How it was written and when it is looked at again; the next version is asked anew how it is written."""
    if version is None:
        return [("together", ""), ("review_by", "")]
    settings = request.state.who.here.settings
    today, set_on = calendar.local_day(request.app.state.clock(), settings), calendar.local_day(version.at, settings)
    stood = stands(this, version, today)
    if stood and stood != version.review_by and this.client.crisis_plan:
        set_on = this.client.crisis_plan.on
    day = next_review(stood, set_on, today)
    return [("together", ""), ("review_by", day.isoformat() if day else "")]


def stands(this: This, version: Version, today: date) -> date | None:
    """By when it is looked at again; a crisis plan may have been gone through since it was written."""
    if this.ref.kind is Kind.CRISIS_PLAN and this.newest and version.number == this.newest.number:
        return crisis_plan.standing(this.client, today).review_by
    return version.review_by


def passed(request: Request, this: This) -> date | None:
    """The day that the form begins otherwise than with, because it has passed."""
    today = calendar.local_day(request.app.state.clock(), request.state.who.here.settings)
    day = stands(this, this.newest, today) if this.newest else None
    return day if day and day < today else None

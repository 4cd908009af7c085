"""Which period: as the address carries it, and those that one touch gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from starlette.datastructures import FormData
from starlette.requests import Request

from factboard.domain import calendar
from factboard.domain.placement import EARLIEST
from factboard.domain.statistics import Period
from factboard.web.forms import Day, Form, Typed, parse
from factboard.web.language import N_

DAY = timedelta(days=1)
LONGEST = 3_660 * DAY  # ten years, by the month
AHEAD = 366 * DAY  # a year that has begun may be asked for whole


class Asked(Form):
    """`first` and `last` are local days, both of the period."""

    first: Day | None = None
    last: Day | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """A period to choose with one touch."""

    name: str
    period: Period


@dataclass(frozen=True, slots=True)
class Wish:
    """`period` is None where the address cannot be meant: why stands in `typed`, beside the field."""

    typed: Typed[Asked]
    period: Period | None
    offers: tuple[Offer, ...]

    @property
    def query(self) -> str:
        return query_of(self.period) if self.period else ""


def query_of(period: Period) -> str:
    """What an address says of the period."""
    return f"first={period.first.isoformat()}&last={period.last.isoformat()}"


def asked(request: Request) -> Wish:
    """Read the address; without a period in it, the last three whole months."""
    settings = request.state.who.here.settings
    today = calendar.local_day(request.app.state.clock(), settings)
    offers = _offers(today)
    typed = parse(FormData([*request.query_params.multi_items()]), Asked)
    form, wrong = typed.form, typed.errors
    if form is None:
        return Wish(typed, None, offers)
    usual = offers[1].period
    first, last = form.first, form.last
    if first is None and last is None:
        first, last = usual.first, usual.last
    elif last is None:
        wrong["last"] = "required", {}
    elif first is None:
        wrong["first"] = "required", {}
    for name, day, latest in (("first", first, today), ("last", last, today + AHEAD)):
        if day and not EARLIEST <= day <= latest:
            wrong[name] = "day_out_of_range", {}
    if first is None or last is None or wrong:
        return Wish(typed, None, offers)
    if last < first:
        wrong["last"] = "ends_before_it_begins", {}
    elif last - first > LONGEST:
        wrong["last"] = "period_too_long", {"years": 10}
    typed.values |= {"first": first.isoformat(), "last": last.isoformat()}
    return Wish(typed, None if wrong else Period(first, last + DAY), offers)


def _offers(today: date) -> tuple[Offer, ...]:
    this, year = today.replace(day=1), today.replace(month=1, day=1)
    quarter = _back(this, (today.month - 1) % 3)
    return (
        Offer(N_("Last month"), Period(_back(this, 1), this)),
        Offer(N_("The last three months"), Period(_back(this, 3), this)),
        Offer(N_("This quarter"), Period(quarter, _back(quarter, -3))),
        Offer(N_("Last quarter"), Period(_back(quarter, 3), quarter)),
        Offer(N_("The last twelve months"), Period(_back(this, 12), this)),
        Offer(N_("This year"), Period(year, _back(year, -12))),
        Offer(N_("Last year"), Period(_back(year, 12), year)),
    )


def _back(first: date, months: int) -> date:
    """The first of a month, so many months earlier."""
    count = first.year * 12 + first.month - 1 - months
    return date(count // 12, count % 12 + 1, 1)

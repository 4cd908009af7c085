"""From the facts about a client to their course, one fact at a time; what was undone is left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, time

from factboard.domain import calendar
from factboard.domain import events as e
from factboard.domain.course.shapes import Band, Course, Ended, Kind, Lane, Mark, Span, TimeOnBoard

KEY = (
    e.ClientEnrolled, e.EnrolmentEnded, e.Merged, e.PutOnBoard, e.FlaggedAgain, e.Taken, e.Recategorised, e.ReturnHeld,
    e.ReturnAnnounced, e.AnnouncementWithdrawn, e.ReturnPostponed, e.Returned, e.EnteredInError, e.CrisisPlanReviewed,
)  # fmt: skip
ALARMS = (e.ReviewFellDue, e.UnseenTooLong, e.FlagUntaken, e.FollowUpMissed, e.PlannedContactMissed)
MEETINGS = (e.ClientDiscussed, e.NotDiscussed)


def course(facts: Iterable[e.Recorded], settings: e.Settings) -> Course:
    """The course of one client. `facts` are all that is known of them, in order, in whichever record of theirs;
    `settings` give the team's days.
    """
    known = list(facts)
    undone = {row.fact.seq for row in known if isinstance(row.fact, e.Undone)}
    every: dict[str | None, _Folding] = {}  # by record: of one person there may be several
    for row in known:
        if row.seq not in undone:
            found = every.setdefault(row.client, _Folding(settings))
            if isinstance(row.fact, e.Merged) and (other := every.get(row.fact.other)):
                found.goes_on_with(other)
            found.add(row)
    marks = sorted((one for part in every.values() for one in part.marks), key=lambda one: (one.at, one.row.seq))
    spans = [one for part in every.values() for one in (*part.spans, *part.open.values())]
    spans.sort(key=lambda one: (one.since, one.row.seq))
    times = sorted((one for part in every.values() for one in part.times), key=lambda one: one.since)
    return Course(tuple(times), tuple(spans), tuple(marks), len(undone))


@dataclass
class _Folding:
    """`open` are the spans that go on, by what ends them."""

    settings: e.Settings
    times: list[TimeOnBoard] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    open: dict[str, Span] = field(default_factory=dict)

    def add(self, row: e.Recorded) -> None:
        self._mark(row)
        self._time(row)
        self._span(row)

    def _mark(self, row: e.Recorded) -> None:
        match row.fact:
            case e.Rated(happened_at=at):
                self.marks.append(Mark(Lane.RATINGS, at, row))
            case e.ContactLogged(happened_at=at):
                self.marks.append(Mark(Lane.CONTACTS, at, row))
            case e.ClientDiscussed() | e.NotDiscussed():
                self.marks.append(Mark(Lane.MEETINGS, row.at, row))
            case fact if isinstance(fact, ALARMS):
                self.marks.append(Mark(Lane.ALARMS, fact.due, row))
            case e.PutOnBoard(since=since):
                self.marks.append(Mark(Lane.KEY, since or row.at, row))
            case e.CrisisPlanReviewed(on=on):
                noon = calendar.instant(on, time(12), self.settings)
                self.marks.append(Mark(Lane.KEY, min(noon, row.at), row))
            case fact if isinstance(fact, KEY):
                self.marks.append(Mark(Lane.KEY, row.at, row))

    def goes_on_with(self, other: _Folding) -> None:
        """Another record of the same person: what lasts there lasts here, but for being enrolled in it."""
        taken = {key: span for key, span in other.open.items() if key != Kind.ENROLLED and key not in self.open}
        self.open |= taken
        other.open = {key: span for key, span in other.open.items() if key not in taken}

    # --- the times on the board -------------------------------------------------------------------------

    def _time(self, row: e.Recorded) -> None:
        now = self.times[-1] if self.times and self.times[-1].ended is None else None
        match row.fact:
            case e.PutOnBoard(category=category, since=since) if now is None:
                band = Band(category, since or row.at, None, row)
                self.times.append(TimeOnBoard(row.placement or "", (band,), row))
            case e.Recategorised(category=category) if now:
                bands = (*_closed(now.bands, row.at), Band(category, row.at, None, row))
                self.times[-1] = replace(now, bands=bands)
            case e.Returned() | e.EnteredInError() | e.EnrolmentEnded() if now:
                self.times[-1] = replace(now, bands=_closed(now.bands, row.at), last=row, how=_how(row.fact))
                self._close(Kind.KEPT, row.at)
                self._close(Kind.ANNOUNCED, row.at)

    # --- what lasts beside them -------------------------------------------------------------------------

    def _span(self, row: e.Recorded) -> None:
        match row.fact:
            case e.ClientEnrolled():
                self._open(Kind.ENROLLED, row.at, row)
            case e.EnrolmentEnded() | e.MergedInto():
                self._close(Kind.ENROLLED, row.at)
            case e.ReturnHeld(until=until):
                self._hold(row, calendar.midnight_after(until, self.settings))
            case e.ReturnAnnounced():
                self._close(Kind.KEPT, row.at)
                self._open(Kind.ANNOUNCED, row.at, row)
            case e.AnnouncementWithdrawn():
                self._close(Kind.ANNOUNCED, row.at)
            case e.Admitted(on=on, ward=ward):
                self._open(Kind.ADMITTED, calendar.instant(on, time(0), self.settings), row, name=ward)
            case e.Discharged(on=on):
                self._close(Kind.ADMITTED, calendar.midnight_after(on, self.settings))
            case e.LegalMeasureStarted(measure=measure, name=name, on=on):
                self._open(measure, calendar.instant(on, time(0), self.settings), row, name=name)
            case e.LegalMeasureEnded(measure=measure, on=on):
                self._close(measure, calendar.midnight_after(on, self.settings))

    def _hold(self, row: e.Recorded, until: datetime) -> None:
        """A hold runs out by itself; a new one, an announcement or the end of the time on the board ends it before."""
        before = self.open.get(Kind.KEPT)
        if not before or (before.until and before.until <= row.at):
            self.times[-1:] = [replace(one, holds=one.holds + 1) for one in self.times[-1:]]
        self._open(Kind.KEPT, row.at, row, until=until)

    def _open(
        self, key: str, since: datetime, row: e.Recorded, *, until: datetime | None = None, name: str = ""
    ) -> None:
        self._close(key, since)
        kind = Kind(key) if key in set(Kind) else Kind.LEGAL
        self.open[key] = Span(kind, since, until, row, name)

    def _close(self, key: str, at: datetime) -> None:
        if known := self.open.pop(key, None):
            end = max(known.since, min(at, known.until or at))
            self.spans.append(replace(known, until=end))


def _closed(bands: tuple[Band, ...], at: datetime) -> tuple[Band, ...]:
    return (*bands[:-1], replace(bands[-1], until=max(at, bands[-1].since)))


def _how(fact: e.Fact) -> Ended:
    match fact:
        case e.EnteredInError():
            return Ended.IN_ERROR
        case e.EnrolmentEnded():
            return Ended.ENROLMENT
        case e.Returned(due=datetime()):
            return Ended.BY_ITSELF
        case e.Returned(agreed_with=str()):
            return Ended.DECLINED
    return Ended.BY_HAND

"""A course put into words for its picture: what each mark is called, what it says, which sign it has."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from babel.dates import format_date

from factboard.domain import calendar
from factboard.domain import events as e
from factboard.domain.course import Course, Kind, Lane, Mark, Span, TimeOnBoard
from factboard.domain.state import Team
from factboard.domain.state.ratings import EVIDENCE
from factboard.web.language import N_, catalogue
from factboard.web.story.picture import Bar, Given, Point, Tick
from factboard.web.times import Times
from factboard.web.words import Words

LEVELS = (e.Rating.WORSE, e.Rating.UNCHANGED, e.Rating.BETTER, e.Rating.USUAL)  # from the lowest
FROM_AFAR = (e.ContactKind.PHONE, e.ContactKind.VIDEO)
BEGIN, TURN, ALSO = range(3)  # who gets room for a label first

LABELS: dict[type[e.Fact], tuple[str, str, int]] = {  # what is written beside a mark, its sign, and its rank
    e.ClientEnrolled: (N_("enrolled"), "i-plus", TURN),
    e.EnrolmentEnded: (N_("enrolment ended"), "i-close", BEGIN),
    e.Merged: (N_("two records merged"), "i-person", ALSO),
    e.PutOnBoard: (N_("put on the board"), "i-flag", BEGIN),
    e.FlaggedAgain: (N_("new worry"), "i-flag", BEGIN),
    e.Taken: (N_("taken by %(name)s"), "i-person", ALSO),
    e.ReturnHeld: (N_("kept on the board"), "i-pause", ALSO),
    e.ReturnAnnounced: (N_("return planned"), "i-forward", ALSO),
    e.AnnouncementWithdrawn: (N_("return called off"), "i-close", TURN),
    e.ReturnPostponed: (N_("return put off"), "i-clock", TURN),
    e.Returned: (N_("back to planned care"), "i-home", BEGIN),
    e.EnteredInError: (N_("entered in error"), "i-close", BEGIN),
    e.CrisisPlanReviewed: (N_("crisis plan reviewed"), "i-plan", ALSO),
}
LANES = {
    "board": N_("on the board"),
    "way": N_("the way back"),
    "admitted": N_("admitted"),
    "legal": N_("legal measure"),
    "ratings": N_("ratings"),
    "contacts": N_("contacts"),
    "meetings": N_("at meetings"),
    "alarms": N_("overdue"),
    "now": N_("today"),
}
A_WEEK = {"contacts": N_("contacts a week")}
TURNS = ("i-plus", "i-flag", "i-home", "i-pause", "i-close")  # the signs that are seen from afar
BARS = {Kind.KEPT: "way", Kind.ANNOUNCED: "way", Kind.ADMITTED: "admitted", Kind.LEGAL: "legal"}
SPANS = {Kind.KEPT: N_("kept on"), Kind.ANNOUNCED: N_("return planned")}
UNTIL = N_("%(what)s, %(since)s – %(until)s")
ON = N_("%(what)s, from %(since)s on")


@dataclass(frozen=True, slots=True)
class Drawn:
    """Puts a course into what a picture is drawn from, for one reader; `tell` gives a fact's sentence.

    `kept`: the picture is kept in a file, whose reader's today is another day.
    """

    tell: Callable[[e.Recorded], str]
    team: Team
    words: Words
    now: datetime
    kept: bool = False

    def given(self, course: Course, first: date, last: date, *, closely: bool) -> Given:
        """What is to be seen of it from the first of these days to the last."""
        since = calendar.instant(first, datetime.min.time(), self.team.settings)
        until = min(self.now, calendar.midnight_after(last, self.team.settings))
        seen = course.between(since, until)
        after = last + timedelta(days=40)  # a line is drawn to its end
        days = _each(first - timedelta(days=6), after)
        return Given(
            first.toordinal(),
            last.toordinal(),
            points=tuple(self._points(seen, closely)),
            bars=tuple(self._bars(seen, until, closely)),
            ticks=tuple((self._days if closely else self._months)(first, after)),
            names=tuple(
                (lane, self._read(name))
                for lane, name in (LANES if closely else LANES | A_WEEK).items()
                if not (self.kept and lane == "now")
            ),
            levels=tuple((level.value, self.words.term(level)) for level in LEVELS),
            off=frozenset(day.toordinal() for day in days if not calendar.is_working_day(day, self.team.settings)),
            now=self._at(self.now),
        )

    # --- moments ------------------------------------------------------------------------------------------

    def _points(self, course: Course, closely: bool) -> Iterator[Point]:
        places = {one.placement: place for place, one in enumerate(course.times, 1)}
        for mark in course.marks:
            if isinstance(mark.row.fact, e.Recategorised):
                continue  # the bands say it
            point = self._point(mark, places.get(mark.row.placement or "", 0))
            if closely or (mark.lane is Lane.KEY and point.sign in TURNS):
                yield replace(point, seq=mark.row.seq, title=self._title(mark))
            elif mark.lane in (Lane.RATINGS, Lane.CONTACTS):
                yield point  # too small to be touched

    def _point(self, mark: Mark, place: int) -> Point:
        fact, lane = mark.row.fact, mark.lane.value
        kind, sign, label, level, rank = fact.kind, "i-alert", "", 0, place
        match fact:
            case e.Rated(rating=rating, basis=basis):
                kind, level = rating.value, LEVELS.index(rating) + 1 if rating in LEVELS else 0
                sign = "s-circle" if basis in EVIDENCE else "s-ring"
                sign = sign if level else "i-question"
            case e.ContactLogged(contact=e.ContactKind.TRIED):
                kind, sign = "tried", "i-close"
            case e.ContactLogged(contact=contact):
                kind, sign = "contact", "s-ring" if contact in FROM_AFAR else "s-circle"
            case e.ClientDiscussed():
                sign = "s-diamond"
            case e.NotDiscussed():
                sign = "i-diamond"
            case _ if type(fact) in LABELS:
                text, sign, rank = LABELS[type(fact)]
                label = self._read(text) % {"name": self.words.colleague(self.team, mark.row.actor)}
        return Point(lane, kind, self._at(mark.at), None, sign, label, "", level, rank)

    def _title(self, mark: Mark) -> str:
        times = Times(self.words.language, self.team.settings.time_zone)
        return f"{times.full_day(mark.at)} {times.clock(mark.at)}. {self.tell(mark.row)}"

    # --- what lasts ---------------------------------------------------------------------------------------

    def _bars(self, course: Course, until: datetime, closely: bool) -> Iterator[Bar]:
        for one in course.times:
            yield from self._time(one, until, closely)
        for span in course.spans:
            if span.kind in BARS and (closely or span.kind in (Kind.ADMITTED, Kind.LEGAL)):
                yield self._span(span, until)

    def _time(self, time: TimeOnBoard, until: datetime, closely: bool) -> Iterator[Bar]:
        days = calendar.days_between(time.since, time.ended or until, self.team.settings)
        counted = Times(self.words.language, self.team.settings.time_zone).days_count(max(days, 1))
        for band in time.bands:
            known = self.team.categories.get(band.category) or e.Category(band.category)
            name = self.words.category(known)
            yield Bar(
                "board",
                "in_error" if time.in_error else "band",
                self._at(band.since),
                self._at(band.until or until),
                band.row.seq,
                label=name if closely else counted if band is time.bands[0] else "",
                title=self._lasted(name, band.since, band.until),
                colour=known.colour,
                sign=f"s-{known.shape}",
                goes_on=band.until is None,
                href="" if closely else f"/history/stays/{time.placement}",
            )

    def _span(self, span: Span, until: datetime) -> Bar:
        name = span.name or self._read(SPANS[span.kind])
        end = span.until or until
        return Bar(
            BARS[span.kind],
            span.kind.value,
            self._at(span.since),
            self._at(min(end, until)),
            span.row.seq,
            label=name,
            title=self._lasted(name, span.since, span.until),
            goes_on=span.until is None,
        )

    def _lasted(self, what: str, since: datetime, until: datetime | None) -> str:
        times = Times(self.words.language, self.team.settings.time_zone)
        said = {"what": what, "since": times.full_day(since), "until": times.full_day(until) if until else ""}
        return self._read(UNTIL if until else ON) % said

    # --- when ---------------------------------------------------------------------------------------------

    def _days(self, first: date, last: date) -> Iterator[Tick]:
        """Months, and the Mondays in them."""
        for day in _each(first.replace(day=1), last):
            if day.day == 1:
                yield Tick(day.toordinal(), self._month(day, "MMMM y"), strong=True)
            if day.weekday() == 0:
                yield Tick(day.toordinal(), f"{day.day}")

    def _months(self, first: date, last: date) -> Iterator[Tick]:
        """Years, and the months in them."""
        for day in _each(first.replace(month=1, day=1), last):
            if day.day == 1:
                if day.month == 1:
                    yield Tick(day.toordinal(), f"{day.year}", strong=True)
                yield Tick(day.toordinal(), self._month(day, "MMM"))

    def _month(self, day: date, pattern: str) -> str:
        times = Times(self.words.language, self.team.settings.time_zone)
        return format_date(day, pattern, locale=times.locale).replace(".", "")

    def _at(self, at: datetime) -> float:
        """The instant as a number of local days and part of one."""
        local = at.astimezone(Times(self.words.language, self.team.settings.time_zone).zone)
        return local.toordinal() + (local.hour * 60 + local.minute) / 1440

    def _read(self, sentence: str) -> str:
        return catalogue(self.words.language).gettext(sentence) if sentence else ""


def _each(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]

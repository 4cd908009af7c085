"""Values in words: rounded here and nowhere before, in the reader's language and the team's own words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from factboard.domain import calendar
from factboard.domain.events import Informed, Source
from factboard.domain.state import Team
from factboard.domain.statistics import DEFINITIONS, Distribution, Figure, Head, Key, Kind, Number, Period, Table, Unit
from factboard.domain.statistics.episodes import Ending
from factboard.domain.statistics.period import WEEKLY
from factboard.web.statistics import terms
from factboard.web.times import LOCALES
from factboard.web.words import initial, words_for
from factboard.web.words.saying import Saying

NOTHING = "–"
OF_DAYS = (Key.CASELOAD_SHARE, Key.OVERDUE_TIME)  # shares of days, not of people
HOUR, DAY, TWO_DAYS = 60, 24 * 60, 48 * 60  # minutes: up to how long a wait is told in minutes, and in hours


@dataclass(frozen=True, slots=True)
class Numbers(Saying):
    """What a value of a figure is in words."""

    @classmethod
    def of(cls, language: str, team: Team) -> Numbers:
        return cls(words_for(team.settings, language), team)

    @property
    def locale(self) -> str:
        return LOCALES[self.words.language]

    def name(self, key: Key) -> str:
        return self.gettext(terms.FIGURES[key].name)

    def plain(self, value: Fraction | float, places: int = 0) -> str:
        """A number with at most so many places; whole numbers have none."""
        return format_decimal(rounded(Fraction(value), places), locale=self.locale, format=f"#,##0.{'#' * places}")

    def value(self, value: Fraction | None, unit: Unit) -> str:
        """ "12", "23.5 %", "14 days", "3.5 h", "1.42 a week"."""
        if value is None:
            return NOTHING
        match unit:
            case Unit.SHARE:
                return format_percent(rounded(value, 3), locale=self.locale, format="#,##0.0 %")
            case Unit.DAYS:
                return self.ngettext(
                    "%(num)s day", "%(num)s days", 1 if rounded(value, 1) == 1 else 2, num=self.plain(value, 1)
                )
            case Unit.MINUTES:
                return self._wait(value)
            case Unit.HOURS:
                return self._wait(value * 60)
            case Unit.A_WEEK:
                return self.gettext("%(number)s a week", number=self.plain(value, 2))
            case Unit.DAYS_A_WEEK:
                many, said = 1 if rounded(value, 2) == 1 else 2, self.plain(value, 2)
                return self.ngettext("%(num)s day a week", "%(num)s days a week", many, num=said)
            case Unit.CLIENTS_A_STAFF:
                return self.gettext("%(number)s for each post", number=self.plain(value, 1))
            case _:
                return self.plain(value)

    def short(self, figure: Figure) -> str:
        """The figure as one value: a distribution by its median."""
        unit = DEFINITIONS[figure.key].unit
        if isinstance(figure.value, Number):
            return self.value(figure.value.value, unit)
        if isinstance(figure.value, Distribution):
            return self.value(figure.value.median, unit)
        return ""

    def beside(self, figure: Figure) -> list[str]:
        """What stands in small letters under the value: of what it is a part, how it is spread, what was left out."""
        said, unit = list[str](), DEFINITIONS[figure.key].unit
        if figure.too_short:
            said.append(self.gettext("history too short"))
        match figure.value:
            case Number(value, part, whole) if value is not None and part is not None and whole is not None:
                said.append(self._ratio(figure.key, part, whole))
            case Distribution(many=many) as spread if many and spread.median is not None:
                low, high = self._ends(spread.lower, spread.upper, unit)
                said.append(self.gettext("the median; half of them between %(low)s and %(high)s", low=low, high=high))
                if spread.tail is not None:
                    said.append(self.gettext("one in ten longer than %(tail)s", tail=self.value(spread.tail, unit)))
                if spread.longest is not None:
                    said.append(self.gettext("the longest %(longest)s", longest=self.value(spread.longest, unit)))
                said.append(self.gettext("of %(many)s", many=self.plain(many)))
        if figure.missed:
            said.append(self.ngettext("%(num)s never came", "%(num)s never came", figure.missed))
        if figure.left_open:
            said.append(self.ngettext("%(num)s not over yet", "%(num)s not over yet", figure.left_open))
        if hides(figure):
            said.append(self.gettext("small numbers hidden"))
        return said

    def _ratio(self, key: Key, part: Fraction, whole: Fraction) -> str:
        said, unit = {"part": self.plain(part, 1), "whole": self.plain(whole, 1)}, DEFINITIONS[key].unit
        if key in OF_DAYS:
            return self.gettext("%(part)s of %(whole)s days", **said)
        if unit in (Unit.A_WEEK, Unit.DAYS_A_WEEK):
            return self.gettext("%(part)s in %(whole)s weeks", **said)
        if unit is Unit.CLIENTS_A_STAFF:
            return self.gettext("%(part)s for %(whole)s posts", **said)
        return self.gettext("%(part)s of %(whole)s", **said)

    def cell(self, value: Fraction | None, column: Head, unit: Unit) -> str:
        """A cell of a table: a count in all columns but those that say how long."""
        if column in (Head.MEDIAN, Head.LOWER, Head.UPPER, Head.LONGEST):
            return self.value(value, unit)
        return NOTHING if value is None else self.plain(value, 1)

    def head(self, head: Head) -> str:
        return self.gettext(terms.HEADS[head])

    def line(self, key: str, head: Head, period: Period) -> str:
        """What a line of a table is about."""
        match head:
            case Head.SPAN:
                monthly = period.end - period.first > WEEKLY
                return self.span(date.fromisoformat(key), "MMM y" if monthly else "d MMM")
            case Head.CATEGORY:
                category = self.team.categories.get(key)
                return self.words.category(category) if category else key
            case Head.SOURCE:
                return initial(self.words.term(Source(key)))
            case Head.INFORMED:
                return initial(self.words.term(Informed(key)))
            case Head.ENDING:
                return self.gettext(terms.ENDINGS[Ending(key)])
            case Head.TIMES:
                return self.gettext(terms.TIMES[int(key)])
            case Head.REASON:
                return key or self.gettext("In the person's own words")
            case Head.WARNING_SIGN:
                return key or self.gettext("Another sign")
        return key

    def span(self, first: date, pattern: str) -> str:
        """A week by its first day, "3 Aug"; a month, "Aug 2026"."""
        return format_date(first, pattern, locale=self.locale).replace(".", "")

    def period(self, period: Period) -> str:
        """ "1 Aug – 31 Oct 2026", both days in it."""
        same = period.first.year == period.last.year
        first = format_date(period.first, "d MMM" if same else "d MMM y", locale=self.locale)
        last = format_date(period.last, "d MMM y", locale=self.locale)
        return f"{first} – {last}".replace(".", "")

    def began(self, period: Period) -> str:
        """ "the history began 25 May 2026", of a period that begins before it; else nothing."""
        if self.team.began is None:
            return ""
        began = calendar.local_day(self.team.began, self.team.settings)
        if began <= period.first:
            return ""
        day = format_date(began, "d MMM y", locale=self.locale).replace(".", "")
        return self.gettext("the history began %(day)s", day=day)

    def kind(self, kind: Kind) -> str:
        return self.gettext(terms.KINDS[kind])

    def _ends(self, low: Fraction | None, high: Fraction | None, unit: Unit) -> tuple[str, str]:
        """Two ends in one unit: that of the upper, or one step finer where the lower would come to little in it."""
        minutes = {Unit.HOURS: 60, Unit.MINUTES: 1}.get(unit)
        if minutes is None or low is None or high is None:
            return self.value(low, unit), self.value(high, unit)
        low, high = low * minutes, high * minutes
        if low < HOUR and high < 5 * HOUR:
            like = Fraction(0)
        else:
            like = Fraction(HOUR) if low < DAY and high < 7 * DAY else high
        return self._wait(low, like), self._wait(high, like)

    def _wait(self, minutes: Fraction, like: Fraction | None = None) -> str:
        """In the unit that tells it best, or that tells `like` so."""
        like = minutes if like is None else like
        if like < HOUR:
            return self.gettext("%(number)s min", number=self.plain(minutes))
        if like < TWO_DAYS:
            return self.gettext("%(number)s h", number=self.plain(minutes / 60, 1))
        return self.value(minutes / 60 / 24, Unit.DAYS)


def hides(figure: Figure) -> bool:
    """Was a number taken out of it? A figure that may leave the team need not have had a small one."""
    match figure.value:
        case Number(value, part):
            return figure.masked and value is None and part is None
        case Distribution(longest=longest):
            return figure.masked and longest is None
        case Table(lines=lines):
            return figure.masked and any(cell is None for line in lines for cell in line.cells)


def rounded(value: Fraction, places: int) -> float:
    """Half is rounded up, as people do it by hand; not the even one, as Python does."""
    scaled = value * 10**places
    whole = (scaled + Fraction(1, 2)).__floor__()
    return float(Fraction(whole, 10**places))

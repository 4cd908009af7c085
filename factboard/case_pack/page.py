"""A case told to an investigator who has never seen factboard, and its tables: in the words of the team's own pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from markupsafe import Markup

from factboard import __version__
from factboard.assets import asset_dir
from factboard.case_pack.gathering import Case
from factboard.domain import calendar
from factboard.domain import events as e
from factboard.domain.access import Look
from factboard.domain.access import Row as Seen
from factboard.domain.chain import Row
from factboard.domain.course import course
from factboard.domain.investigation import met
from factboard.domain.people import SYSTEM
from factboard.domain.stepdown import RULE
from factboard.exporting import Lines
from factboard.signing import fingerprint
from factboard.storage.codec import instant_from_text, instant_to_text, readable
from factboard.web.access_log.said import Said
from factboard.web.language import N_, catalogue
from factboard.web.pages import render
from factboard.web.story.picture import Picture, draw
from factboard.web.story.saying import Drawn
from factboard.web.story.telling import WIDTHS
from factboard.web.times import Times
from factboard.web.words import words_for

FIRST = N_("1-read-this-first.html")  # letters, digits, hyphens: a file's name on any machine
STYLES = ("tokens.css", "story.css", "case_pack.css")
CLOSELY = timedelta(days=92)  # a quarter is drawn day by day
MOST_VIEWS = 4  # named beside a person who has looked

LOOKS = (N_("Day"), N_("Time"), N_("Who"), N_("Profession, employer"), N_("What was done"), N_("UTC"), N_("Account"))
DOWN = (N_("From"), N_("To"), N_("Minutes"), N_("UTC, from"), N_("UTC, to"))


@dataclass(frozen=True, slots=True)
class Told:
    """A fact as the page says it."""

    seq: int
    at: datetime
    sentence: str
    by_itself: bool
    undone: bool = False


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who has looked: how often, from when to when, at what most."""

    person: str
    office: str
    times: int
    first: datetime
    last: datetime
    views: str


class Telling:
    """Tells one case in one language."""

    def __init__(self, case: Case, lines: Lines) -> None:
        self.case, self.language, self._lines = case, lines.language, lines
        self._read = catalogue(lines.language).gettext
        self._words = words_for(case.team.settings, lines.language)
        self._said = Said(lines.language, case.team)
        self._times = Times(lines.language, case.team.settings.time_zone)

    @property
    def first(self) -> str:
        """The name of the part to open first."""
        return self._read(FIRST)

    def page(self, public: str) -> str:
        """The page, with all that it needs in it."""
        case = self.case
        style = "".join((asset_dir("static") / name).read_text() for name in STYLES)
        facts = self._told(case.facts)
        return render(
            "case_pack/file.html",
            self.language,
            team=case.team,
            case=case,
            style=Markup(style),
            title=case.teller.client(case.client.id),
            days=self._by_day(facts),
            facts=facts,
            drawn=self._picture(),
            rules=self._told(case.rules),
            meetings=met(readable(case.meetings), readable(case.facts)),
            readers=self._readers(),
            down=[(since, until, _minutes(until - since)) for since, until in case.down],
            agreed_on=instant_from_text(case.found.agreed.at) if case.found.agreed else None,
            fingerprint=fingerprint(public),
            software=__version__,
            rule=RULE,
            first=self.first,
        )

    def facts(self, rows: Sequence[Row]) -> Iterator[Sequence[int | str]]:
        yield self._lines.header()
        for row in rows:
            yield self._lines.line(self.case.teller, row).cells()

    def looks(self) -> Iterator[Sequence[int | str]]:
        yield [self._read(head) for head in LOOKS]
        for look in self.case.looks:
            day, clock = self._local(look.at)
            who, office = self._said.person(look.actor), self._said.office(look.actor)
            yield day, clock, who, office, self._done(look), instant_to_text(look.at), look.actor

    def down(self) -> Iterator[Sequence[int | str]]:
        yield [self._read(head) for head in DOWN]
        for since, until in self.case.down:
            local = [" ".join(self._local(at)) for at in (since, until)]
            yield *local, _minutes(until - since), instant_to_text(since), instant_to_text(until)

    def _told(self, rows: Sequence[Row]) -> list[Told]:
        undone = {row.fact.seq for row in readable(rows) if isinstance(row.fact, e.Undone)}
        tell = self.case.teller.tell_row
        return [
            Told(row.seq, instant_from_text(row.at), tell(row), row.actor == SYSTEM, row.seq in undone) for row in rows
        ]

    def _picture(self) -> list[tuple[str, Picture]]:
        """The client's course in the period, as their story's page draws it: day by day, or a longer time from afar."""
        case, team = self.case, self.case.team
        drawn = Drawn(case.teller.tell, team, self._words, min(case.made, case.wish.until), kept=True)
        closely = case.wish.last - case.wish.first <= CLOSELY
        given = drawn.given(course(case.story, team.settings), case.wish.first, case.wish.last, closely=closely)
        return [(name, draw(given, width, closely=closely)) for name, width in WIDTHS.items()]

    def _by_day(self, facts: Iterable[Told]) -> list[tuple[date, list[Told]]]:
        settings = self.case.team.settings
        return [(day, list(of)) for day, of in groupby(facts, key=lambda one: calendar.local_day(one.at, settings))]

    def _readers(self) -> list[Reader]:
        """Everybody who has looked, whoever looked most first."""
        of: dict[str, list[Seen]] = {}
        for look in self.case.looks:
            of.setdefault(look.actor, []).append(look)
        found = []
        for actor, looks in of.items():
            views = Counter(self._said.view(one.view) for one in looks).most_common(MOST_VIEWS)
            named = ", ".join(view for view, _ in views)
            person, office = self._said.person(actor), self._said.office(actor)
            found.append(Reader(person, office, len(looks), looks[0].at, looks[-1].at, named))
        return sorted(found, key=lambda one: (-one.times, one.person))

    def _done(self, row: Seen) -> str:
        return self._said.done(Look(row.id, row.at, row.actor, row.action, row.view))

    def _local(self, at: datetime) -> tuple[str, str]:
        local = at.astimezone(self._times.zone)
        return local.date().isoformat(), local.time().isoformat(timespec="seconds")


def _minutes(time: timedelta) -> int:
    return max(1, round(time.total_seconds() / 60))

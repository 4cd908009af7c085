"""What there is to choose from where the history is asked, and what was chosen, in the reader's words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request

from factboard.domain.people import COMMAND_LINE, SYSTEM
from factboard.storage import projections
from factboard.storage.projections import MeetingTime
from factboard.web.asking.asked import By, Wish
from factboard.web.language import N_, catalogue, in_order
from factboard.web.sentences import Teller
from factboard.web.times import Times
from factboard.web.words import initial, words_for
from factboard.web.words.kinds import GROUPS

Options = Sequence[tuple[str, str]]
Grouped = Sequence[tuple[str, Options]]

FIELDS = {
    "words": N_("Words"),
    "first": N_("From"),
    "last": N_("To"),
    "client": "%(client)s",
    "person": N_("Who did it"),
    "kind": N_("What"),
    "category": N_("Category"),
    "by": N_("How it came about"),
    "meeting": N_("Meeting"),
}
BY = {By.HAND: N_("By hand"), By.ITSELF: N_("By itself")}
ALL_OF = N_("All of this: %(group)s")


@dataclass(frozen=True, slots=True)
class Offered:
    """Each as (value, words), some of them in groups with a heading."""

    people: Grouped
    kinds: Grouped
    categories: Options
    by: Options
    meetings: Options
    names: Mapping[str, str]  # what each field is called

    @classmethod
    async def to(cls, request: Request, connection: AsyncConnection, wish: Wish) -> Self:
        """What this reader may choose; the meetings are the newest ones of the period asked for."""
        team, language = request.state.who.here, request.state.language
        read, said = catalogue(language).gettext, words_for(team.settings, language)
        asked, chosen = wish.filter, wish.asked.get("meeting")
        period = (asked.since, asked.until) if asked else (None, None)
        met = await projections.meeting_times(connection, team.id, since=period[0], until=period[1])
        if asked and chosen and chosen not in {one.id for one in met}:
            met += await projections.meeting_times(connection, team.id, only=chosen)
        times = Times(language, team.settings.time_zone)

        def people(left: bool) -> Options:
            members = [(one.user, one.name) for one in team.members.values() if one.left is left]
            return sorted(members, key=lambda one: in_order(one[1], language))

        acting = [(one, initial(said.person(team, one))) for one in (SYSTEM, COMMAND_LINE)]
        return cls(
            people=[
                (read(N_("In the team")), people(left=False)),
                (read(N_("No longer in the team")), people(left=True)),
                (read(N_("Others")), acting),
            ],
            kinds=[
                (
                    read(group.name),
                    [
                        (code, read(ALL_OF) % {"group": read(group.name)}),
                        *((kind, read(name)) for kind, name in group.named.items()),
                    ],
                )
                for code, group in GROUPS.items()
            ],
            categories=[
                (one.code, initial(said.category(one)))
                for one in sorted(team.categories.values(), key=lambda one: one.order)
            ],
            by=[(one.value, read(name)) for one, name in BY.items()],
            meetings=[(one.id, _meeting(one, times)) for one in met],
            names={field: initial(read(name) % said.of_the_team()) for field, name in FIELDS.items()},
        )

    def chosen(self, wish: Wish, teller: Teller) -> list[tuple[str, str]]:
        """What is asked for, as (field, words); a day as the team reads it."""
        if wish.filter is None:
            return []
        times = Times(teller.language, teller.team.settings.time_zone) if teller.team else None
        options = {
            "person": dict(pair for _, pairs in self.people for pair in pairs),
            "kind": dict(pair for _, pairs in self.kinds for pair in pairs),
            "category": dict(self.categories),
            "by": dict(self.by),
            "meeting": dict(self.meetings),
        }
        found = []
        for field, value in wish.asked.items():
            if field in ("first", "last") and times:
                said = times.full_day(date.fromisoformat(value))
            elif field == "client" and wish.client:
                said = teller.client(wish.client.id)
            else:
                said = options.get(field, {}).get(value, value)
            found.append((field, said))
        return found


def _meeting(one: MeetingTime, times: Times) -> str:
    return f"{times.full_day(one.opened)} {times.clock(one.opened)}"

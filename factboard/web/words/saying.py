"""What sentences about a client's way are put together with: numbers, days, people's names, the team's own words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from factboard.domain.state import Team
from factboard.web.language import catalogue
from factboard.web.times import Times

if TYPE_CHECKING:
    from factboard.web.words import Words

NAMED = 3  # people named; whoever comes after them is "somebody else"


@dataclass(frozen=True, slots=True)
class Saying:
    """One language, and one team."""

    words: Words
    team: Team

    def gettext(self, sentence: str, **said: object) -> str:
        return catalogue(self.words.language).gettext(sentence) % (self.words.of_the_team() | said)

    def ngettext(self, one: str, many: str, number: int, **said: object) -> str:
        chosen = catalogue(self.words.language).ngettext(one, many, number)
        return chosen % (self.words.of_the_team() | {"num": number} | said)

    def day(self, day: date) -> str:
        return Times(self.words.language, self.team.settings.time_zone).day(day)

    def people(self, users: Sequence[str]) -> str:
        """ "Anna, Lars", all of them."""
        return ", ".join(self.words.colleague(self.team, user) for user in users)

    def one_of(self, users: Sequence[str]) -> str:
        """ "Lars", "Lars or Elin", "Lars, Fatima, Elin or somebody else in the team"."""
        names = [self.words.colleague(self.team, user) for user in users[:NAMED]]
        if len(users) > NAMED:
            names.append(self.gettext("somebody else in the team"))
        if len(names) < 2:
            return "".join(names)
        return self.gettext("%(names)s or %(last)s", names=", ".join(names[:-1]), last=names[-1])

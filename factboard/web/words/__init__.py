"""The words of the screens: what each term of the domain is called, in a reader's language and a team's own words.

`words_for(settings, language)` gives one `Words`; templates know it as `words`. The tables stand in `terms`,
the sentences for "no" in `refusals`, a client's way back to planned care in `stepdown` and `findings`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from babel.dates import get_day_names

from factboard.domain import planned_care
from factboard.domain.events import Audience, CareModel, Category, Informed, PlanVersion, Settings, Source
from factboard.domain.events.contents import Kind
from factboard.domain.events.contents.words import Weekday
from factboard.domain.louder import LESS, Alarm
from factboard.domain.refusal import Refused
from factboard.domain.state import Action, Client, Team
from factboard.domain.stepdown import Finding, Standing
from factboard.web.language import N_, catalogue
from factboard.web.times import LOCALES
from factboard.web.words import terms
from factboard.web.words.done import DONE
from factboard.web.words.findings import Findings
from factboard.web.words.refusals import REFUSALS, UNNAMED
from factboard.web.words.stepdown import StepDown
from factboard.web.words.terms import Forms

PLAN_VERSION = N_("%(plan)s, version %(number)s")


@dataclass(frozen=True, slots=True)
class Words:
    """Every term in one language, with one team's word for the client and for the case manager."""

    language: str
    client: Forms
    case_manager: Forms

    def term(self, value: str) -> str:
        """What a rating, basis, contact, source, reason, role or answer is called: `words.term(rating.basis)`."""
        if value is Source.CLIENT:
            return self.client.the
        if value is Audience.CASE_MANAGER:
            return self.case_manager.the
        return self._read(terms.TERMS[type(value)][value]) % self.of_the_team()

    def weekdays(self, days: Iterable[Weekday | int]) -> str:
        """ "Tuesday, Thursday"; Monday is 0."""
        names = get_day_names("wide", locale=LOCALES[self.language])
        return ", ".join(names[day] for day in sorted(map(int, days)))

    def category(self, category: Category) -> str:
        """A category's name: the team's own, else the standard word for its code, else the code."""
        standard = terms.CATEGORIES.get(category.code)
        return category.name or (self._read(standard) % self.of_the_team() if standard else category.code)

    def action(self, action: Action) -> str:
        """What is to be done: as somebody wrote it, or what came by itself."""
        return initial(self.term(action.task)) if action.task else action.text

    def part(self, part: str) -> str:
        """A part of what is known of a client, as consent and locks name it."""
        if part in set(Kind):
            return self.term(Kind(part))
        return self._read(terms.PARTS.get(part, part)) % self.of_the_team()

    def plan_version(self, plan: PlanVersion) -> str:
        """ "care plan, version 3" """
        return self._read(PLAN_VERSION) % {"plan": self.term(plan.document), "number": plan.number}

    def in_force(self, client: Client) -> str:
        """Which plans are in force for a client; nothing for who has none."""
        return "; ".join(map(self.plan_version, planned_care.in_force(client)))

    def care_model(self, model: CareModel) -> str:
        """A model of case management: the team's own name, else the standard one for its code, else the code."""
        standard = terms.MODELS.get(model.code)
        return model.name or (self._read(standard) if standard else model.code)

    def means(self, model: CareModel) -> str:
        """What a model is, in a sentence."""
        return initial(self._read(terms.MEANS.get(model.code, terms.OWN_SOURCE)) % self.of_the_team())

    def source(self, model: CareModel) -> str:
        """Where a model's standard numbers come from."""
        return self._read(terms.SOURCES.get(model.code, terms.OWN_SOURCE))

    def colour(self, code: str) -> str:
        return self._read(terms.COLOURS[code])

    def shape(self, code: str) -> str:
        return self._read(terms.SHAPES[code])

    def refusal(self, refused: Refused, team: Team | None = None) -> str:
        """Why a rule said no; `team` gives a name to "who was first"."""
        return self._because(refused.key, refused.params, team)

    def problem(self, key: str) -> str:
        """The sentence for a refusal of which only the key is known."""
        return self._because(key, {}, None)

    def errors(self, found: Mapping[str, tuple[str, Mapping[str, Any]]]) -> dict[str, str]:
        """A form's mistakes as sentences: field -> why (`Typed.errors`)."""
        return {field: self._because(key, params, None) for field, (key, params) in found.items()}

    def person(self, team: Team, user: str) -> str:
        """A person's name in this team; those who have left keep theirs, and the system has its own."""
        if user in team.members:
            return team.members[user].name
        return self._read(terms.ACTORS[user]) if user in terms.ACTORS else user

    def colleague(self, team: Team, user: str) -> str:
        """A person as the team calls them: by first name, where no colleague shares it."""
        name = self.person(team, user)
        first = name.split()[0]
        shared = sum(member.name.split()[0] == first for member in team.members.values() if member.name)
        return first if shared == 1 else name

    def state(self, standing: Standing) -> str:
        """Where a client stands: "ready to return", "kept on the board"."""
        return self.term(standing.state)

    def missing(self, standing: Standing, team: Team) -> list[str]:
        """What is not so yet, in short: "stable 5 of 7 days", "crisis plan not reviewed"."""
        return StepDown(self, team).missing(standing)

    def on_card(self, standing: Standing, team: Team) -> list[tuple[str, bool]]:
        """What is not so yet, in short, each with whether it is the next to mend."""
        return StepDown(self, team).on_card(standing)

    def next_step(self, standing: Standing, team: Team) -> str:
        """The next useful act and who could do it; nothing where nothing is missing."""
        return StepDown(self, team).next_step(standing)

    def finding(self, finding: Finding, team: Team) -> tuple[str, str]:
        """One row of all that the rule asks: what is asked, and how it stands."""
        said = Findings(self, team)
        return said.asked(finding), said.stands(finding)

    def alarm(self, alarm: Alarm) -> str:
        """What has gone on for too long; for twice as long it says so."""
        return self.term(LESS.get(alarm.step, alarm.step) if alarm.lead else alarm.step)

    def done(self, kind: str, whom: str = "") -> str:
        """What has just been done, as the receipt says it: "Contact saved.", "Stina Exempel: contact saved."."""
        said = self._read(DONE[kind]) % self.of_the_team()
        return f"{whom}: {said[:1].lower()}{said[1:]}" if whom else said

    def informed(self, value: Informed) -> str:
        """Whether the client knows of being on the board: "patient informed"."""
        if value is Informed.UNKNOWN:
            return self._read(terms.NOT_KNOWN_IF_INFORMED) % self.of_the_team()
        return f"{self.client.one} {self.term(value)}"

    def objects(self) -> str:
        """That the client does not want the return: "does not want to go back"."""
        return self._read(terms.OBJECTS)

    def sources(self) -> list[tuple[str, str]]:
        """Who else than the team can have been worried, to choose from."""
        own = (Source.TEAM, Source.IMPORT)
        return [(source.value, initial(self.term(source))) for source in Source if source not in own]

    def warning_signs(self, settings: Settings) -> tuple[str, ...]:
        """The team's own early warning signs, else the standard ones."""
        return settings.warning_signs or tuple(map(self._read, terms.WARNING_SIGNS))

    def phrases(self, settings: Settings) -> tuple[str, ...]:
        """The team's own ready reasons to put somebody on the board, else the standard ones."""
        return settings.phrases or tuple(map(self._read, terms.PHRASES))

    def _because(self, key: str, params: Mapping[str, Any], team: Team | None) -> str:
        given = dict(params)
        if team and "by" in given:
            given["by"] = self.person(team, given["by"])
        try:
            return self._read(REFUSALS.get(key, UNNAMED)) % (self.of_the_team() | given)
        except KeyError:  # the sentence has more to tell than is known here
            return self._read(UNNAMED)

    def _read(self, sentence: str) -> str:
        return catalogue(self.language).gettext(sentence)

    def of_the_team(self) -> dict[str, object]:
        """The team's own words, as sentences name them."""
        return {
            "client": self.client.one,
            "the_client": self.client.the,
            "The_client": initial(self.client.the),
            "clients": self.client.many,
            "case_manager": self.case_manager.one,
            "the_case_manager": self.case_manager.the,
        }


def initial(text: str) -> str:
    """The text with a capital first letter, the rest as it stands."""
    return text[:1].upper() + text[1:]


def words_for(settings: Settings, language: str) -> Words:
    """The words of a team in a language."""
    return _words(settings.client_word, settings.case_manager_word, language)


@lru_cache
def _words(client: str, case_manager: str, language: str) -> Words:
    read = catalogue(language).gettext
    return Words(language, terms.CLIENT[client].read(read), terms.CASE_MANAGER[case_manager].read(read))

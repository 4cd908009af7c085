"""The access log in words: what was shown, what was done with it, and who did it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from factboard.domain.access import EXPORTS, Look
from factboard.domain.events import Because
from factboard.domain.masking import OF_NAMES
from factboard.domain.state import Team
from factboard.web.language import N_, catalogue, in_order
from factboard.web.words import Words, initial, words_for

VIEWS = {  # what the log calls it, and what people do; each fits each sentence of `DONE`
    "access_log": N_("the access log"),
    "access_check": N_("the routine check of the access log"),
    "access_extract": N_("the extract of the access log for one %(client)s"),
    "board": N_("the board"),
    "card": N_("a form about one %(client)s"),
    "case_pack": N_("the case pack of one %(client)s"),
    "caseload": N_("the caseload of each %(case_manager)s"),
    "client": N_("the page about one %(client)s"),
    "clients": N_("the list of all %(clients)s"),
    "consent": N_("the consents and locks of one %(client)s"),
    "contact": N_("the list of whom one has met"),
    "document": N_("what is written about the planned care of one %(client)s"),
    "documents": N_("all that is written about the planned care of one %(client)s"),
    "emergency": N_("the way to open one %(client)s in an emergency"),
    "fact": N_("one line of the history"),
    "flag": N_("the form for a new worry"),
    "history": N_("the history"),
    "history.csv": N_("the history as a file"),
    "history.jsonl": N_("the history as a file"),
    "history.xlsx": N_("the history as a file"),
    "import": N_("a file with %(clients)s"),
    "meeting": N_("the board meeting"),
    "meeting_notes": N_("meeting notes"),
    "merge": N_("two records that could be of one person"),
    "move": N_("the move of one %(client)s to another team"),
    "names": N_("the names of %(clients)s, instead of codes"),
    "notices": N_("one's own notices"),
    "own_sheet": N_("a paper to hand to %(the_client)s"),
    "planned_contacts": N_("the planned contacts of the team"),
    "returns": N_("the planned returns"),
    "settings": N_("what another setting would mean for the %(clients)s on the board"),
    "sheet": N_("a sheet for paper"),
    "statistics": N_("who is counted in a figure of the statistics"),
    "statistics.xlsx": N_("the fidelity sheet"),
    "stay": N_("one time on the board, as a picture"),
    "story": N_("the whole story of one %(client)s, as a picture"),
    "today": N_("the visits of one person's day"),
    "visit": N_("a visit to one %(client)s"),
    "visits": N_("the visits of a week"),
    "wall": N_("the wall"),
}

OF_YOU = {  # to the one whom it is about
    "access_extract": N_("the extract of the access log for you"),
    "card": N_("a form about you"),
    "case_pack": N_("the case pack about you"),
    "client": N_("the page about you"),
    "document": N_("what is written about your planned care"),
    "documents": N_("all that is written about your planned care"),
    "own_sheet": N_("a paper for your own hands"),
    "consent": N_("your consents and locks"),
    "emergency": N_("the way to open your page in an emergency"),
    "story": N_("the whole story of you, as a picture"),
    "visit": N_("a visit to you"),
}

MEANS = {  # to somebody who has never seen the pages
    "board": N_("The board lists those whom the whole team helps just now. Whoever opens it sees all of them."),
    "card": N_("A form about one person: to write down a contact, plan a visit, or decide something."),
    "case_pack": N_("All that stands about one person for some days, in one file, for an investigation."),
    "client": N_("The page about one person: who they are, what is planned, and what has been done."),
    "clients": N_("The list names everybody in the team's care, or those of them who were searched for."),
    "consent": N_("What one person has agreed to show to staff of other employers, and what is locked."),
    "contact": N_("The list from which staff choose whom they have met."),
    "emergency": N_("The question why somebody has to see, in an emergency, what is locked or was not agreed to."),
    "fact": N_("One thing that was done, and what it changed."),
    "flag": N_("The form by which staff say that they are worried about somebody; it offers names to choose from."),
    "history": N_("Everything that has been done in the team, line by line."),
    "history.csv": N_("Everything that has been done in the team, as a file."),
    "history.jsonl": N_("Everything that has been done in the team, as a file."),
    "history.xlsx": N_("Everything that has been done in the team, as a file."),
    "meeting": N_("The team's meeting about those on the board."),
    "meeting_notes": N_("What a meeting of the team decided."),
    "move": N_("The page on which one team asks another to take over a person, or the history that comes with it."),
    "merge": N_("A page on which two records are compared, to see whether they are of the same person."),
    "own_sheet": N_("A paper that one person takes home: the crisis plan, or about being on the board."),
    "planned_contacts": N_("Whom staff are to meet in the days to come, and whom they should have met."),
    "sheet": N_("The board on paper, for a day without a network."),
    "statistics": N_("A figure of the team's statistics can be opened to see whom it counts."),
    "stay": N_("One time on the board of one person, from its beginning to its end."),
    "story": N_("Everything that has been done with one person in the team, as a line of time."),
    "today": N_("The visits and contacts that one of the staff has on a day."),
    "visits": N_("Who visits whom in a week."),
    "wall": N_("A screen in the team's own room that shows the board around meetings."),
    "access_log": N_("The log of who has looked at whom: it is read to check that nobody looks without a reason."),
    "access_check": N_(
        "The check, by routine, that nobody looks without a reason: it draws looks by rule and by chance."
    ),
    "access_extract": N_("An extract like this one."),
}

DONE = {
    "read": N_("looked at %(what)s"),
    "search": N_("searched in %(what)s"),
    "revealed": N_("had the name of a protected identity shown: %(what)s"),
    "export": N_("took out on paper or as a file: %(what)s"),
    "exported": N_("took out on paper or as a file: %(what)s"),
    "replay": N_("looked at %(what)s as it was at an earlier moment"),
    "opened": N_("opened in an emergency, past lock or missing consent: %(what)s"),
    "unmasked": N_("let themselves see: %(what)s"),
    "masked": N_("went back to codes: %(what)s"),
    "stream": N_("had a page open that updates by itself: %(what)s"),
    "stream_opened": N_("opened a page that updates by itself: %(what)s"),
    "stream_closed": N_("closed a page that updates by itself: %(what)s"),
}
WHOLE = {  # said in one, where two parts would not make a sentence
    ("export", "sheet"): N_("printed a sheet"),
    ("read", "statistics"): N_("saw who is counted in a figure of the statistics"),
}
OTHERWISE = N_("%(action)s: %(what)s")
OF_A_NAME = N_("something about the names, which is told to whoever sees names")

CHOICES = {  # what one can ask for, by the actions that it means
    "read": (N_("looked"), ("read",)),
    "replay": (N_("looked at an earlier moment"), ("replay",)),
    "stream": (N_("had a page open that updates by itself"), ("stream",)),
    "search": (N_("searched"), ("search",)),
    "revealed": (N_("had a protected identity shown"), ("revealed",)),
    "opened": (N_("opened in an emergency"), ("opened",)),
    "unmasked": (N_("let themselves see names"), ("unmasked",)),
    "export": (N_("took out on paper or as a file"), tuple(sorted(EXPORTS))),
    "streams": (N_("opened or closed a page that updates by itself"), ("stream_opened", "stream_closed")),
}


@dataclass(frozen=True, slots=True)
class Said:
    """The log's words for one reader and one team."""

    language: str
    team: Team
    to_client: bool = False  # the reader is the one who was looked at

    def view(self, view: str) -> str:
        """What was shown; a view of which nothing is known has its own name."""
        known = OF_YOU.get(view) if self.to_client else None
        known = known or VIEWS.get(view)
        return self._read(known) % self._words().of_the_team() if known else view

    def done(self, look: Look) -> str:
        """What was done: "looked at the board"."""
        if whole := WHOLE.get((look.action, look.view)):
            return self._read(whole)
        done = DONE.get(look.action, OTHERWISE)
        return self._read(done) % {"what": self.view(look.view), "action": look.action}

    def person(self, actor: str) -> str:
        """Who did it: a person, a wall screen, or what acts by itself."""
        if screen := self.team.screens.get(actor.removeprefix("screen:")):
            return self._read(N_("the wall screen %(name)s")) % {"name": screen.name}
        return self._words().person(self.team, actor)

    def because(self, why: Iterable[Because], *, masked: bool) -> list[str]:
        """Why a check drew a look. Not to a masked reader how a client's name is like that of who looked."""
        told = (self._read(OF_A_NAME) if masked and one in OF_NAMES else self._words().term(one) for one in why)
        return [initial(one) for one in dict.fromkeys(told)]

    def office(self, actor: str) -> str:
        """What they are in the team, and for whom they work: "Nurse, Regionen"."""
        member = self.team.members.get(actor)
        if member is None:
            return ""
        role = member.profession or initial(self._words().term(member.role))
        return ", ".join(filter(None, (role, member.employer)))

    def meant_by(self, views: Iterable[str]) -> list[tuple[str, str]]:
        """What the names of these views mean, for a reader from outside."""
        return [(initial(self.view(view)), self._read(MEANS[view])) for view in views if view in MEANS]

    def views(self) -> list[tuple[str, str]]:
        """What one can ask for: views of one name, such as the kinds of files of the history, once."""
        first = {said: view for view, said in reversed(VIEWS.items())}
        named = ((view, initial(self.view(view))) for view in first.values())
        return sorted(named, key=lambda one: in_order(one[1], self.language))

    def choices(self) -> list[tuple[str, str]]:
        return [(name, initial(self._read(said))) for name, (said, _) in CHOICES.items()]

    def people(self) -> list[tuple[str, str]]:
        """All who can have looked: colleagues, those who have left, wall screens."""
        staff = sorted((one.name, one.user) for one in self.team.members.values())
        screens = sorted((self.person(f"screen:{one}"), f"screen:{one}") for one in self.team.screens)
        return [(user, name) for name, user in (*staff, *screens)]

    def _words(self) -> Words:
        return words_for(self.team.settings, self.language)

    def _read(self, sentence: str) -> str:
        return catalogue(self.language).gettext(sentence)


def alike(view: str) -> tuple[str, ...]:
    """A view with all others of its name; nothing where none is asked for."""
    return tuple(one for one, said in VIEWS.items() if said == VIEWS[view]) if view else ()


def meant(choice: str) -> Mapping[str, tuple[str, ...]]:
    """What a filter asks for by one of `CHOICES`; without one, everything but the opening and closing of pages."""
    if not choice:
        return {"but": CHOICES["streams"][1]}
    return {"actions": CHOICES[choice][1]}

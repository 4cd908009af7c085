"""One table for each kind of term. Every entry is marked for the catalogue and translated where it is read.

The Swedish words are those of the teams themselves: "svår att nå", never "vårdundvikare", since clients read
their own extracts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import astuple, dataclass
from typing import Any

from factboard.domain.events import (
    AgendaGroup,
    Basis,
    ContactKind,
    EndReason,
    Informed,
    Naming,
    NotePart,
    NotHeld,
    OutsideMeeting,
    Rating,
    Role,
    Sheet,
    Source,
)
from factboard.domain.people import COMMAND_LINE, SYSTEM
from factboard.web.language import N_


@dataclass(frozen=True, slots=True)
class Forms:
    """A noun as sentences need it: "patient", "the patient", "patients", "the patients", "the patient's"."""

    one: str
    the: str
    many: str
    the_many: str
    possessive: str

    def read(self, translate: Callable[[str], str]) -> Forms:
        return Forms(*map(translate, astuple(self)))


CLIENT = {
    "patient": Forms(N_("patient"), N_("the patient"), N_("patients"), N_("the patients"), N_("the patient's")),
    "brukare": Forms(
        N_("service user"),
        N_("the service user"),
        N_("service users"),
        N_("the service users"),
        N_("the service user's"),
    ),
    "klient": Forms(N_("client"), N_("the client"), N_("clients"), N_("the clients"), N_("the client's")),
}

CASE_MANAGER = {
    "case_manager": Forms(
        N_("case manager"),
        N_("the case manager"),
        N_("case managers"),
        N_("the case managers"),
        N_("the case manager's"),
    ),
    "vard_och_stodsamordnare": Forms(
        N_("care and support coordinator"),
        N_("the care and support coordinator"),
        N_("care and support coordinators"),
        N_("the care and support coordinators"),
        N_("the care and support coordinator's"),
    ),
    "fast_vardkontakt": Forms(
        N_("named care contact"),
        N_("the named care contact"),
        N_("named care contacts"),
        N_("the named care contacts"),
        N_("the named care contact's"),
    ),
}

RATINGS = {
    Rating.WORSE: N_("worse"),
    Rating.UNCHANGED: N_("unchanged"),
    Rating.BETTER: N_("better"),
    Rating.USUAL: N_("as usual"),
    Rating.NOT_ASSESSED: N_("not assessed"),
}

BASIS = {
    Basis.SEEN: N_("seen"),
    Basis.SPOKEN_WITH: N_("spoken with"),
    Basis.TOLD: N_("told by others"),
    Basis.NONE: N_("no contact"),
}

CONTACTS = {
    ContactKind.HOME: N_("home visit"),
    ContactKind.OFFICE: N_("visit to the clinic"),
    ContactKind.STREET: N_("met out and about"),
    ContactKind.WARD: N_("visit on the ward"),
    ContactKind.PHONE: N_("phone call"),
    ContactKind.VIDEO: N_("video call"),
    ContactKind.TRIED: N_("tried, not reached"),
}

INFORMED = {
    Informed.YES: N_("informed"),
    Informed.NO: N_("not informed"),
    Informed.NOT_POSSIBLE: N_("could not be informed"),
    Informed.UNKNOWN: N_("not known whether informed"),
}

NOT_KNOWN_IF_INFORMED = N_("not known if %(the_client)s is informed")  # on the card, where the client is not named

SOURCES = {
    Source.TEAM: N_("the team"),
    Source.CLIENT: N_("the client"),
    Source.RELATIVE: N_("a relative"),
    Source.WARD: N_("the ward"),
    Source.ON_CALL: N_("the on-call service"),
    Source.OTHER: N_("somebody else"),
    Source.IMPORT: N_("an imported list"),
}

END_REASONS = {
    EndReason.MOVED: N_("moved away"),
    EndReason.DIED: N_("died"),
    EndReason.COMPLETED: N_("care completed"),
    EndReason.OTHER_TEAM: N_("taken over by another team"),
    EndReason.DUPLICATE: N_("enrolled by mistake or twice"),
    EndReason.OTHER: N_("another reason"),
}

ROLES = {
    Role.CLINICIAN: N_("clinician"),
    Role.LEAD: N_("team lead"),
    Role.AUDITOR: N_("auditor"),
    Role.ADMIN: N_("administrator"),
    Role.WALL: N_("wall screen"),
}

NOTE_PARTS = {
    NotePart.SITUATION: N_("situation"),
    NotePart.ASSESSMENT: N_("assessment"),
    NotePart.DECISION: N_("decision"),
}

AGENDA_GROUPS = {
    AgendaGroup.PASSED_OVER: N_("not discussed last time"),
    AgendaGroup.UNTAKEN: N_("nobody has taken it"),
    AgendaGroup.CHANGED: N_("changed since the last meeting"),
    AgendaGroup.CRISIS: N_("crisis"),
    AgendaGroup.UNSEEN: N_("unseen too long"),
    AgendaGroup.ADMITTED: N_("admitted"),
    AgendaGroup.LEGAL: N_("legal measure running out"),
    AgendaGroup.LONG: N_("long on the board"),
    AgendaGroup.REST: N_("the others"),
}

NOT_HELD = {
    NotHeld.NOT_OPENED: N_("nobody opened it"),
    NotHeld.TOO_FEW: N_("fewer than two clinicians were there"),
    NotHeld.NOT_CLOSED: N_("nobody closed it"),
}

NAMINGS = {
    Naming.INITIALS: N_("initials"),
    Naming.SHORT: N_("short names"),
    Naming.FIRST: N_("first names"),
}

OUTSIDE = {
    OutsideMeeting.COUNTS: N_("numbers only"),
    OutsideMeeting.BLANK: N_("nothing"),
    OutsideMeeting.BOARD: N_("the board"),
}

SHEETS = {
    Sheet.MORNING: N_("for the morning"),
    Sheet.ON_CALL: N_("for the on-call service"),
}

TERMS: Mapping[type, Mapping[Any, str]] = {
    Rating: RATINGS,
    Basis: BASIS,
    ContactKind: CONTACTS,
    Informed: INFORMED,
    Source: SOURCES,
    EndReason: END_REASONS,
    Role: ROLES,
    NotePart: NOTE_PARTS,
    AgendaGroup: AGENDA_GROUPS,
    NotHeld: NOT_HELD,
    Naming: NAMINGS,
    OutsideMeeting: OUTSIDE,
    Sheet: SHEETS,
}

CATEGORIES = {
    "crisis_prevention": N_("crisis prevention"),
    "short_intensive": N_("short-term intensive"),
    "long_intensive": N_("long-term intensive"),
    "hard_to_reach": N_("hard to reach"),
    "admitted": N_("admitted"),
    "new_client": N_("new %(client)s"),
    "legal_measure": N_("compulsory care"),
}

COLOURS = {
    "blue": N_("blue"),
    "red": N_("red"),
    "violet": N_("violet"),
    "amber": N_("amber"),
    "teal": N_("teal"),
    "green": N_("green"),
    "brown": N_("brown"),
    "grey": N_("grey"),
}

SHAPES = {
    "circle": N_("circle"),
    "triangle": N_("triangle"),
    "square": N_("square"),
    "diamond": N_("diamond"),
    "star": N_("star"),
    "cross": N_("cross"),
    "hexagon": N_("hexagon"),
    "ring": N_("ring"),
}

WARNING_SIGNS = (
    N_("Sleeps badly"),
    N_("Withdraws, does not answer"),
    N_("Stops taking medication"),
    N_("Misses appointments"),
    N_("Hears voices more"),
    N_("More suspicious or frightened"),
    N_("Anxious or restless"),
    N_("Low, without hope"),
    N_("Thoughts of suicide"),
    N_("Irritable or threatening"),
    N_("Racing thoughts, spends a lot"),
    N_("Alcohol or drugs"),
    N_("Neglects food, hygiene or home"),
)

ACTORS = {SYSTEM: N_("factboard"), COMMAND_LINE: N_("the command line")}

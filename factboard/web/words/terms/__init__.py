"""One table for each kind of term. Every entry is marked for the catalogue and translated where it is read."""

from collections.abc import Mapping
from typing import Any

from factboard.domain.chain import How
from factboard.domain.events import (
    AgendaGroup,
    Agreed,
    Anchored,
    Answer,
    Audience,
    Basis,
    Because,
    Blocker,
    ContactKind,
    Cover,
    EndReason,
    Given,
    Informed,
    LockedFor,
    Mode,
    Moved,
    Naming,
    Need,
    News,
    NotePart,
    NotHeld,
    Outcome,
    OutsideMeeting,
    Part,
    Pause,
    Postponed,
    Rating,
    Role,
    Sharing,
    Sheet,
    Source,
    Step,
    Task,
    TipEnd,
    Treats,
)
from factboard.domain.events.contents import Kind, Together
from factboard.domain.events.contents.words import (
    Actor,
    GoalState,
    LifeArea,
    Mandate,
    PersonKind,
    Principal,
    Taught,
    Told,
    Topic,
    Weekday,
)
from factboard.domain.people import COMMAND_LINE, SYSTEM
from factboard.domain.sip import Lacks
from factboard.domain.state import Coming
from factboard.domain.stepdown import State
from factboard.web.language import N_
from factboard.web.words.terms import access, anchoring, care, caseload, documents, proof, sharing, stepdown, team
from factboard.web.words.terms.care import NOT_KNOWN_IF_INFORMED, OBJECTS, PHRASES, WARNING_SIGNS
from factboard.web.words.terms.caseload import MEANS, MODELS, OWN_SOURCE, SOURCES
from factboard.web.words.terms.look import CATEGORIES, COLOURS, SHAPES
from factboard.web.words.terms.nouns import CASE_MANAGER, CLIENT, Forms
from factboard.web.words.terms.sharing import PARTS

__all__ = [
    "ACTORS", "CASE_MANAGER", "CATEGORIES", "CLIENT", "COLOURS", "MEANS", "MODELS", "NOT_KNOWN_IF_INFORMED", "OBJECTS",
    "OWN_SOURCE", "PARTS", "PHRASES", "SHAPES", "SOURCES", "TERMS", "WARNING_SIGNS", "Forms",
]  # fmt: skip

TERMS: Mapping[type, Mapping[Any, str]] = {
    Rating: care.RATINGS,
    Kind: documents.DOCUMENTS,
    Together: documents.TOGETHER,
    LifeArea: documents.AREAS,
    Weekday: documents.WEEKDAYS,
    GoalState: documents.GOALS,
    PersonKind: documents.PERSONS,
    Told: documents.TOLD,
    Topic: documents.TOPICS,
    Taught: documents.TAUGHT,
    Actor: documents.ACTORS_AROUND,
    Principal: documents.PRINCIPALS,
    Mandate: documents.MANDATES,
    Basis: care.BASIS,
    ContactKind: care.CONTACTS,
    Informed: care.INFORMED,
    Source: care.SOURCES,
    Task: care.TASKS,
    EndReason: care.END_REASONS,
    Given: care.GIVEN,
    Role: team.ROLES,
    News: team.NEWS,
    Audience: team.AUDIENCES,
    NotePart: team.NOTE_PARTS,
    AgendaGroup: team.AGENDA_GROUPS,
    Moved: team.MOVED,
    NotHeld: team.NOT_HELD,
    Naming: team.NAMINGS,
    OutsideMeeting: team.OUTSIDE,
    Sheet: team.SHEETS,
    Mode: stepdown.MODES,
    Blocker: stepdown.BLOCKERS,
    Need: stepdown.NEEDS,
    Postponed: stepdown.POSTPONED,
    Pause: stepdown.PAUSES,
    Step: stepdown.STEPS,
    State: stepdown.STATES,
    TipEnd: documents.TIP_ENDS,
    Coming: documents.COMING,
    Lacks: documents.LACKS,
    Because: access.BECAUSE,
    Outcome: access.OUTCOMES,
    How: proof.BROKEN,
    Part: sharing.PARTS,
    Sharing: sharing.SHARING,
    Agreed: sharing.AGREED,
    LockedFor: sharing.LOCKED_FOR,
    Anchored: anchoring.ANCHORED,
    Answer: anchoring.ANSWERS,
    Treats: caseload.TREATS,
    Cover: caseload.COVERS,
}

ACTORS = {SYSTEM: N_("factboard"), COMMAND_LINE: N_("the command line")}

"""Who people are in the team, how its meeting goes, what its screens and sheets show."""

from factboard.domain.events import (
    AgendaGroup,
    Audience,
    Moved,
    Naming,
    News,
    NotePart,
    NotHeld,
    OutsideMeeting,
    Role,
    Sheet,
)
from factboard.web.language import N_

ROLES = {
    Role.CLINICIAN: N_("clinician"),
    Role.LEAD: N_("team lead"),
    Role.MANAGER: N_("unit manager"),
    Role.AUDITOR: N_("auditor"),
    Role.ADMIN: N_("administrator"),
    Role.WALL: N_("wall screen"),
}

NEWS = {
    News.FLAG: N_("new worry"),
    News.UNTAKEN: N_("nobody has taken a new worry"),
    News.ANNOUNCED: N_("return announced"),
    News.RETURNED: N_("back in planned care"),
}

AUDIENCES = {
    Audience.ON_DUTY: N_("whoever is on duty"),
    Audience.CASE_MANAGER: N_("the case manager"),
    Audience.LEAD: N_("the team lead"),
}

NOTE_PARTS = {
    NotePart.SITUATION: N_("situation"),
    NotePart.ASSESSMENT: N_("assessment"),
    NotePart.DECISION: N_("decision"),
}

AGENDA_GROUPS = {
    AgendaGroup.FOLLOW_UP: N_("returned, and not met since"),
    AgendaGroup.PASSED_OVER: N_("not discussed last time"),
    AgendaGroup.UNTAKEN: N_("nobody has taken it"),
    AgendaGroup.CHANGED: N_("changed since the last meeting"),
    AgendaGroup.CRISIS: N_("crisis"),
    AgendaGroup.UNSEEN: N_("unseen too long"),
    AgendaGroup.ADMITTED: N_("admitted"),
    AgendaGroup.LEGAL: N_("legal measure running out"),
    AgendaGroup.LONG: N_("long on the board"),
    AgendaGroup.READY: N_("ready to return"),
    AgendaGroup.ANNOUNCED: N_("return planned"),
    AgendaGroup.REST: N_("the others"),
}

MOVED = {
    Moved.AFTER: N_("to the next working day"),
    Moved.BEFORE: N_("to the last working day before"),
    Moved.STAYS: N_("nowhere: it stays on its day"),
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

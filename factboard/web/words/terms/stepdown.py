"""The way back to planned care: what its states are called, what it asks, what stops it, what has gone on too long."""

from factboard.domain.events import Blocker, Mode, Need, Pause, Postponed, Step
from factboard.domain.stepdown import State
from factboard.web.language import N_

MODES = {
    Mode.AUTOMATIC: N_("the meeting announces it"),
    Mode.CONFIRM: N_("a named person announces each"),
    Mode.BY_HAND: N_("never by itself"),
}

BLOCKERS = {
    Blocker.LEGAL: N_("a legal measure is in force"),
    Blocker.URGENT: N_("an urgent action is open"),
    Blocker.CRISIS_PLAN: N_("crisis plan not reviewed"),
    Blocker.CASE_MANAGER: N_("no %(case_manager)s or substitute is here"),
    Blocker.NEXT_CONTACT: N_("no next contact planned"),
}

NEEDS = {  # each where it is not so
    Need.BY_ITSELF: N_("nobody in this category goes back by itself"),
    Need.AT_HOME: N_("admitted"),
    Need.SETTLED: N_("discharged less than two weeks ago"),
    Need.NOT_KEPT: N_("kept on the board"),
    Need.RATINGS: N_("too few ratings as usual"),
    Need.RATERS: N_("too few people have rated as usual"),
    Need.DAYS: N_("too few days as usual"),
    Need.CONTACTS: N_("too few contacts in 7 days"),
    Need.LEGAL: N_("a legal measure is in force"),
    Need.URGENT: N_("an urgent action is open"),
    Need.CRISIS_PLAN: N_("crisis plan not reviewed"),
    Need.CASE_MANAGER: N_("no %(case_manager)s or substitute is here"),
    Need.NEXT_CONTACT: N_("no next contact planned"),
    Need.FRESH: N_("the newest rating as usual is too old"),
}

POSTPONED = {
    Postponed.SERVICE_DOWN: N_("factboard was down in the hour before, so nobody could have stopped it"),
    Postponed.DAY_PASSED: N_("the day had passed"),
    Postponed.DAYS_OFF: N_("the days after it are days off now"),
}

PAUSES = {
    Pause.CLOCK: N_("the clock has jumped"),
    Pause.MANY: N_("unusually many would have gone back at once"),
    Pause.PEOPLE: N_("the lead has paused them"),
}

STEPS = {
    Step.REVIEW: N_("review overdue"),
    Step.REVIEW_LEAD: N_("review long overdue"),
    Step.UNSEEN: N_("nobody has seen them"),
    Step.UNSEEN_LEAD: N_("nobody has seen them for long"),
    Step.UNTAKEN: N_("nobody has taken this"),
    Step.TONIGHT: N_("who acts tonight?"),
    Step.UNTAKEN_LEAD: N_("nobody has taken this for long"),
    Step.FOLLOW_UP: N_("follow-up not made"),
    Step.FOLLOW_UP_LEAD: N_("follow-up still not made"),
    Step.CONTACT: N_("planned contact not made"),
    Step.CONTACT_LEAD: N_("planned contact still not made"),
}

STATES = {
    State.PLANNED_CARE: N_("in planned care"),
    State.ON_BOARD: N_("on the board"),
    State.KEPT: N_("kept on the board"),
    State.READY: N_("ready to return"),
    State.ANNOUNCED: N_("return planned"),
    State.RETURNING: N_("returns today"),
    State.RETURNED: N_("recently returned"),
}

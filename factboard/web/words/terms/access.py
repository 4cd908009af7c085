"""The routine check of the access log: why a look was drawn, and what was found about it."""

from factboard.domain.events import Because, Outcome
from factboard.web.language import N_

BECAUSE = {
    Because.NOT_OWN: N_("not on the board then, somebody else's, and nothing was done for them within two weeks"),
    Because.SURNAME: N_("the same surname"),
    Because.COLLEAGUE: N_("the same name as somebody of the staff"),
    Because.PROTECTED: N_("protected identity"),
    Because.ENDED: N_("had left the team's care"),
    Because.ODD_HOURS: N_("outside working hours, and not on duty"),
    Because.MANY: N_("many different people, opened one by one in a short time"),
    Because.TAKEN_OUT: N_("taken out on paper or as a file"),
    Because.CHANCE: N_("by chance"),
}

OUTCOMES = {
    Outcome.IN_ORDER: N_("in order"),
    Outcome.NOT_EXPLAINED: N_("not explained"),
    Outcome.TO_FOLLOW_UP: N_("to be followed up"),
}

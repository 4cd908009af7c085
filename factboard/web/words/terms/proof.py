"""What can be wrong with a history, each in a sentence about the fact that is named."""

from factboard.domain.chain import How
from factboard.web.language import N_

BROKEN = {
    How.MISSING: N_("It is missing."),
    How.ORDER: N_("Another fact stands in its place."),
    How.PAYLOAD: N_("What it says was changed or taken away."),
    How.HASH: N_("Who, when or about whom was changed in it."),
    How.LINK: N_("It does not follow from the fact before it: one of the two was put there afterwards."),
    How.CHECKPOINT: N_("Up to there it is not the history that was signed: it was rewritten."),
    How.UNREADABLE: N_("It cannot be read."),
}

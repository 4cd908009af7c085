"""What the figures of times on the board are called, what they say, how they are counted."""

from factboard.domain.statistics import Key
from factboard.web.language import N_
from factboard.web.statistics.terms.told import Told

STAYS = {
    Key.PUT_ON: Told(
        N_("Times put on the board"),
        N_("How often somebody was put on the board."),
        N_("Number of times on the board that began in the period"),
    ),
    Key.ENDED: Told(
        N_("Left the board"),
        N_("How often a time on the board came to its end, whichever way."),
        N_("Number of times on the board that ended in the period"),
    ),
    Key.OVER_TIME: Told(
        N_("Put on and left over time"),
        N_(
            "How many were put on the board and how many left it, week by week or month by month, and how "
            "many were there at the end of each."
        ),
        N_(
            "For each week (each month, where the period is longer than half a year): times on the board "
            "that began, that ended, and that went on at its end"
        ),
    ),
    Key.ON_BOARD: Told(
        N_("On the board at the end"),
        N_("How many %(clients)s were on the board when the period ended, or are there now where it has not ended."),
        N_("Number of times on the board that had begun and not ended at that moment"),
    ),
    Key.CASELOAD_SHARE: Told(
        N_("Share of the caseload on the board"),
        N_(
            "How large a part of all in the team's care were on the board, on average over the days. The "
            "model says about 20 %%, practice 10 to 20 %%."
        ),
        N_("Days on the board ÷ days in the team's care, of all %(clients)s together"),
    ),
    Key.BY_CATEGORY: Told(
        N_("By category"),
        N_("How many times on the board began and ended in each category, and how many days were spent in it."),
        N_(
            "For each category: times on the board that began in it, that ended in it, and the days that "
            "%(clients)s spent in it within the period"
        ),
    ),
    Key.TIME_ON_BOARD: Told(
        N_("How long on the board"),
        N_(
            "How long the times on the board were that ended in the period, from the shortest to the "
            "longest. There is no mean: a few long ones would hide how most are. A long time is a reason "
            "to look again, not a success."
        ),
        N_(
            "Days from beginning to end of each; the median has as many above as below, a quarter each "
            "lie below the lower and above the upper quartile, one in ten is longer than the tail"
        ),
    ),
    Key.TIME_SO_FAR: Told(
        N_("On the board so far"),
        N_("How long those had been there who were on the board when the period ended."),
        N_("Days from the beginning of each time on the board that went on until the period's end"),
    ),
    Key.TIME_BY_CATEGORY: Told(
        N_("Time on the board by category"),
        N_("How long the times on the board were that ended, by the category that they ended in."),
        N_("As “how long on the board”, for each category"),
    ),
    Key.REASONS: Told(
        N_("Reasons"),
        N_(
            "Why %(clients)s were put on the board, as the team's ready reasons say it. What people wrote "
            "in their own words is counted and not shown."
        ),
        N_(
            "Number of worries in the period by reason: each time somebody was put on the board, and each "
            "new worry there"
        ),
    ),
    Key.WARNING_SIGNS: Told(
        N_("Early warning signs"),
        N_("Which early warning signs were seen. One worry can have several, or none."),
        N_("Number of worries in the period, by sign"),
    ),
    Key.FLAG_SOURCES: Told(
        N_("Whose worry it was"),
        N_("Who was worried first."),
        N_("Number of worries in the period, by source"),
    ),
    Key.ENDINGS: Told(
        N_("How they left the board"),
        N_("Whether a time on the board ended by the team's rule, by hand, or in another way."),
        N_("Number of times on the board that ended in the period, by the way they ended"),
    ),
    Key.KEPT_ON: Told(
        N_("Kept on the board"),
        N_(
            "How often the same time on the board was kept on by somebody with a reason: never, once, "
            "twice, three times, four times or more."
        ),
        N_("Number of times on the board that went on in the period, by how often they were kept on in it"),
    ),
    Key.AGAIN_30: Told(
        N_("On the board again within 30 days"),
        N_("Of those who returned to planned care, how many were on the board again within 30 days."),
        N_(
            "Returns in the period after which a new time on the board began within 30 days ÷ returns "
            "after which 30 days have passed"
        ),
    ),
    Key.AGAIN_90: Told(
        N_("On the board again within 90 days"),
        N_("Of those who returned to planned care, how many were on the board again within 90 days."),
        N_(
            "Returns in the period after which a new time on the board began within 90 days ÷ returns "
            "after which 90 days have passed"
        ),
    ),
}

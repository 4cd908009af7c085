"""What the items of the DACTS scale are called, what they say, how they are counted."""

from factboard.domain.statistics import Key
from factboard.web.language import N_
from factboard.web.statistics.terms.told import Told

DACTS = {
    Key.DACTS_H1: Told(
        N_("H1 Small caseload"),
        N_("How many %(clients)s there are for each full-time post."),
        N_("In care at the period's end ÷ full-time posts then"),
    ),
    Key.DACTS_H2: Told(
        N_("H2 Team approach"),
        N_("How many met more than one of the staff within two weeks; counted for those on the board, as in FACT."),
        N_("As “seen by two or more in two weeks”"),
    ),
    Key.DACTS_H3: Told(
        N_("H3 Programme meeting"),
        N_(
            "On how many days a week the team held its board meeting. Five points also ask that everybody "
            "on the board came up each time."
        ),
        N_("Days with a meeting held ÷ weeks in the period"),
    ),
    Key.DACTS_H5: Told(
        N_("H5 Continuity of staffing"),
        N_(
            "How large a part of the staff left within two years. It has no value before the team's "
            "history is two years long."
        ),
        N_(
            "Staff who left in the two years before the period's end ÷ the mean of how many there were at "
            "their beginning and end"
        ),
    ),
    Key.DACTS_S1: Told(
        N_("S1 In the community"),
        N_("How many of the contacts in person were at home or out and about. A ward counts as neither."),
        N_("Contacts at home or out and about ÷ those and the ones at the clinic"),
    ),
    Key.DACTS_S2: Told(
        N_("S2 No dropout"),
        N_(
            "How many the team did not lose over a year. Who died, completed their care or went to "
            "another team is not lost. It has no value before the team's history is a year long."
        ),
        N_("In care twelve months before the period's end and not lost since ÷ all in care then"),
    ),
    Key.DACTS_S5: Told(
        N_("S5 Frequency of contact"),
        N_("How often %(clients)s were met in person, all in the team's care together."),
        N_("Contacts in person ÷ days in care × 7"),
    ),
}

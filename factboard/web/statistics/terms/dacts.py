"""What the items of the DACTS scale are called, what they say, how they are counted."""

from factboard.domain.statistics import Key
from factboard.web.language import N_
from factboard.web.statistics.terms.told import Told

DACTS = {
    Key.DACTS_H1: Told(
        N_("H1 Small caseload"),
        N_("How many %(clients)s there are for each full-time post."),
        N_("%(clients)s in care at the period's end ÷ full-time posts then"),
    ),
    Key.DACTS_H2: Told(
        N_("H2 Team approach"),
        N_("How many met more than one of the staff within two weeks; counted for those on the board, as in FACT."),
        N_("As “seen by two or more in two weeks”"),
    ),
    Key.DACTS_H3: Told(
        N_("H3 Programme meeting"),
        N_("On how many days a week the team held its board meeting."),
        N_("Days with a meeting held ÷ weeks in the period"),
    ),
    Key.DACTS_H5: Told(
        N_("H5 Continuity of staffing"),
        N_("How many of the staff left within two years."),
        N_("Staff who left in the two years before the period's end ÷ staff posts"),
    ),
    Key.DACTS_S1: Told(
        N_("S1 In the community"),
        N_("How many of the contacts in person were not at the clinic."),
        N_("Contacts in person outside the clinic ÷ all contacts in person"),
    ),
    Key.DACTS_S2: Told(
        N_("S2 No dropout"),
        N_("How many stayed in the team's care over a year."),
        N_("%(clients)s still in care ÷ %(clients)s in care twelve months before the period's end"),
    ),
    Key.DACTS_S5: Told(
        N_("S5 Frequency of contact"),
        N_("How often %(clients)s were met in person, all in the team's care together."),
        N_("Contacts in person ÷ days in care × 7"),
    ),
}

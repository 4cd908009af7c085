"""What stands in tables of figures: heads, endings, groups; by which rules and sources a figure is counted."""

from collections.abc import Mapping

from factboard.domain.statistics import Group, Head, Kind, Rule, Source, Unit
from factboard.domain.statistics.definitions import Why
from factboard.domain.statistics.episodes import Ending
from factboard.web.language import N_

GROUPS: Mapping[Group, str] = {
    Group.BOARD: N_("On and off the board"),
    Group.TIME: N_("How long"),
    Group.WHY: N_("Why"),
    Group.BACK: N_("The way back"),
    Group.SPEED: N_("From worry to help"),
    Group.CONTACT: N_("Contacts"),
    Group.MEETING: N_("Board meetings"),
    Group.CARE: N_("What is owed to each on the board"),
    Group.HOSPITAL: N_("Hospital"),
    Group.SIGHT: N_("Not met for long"),
    Group.DACTS: N_("Fidelity items (DACTS)"),
}

HEADS: Mapping[Head, str] = {
    Head.SPAN: N_("From"),
    Head.CATEGORY: N_("Category"),
    Head.REASON: N_("Reason"),
    Head.WARNING_SIGN: N_("Early warning sign"),
    Head.SOURCE: N_("Source"),
    Head.ENDING: N_("How it ended"),
    Head.TIMES: N_("Kept on"),
    Head.INFORMED: N_("What was said"),
    Head.PUT_ON: N_("Put on"),
    Head.ENDED: N_("Left"),
    Head.ON_BOARD: N_("On the board at its end"),
    Head.STAYS: N_("Times on the board"),
    Head.FLAGS: N_("Worries"),
    Head.STAY_DAYS: N_("Days on the board"),
    Head.MEDIAN: N_("Median"),
    Head.LOWER: N_("Lower quartile"),
    Head.UPPER: N_("Upper quartile"),
    Head.LONGEST: N_("Longest"),
}

ENDINGS: Mapping[Ending, str] = {
    Ending.AUTOMATIC: N_("Returned by the team's rule"),
    Ending.BY_HAND: N_("Returned by hand"),
    Ending.DECLINED: N_("%(The_client)s did not want it"),
    Ending.LEFT_CARE: N_("The enrolment ended"),
    Ending.IN_ERROR: N_("Entered in error"),
}

KINDS: Mapping[Kind, str] = {
    Kind.STAY: N_("Time on the board"),
    Kind.ADMISSION: N_("Admission"),
    Kind.IN_CARE: N_("Enrolment"),
    Kind.MEETING: N_("Meeting"),
    Kind.IN_TEAM: N_("Member of the team"),
    Kind.CLIENT: N_("Person"),
}

RULES: Mapping[Rule, str] = {
    Rule.IN_ERROR: N_("What was entered in error, and what was undone, is left out."),
    Rule.BY_BEGINNING: N_("It belongs to the period in which it began."),
    Rule.BY_END: N_(
        "It belongs to the period in which it ended, with its whole length, also what lies before the period."
    ),
    Rule.AT_THE_END: N_("As it stood when the period ended, or now where it has not ended."),
    Rule.CUT: N_("Only what lies inside the period is counted, whether it began before or ended after it."),
    Rule.MIDNIGHTS: N_(
        "Days are local midnights passed: the change to summer time adds nothing and takes nothing away."
    ),
    Rule.QUARTILES: N_("Median and quartiles are those of QUARTILE.INC in a spreadsheet."),
    Rule.FOLLOWED: N_("Only those are counted who could be followed for all the days; how many could not yet is said."),
    Rule.FIRST_ANSWER: N_(
        "A worry is answered by the first after it in the same time on the board; a new worry there "
        "is to be answered anew."
    ),
    Rule.NOT_IMPORTED: N_("A list that was brought in is no worry that anybody had to answer."),
    Rule.THIRTY_DAYS: N_("A contact is waited for 30 days, and not past the time on the board."),
    Rule.NO_ATTEMPTS: N_("An attempt that met nobody is no contact."),
    Rule.IN_PERSON: N_("In person: at home, at the clinic, out and about, on a ward; not by telephone or video."),
    Rule.WHOLE_FORTNIGHTS: N_(
        "Two-week stretches from the period's first day, with the person on the board all through."
    ),
    Rule.PLANNED: N_(
        "Planned is what the team's days and times were then; a meeting that fell on a day off was not planned."
    ),
    Rule.STILL_OPEN: N_("What had not come to its end is left out, and how many is said."),
    Rule.SINCE_ENROLLED: N_("For somebody never met: since they came into the team's care."),
    Rule.POSTS: N_("Five working days a week are one post; clinicians and team leads are counted."),
    Rule.OUR_READING: N_("This is our reading of the scale."),
    Rule.NOT_FACTS: N_(
        "DACTS is the scale of ACT, the parent model. It is not the FACT scale (FACTs), and its "
        "points are no certificate."
    ),
}

SOURCES: Mapping[Source, str] = {
    Source.FACTBOARD: N_("Our own count: no published measure was found."),
    Source.CCAF: N_("CCAF, the authors of the model: about 20 %% of the caseload on the board, discussed daily."),
    Source.BRUIJSTEN: N_(
        "Bruijsten and others 2018: the board meeting structures the care of the 10 to 20 %% who need it most."
    ),
    Source.NUGTER: N_(
        "Nugter and others 2016: number and length of the times on the board differ much between people."
    ),
    Source.SVENSSON: N_("Svensson and others 2018: longer times on the board went with poorer everyday functioning."),
    Source.SAHLGRENSKA: N_("Sahlgrenska: board meetings twice a week, at most 15 minutes."),
    Source.SOOD: N_("Sood and others 2017: contacts a week, admissions and days in hospital before and after FACT."),
    Source.CRISIS_PLAN: N_("Vård och insats: the crisis plan is updated continuously and used in a crisis."),
    Source.DACTS: N_("DACTS, the bands as published."),
    Source.DACTS_MEMORY: N_("DACTS; these bands were written from memory and not checked in the scale."),
}

WHY: Mapping[Why, str] = {
    Why.NO_POSTS: N_("How many posts should be filled is not known here."),
    Why.NO_MINUTES: N_("The length of a contact is not written down."),
    Why.NO_NETWORK: N_("Contacts with relatives and others are not told apart."),
    Why.NO_DECISIONS: N_("Who decided an admission or discharge, and with whom, is not written down."),
    Why.PEOPLE_JUDGE: N_("It takes people who look and ask."),
}

UNITS: Mapping[Unit, str] = {
    Unit.COUNT: N_("number"),
    Unit.SHARE: N_("share of the whole"),
    Unit.DAYS: N_("days"),
    Unit.HOURS: N_("hours"),
    Unit.MINUTES: N_("minutes"),
    Unit.A_WEEK: N_("contacts a week for each person"),
    Unit.DAYS_A_WEEK: N_("days a week"),
    Unit.CLIENTS_A_STAFF: N_("people for each full-time post"),
}

SHEET = {
    "Item": N_("Item"),
    "What it says": N_("What it says"),
    "Value": N_("Value"),
    "Points": N_("Points"),
    "Value before": N_("Value before"),
    "Points before": N_("Points before"),
    "Source": N_("Source"),
    "Figure": N_("Figure"),
    "Part": N_("Part"),
    "Whole": N_("Whole"),
    "Lower quartile": N_("Lower quartile"),
    "Upper quartile": N_("Upper quartile"),
    "One in ten above": N_("One in ten above"),
    "Longest": N_("Longest"),
    "Counted in": N_("Counted in"),
    "Formula": N_("Formula"),
    "Line": N_("Line"),
    "What is counted": N_("What is counted"),
}

TIMES = (N_("never"), N_("once"), N_("twice"), N_("three times"), N_("four times or more"))

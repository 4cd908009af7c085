"""Models of case management: their names, who treats, when they cover a crisis, where their numbers come from.

The numbers are the rules' (`domain.caseload.models`); the sources, honest about what is our own, are the domain page's.
"""

from factboard.domain.events import Cover, Treats
from factboard.web.language import N_

MODELS = {
    "f_act": N_("F-ACT"),
    "act": N_("ACT"),
    "intensive": N_("intensive case management"),
    "clinical": N_("clinical case management"),
    "strengths": N_("strengths model"),
    "resource": N_("resource model"),
    "rehabilitation": N_("rehabilitation model"),
    "broker": N_("broker model"),
    "personligt_ombud": N_("personligt ombud (personal representative)"),
}

MEANS = {
    "f_act": N_("%(the_case_manager)s meets them in planned care; the whole team when they are on the board."),
    "act": N_("The whole team answers for everything and goes out to them, day and night."),
    "intensive": N_("%(the_case_manager)s treats and coordinates, for relatively few."),
    "clinical": N_("%(the_case_manager)s coordinates and gives some of the treatment."),
    "strengths": N_("Starts from strengths and their own goals, out where they live."),
    "resource": N_("Starts from their own choices and strengths, and speaks for them."),
    "rehabilitation": N_("Trains what they need for goals of their own."),
    "broker": N_("Finds and coordinates what others give; no treatment of its own."),
    "personligt_ombud": N_("Acts only on the individual's own mandate, apart from health care and authorities."),
}

SOURCES = {
    "f_act": N_("25: a FACT care coordinator in Warwickshire (Sood 2017)."),
    "act": N_("10: the fidelity scale DACTS, item H1, full mark. 12 to 15 in practice (Sood 2017)."),
    "intensive": N_("20: the definition in the Cochrane review (from memory, unverified)."),
    "clinical": N_("30: case managers in integrated psychiatry in Lysekil, in practice."),
    "strengths": N_("20 at most, crisis readiness in the daytime: a Swedish education in case management."),
    "resource": N_("No number was found."),
    "rehabilitation": N_("No number was found."),
    "broker": N_("40: our own, within 30 to 50 and more (from memory, unverified)."),
    "personligt_ombud": N_("20: the upper end of 13 to 20 (from memory, unverified)."),
}
OWN_SOURCE = N_("The team's own model.")

TREATS = {
    Treats.OTHERS: N_("others treat"),
    Treats.CASE_MANAGER: N_("%(the_case_manager)s treats too"),
    Treats.TEAM: N_("the whole team treats"),
}

COVERS = {
    Cover.NONE: N_("no crisis cover of its own"),
    Cover.DAYTIME: N_("crisis cover in the daytime"),
    Cover.ALWAYS: N_("crisis cover day and night"),
}

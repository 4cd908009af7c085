"""How a client is, what was done, where the worry came from, why an enrolment ended.

The Swedish words are those of the teams themselves: "svår att nå", never "vårdundvikare", since clients read
their own extracts.
"""

from factboard.domain.events import Basis, ContactKind, EndReason, Given, Informed, Rating, Source, Task
from factboard.web.language import N_

RATINGS = {
    Rating.WORSE: N_("worse"),
    Rating.UNCHANGED: N_("unchanged"),
    Rating.BETTER: N_("better"),
    Rating.USUAL: N_("as usual"),
    Rating.NOT_ASSESSED: N_("not assessed"),
}

BASIS = {
    Basis.SEEN: N_("seen"),
    Basis.SPOKEN_WITH: N_("spoken with"),
    Basis.TOLD: N_("told by others"),
    Basis.NONE: N_("no contact"),
}

CONTACTS = {
    ContactKind.HOME: N_("home visit"),
    ContactKind.OFFICE: N_("visit to the clinic"),
    ContactKind.STREET: N_("met out and about"),
    ContactKind.WARD: N_("visit on the ward"),
    ContactKind.PHONE: N_("phone call"),
    ContactKind.VIDEO: N_("video call"),
    ContactKind.TRIED: N_("tried, not reached"),
}

INFORMED = {
    Informed.YES: N_("informed"),
    Informed.NO: N_("not informed"),
    Informed.NOT_POSSIBLE: N_("could not be informed"),
    Informed.UNKNOWN: N_("not known whether informed"),
}

OBJECTS = N_("does not want to go back")
NOT_KNOWN_IF_INFORMED = N_("not known if %(the_client)s is informed")  # on the card, where the client is not named

SOURCES = {
    Source.TEAM: N_("the team"),
    Source.CLIENT: N_("the client"),
    Source.RELATIVE: N_("a relative"),
    Source.WARD: N_("the ward"),
    Source.ON_CALL: N_("the on-call service"),
    Source.OTHER: N_("somebody else"),
    Source.IMPORT: N_("an imported list"),
}

END_REASONS = {
    EndReason.MOVED: N_("moved away"),
    EndReason.DIED: N_("died"),
    EndReason.COMPLETED: N_("care completed"),
    EndReason.OTHER_TEAM: N_("taken over by another team"),
    EndReason.DUPLICATE: N_("enrolled by mistake or twice"),
    EndReason.OTHER: N_("another reason"),
}

TASKS = {Task.CRISIS_PLAN: N_("write a crisis plan with %(the_client)s")}
GIVEN = {
    Given.NOTHING: N_("nothing of it"),
    Given.YEAR: N_("the last year"),
    Given.ALL: N_("all of it"),
}

WARNING_SIGNS = (
    N_("Sleeps badly"),
    N_("Withdraws, does not answer"),
    N_("Stops taking medication"),
    N_("Misses appointments"),
    N_("Hears voices more"),
    N_("More suspicious or frightened"),
    N_("Anxious or restless"),
    N_("Low, without hope"),
    N_("Thoughts of suicide"),
    N_("Irritable or threatening"),
    N_("Racing thoughts, spends a lot"),
    N_("Alcohol or drugs"),
    N_("Neglects food, hygiene or home"),
)

PHRASES = (
    N_("Worse than usual when we met"),
    N_("Does not open and does not answer the phone"),
    N_("Called and cannot cope any longer"),
    N_("Those close to them are worried"),
    N_("Has stopped the medication"),
    N_("Thoughts of not wanting to live"),
    N_("Something has happened at home"),
)

"""What the figures of care and meetings are called, what they say, how they are counted."""

from factboard.domain.statistics import Key
from factboard.web.language import N_
from factboard.web.statistics.terms.told import Told

CARE = {
    Key.FLAG_TO_TAKEN: Told(
        N_("From worry to taken"),
        N_("How long it took until somebody in the team took it on."),
        N_("Time from each worry to when somebody took it; nights and days off count"),
    ),
    Key.FLAG_TO_CONTACT: Told(
        N_("From worry to first contact"),
        N_("How long it took until the %(client)s was met or spoken with."),
        N_("Time from each worry to the first contact of any kind after it"),
    ),
    Key.FLAG_TO_SEEN: Told(
        N_("From worry to first seen"),
        N_("How long it took until the %(client)s was met in person."),
        N_("Time from each worry to the first contact in person after it"),
    ),
    Key.CONTACTS_ON_BOARD: Told(
        N_("Contacts a week on the board"),
        N_("How often %(clients)s were met or spoken with while they were on the board."),
        N_("Contacts while on the board ÷ days on the board × 7, of all %(clients)s together"),
    ),
    Key.CONTACTS_OFF_BOARD: Told(
        N_("Contacts a week off the board"),
        N_("How often %(clients)s were met or spoken with in planned care."),
        N_(
            "Contacts while in care and not on the board ÷ days in care and not on the board × 7, of all "
            "%(clients)s together"
        ),
    ),
    Key.SEEN_BY_TWO: Told(
        N_("Seen by two or more in two weeks"),
        N_(
            "Whether the whole team shares the care of those on the board, as the model has it: how many "
            "met at least two of the staff within two weeks."
        ),
        N_("Two-week stretches in which a %(client)s on the board was seen by two or more ÷ all such stretches"),
    ),
    Key.MEETINGS_HELD: Told(
        N_("Meetings held of those planned"),
        N_("How many of the planned board meetings were held."),
        N_(
            "Planned meetings held ÷ planned meetings of which it is known whether they were; meetings "
            "beside the plan are in neither"
        ),
    ),
    Key.MEETING_LENGTH: Told(
        N_("Length of meetings"),
        N_("How long the meetings took that were held. One Swedish clinic says at most 15 minutes."),
        N_("Minutes from opening to closing of each meeting held"),
    ),
    Key.CLIENTS_DISCUSSED: Told(
        N_("Discussed at the meeting"),
        N_("How large a part of the agenda was discussed before the meetings ended."),
        N_("Discussed ÷ discussed and passed over, all meetings held together"),
    ),
    Key.CRISIS_PLAN: Told(
        N_("Crisis plan reviewed during the stay"),
        N_(
            "How often the crisis plan was gone through, or offered and declined, before somebody "
            "returned to planned care."
        ),
        N_("Returns with the crisis plan reviewed between the first and the last day on the board ÷ all returns"),
    ),
    Key.INFORMED: Told(
        N_("Told of being on the board"),
        N_("How often the %(client)s was told of being put on the board."),
        N_(
            "Times on the board that began, with the answer yes ÷ all that began; no, not possible and "
            "not known are in the whole"
        ),
    ),
    Key.INFORMED_HOW: Told(
        N_("Told, not told, not possible"),
        N_("What was written down about telling the %(client)s."),
        N_("Number of times on the board that began in the period, by answer"),
    ),
    Key.REVIEWS_OVERDUE: Told(
        N_("Reviews overdue at the end"),
        N_("How many of those on the board should have been looked at anew, and were not, when the period ended."),
        N_("On the board with a review day that had passed ÷ all on the board then"),
    ),
    Key.OVERDUE_TIME: Told(
        N_("Time with a review overdue"),
        N_("How large a part of the time on the board was spent with a review overdue."),
        N_("Days with the review day passed ÷ days on the board"),
    ),
    Key.ADMISSIONS: Told(
        N_("Admissions"),
        N_(
            "How often somebody in the team's care was admitted to hospital or detained. Whether the "
            "board makes them fewer is disputed in the studies; it is not shown by this figure."
        ),
        N_("Number of admissions that began in the period"),
    ),
    Key.ADMITTED_CLIENTS: Told(
        N_("Admitted at some time"),
        N_("How many %(clients)s were in hospital or detained at some time in the period."),
        N_("Number of different %(clients)s with an admission that touches the period"),
    ),
    Key.BED_DAYS: Told(
        N_("Bed days"),
        N_("How many nights %(clients)s spent in hospital or detained."),
        N_("Nights in hospital within the period, while in the team's care, of all %(clients)s together"),
    ),
    Key.WITHOUT_CONTACT_ON: Told(
        N_("Longest without contact, on the board"),
        N_("How long ago those on the board were last met or spoken with when the period ended."),
        N_("Days from the last contact to the period's end, for each on the board then"),
    ),
    Key.WITHOUT_CONTACT_OFF: Told(
        N_("Longest without contact, off the board"),
        N_(
            "How long ago those in planned care were last met or spoken with when the period ended: "
            "nobody is to fall out of sight."
        ),
        N_("Days from the last contact to the period's end, for each in care and not on the board then"),
    ),
}

"""Consent and the inner lock: the parts of what is known of a client, how they agreed, for whom it is locked."""

from collections.abc import Mapping

from factboard.domain.events import Agreed, LockedFor, Part, Sharing
from factboard.web.language import N_

PARTS: Mapping[str, str] = {
    Part.IDENTITY: N_("who it is: name and birth date"),
    Part.BOARD: N_("the board: why, what is planned, visits, contacts, ratings, warnings"),
    Part.STORY: N_("the story: the history of all that was done"),
    Part.CONTACT_DETAILS: N_("address, phone and national id"),
}
SHARING = {
    Sharing.CLOSED: N_("nothing but that somebody is on the board, by a code"),
    Sharing.CONSENT: N_("what %(the_client)s has agreed to"),
    Sharing.EMERGENCY: N_("what %(the_client)s has agreed to; all of it for half an hour in an emergency"),
}
AGREED = {
    Agreed.SPOKEN: N_("in words"),
    Agreed.WRITTEN: N_("in writing"),
    Agreed.REPRESENTED: N_("through a representative"),
}
LOCKED_FOR = {
    LockedFor.OTHERS: N_("staff of other employers"),
    LockedFor.ALL_BUT: N_("everybody but those named"),
}

"""The words that teams write over their columns, Swedish and English, and the field each one means."""

from __future__ import annotations

import re
from collections.abc import Iterable

from factboard.domain.text import folded

# Every field a column can be mapped to. Several columns may share one of JOINED: their texts are joined.
FIELDS = (
    "surname",
    "first_name",
    "full_name",
    "short_name",
    "birth_date",
    "national_id",
    "case_manager",
    "address",
    "phone",
    "protected",
    "notes",
    "category",
    "reason",
    "since",
    "review_by",
)
JOINED = {"address": ", ", "phone": ", ", "notes": "\n"}
SURNAME_FIRST = ("efternamn", "surname", "last name", "family name")

WORDS = {
    "surname": "efternamn | surname | last name | family name",
    "first_name": "förnamn | tilltalsnamn | first name | given name | forename",
    "full_name": "namn | för- och efternamn | för och efternamn | förnamn efternamn | efternamn förnamn"
    " | efternamn och förnamn | fullständigt namn | hela namnet | patient | patientens namn | patientnamn"
    " | brukare | brukarens namn | brukarnamn | klient | klientens namn | klientnamn | person"
    " | name | full name | client | client name | patient name | service user | surname first name"
    " | first name surname | last name first name | first name last name",
    "short_name": "kortnamn | kort namn | tavelnamn | namn på tavlan | visningsnamn | initialer"
    " | short name | shortname | display name | board name | initials",
    "birth_date": "födelsedatum | född | föd | föddatum | födelsedag | födelsetid"
    " | birth date | birthdate | date of birth | born | dob",
    "national_id": "personnummer | pnr | pers nr | persnr | personnr | person nr | person-nr | personid"
    " | samordningsnummer | personnummer samordningsnummer | identitetsnummer | fødselsnummer | cpr | cpr nr | bsn"
    " | national id | national id number | national identity number | personal number"
    " | personal identity number | id number | ssn",
    "case_manager": "case manager | casemanager | cm | vård- och stödsamordnare | vårdsamordnare"
    " | stödsamordnare | vos | vss | samordnare | koordinator | fast vårdkontakt | vårdkontakt | kontaktperson"
    " | ansvarig | ansvarig behandlare | behandlare | patientansvarig | pas | key worker | keyworker"
    " | care coordinator | coordinator | care manager | primary worker | lead worker",
    "address": "adress | bostadsadress | hemadress | gatuadress | gata | vistelseadress | postadress"
    " | postnummer | postnr | ort | postort | stad | address | home address | street | street address"
    " | postcode | post code | zip | zip code | city | town",
    "phone": "telefon | telefonnummer | telefonnr | tel | tel nr | telnr | tfn | mobil | mobilnummer | mobilnr"
    " | mobiltelefon | hemtelefon | phone | phone number | telephone | telephone number | mobile"
    " | mobile phone | mobile number | cell | cell phone",
    "protected": "skyddad identitet | skyddad id | skyddad | skyddade personuppgifter | skyddat | sekretess"
    " | sekretessmarkering | sekretessmarkerad | skyddad folkbokföring | protected identity | protected"
    " | protected id | confidential",
    "notes": "anteckning | anteckningar | anmärkning | anmärkningar | anm | notering | noteringar | kommentar"
    " | kommentarer | övrigt"
    " | övrig information | info | note | notes | comment | comments | remarks | other information",
    "category": "kategori | tavelkategori | färg | zon | category | board category | colour | color | zone",
    "reason": "orsak | anledning | skäl | varför | varför på tavlan | orsak till tavlan | anledning till tavlan"
    " | orsak på tavlan | reason | why | why on the board | reason on board | reason for board",
    "since": "på tavlan sedan | på tavlan från | på tavlan fr o m | uppsatt | uppsatt datum"
    " | datum uppsatt | uppsatt på tavlan | uppsatt den | sedan | since | on the board since"
    " | on board since | put on board | date placed",
    "review_by": "ny bedömning senast | ny bedömning | bedömning senast | bedöms senast | omprövning"
    " | omprövas | omprövas senast | utvärdering | utvärderas senast | uppföljning senast"
    " | review by | review date | review | review due | next review | to be reviewed",
}


def plain(title: object) -> str:
    """A title as it is compared: no case, accents, brackets, punctuation or spaces."""
    outside = re.sub(r"\(.*?\)|\[.*?\]", " ", str(title)[:200])
    return re.sub(r"[\W_]+", "", folded(outside)) or folded(str(title)[:200])


def field_of(title: object) -> str | None:
    """The field that a column with this title holds; None when only a person can tell."""
    return _FIELD.get(plain(title)) if isinstance(title, str) else None


def surname_first(title: str) -> bool:
    """Does the title itself say that one cell holds the surname before the first name?"""
    return plain(title).startswith(tuple(plain(word) for word in SURNAME_FIRST))


def comma_promised(title: str) -> bool:
    """Does the title, "Efternamn, förnamn", say that a comma stands between the two?"""
    return surname_first(title) and "," in title


def recognised(titles: Iterable[object]) -> int:
    """How many different fields these titles name."""
    return len({field for title in titles if (field := field_of(title))})


_FIELD = {plain(word): field for field, words in WORDS.items() for word in words.split(" | ")}

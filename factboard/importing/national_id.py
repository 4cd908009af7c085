"""A national identity number in the one form in which it is kept and compared, checked by python-stdnum.

Swedish numbers are kept as 19800101-1234, coordination numbers (samordningsnummer) too; those of other
countries as stdnum writes them.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from stdnum import luhn
from stdnum.exceptions import ValidationError
from stdnum.nl import bsn
from stdnum.se import personnummer
from stdnum.util import get_cc_module

from factboard.importing.problems import BadCell, shown

_COORDINATION = 60  # added to the day of birth in a coordination number


def national_id(text: str, country: str, today: dt.date, born: dt.date | None = None) -> tuple[str, dt.date | None]:
    """The number as it is kept, and the birth date it holds, if it holds one.

    `country` is the team's (ISO 3166, "SE"); `born` settles the century where the number leaves it open.
    Raises `BadCell`, key `not_a_national_id`; a country without a known personal number is not checked.
    """
    try:
        if country.upper() == "SE":
            return _swedish(text, today, born)
        module: Any = bsn if country.upper() == "NL" else get_cc_module(country, "personalid")
        if module is None:
            return text.strip(), None
        number = module.format(module.validate(text))
        return number, module.get_birth_date(number) if hasattr(module, "get_birth_date") else None
    except (ValidationError, ValueError):
        raise BadCell("not_a_national_id", value=shown(text)) from None


def _swedish(text: str, today: dt.date, born: dt.date | None) -> tuple[str, dt.date]:
    parts = re.fullmatch(r"(\d\d)?(\d\d)(\d\d)(\d\d)([-+])(\d{4})", personnummer.compact(text), re.ASCII)
    if parts is None:
        raise ValueError
    century, year, month, day, sign, last = parts.groups()
    real_day = int(day) - _COORDINATION if int(day) > _COORDINATION else int(day)
    if century:
        birth = dt.date(int(century + year), int(month), real_day)
    else:
        birth = _latest(int(year), int(month), real_day, today.replace(year=today.year - 100) if sign == "+" else today)
        if born and (born.year - birth.year) % 100 == 0 and sign == "-":
            birth = birth.replace(year=born.year)
    luhn.validate(year + month + day + last)
    if birth > today:
        raise ValueError
    return f"{birth.year}{month}{day}-{last}", birth


def _latest(year: int, month: int, day: int, until: dt.date) -> dt.date:
    """The latest day not after `until` whose year ends in these two digits."""
    century = until.year // 100 * 100
    birth = dt.date(century + year, month, day)
    return birth if birth <= until else dt.date(century - 100 + year, month, day)

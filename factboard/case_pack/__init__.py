"""The case pack: all that is known of one client in one period, in one signed file, for an investigation.

`gathering` reads it in one look, `page` tells it to somebody who has never seen factboard, `packing` puts its parts
into a zip whose list of digests is signed, `checking` needs nothing but the file. What each part is: docs/export.md.
"""

from factboard.case_pack.checking import Checked, Faulty, check
from factboard.case_pack.gathering import Case, gather
from factboard.case_pack.packing import file_name, packed

__all__ = ["Case", "Checked", "Faulty", "check", "file_name", "gather", "packed"]

"""What is written about a client's planned care: documents, each in versions of which none is ever lost.

What stands in each kind is in `events.contents`; `shape` reads it from there, `writing` is the rule, `brought` what a
kind asks for and brings with it, `reviewing` when it is looked at again, `differing` what is otherwise between two
versions.
"""

from factboard.domain.documents.brought import BRINGS, CHECKS
from factboard.domain.documents.carrying import carried
from factboard.domain.documents.cleaning import cleaned
from factboard.domain.documents.differing import Difference, differences, merged
from factboard.domain.documents.reviewing import next_review
from factboard.domain.documents.shape import Asked, asked, is_mute, says_nothing
from factboard.domain.documents.writing import withdraw, write
from factboard.domain.versions import Ref, Version, version_of

__all__ = [
    "BRINGS", "CHECKS", "Asked", "Difference", "Ref", "Version", "asked", "carried", "cleaned", "differences",
    "is_mute", "merged", "next_review", "says_nothing", "version_of", "withdraw", "write",
]  # fmt: skip

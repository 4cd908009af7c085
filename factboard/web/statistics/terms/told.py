"""What is said of a figure."""

from typing import NamedTuple


class Told(NamedTuple):
    """Sentences of the catalogue: its name, what it says, and its formula in words."""

    name: str
    says: str
    formula: str

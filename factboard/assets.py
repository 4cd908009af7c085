"""Where factboard's templates, static files and gettext catalogues are found.

They stand beside the package in a checkout and inside it in an installed wheel.
"""

from pathlib import Path
from typing import Literal


def asset_dir(name: Literal["templates", "static", "locale"]) -> Path:
    """The folder `name`. Raises RuntimeError where the installation carries none."""
    package = Path(__file__).parent
    for folder in (package / name, package.parent / name):
        if folder.is_dir():
            return folder
    raise RuntimeError(f"factboard's {name} folder is missing: this installation is incomplete.")

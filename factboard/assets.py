"""Where factboard's templates, static files and gettext catalogues are found.

They stand beside the package in a checkout and inside it in an installed wheel.
"""

from pathlib import Path
from typing import Literal

# Static files that every page asks for together, as one: on a phone each further file is another 0.4 seconds.
TOGETHER = {
    "page.css": ("tokens.css", "base.css", "forms.css", "dialog.css", "outbox.css", "board.css", "print.css"),
    "page.js": ("outbox.js", "app.js", "live.js"),
    "htmx.js": (
        "vendor/htmx.min.js",
        "vendor/hx-sse.min.js",
    ),  # so htmx cannot start before its stream extension is there
}


def asset_dir(name: Literal["templates", "static", "locale"]) -> Path:
    """The folder `name`. Raises RuntimeError where the installation carries none."""
    package = Path(__file__).parent
    for folder in (package / name, package.parent / name):
        if folder.is_dir():
            return folder
    raise RuntimeError(f"factboard's {name} folder is missing: this installation is incomplete.")


def static_parts(name: str) -> tuple[Path, ...]:
    """The files that the static file `name` is made of: most often itself."""
    return tuple(asset_dir("static") / part for part in TOGETHER.get(name, (name,)))


def joined(parts: tuple[Path, ...]) -> bytes:
    """The content of these files as one. Raises FileNotFoundError where one is missing."""
    between = b";\n" if parts[0].suffix == ".js" else b"\n"
    return between.join(part.read_bytes() for part in parts)

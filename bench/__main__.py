"""All measurements, one after the other, each in a process of its own: `python -m bench [--quick]`.

A measurement is a file here that does not begin with an underscore.
"""

import subprocess
import sys
from pathlib import Path


def main() -> int:
    names = sorted(path.stem for path in Path(__file__).parent.glob("[!_]*.py"))
    failed = [name for name in names if subprocess.call([sys.executable, "-m", f"bench.{name}", *sys.argv[1:]])]
    if failed:
        print(f"These measurements failed: {', '.join(failed)}.", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

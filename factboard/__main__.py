"""`python -m factboard`: the same as `factboard`."""

from factboard.cli import main

if __name__ == "__main__":
    main()

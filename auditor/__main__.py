"""`python -m auditor` and the console script."""

from __future__ import annotations

import sys

from auditor.cli.app import execute


def main() -> None:
    """Run the command line and end the process with its exit code."""
    sys.exit(execute(sys.argv[1:]))


if __name__ == "__main__":
    main()

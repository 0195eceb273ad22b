"""`python -m layout` is `offprint`."""

import sys

from layout.desk.cli import program

if __name__ == "__main__":
    sys.exit(program())

"""`python -m layout` is `offprint`."""

import sys

from layout.desk.cli import main

if __name__ == "__main__":
    sys.exit(main())

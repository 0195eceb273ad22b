"""`offprint schema`: the formats for editors that complete and check while one types."""

import json
import sys
from argparse import Namespace

from layout.ground.problems import ExitCode


def run(options: Namespace) -> int:
    """Print one schema; the exit code."""
    if options.kind == "brand":
        from layout.house.brands import brand_schema

        schema = brand_schema()
    else:
        from layout.manuscript.schema import json_schema

        schema = json_schema(options.kind)
    json.dump(schema, sys.stdout, indent=2)
    print()
    return ExitCode.OK

"""What a finished PDF lacks of an edition's standards, found without any other program."""

from layout.bindery.preflight.findings import Finding
from layout.bindery.preflight.inspection import inspect

__all__ = ["Finding", "inspect"]
